"""Targets are held only against figures of their own form and basis. docs/rules.md, 2."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from etl import registry
from etl.analysis.book import book
from etl.analysis.targets import NoStand, Stand, declared_for, other_basis, stand, standing
from etl.model import Observation, Span, Target
from tests.etl.records import figure, record

INC = "ehc_plans_on_time_share_including_exceptions"
EXC = "ehc_plans_on_time_share_excluding_exceptions"
AGREED = next(t for t in registry.load().targets if t.id == "agreed-60-2021")
STRETCH = next(t for t in registry.load().targets if t.id == "stretch-90-2022")
LAW = next(t for t in registry.load().targets if t.id == "statutory-20-weeks")


def pair(
    when: str, inc: str | None, exc: str | None, span: Span = "calendar_year_to_date"
) -> list[Observation]:
    values = ((INC, inc), (EXC, exc))
    return [figure(name, when, value, span=span) for name, value in values if value]


def held(
    figures: list[Observation], target: Target, measure: str = INC, doubted: bool = False
) -> Stand | NoStand:
    found = book(record(figures, doubted=figures[:1] if doubted else []))
    value = found.latest(measure, "all")
    assert value is not None
    return stand(found, target, value)


def test_norfolk_was_short_of_60_percent_by_the_end_of_2021_on_both_bases() -> None:
    found = held(pair("2021-12", "53.3", "54.2"), AGREED)
    assert isinstance(found, Stand)
    assert found.gap == Decimal("6.7")
    assert found.both is not None
    assert found.both.value == Decimal("54.2")
    assert not found.met


@pytest.mark.parametrize(
    ("figures", "target", "why"),
    [
        (pair("2021-11", "52.6", "53.9"), AGREED, "not_yet"),
        (pair("2021-12", "58.9", "56.5", "month"), AGREED, "other_form"),
        (pair("2021-12", "57.1", "51.1", "quarter"), AGREED, "other_form"),
        (pair("2021-12", "61.0", "59.0"), AGREED, "other_basis_differs"),
        (pair("2021-12", "53.3", None), AGREED, "other_basis_missing"),
        (pair("2022-12", "53.3", "54.2"), AGREED, "no_target"),
        (pair("2021-12", "53.3", "54.2"), STRETCH, "no_target"),
        (pair("2022-02", "54.0", "54.0", "month"), STRETCH, "other_form"),
        (pair("2022-02", "54.0", "54.0"), STRETCH, "not_yet"),
    ],
)
def test_no_standing(figures: list[Observation], target: Target, why: str) -> None:
    found = held(figures, target)
    assert isinstance(found, NoStand)
    assert found.why == why


def test_a_flagged_figure_has_no_standing() -> None:
    assert held(pair("2021-12", "53.3", "54.2"), AGREED, doubted=True) == NoStand("doubted", AGREED)


def test_nobody_is_scored_against_a_target_that_came_later() -> None:
    later = replace(AGREED, agreed=date(2022, 3, 1))
    assert held(pair("2021-12", "53.3", "54.2"), later) == NoStand("set_later", later)


def test_a_target_of_one_basis_is_not_held_against_the_other() -> None:
    excluding = replace(AGREED, basis="excluding")
    found = held(pair("2021-12", "53.3", "54.2"), excluding)
    assert found == NoStand("other_basis", excluding)


def test_the_legal_limit_is_held_against_the_share_that_leaves_exceptions_out() -> None:
    found = book(record(pair("2024-12", "55.7", "56.3", "calendar_year")))
    assert [t.id for t in declared_for(found, INC, "all") if t.form == "limit"] == []
    value = found.latest(EXC, "all")
    assert value is not None
    best = standing(found, value)
    assert isinstance(best, Stand)
    assert (best.target, best.gap) == (LAW, Decimal("43.7"))


def test_the_limit_of_140_days_is_no_standing_for_an_average() -> None:
    found = book(record([figure("ehc_plan_days", "2022-01", "208.4")]))
    value = found.latest("ehc_plan_days", "all")
    assert value is not None
    assert standing(found, value) == NoStand("not_held")


def test_a_target_that_is_passed_is_met_for_either_direction() -> None:
    monthly = replace(AGREED, form="monthly", basis="not_applicable")
    found = held([figure(INC, "2021-08", "63.4")], monthly)
    assert isinstance(found, Stand)
    assert found.met
    assert found.gap == Decimal("-3.4")


def test_each_basis_knows_its_other() -> None:
    found = book(record([]))
    assert other_basis(found, INC) == EXC
    assert other_basis(found, EXC) == INC
    assert other_basis(found, "ehc_plans_issued") == "ehc_plans_issued_excluding_exceptions"
    assert other_basis(found, "ehc_plan_days") is None
