"""Figures: colours, gaps, targets, and no label over another or outside its picture."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from dashboard.plotted.chart_frame import plot_of
from dashboard.plotted.charts import LOOKS, SIZES, figure
from dashboard.plotted.placing import Box, size_of
from dashboard.views.chart import ChartView, EventMark, Line, Mark, TargetMark
from dashboard.views.measure import measure
from etl.record import Record

_CHART = ChartView(
    id="trend",
    title="A finding",
    subtitle="What, where",
    alt="In words",
    unit="percent",
    lines=(
        Line(
            "Norfolk 59.0%",
            tuple(Mark(date(2021, m, 1), None if m == 4 else 40 + m) for m in range(1, 9)),
        ),
    ),
    source="A source",
    as_at="Held today",
    notes=("A note",),
    targets=(TargetMark("Agreed: 60%", 60, date(2021, 1, 1), date(2021, 12, 31)),),
    events=(EventMark("A rule changed", date(2021, 3, 1)),),
)


def every_chart(record: Record) -> Iterator[ChartView]:
    for name, declared in record.registry.measures.items():
        for cohort in declared.cohorts:
            first = measure(record, name, cohort)
            assert first is not None
            for choice in first.views:
                if not choice.why_not:
                    found = measure(record, name, cohort, choice.value)
                    assert found is not None
                    yield found.chart


def boxes(made: dict[str, Any], width: int, height: int) -> list[tuple[str, Box]]:
    """Where each annotation stands in pixels, from what Plotly is given alone."""
    margin = made["layout"]["margin"]
    wide = width - margin["l"] - margin["r"]
    high = height - margin["t"] - margin["b"]
    found = []
    for note in made["layout"]["annotations"]:
        lines = note["text"].split("<br>")
        bold = note["font"].get("weight") == "bold"
        across, down = size_of(lines, note["font"]["size"], bold=bold)
        left = margin["l"] + note["x"] * wide
        top = margin["t"] + (1 - note["y"]) * high
        found.append((note["text"], Box(left, top, left + across - 4, top + down - 3)))
    return found


def test_a_gap_is_a_gap() -> None:
    trace = figure(_CHART)["data"][0]
    assert trace["y"][3] is None
    assert trace["connectgaps"] is False


def test_a_flagged_point_is_hollow() -> None:
    line = Line("", (Mark(date(2021, 1, 1), 1), Mark(date(2021, 2, 1), 2, flagged=True)))
    view = ChartView("t", "T", "S", "A", (line,), "count", "S", "H")
    assert figure(view)["data"][0]["marker"]["color"] == [LOOKS["own"].colour, "#ffffff"]


def test_a_target_stands_over_its_dates_alone() -> None:
    view = ChartView(
        "y",
        "T",
        "S",
        "A",
        (Line("", tuple(Mark(str(y), 50) for y in range(2018, 2024))),),
        "percent",
        "S",
        "H",
        x_kind="years",
        targets=(TargetMark("90% in 2022", 90, "2022", "2022"),),
    )
    plot = plot_of(view, 740, 440, 0, 0, 13.5)
    drawn = next(s for s in figure(view)["layout"]["shapes"] if s["y0"] == 90)
    middle = (drawn["x0"] + drawn["x1"]) / 2
    assert middle == pytest.approx(plot.paper_x(plot.x(2022)), abs=0.01)
    assert drawn["x1"] - drawn["x0"] < 0.2


def test_the_roles_differ_without_colour() -> None:
    drawn = [(LOOKS[r].dash, LOOKS[r].symbol) for r in ("own", "second", "third", "fourth")]
    assert len(set(drawn)) == 4


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    low = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * low[0] + 0.7152 * low[1] + 0.0722 * low[2]


@pytest.mark.parametrize("role", LOOKS)
def test_words_in_charts_have_contrast(role: str) -> None:
    assert 1.05 / (_luminance(LOOKS[role].text) + 0.05) >= 4.5


def test_a_picture_holds_title_subtitle_source_and_notes() -> None:
    words = json.dumps(figure(_CHART, "half"))
    for part in ("A finding", "What, where", "A source", "Held today", "A note", "Agreed: 60%"):
        assert part in words


def test_a_figure_is_small_and_names_no_template() -> None:
    made = figure(_CHART)
    assert made["layout"]["template"] == {}
    assert len(json.dumps(made)) < 4000


@pytest.mark.parametrize("size", SIZES)
def test_no_label_lies_over_another_or_outside(real_record: Record, size: str) -> None:
    made = SIZES[size]
    wrong = []
    for view in every_chart(real_record):
        placed = boxes(figure(view, size), made.width, made.height)
        for (one, a), (other, b) in combinations(placed, 2):
            if a.overlap(b) > 4:
                wrong.append(f"{view.title}: {one} over {other}")
        picture = Box(-1, -1, made.width + 1, made.height + 1)
        wrong += [f"{view.title}: {one} outside" for one, box in placed if box.outside(picture)]
    assert wrong == []


def test_text_in_a_chart_is_never_markup_of_a_reader() -> None:
    made = json.dumps(figure(_CHART, "half"))
    assert set(re.findall(r"<(\w+)", made)) <= {"br", "extra"}
