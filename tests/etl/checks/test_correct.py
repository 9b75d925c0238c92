"""A record that is right in itself gives no warning; a figure changed in it does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import checks
from etl.model import Finding, Observation
from tests.etl.checks.made_up import REGISTRY, council, record

OWN = REGISTRY.council.authority


def five_years(seed: int, size: float) -> list[Observation]:
    return list(council(OWN, Random(seed), 2019, 5, size=size))


def loud(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{f.code}: {f.message}" for f in findings if f.severity != "note"]


@given(seed=st.integers(0, 10_000), size=st.sampled_from([0.2, 0.5, 1.0, 2.0, 5.0]))
@settings(max_examples=25, deadline=None)
def test_five_right_years_give_no_warning(seed: int, size: float) -> None:
    assert loud(checks.run(record(five_years(seed, size)))) == []


@pytest.mark.slow
@given(seed=st.integers(0, 10_000), size=st.sampled_from([0.2, 1.0, 5.0]))
@settings(max_examples=25, deadline=None)
def test_the_same_years_in_packs_that_reprint_each_other_give_none_either(
    seed: int, size: float
) -> None:
    """Each pack prints all months so far, as the real ones do; order in memory says nothing."""
    figures = [f for f in five_years(seed, size) if f.period.end <= date(2020, 12, 31)]
    packs = []
    for published in (date(2020, 3, 20), date(2020, 9, 18), date(2021, 1, 22)):
        packs += [replace(f, published=published) for f in figures if f.period.end < published]
    findings = checks.run(record(packs))
    assert loud(findings) == []
    Random(seed).shuffle(packs)
    assert checks.run(record(packs)) == findings


def exactly_bound(figure: Observation) -> bool:
    """Whether another figure of the made-up record says exactly what this one must be."""
    measure = REGISTRY.measures[figure.measure]
    share_of = measure.cohorts[figure.cohort].share_of
    printed = share_of and REGISTRY.measures[share_of.part.measure].basis != "excluding"
    totals = measure.unit == "count" and figure.period.span in ("quarter", "calendar_year_to_date")
    return bool(figure.table != "dfe" and (printed or totals))


@pytest.mark.slow
@given(seed=st.integers(0, 1_000), pick=st.integers(0, 10_000), by=st.sampled_from([-3, 2, 7, 40]))
@settings(max_examples=40, deadline=None)
def test_a_changed_share_or_total_is_found_at_its_place(seed: int, pick: int, by: int) -> None:
    figures = five_years(seed, 1.0)
    bound = [position for position, figure in enumerate(figures) if exactly_bound(figure)]
    position = bound[pick % len(bound)]
    right = figures[position]
    assert right.value is not None
    value = right.value + by
    wrong = replace(right, reading=replace(right.reading, value=value, raw=str(value)))
    figures[position] = wrong
    findings = [f for f in checks.run(record(figures)) if f.severity != "note"]
    assert any(wrong in finding.figures for finding in findings)
    assert all(any(wrong.locator in place for place in finding.places) for finding in findings)


def test_a_slip_in_the_latest_month_is_unusual() -> None:
    """A figure that no other figure binds: only its own past speaks against it."""
    figures = five_years(7, 1.0)
    latest = max(
        (f for f in figures if (f.measure, f.cohort) == ("alternative_provision_pupils", "all")),
        key=lambda figure: figure.period.end,
    )
    assert latest.value is not None
    value = latest.value * 10
    slip = replace(latest, reading=replace(latest.reading, value=value, raw=str(value)))
    findings = checks.run(record([slip if figure is latest else figure for figure in figures]))
    assert [f.figures for f in findings if f.code == "unusual"] == [(slip,)]
