"""Figures on bars, and scales of changes: what stands on what, in pixels."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.plotted import charts
from dashboard.plotted.chart_frame import y_scale
from dashboard.plotted.placing import size_of
from dashboard.views.chart import ChartView, Line, Mark


def bars(values: list[int]) -> ChartView:
    marks = tuple(Mark(f"Bar {at}", value, label=str(value)) for at, value in enumerate(values))
    line = Line("", marks, "own", kind="bar")
    return ChartView("added", "T", "S", "A", (line,), "count", "S", "H", x_kind="categories")


def placed(values: list[int]) -> list[tuple[str, float, float, float]]:
    """Each figure with the middle and bottom of its box, and where its bar ends above."""
    layout = charts.figure(bars(values), "half")["layout"]
    margin, range_ = layout["margin"], layout["yaxis"]["range"]
    left, wide = margin["l"], layout["width"] - margin["l"] - margin["r"]
    top, high = margin["t"], layout["height"] - margin["t"] - margin["b"]
    text = layout["font"]["size"]
    found = []
    for one in layout["annotations"]:
        if one["text"] not in map(str, values) or one["font"].get("weight") != "bold":
            continue
        width, height = size_of([one["text"]], text, bold=True)
        bottom = top + (1 - one["y"]) * high + height
        ends = top + high * (1 - (float(one["text"]) - range_[0]) / (range_[1] - range_[0]))
        found.append((one["text"], left + one["x"] * wide + width / 2, bottom, ends))
    return found


def middles(values: list[int]) -> list[float]:
    """Where the bars stand across."""
    layout = charts.figure(bars(values), "half")["layout"]
    margin, (low, high) = layout["margin"], layout["xaxis"]["range"]
    wide = layout["width"] - margin["l"] - margin["r"]
    return [margin["l"] + (at - low) / (high - low) * wide for at in range(len(values))]


def test_each_figure_stands_on_its_own_bar() -> None:
    """Grid lines, zeros and taller neighbours do not push it aside."""
    values = [24, 13, 5, 5, 14, 12, 14, 4, 0, 10, 20, 2, 2]
    found = placed(values)
    assert sorted(text for text, *_ in found) == sorted(map(str, values))
    for text, middle, bottom, end in found:
        assert min(abs(middle - x) for x in middles(values)) < 1, text
        assert end - 2 <= bottom <= end, text


def test_bars_too_narrow_for_their_figures_have_the_highest_and_the_last() -> None:
    values = [3, 12, 40, *([11, 12] * 30), 10]
    assert sorted(text for text, *_ in placed(values)) == ["10", "40"]


def test_the_figure_of_the_first_bar_keeps_clear_of_the_scale() -> None:
    values = [34, *([11, 12] * 30)]
    (first,) = (left for text, left, *_ in placed(values) if text == "34")
    width = size_of(["34"], charts.SIZES["half"].text, bold=True)[0]
    assert first - width / 2 >= charts.figure(bars(values), "half")["layout"]["margin"]["l"]


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [([-18.6, 12.7], -20, 20), ([-57.0, 86.0], -100, 100), ([5, 40], 0, 50), ([0, 0], 0, 1.25)],
)
def test_a_scale_reaches_past_the_lowest_and_the_highest(
    values: list[float], low: float, high: float
) -> None:
    marks = tuple(Mark(date(2022, at, 1), value) for at, value in enumerate(values, 1))
    view = ChartView("x", "T", "S", "A", (Line("", marks),), "days", "S", "H")
    (bottom, top), ticks, _ = y_scale(view, 5)
    assert (bottom, top) == pytest.approx((low, high))
    assert ticks[0] == bottom
