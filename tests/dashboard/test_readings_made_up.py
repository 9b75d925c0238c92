"""What the reading card says at a point of made-up series: revisions, flags, breaks, limits."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from dashboard.views.chart import Mark, Reading
from etl.model import Event
from etl.record import Record
from tests.dashboard.test_readings import CME, EXC, read, view
from tests.etl.records import MARCH, NORFOLK, SEPTEMBER, changed, figure, months, record

YEARS = ("2023", "2024")


def _one(held: Record, measure: str, name: str, x: str, cohort: str = "all") -> Reading:
    marks: list[Mark] = [m for line in view(held, measure, name, cohort).lines for m in line.marks]
    (found,) = [m.reading for m in marks if m.reading and str(m.x).removesuffix("-01") == x]
    return found


@pytest.mark.parametrize(
    ("then", "now", "revised"),
    [
        ("512", "512", ""),
        ("512", "495", "was 512 until 18 March 2022"),
        (None, "495", "was not available until 18 March 2022"),
        ("495", None, "was 495 until 18 March 2022"),
    ],
)
def test_a_revision_says_what_it_was_and_until_when(
    then: str | None, now: str | None, revised: str
) -> None:
    given = [
        figure(CME, "2021-06", "400", published=SEPTEMBER),
        figure(CME, "2021-07", then, published=SEPTEMBER),
        figure(CME, "2021-07", now, published=MARCH),
    ]
    found = _one(record(given), CME, "trend", "2021-07")
    assert (found.revised, found.published) == (revised, "18 March 2022")


def test_two_revisions_are_told_in_their_order() -> None:
    days = [(date(2021, 9, 17), "512"), (date(2021, 11, 19), "501"), (date(2022, 3, 18), "495")]
    held = record([figure(CME, "2021-07", v, published=day) for day, v in days])
    assert _one(held, CME, "trend", "2021-07").revised == (
        "was 512 until 19 November 2021, then was 501 until 18 March 2022"
    )


def test_a_flagged_figure_takes_no_part_in_a_change_on_either_side() -> None:
    given = [figure(CME, when, v) for when, v in (("2020-12", "7777"), ("2021-12", "495"))]
    before = record(given, doubted=given[:1])
    now = _one(before, CME, "trend", "2021-12")
    assert now.change == "not compared: the figure a year before is flagged"
    assert "7777" not in "".join(str(getattr(now, f.name)) for f in fields(now))
    assert _one(before, CME, "trend", "2020-12").flag == "does not add up: It does not add up."
    assert _one(record(given, doubted=given[1:]), CME, "trend", "2021-12").change == ""


def test_no_change_is_said_across_a_declared_break() -> None:
    broken = Event("e", date(2021, 4, 1), "Counted anew", "", "", None, "break", (CME,))
    given = [figure(CME, when, v) for when, v in (("2020-12", "595"), ("2021-12", "495"))]
    held = record(given, events=(broken,))
    assert _one(held, CME, "trend", "2021-12").change == (
        "not comparable with the year before (Counted anew, April 2021)"
    )
    totals = [("2020-12", "73"), ("2021-03", "111"), ("2021-12", "96")]
    for name in ("average", "calendar", "added"):
        again = record(
            [figure("complaints_local", when, v) for when, v in totals],
            events=(replace(broken, measures=("complaints_local",)),),
        )
        said = [
            m.reading.change
            for line in view(again, "complaints_local", name).lines
            for m in line.marks
            if m.reading
        ]
        assert not any("than" in change and "comparable" not in change for change in said), name


def test_a_running_total_is_held_against_the_same_point_a_year_before() -> None:
    given = [("2020-07", "34"), ("2021-03", "111"), ("2021-07", "53")]
    held = record([figure("complaints_local", when, v) for when, v in given])
    assert _one(held, "complaints_local", "trend", "2021-07").change == (
        "19 more than in the same months a year before (34)"
    )


def test_a_published_value_of_many_decimals_is_rounded_half_up_wherever_it_is_said() -> None:
    england = "E92000001"
    given = [
        figure(EXC, f"{y}-12", value, span="calendar_year", table="dfe", published=day, area=area)
        for y, value, day, area in (
            (2023, "50", MARCH, NORFOLK),
            (2023, "42.65", SEPTEMBER, england),
            (2023, "43.15", MARCH, england),
            (2024, "44.25", MARCH, england),
        )
    ]
    first, second = (read(record(given), EXC, "years", "all", "England", x) for x in YEARS)
    assert (first.value, first.revised) == ("43.2%", "was 42.7% until 18 March 2022")
    assert (second.value, second.change) == ("44.3%", "1.1 points higher than in 2023 (43.2%)")


def test_a_total_that_falls_within_its_year_says_so_at_its_bar() -> None:
    given = [("2021-05", "60"), ("2021-06", "70"), ("2021-07", "65")]
    held = record([figure("complaints_local", when, v) for when, v in given])
    found = _one(held, "complaints_local", "added", "Jul 2021")
    assert (found.value, found.flag) == (
        "-5",
        "a total fell within its year, which a running total cannot do",
    )


def test_each_limit_of_usual_variation_is_read_beside_the_figure() -> None:
    """662 / 13 = 50.92, and 2.66 times a mean moving range of 2 is 5.32."""
    flow = "alternative_provision_pupils"
    known = changed(alternative_provision_pupils={"seasonal": False})
    held = record(
        months("2020-01", [*["50", "52"] * 6, "50", "57"], flow, known=known), known=known
    )
    said = [
        (m.reading.series, m.reading.value, m.reading.change)
        for line in view(held, flow, "variation").lines
        for m in line.marks
        if m.reading and m.reading.period == "February 2021"
    ]
    assert said == [
        ("Number of pupils, all cases", "57", "5 more than in February 2020 (52)"),
        ("Upper limit", "56.2", ""),
        ("Lower limit", "45.6", ""),
        ("Average", "50.9", ""),
    ]


def test_where_changes_are_drawn_the_figure_itself_is_read_too() -> None:
    """A seasonal flow is compared with its own month: 26 months make 14 changes."""
    flow = "alternative_provision_pupils"
    known = changed(alternative_provision_pupils={"seasonal": True})
    numbers = [*["50", "52", "55"] * 4, *["51", "56", "54", "50"] * 3, "48", "60"]
    held = record(months("2020-01", numbers, flow, known=known), known=known)
    own = view(held, flow, "variation").lines[0].marks[-1].reading
    assert own is not None
    assert (own.period, own.value, own.count) == ("February 2022", "+4", "figure 60")
    assert own.change == "4 more than in February 2021 (56)"
