"""A view's lines and bars on its scales: points, courses, bars, bands and rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.charts.axes import Plot, number
from dashboard.charts.facts import facts_of
from dashboard.charts.looks import LOOKS
from dashboard.charts.placing import Box
from dashboard.charts.scene import Band, Bar, Point, PolyLine, Rule, State
from dashboard.views.chart import ChartView, Line, Mark

FILLED = 0.65  # of a place that its bars fill
_STOP = 7.0  # pixels: half the height of the stroke after a line that has stopped


@dataclass(frozen=True)
class Drawn:
    """What the data of a chart becomes; `courses` are each line's runs of points."""

    lines: tuple[PolyLine, ...]
    points: tuple[Point, ...]
    bars: tuple[Bar, ...]
    bands: tuple[Band, ...]
    rules: tuple[Rule, ...]


def state_of(mark: Mark) -> State:
    """How a mark differs from a plain figure; a doubt is said before all else."""
    if mark.flagged:
        return "flagged"
    if mark.provisional:
        return "provisional"
    return "grouped" if mark.months > 1 else ""


def order_of(view: ChartView, places: Mapping[str, float]) -> dict[float, int]:
    """The place of each period along the x axis, counted from 0."""
    numbers = {number(m.x, view.x_kind, places) for line in view.lines for m in line.marks}
    return {x: at for at, x in enumerate(sorted(numbers))}


def drawn(view: ChartView, plot: Plot) -> Drawn:
    """Everything of the plot but its axes and words."""
    order = order_of(view, plot.places)
    barred = [line for line in view.lines if line.kind == "bar"]
    lines: list[PolyLine] = []
    points: list[Point] = []
    bars: list[Bar] = []
    for line in view.lines:
        if line.kind == "bar":
            bars += _bars(line, plot, order, barred.index(line), len(barred))
            continue
        if line.kind == "line":
            lines += _courses(line, plot)
        points += _points(line, plot, order)
    return Drawn(tuple(lines), tuple(points), tuple(bars), _bands(view, plot), _rules(view, plot))


def courses(line: Line, plot: Plot) -> list[list[tuple[float, float]]]:
    """A line's runs of neighbouring points in pixels; gaps part them."""
    return [[(x, y) for x, y, _ in run] for run in _runs(line, plot)]


def _runs(line: Line, plot: Plot) -> list[list[tuple[float, float, Mark]]]:
    runs: list[list[tuple[float, float, Mark]]] = [[]]
    for mark in line.marks:
        if mark.value is None:
            runs.append([])
        else:
            runs[-1].append((plot.x(mark.x), plot.y(mark.value), mark))
    return [run for run in runs if run]


def _courses(line: Line, plot: Plot) -> list[PolyLine]:
    """Each run as one course, its stretches towards provisional points as others."""
    found = []
    for run in _runs(line, plot):
        start = 0
        for at in range(1, len(run)):
            ends = at == len(run) - 1
            provisional = run[at][2].provisional
            if ends or run[at + 1][2].provisional != provisional:
                stretch = tuple((x, y) for x, y, _ in run[start : at + 1])
                found.append(PolyLine(stretch, line.role, provisional))
                start = at
    return found


def _points(line: Line, plot: Plot, order: Mapping[float, int]) -> list[Point]:
    shown = LOOKS[line.role].symbol != ""
    found = []
    for x, y, mark in (each for run in _runs(line, plot) for each in run):
        at = order[number(mark.x, plot.kind, plot.places)]
        found.append(Point(x, y, line.role, state_of(mark), facts_of(mark, line, at), shown))
    for mark in line.marks:
        if mark.value is None and mark.reading:
            x, foot = plot.x(mark.x), plot.frame.bottom
            at = order[number(mark.x, plot.kind, plot.places)]
            found.append(Point(x, foot, line.role, "missing", facts_of(mark, line, at), False))
    return found


def _bars(line: Line, plot: Plot, order: Mapping[float, int], turn: int, lines: int) -> list[Bar]:
    """A line's bars, beside those of the other lines at the same place, in their order."""
    found = []
    for mark in line.marks:
        if mark.value is None:
            continue
        box = bar_box(mark, plot, turn, lines)
        at = order[number(mark.x, plot.kind, plot.places)]
        facts = facts_of(mark, line, at)
        found.append(Bar(box, line.role, state_of(mark), facts, mark.months))
    return found


def bar_box(mark: Mark, plot: Plot, turn: int, lines: int) -> Box:
    """Where a bar stands; as wide as its months, less what parts it from its neighbours."""
    assert mark.value is not None, "a gap has no bar"
    slot = plot.slot(mark.x)
    wide = slot - plot.slot(mark.x) / max(mark.months, 1) * (1 - FILLED)
    each = wide / lines
    left = plot.x(mark.x) - wide / 2 + turn * each
    foot, tip = plot.y(max(0.0, plot.y_range[0])), plot.y(mark.value)
    return Box(left, min(foot, tip), left + each, max(foot, tip))


def _bands(view: ChartView, plot: Plot) -> tuple[Band, ...]:
    spans = [(event, *plot.event_span(event)) for event in view.events]
    return tuple(
        Band(Box(left, plot.frame.top, right, plot.frame.bottom), event.label)
        for event, left, right in spans
        if right - left > 1
    )


def _rules(view: ChartView, plot: Plot) -> tuple[Rule, ...]:
    found: list[Rule] = []
    for event in view.events:
        left, right = plot.event_span(event)
        if right - left <= 1:
            ends = (plot.frame.top, plot.frame.bottom)
            found.append(Rule("event", left, ends[0], left, ends[1], event.label))
    for target in view.targets:
        left, right = plot.target_span(target)
        y = plot.y(target.value)
        found.append(Rule("target", left, y, right, y, target.label, standing=target.standing))
    for line in view.lines:
        if line.stopped and (last := last_point(courses(line, plot))):
            x, y = last
            found.append(Rule("stop", x + 8, y - _STOP, x + 8, y + _STOP, line.stopped, line.role))
    return tuple(found)


def last_point(runs: Sequence[Sequence[tuple[float, float]]]) -> tuple[float, float] | None:
    return runs[-1][-1] if runs else None
