"""Every word and mark of a chart is inside its picture and no word lies over another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts import SIZES, scene
from dashboard.views.chart import ChartView, EventMark, Line, Role, TargetMark
from dashboard.views.measure import measure
from etl.record import Record
from etl.store import Store
from tests.dashboard.charts.made_up import faults, mark, view

# The days on which the record is looked at: each meeting, and today.
DAYS = (date(2021, 9, 17), date(2022, 3, 18), None)


def every_view(record: Record) -> Iterator[ChartView]:
    """Each chart that a measure's page offers."""
    for name, declared in record.registry.measures.items():
        for cohort in declared.cohorts:
            first = measure(record, name, cohort)
            for choice in first.views if first else ():
                if not choice.why_not:
                    page = measure(record, name, cohort, choice.value)
                    assert page is not None
                    yield page.chart


@pytest.mark.parametrize("day", DAYS)
def test_words_are_whole_and_apart(real_store: Store, day: date | None) -> None:
    wrong = {
        (drawing.title, size): said
        for drawing in every_view(real_store.record(day))
        for size in SIZES
        if (said := faults(scene(drawing, size)))
    }
    assert wrong == {}


WORDS = st.text("Wilmi 20-", min_size=0, max_size=60) | st.text(max_size=25)
VALUES = st.none() | st.floats(0, 1200).map(lambda v: round(v, 1))
ROLES: tuple[Role, ...] = ("own", "second", "third", "fourth", "context", "limit")


@st.composite
def lines(draw: Any, xs: list[Any], kind: str) -> Line:
    marks = tuple(
        mark(
            x,
            draw(VALUES),
            label=draw(st.just("") | st.sampled_from(["59.0%", "1,025", "from 4 pupils"])),
            flagged=draw(st.booleans()),
            provisional=draw(st.booleans()),
        )
        for x in xs
    )
    stopped = draw(st.just("") | st.just("No figure since September 2021"))
    return Line(draw(WORDS), marks, draw(st.sampled_from(ROLES)), kind, stopped)  # type: ignore[arg-type]


@st.composite
def views(draw: Any) -> ChartView:
    """Charts by month, year and name, from none to 13 points, with the longest words."""
    x_kind = draw(st.sampled_from(["months", "years", "categories", "ranked"]))
    count = draw(st.sampled_from([0, 1, 2, 13]))
    xs: list[Any] = {
        "months": [date(2020 + at // 12, at % 12 + 1, 1) for at in range(count)],
        "years": [str(2014 + at) for at in range(count)],
    }.get(x_kind, [f"{draw(WORDS)} {at}" for at in range(count)])
    kinds = {"categories": ["line", "bar"], "ranked": ["bar"]}.get(x_kind, ["line", "dots"])
    drawn = [draw(lines(xs, draw(st.sampled_from(kinds)))) for _ in range(draw(st.integers(0, 5)))]
    ends = [date(2020, 1, 1), date(2021, 6, 1)] if x_kind == "months" else ["2015", "2016"]
    dated = bool(xs) and x_kind in ("months", "years")
    targets = [
        TargetMark(draw(WORDS), draw(st.floats(0, 1200)), ends[0], ends[1], standing="missed")
        for _ in range(draw(st.integers(0, 3)) if dated else 0)
    ]
    events = [
        EventMark(draw(WORDS), ends[0], draw(st.none() | st.just(ends[1])))
        for _ in range(draw(st.integers(0, 3)) if dated else 0)
    ]
    return view(
        *drawn,
        title=draw(WORDS),
        subtitle=draw(WORDS),
        notes=tuple(draw(st.lists(WORDS, max_size=4))),
        x_kind=x_kind,
        targets=tuple(targets),
        events=tuple(events),
    )


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(views(), st.sampled_from(list(SIZES)))
def test_words_are_whole_and_apart_whatever_is_drawn(drawing: ChartView, size: str) -> None:
    assert faults(scene(drawing, size)) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [0, 1, 2, 13, 150])
def test_any_number_of_areas(size: str, count: int) -> None:
    names = [f"Bournemouth, Christchurch and Poole {at}" for at in range(count)]
    areas = Line(
        "Areas",
        tuple(mark(n, at, label=f"{at}.0%") for at, n in enumerate(names)),
        "context",
        "bar",
    )
    level = Line("England", tuple(mark(n, 46.2, label="46.2%") for n in names), "second")
    drawing = scene(view(areas, level, x_kind="ranked", unit="percent"), size)
    assert faults(drawing) == []
    assert len(drawing.bars) == count
    assert {text.words for text in drawing.texts if text.kind == "value"} >= {
        f"{at}.0%" for at in range(count)
    }


@pytest.mark.parametrize("size", SIZES)
def test_a_chart_of_usual_variation(size: str) -> None:
    """No row of the real record has months enough: its limits, and the month outside them."""
    days = [date(2020 + at // 12, at % 12 + 1, 1) for at in range(26)]
    own = tuple(
        mark(d, 80 if d == days[24] else 45 + d.month, label="outside" * (d == days[24]))
        for d in days
    )
    limits = {"Upper limit": 66, "Lower limit": 34, "Average 50": 50}
    levels = [Line(name, tuple(mark(d, v) for d in days), "limit") for name, v in limits.items()]
    drawing = scene(view(Line("Reviews on time", own), *levels, unit="percent"), size)
    assert faults(drawing) == []
    names = [text.words for text in drawing.texts if text.kind == "name"]
    assert sorted(names) == sorted(["Reviews on time", *limits])
    assert "outside" in [text.words for text in drawing.texts if text.kind == "value"]
    # Limits are lines without markers; their figures can be read all the same.
    assert {point.role for point in drawing.points if not point.drawn} == {"limit"}
