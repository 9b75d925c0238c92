"""Whatever is published, every page can be made, and says nothing of what is flagged."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.views.bullets import bullets
from dashboard.views.errors import BadChoice
from dashboard.views.measure import measure
from dashboard.views.overview import overview
from dashboard.views.quality import quality
from etl import registry
from etl.model import Observation, Span
from etl.record import Record
from tests.etl.records import figure, record

KNOWN = registry.load()
ROWS = [(name, cohort) for name, m in KNOWN.measures.items() for cohort in m.cohorts]
REPORTS = [date(2021, 9, 17), date(2022, 3, 18), date(2023, 6, 8)]
# What each span's columns may be named by: any month; a quarter's or a year's last month.
_ENDS = {"quarter": (3, 6, 9, 12), "calendar_year": (12,)}


@st.composite
def figures(draw: st.DrawFn) -> Observation:
    name, cohort = draw(st.sampled_from(ROWS))
    span: Span = draw(st.sampled_from(get_args(Span)))
    if KNOWN.measures[name].nature == "cumulative":
        span = "financial_year_to_date"
    ends = _ENDS.get(span, tuple(range(1, 13)))
    when = f"{draw(st.integers(2019, 2023))}-{draw(st.sampled_from(ends)):02d}"
    value = draw(
        st.none() | st.integers(0, 100).map(str) | st.integers(0, 999).map(lambda n: f"{n / 10}")
    )
    if KNOWN.measures[name].unit == "count" and value:
        value = value.split(".")[0]
    return figure(
        name,
        when,
        value,
        cohort=cohort,
        span=span,
        published=draw(st.sampled_from(REPORTS)),
        area=draw(st.sampled_from(["E10000020", "E10000020", "E92000001", "E10000019"])),
        table=draw(st.sampled_from(["appendix_1", "outturn", "dfe", "measures-by-period"])),
        cases=draw(st.none() | st.integers(0, 30)),
    )


@st.composite
def records(draw: st.DrawFn) -> tuple[Record, list[Observation]]:
    held = draw(st.lists(figures(), max_size=60))
    doubted = draw(st.lists(st.sampled_from(held), max_size=5)) if held else []
    return record(held, doubted=doubted), doubted


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(records())
def test_every_page_can_be_made(made: tuple[Record, list[Observation]]) -> None:
    held, doubted = made
    view = overview(held, date(2023, 7, 1))
    assert len(view.sentences) <= 5
    quality(held, date(2023, 7, 1))
    bullets(held)
    flagged = {(o.measure, o.cohort, o.period, o.value) for o in doubted}
    for name, cohort in ROWS:
        first = measure(held, name, cohort, today=date(2023, 7, 1))
        assert first is not None
        for choice in first.views:
            if choice.why_not:
                continue
            shown = measure(held, name, cohort, choice.value, today=date(2023, 7, 1))
            assert shown is not None
            assert shown.view == choice.value
            assert len(shown.chart.alt) <= 220
    for group in view.groups:
        for row in group.rows:
            if row.flags:
                assert row.year_before.why_not
                assert row.last_report.why_not
                assert not row.standing.shape
    assert not flagged or any(j.doubts for j in held.judged)


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(records(), st.dates(date(2019, 1, 1), date(2024, 1, 1)), st.integers(2018, 2025))
def test_bounds_that_leave_nothing_are_said_and_do_not_break(
    made: tuple[Record, list[Observation]], edge: date, year: int
) -> None:
    for name, cohort in ROWS:
        for view in ("", "trend", "years", "months", "added", "neighbours", "cohorts", "rates"):
            try:
                shown = measure(made[0], name, cohort, view, first=edge, last=edge, year=year)
            except BadChoice:  # a view that shows no single year
                shown = measure(made[0], name, cohort, view, first=edge, last=edge)
            assert shown is not None
            assert shown.chart.lines or shown.chart.empty
