"""What was put right never speaks again: not as a revision, a change, or a claim's support."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from etl import claims
from etl.analysis.book import book
from etl.analysis.change import since_last_report
from etl.analysis.corrected import flag, history, put_right, revised
from etl.model import CORRECTION, Answer, Observation, Place, Point, Statement
from etl.record import Record
from tests.etl.records import MARCH, figure, record

CME = "children_missing_education"
SHARE = "children_missing_education_share"
JANUARY, MAY, JULY = date(2022, 1, 21), date(2022, 5, 20), date(2022, 7, 15)
AUGUST = date(2022, 8, 1)
DOORS = {
    "pack": {},
    "typed": {"table": "officer"},
    "correct": {"table": "officer", "locator": f"{CORRECTION} (row 1a, Dec-21)"},
    "workbook": {"table": "officer", "locator": "Revisions!I5 (row 1a, Dec-21)"},
}


def version(
    value: str, door: str, published: date, measure: str = CME, cohort: str = "all"
) -> Observation:
    made = figure(measure, "2021-12", value, cohort=cohort, published=published)
    return replace(made, **DOORS[door])  # type: ignore[arg-type]


def misprint(*later: Observation, answers: tuple[Answer, ...] = ()) -> tuple[Record, Point]:
    """12 of 495 are printed as 7.0% in March, then `later`; the share's point."""
    held = record(
        [
            version("495", "pack", MARCH),
            version("12", "pack", MARCH, cohort="lac"),
            version("7.0", "pack", MARCH, SHARE, "lac"),
            *later,
        ],
        answers=answers,
    )
    return held, held.series[later[-1].series if later else held.observations[-1].series].points[-1]


STANDS = Answer(
    "share-against-counts",
    ("7.0",),
    "stands",
    "counted on another day",
    SHARE,
    "lac",
    date(2021, 12, 31),
    "month",
)


@pytest.mark.parametrize(
    ("what", "versions", "told"),
    [
        ("a later report's revision", [("498", "pack", MARCH), ("521", "pack", MAY)], "498 521"),
        ("an officer's later figure", [("498", "pack", MARCH), ("521", "typed", MAY)], "498 521"),
        ("the same again", [("498", "pack", MARCH), ("498", "pack", MAY)], "498 498"),
        ("corrected on the page", [("498", "pack", MARCH), ("521", "correct", MAY)], "521"),
        ("on its own day", [("498", "pack", MARCH), ("521", "correct", MARCH)], "521"),
        ("in the workbook", [("498", "pack", MARCH), ("521", "workbook", MAY)], "521"),
        (
            "the same publication read again",
            [("498", "pack", MARCH), ("521", "pack", MARCH)],
            "521",
        ),
        (
            "corrected twice",
            [("498", "pack", MARCH), ("521", "correct", MARCH), ("512", "correct", MAY)],
            "512",
        ),
        (
            "revised, then corrected",
            [("490", "pack", JANUARY), ("498", "pack", MARCH), ("521", "correct", MAY)],
            "490 521",
        ),
        (
            "corrected, then revised",
            [("498", "pack", MARCH), ("521", "correct", MARCH), ("525", "pack", MAY)],
            "521 525",
        ),
        (
            "the wrong figure printed twice",
            [("498", "pack", JANUARY), ("498", "pack", MARCH), ("521", "correct", MAY)],
            "521",
        ),
        (
            "corrected and back",
            [("498", "pack", MARCH), ("521", "correct", MAY), ("498", "typed", JULY)],
            "498 498",
        ),
        (
            "revised and back",
            [("498", "pack", MARCH), ("521", "pack", MAY), ("498", "pack", JULY)],
            "498 521 498",
        ),
    ],
)
def test_what_is_told_of_versions(
    what: str, versions: list[tuple[str, str, date]], told: str
) -> None:
    held = record([version(*one) for one in versions])
    (point,) = next(iter(held.series.values())).points
    assert [str(v.value) for v in history(held, point)] == told.split(), what
    assert revised(held, point) is (len(set(told.split())) > 1), what
    assert len(point.versions) == len(versions)  # nothing is lost


@pytest.mark.parametrize("door", DOORS)
def test_a_flagged_figure_is_put_right_through_every_door(door: str) -> None:
    held, point = misprint(version("2.4", door, MAY, SHARE, "lac"))
    assert put_right(held, point.versions[0])
    assert not revised(held, point)


