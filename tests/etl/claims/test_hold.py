"""What an explanation says of revisions is so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from etl import claims
from etl.model import Place, Statement, TableName
from tests.etl.records import MARCH, SEPTEMBER, figure, record

CME = "children_missing_education"
MAY = date(2022, 5, 20)


def said(value: str, *figures: object, published: date = SEPTEMBER) -> tuple[str, str]:
    held = record(list(figures))  # type: ignore[arg-type]
    period = next(iter(held.observations)).period
    claim = Statement(
        "sentence",
        Decimal(value),
        "count",
        Place(line=1),
        CME,
        "all",
        period,
        value,
        published=published,
    )
    (found,) = claims.hold_against([claim], held)
    return found.verdict, found.explanation


def july(value: str, published: date, table: TableName = "appendix_1") -> object:
    return replace(figure(CME, "2020-07", value, published=published), table=table)


def test_a_figure_printed_again_is_not_revised() -> None:
    agrees = ("supported", "The record has 521 for Jul 2020.")
    assert said("521", july("521", SEPTEMBER), july("521", MARCH)) == agrees
    assert said("521", july("521", SEPTEMBER), july("521", MARCH), july("521", MAY)) == agrees
    # Another table of the same report differs: no revision either.
    assert said("521", july("521", SEPTEMBER), july("519", SEPTEMBER, "outturn")) == agrees
    assert said("519", july("521", SEPTEMBER), july("519", SEPTEMBER, "outturn"))[1].endswith(
        "519 for Jul 2020."
    )


def test_a_figure_taken_back_to_what_it_was_is_not_revised() -> None:
    figures = july("521", SEPTEMBER), july("530", MARCH), july("521", MAY)
    assert said("521", *figures) == ("supported", "The record has 521 for Jul 2020.")


def test_a_figure_that_a_later_report_changed_is() -> None:
    figures = july("521", SEPTEMBER), july("530", MARCH)
    assert said("521", *figures) == (
        "supported",
        "The record has 521 for Jul 2020; so published 17 September 2021, since revised.",
    )
    assert said("530", *figures, published=MARCH) == (
        "supported",
        "The record has 530 for Jul 2020.",
    )


def test_an_officers_correction_is_a_revision_of_the_table() -> None:
    assert said("521", july("521", SEPTEMBER), july("512", MARCH, "officer"))[1].endswith(
        "since revised."
    )


def test_a_verdict_follows_the_record() -> None:
    first, second = july("512", SEPTEMBER), july("521", MARCH)
    assert said("521", first)[0] == "differs"
    assert said("521", first, second) == ("supported", "The record has 521 for Jul 2020.")
