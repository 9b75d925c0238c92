"""Where a word changes: each threshold from both of its sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dashboard.views import parts
from dashboard.views.measure import measure
from dashboard.views.rows import stopped
from dashboard.views.telling import standing_of
from etl.analysis import rates
from etl.analysis.book import book, last_number
from etl.analysis.takes import volumes
from etl.model import Span
from etl.record import Record
from tests.dashboard.test_views_measure import INC
from tests.etl.records import figure, months, record

TO_DATE: Span = "calendar_year_to_date"


def year(share: str) -> Record:
    """One calendar year's share on both bases, against the agreed 60% by the end of 2021."""
    bases = (INC, INC.replace("including", "excluding"))
    return record([figure(n, "2021-12", share, span=TO_DATE, table="outturn") for n in bases])


@pytest.mark.parametrize(
    ("share", "says", "shape", "tone"),
    [
        ("60.1", "Met, 0.1 points above", "met", "good"),
        ("60.0", "Met", "met", "good"),
        ("59.9", "0.1 points short", "short", "bad"),
    ],
)
def test_a_target_is_met_or_missed_in_word_shape_and_tone(
    share: str, says: str, shape: str, tone: str
) -> None:
    held = book(year(share))
    value = last_number(held.line(INC, "all", TO_DATE))
    assert value is not None
    standing = standing_of(held, value)
    assert (standing.words, standing.shape, standing.tone) == (says, shape, tone)


@pytest.mark.parametrize(
    ("today", "says"),
    [
        (date(2022, 7, 1), ""),  # DfE's year of 2020, in June 2021; its next is due in June 2022
        (date(2022, 8, 1), ""),
        (date(2022, 8, 20), "No figure since 2020"),
    ],
)
def test_a_yearly_series_has_stopped_when_a_release_has_passed_it_by(
    today: date, says: str
) -> None:
    held = book(record([figure(INC, "2020-12", "21.0", span="calendar_year", table="dfe")]))
    assert stopped(held.latest(INC, "all"), today) == says


def test_a_line_from_two_tables_says_which_months_are_the_other_ones() -> None:
    figures = [
        *months("2021-01", ["215.9", "208.0"], "ehc_plan_days"),
        figure("ehc_plan_days", "2021-03", "203", table="outturn"),
    ]
    line = book(record(figures)).line("ehc_plan_days", "all", "month")
    says = "From the yearly outturn table, in whole days: Mar 2021."
    assert parts.tables_note(line) == (says,)
    assert parts.tables_note(line[:2]) == ()
    view = measure(record(figures), "ehc_plan_days", view="trend", today=date(2021, 5, 1))
    assert view is not None
    assert says in view.chart.notes


@pytest.mark.parametrize("kinds", [("stretch", "agreed"), ("agreed", "stretch")])
def test_what_it_would_take_holds_to_what_was_agreed_before_a_stretch(
    kinds: tuple[str, str],
) -> None:
    agreed = next(t for t in record([]).targets if t.id == "agreed-60-2021")
    stretch = replace(agreed, id="stretch", kind="stretch", value=Decimal(90))
    targets = [agreed if kind == "agreed" else stretch for kind in kinds]
    figures = months("2020-07", ["40"] * 12, "ehc_plans_issued", table="outturn")
    so_far = {"ehc_plans_issued": "240", "ehc_plans_on_time": "100", INC: "41.7"}
    for name, value in so_far.items():
        figures.append(figure(name, "2021-06", value, span=TO_DATE, table="outturn"))
    view = measure(record(figures, targets=targets), INC, today=date(2021, 7, 31))
    assert view is not None
    assert view.takes is not None
    assert view.takes.lead.startswith("To reach 60% by the end of 2021, 78.3%")


def test_the_usual_number_of_plans_is_of_the_last_twelve_months() -> None:
    monthly = tuple(Decimal(n) for n in (900, 900, *[10] * 11, 20))
    # 130 plans in the last 12 months; half of that, and the least and most of six in a row.
    assert volumes(monthly, 6) == (Decimal(65), Decimal(60), Decimal(70))
    assert volumes(monthly[-11:], 6) is None


@pytest.mark.parametrize(
    ("month", "of"),
    [
        ("2021-05", "2021-06-30"),
        ("2021-07", "2021-06-30"),  # 31 days from either count
        ("2021-09", "2021-08-31"),
    ],
)
def test_a_rate_rests_on_the_nearest_count_the_earlier_of_two(month: str, of: str) -> None:
    population = [figure("statutory_age_population", m, "1000") for m in ("2021-06", "2021-08")]
    missing = figure("children_missing_education", month, "10")
    held = book(record([*population, missing]))
    counts = held.line("statutory_age_population", "all", "month")
    for line in (counts, counts[::-1]):
        near = rates.nearest(line, missing.period)
        assert near is not None
        assert near.period.end.isoformat() == of