def test_a_figure_that_was_looked_into_and_stands_is_revised() -> None:
    held, point = misprint(version("2.4", "pack", MAY, SHARE, "lac"), answers=(STANDS,))
    assert not put_right(held, point.versions[0])
    assert revised(held, point)


def test_what_is_answered_as_a_misprint_is_one_whatever_the_checks_say() -> None:
    answer = replace(
        STANDS,
        code="seen-on-paper",
        verdict="misprint",
        measure=CME,
        cohort="all",
        expects=("498",),
    )
    held = record([version("498", "pack", MARCH), version("521", "pack", MAY)], answers=(answer,))
    assert put_right(held, held.observations[0])


def test_every_version_tells_of_its_misprint() -> None:
    """Who takes every version out and plots it is warned of the one that was put right."""
    figures = [version("498", "pack", MARCH), version("521", "correct", MAY)]
    held = record(figures)
    assert [flag(held, one) for one in held.observations] == ["misprint", None]
    back = record([*figures, version("498", "pack", JULY)])  # and what came back is no misprint
    assert [flag(back, one) for one in back.observations] == [None, None, None]
    assert not put_right(back, back.observations[0])


def test_another_councils_figures_are_its_own_to_revise() -> None:
    figures = [
        figure(
            "ehc_plans_issued",
            "2021-12",
            value,
            span="calendar_year",
            table="dfe",
            area="E10000029",
            published=day,
        )
        for value, day in (("800", MARCH), ("900", MARCH))
    ]
    held = record(figures)
    assert not any(put_right(held, figure) for figure in figures)


def since(*figures: Observation) -> tuple[str, str, bool]:
    held = book(record(list(figures)))
    now = held.latest(CME, "all")
    assert now is not None
    made = since_last_report(held, now)
    before = "" if made.before is None else str(made.before.value)
    return made.reason, before if made.amount is None else f"{before} {made.amount}", made.corrected


def test_the_change_since_the_last_report_is_from_what_was_put_right() -> None:
    """Reports of March and July; the figure of March was 5230 for 523."""
    march = figure(CME, "2021-12", "5230", published=MARCH)
    july = figure(CME, "2022-06", "530", published=JULY)
    assert since(march, july) == ("", "5230 -4700", False)
    right = replace(march, reading=figure(CME, "2021-12", "523").reading, published=MAY)
    assert since(march, replace(right, **DOORS["correct"]), july) == ("", "523 7", True)
    same_day = replace(right, **DOORS["correct"], published=MARCH)
    assert since(march, same_day, july) == ("", "523 7", True)
    # A revision: members are told the change on what they were given.
    assert since(march, right, july) == ("", "5230 -4700", False)
    # A misprint of a later report that was put right: members were never given it before.
    right = figure(CME, "2021-12", "523", published=MARCH)
    again = figure(CME, "2021-12", "5230", published=JULY)
    mended = replace(right, **DOORS["correct"], published=AUGUST)
    assert since(right, again, july, mended) == ("", "523 7", False)


def test_a_corrected_figure_that_is_the_newest_has_no_change_to_tell() -> None:
    march = figure(CME, "2021-12", "5230", published=MARCH)
    other = figure("ehc_review_on_time", "2022-06", "60", published=JULY)
    right = replace(march, reading=figure(CME, "2021-12", "523").reading, published=MAY)
    assert since(march, replace(right, **DOORS["correct"]), other) == ("same", "523", True)


@pytest.mark.parametrize(
    ("published", "verdict", "says"),
    [
        (None, "differs", "the record has 2.4%"),
        (JULY, "differs", "the record has 2.4%"),
        (MARCH, "unchecked", "has been corrected since"),
    ],
)
def test_a_misprint_supports_no_claim(published: date | None, verdict: str, says: str) -> None:
    """The report that printed it is not told off for its words; a later one is."""
    held, _ = misprint(version("2.4", "correct", MAY, SHARE, "lac"))
    claim = Statement(
        "sentence",
        Decimal("7.0"),
        "percent",
        Place(line=1),
        SHARE,
        "lac",
        held.observations[0].period,
        "7.0%",
        published=published,
    )
    (made,) = claims.hold_against([claim], held)
    assert (made.verdict, says in made.explanation) == (verdict, True), made.explanation
    (right,) = claims.hold_against([replace(claim, value=Decimal("2.4"), raw="2.4%")], held)
    assert right.verdict == "supported"
