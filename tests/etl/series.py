"""Made-up figures for the round trips: anything that could have been published."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import get_args

from hypothesis import strategies as st

from etl import periods
from etl.model import TABLES, MeasureRef, Observation, Period, Reading, Status, Unit
from tests.etl.readers.workbooks import REGISTRY

# Letters of many kinds and what a spreadsheet would run; white space collapsed, as stored.
WORDS = st.text(st.sampled_from("abcXYZ 0123456789=+-@'\",;|%()é–&<>/\\!"), max_size=30).map(
    lambda text: " ".join(text.split())
)
REFS = st.sampled_from(
    [MeasureRef(m.id, name) for m in REGISTRY.measures.values() for name in m.cohorts]
)


def values(unit: Unit) -> st.SearchStrategy[Decimal]:
    if unit == "count":
        return st.integers(0, 999_999).map(Decimal)
    return st.decimals(0, 100 if unit == "percent" else 999, places=2)


@st.composite
def readings(draw: st.DrawFn, unit: Unit) -> Reading:
    """Any reading of the model, with words of its own."""
    status: Status = draw(st.sampled_from(get_args(Status)))
    value = {"reported": draw(values(unit)), "nil": Decimal(0)}.get(status)
    size = draw(st.none() | st.integers(0, 9999))
    return Reading(value, unit, status, size, draw(WORDS), draw(WORDS))


@st.composite
def months(draw: st.DrawFn) -> date:
    return periods.month(draw(st.integers(2015, 2030)), draw(st.integers(1, 12)))[1]


def period(ref: MeasureRef, end: date) -> Period:
    return periods.for_span(REGISTRY.measures[ref.measure].span, end.year, end.month)


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    ref = draw(REFS)
    return Observation(
        authority=draw(st.sampled_from(["E10000020", "E92000001", "W06000001"])),
        measure=ref.measure,
        cohort=ref.cohort,
        period=period(ref, draw(months())),
        reading=draw(readings(REGISTRY.measures[ref.measure].unit)),
        published=draw(st.dates(date(2000, 1, 1), date(2040, 1, 1))),
        source=draw(WORDS.filter(bool)),
        table=draw(st.sampled_from(TABLES)),
        locator=draw(WORDS.filter(bool)),
    )
