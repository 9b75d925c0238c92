"""The words inside a chart: names at lines' ends, figures, targets, events; none overlapping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from math import dist
from typing import Any

from dashboard.plotted.chart_frame import END_LABEL_SHARE, Plot, end_names
from dashboard.plotted.placing import Box, Canvas, size_of, spread, wrap
from dashboard.views.chart import ChartView, EventMark, Line

_INK, _QUIET = "#0b0c0c", "#505a5f"
_NARROW = 300  # pixels
_CLEAR = 0.02  # of a label that a line may run through
_CROSSED = 0.08  # a point's label that lines run through by more than this is left out
_BAR = 0.65  # of a bar's place that it fills
_FAR = 16.0  # pixels from what it names: such a label is tied to it by a thin line
_REACH = 60.0  # pixels beyond which another line's point is nobody's rival
_NEAR_THE_END = 0.12  # of the plot's width: such a line is named in the margin


def _annotation(box: Box, lines: Sequence[str], plot: Plot, **font: Any) -> dict[str, Any]:
    return {
        "text": "<br>".join(lines),
        "showarrow": False,
        "align": "left",
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "top",
        "x": plot.paper_x(box.left),
        "y": plot.paper_y(box.top),
        "borderpad": 0,
        "font": {"size": plot.text, **font},
    }


def _pixels(line: Line, plot: Plot) -> list[list[tuple[float, float]]]:
    """A line's runs of neighbouring points in pixels; gaps part them."""
    runs: list[list[tuple[float, float]]] = [[]]
    for mark in line.marks:
        if mark.value is None:
            runs.append([])
        else:
            runs[-1].append((plot.x(plot.number(mark.x)), plot.y(mark.value)))
    return [run for run in runs if run]


def _around(x: float, y: float, width: float, height: float) -> Iterator[Box]:
    """Places beside a point: above, below, right, left, then the corners, then farther."""
    for gap in (7.0, 12.0, 18.0, 26.0):
        for left, top in (
            (x - width / 2, y - gap - height),
            (x - width / 2, y + gap),
            (x + gap, y - height / 2),
            (x - gap - width, y - height / 2),
            (x + gap / 2, y - gap - height),
            (x - gap / 2 - width, y - gap - height),
            (x + gap / 2, y + gap),
            (x - gap / 2 - width, y + gap),
        ):
            yield Box(left, top, left + width, top + height)


def _gap(box: Box, x: float, y: float) -> float:
    """How far a point lies from a label."""
    return dist(*box.to(Box(x, y, x, y)))


def _slot(plot: Plot) -> float:
    """The width in pixels of a bar's place."""
    return plot.x(plot.x_range[0] + 1) - plot.frame.left


def _columns(lefts: Sequence[float], frame: Box, width: float, height: float) -> Iterator[Box]:
    """Places down the plot, at each of `lefts`, from the top."""
    steps = max(int((frame.bottom - frame.top - height) / 8), 1)
    for step in range(steps + 1):
        top = frame.top + 2 + step * 8
        for left in lefts:
            yield Box(left, top, left + width, top + height)


def _anywhere(frame: Box, width: float, height: float, near: tuple[float, float]) -> Iterator[Box]:
    """Places all over the plot, the nearest first, for a label that finds none beside `near`."""
    steps = max(int((frame.right - frame.left - width) / 16), 1)
    lefts = [_kept_in(frame.left + 2 + step * 16, width, frame) for step in range(steps + 1)]
    x, y = near

    def distance(box: Box) -> float:
        across = max(box.left - x, x - box.right, 0.0)
        return across + max(box.top - y, y - box.bottom, 0.0)

    places = _columns(lefts, frame, width, height)
    # A narrow plot is packed from its corner, or the last label finds no room.
    yield from sorted(places, key=distance) if frame.right - frame.left > _NARROW else places


def _kept_in(left: float, width: float, frame: Box) -> float:
    return min(max(left, frame.left + 4), max(frame.right - width - 1, frame.left + 1))


def _targets(view: ChartView, plot: Plot, canvas: Canvas) -> list[dict[str, Any]]:
    made = []
    for target in view.targets:
        left, right = plot.target_span(target)
        y = plot.y(target.value)
        lines = wrap(target.label, plot.text, max((plot.frame.right - plot.frame.left) * 0.42, 90))
        width, height = size_of(lines, plot.text)
        lefts = [
            _kept_in(at, width, plot.frame)
            for at in (left, (left + right - width) / 2, right - width, right + 6, left - width - 6)
        ]
        tops = [y - height - 4, y + 5, y - height - 14, y + 15, y - height - 28, y + 30]
        places = [Box(at, top, at + width, top + height) for top in tops for at in lefts]
        near = ((left + right) / 2, y)
        box, _ = canvas.place(chain(places, _anywhere(plot.frame, width, height, near)))
        canvas.tie(box, [Box(left, y, right, y)], _FAR)
        made.append(_annotation(box, lines, plot, color=_INK))
    return made


def _events(view: ChartView, plot: Plot, canvas: Canvas) -> list[dict[str, Any]]:
    small = min(plot.text, max(plot.text * 0.92, 12.5))  # 9 points in a picture for paper
    made = []

    def is_band(event: EventMark) -> bool:
        return event.end is not None

    # Rules first, named on their right; a band too narrow for its name has it on its left.
    for event in sorted(view.events, key=is_band):
        left, right = plot.event_span(event)
        lines = wrap(event.label, small, max(right - left, 105))
        width, height = size_of(lines, small)
        middle = (left + right - width) / 2
        inside = right - left > 1 and right - left + 6 > width
        sides = (right + 10, left - width - 10)
        wanted = (middle,) if inside else sides[::-1] if is_band(event) else sides
        lefts = [_kept_in(at, width, plot.frame) for at in wanted]
        places = chain(
            _columns(lefts, plot.frame, width, height),
            _columns([_kept_in(middle, width, plot.frame)], plot.frame, width, height),
            _anywhere(plot.frame, width, height, ((left + right) / 2, plot.frame.top)),
        )
        box, _ = canvas.place(places)
        canvas.tie(box, [Box(left, plot.frame.top, right, plot.frame.bottom)], _FAR)
        made.append(_annotation(box, lines, plot, color=_QUIET, size=small))
    return made


def _names(
    view: ChartView, plot: Plot, canvas: Canvas, colours: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Names of lines: in the right margin where they end there, beside their end elsewhere."""
    if not end_names(view):
        return []
    margin, inside = [], []
    reach = (plot.frame.right - plot.frame.left) * _NEAR_THE_END
    for line in view.lines:
        runs = _pixels(line, plot)
        if not runs or not line.name:
            continue
        x, y = runs[-1][-1]
        lines = wrap(line.name, plot.text, plot.width * END_LABEL_SHARE)
        if plot.frame.right - x <= reach and line.kind != "bar":
            margin.append((line, lines, y))
            continue
        if line.kind == "bar":
            x, y = min((point for run in runs for point in run), key=lambda point: point[1])
        points = [(x, y), *reversed([point for run in runs for point in run][:-1])]
        inside.append((line, lines, points))
    made = []
    heights = [size_of(lines, plot.text)[1] for _, lines, _ in margin]
    centres = spread([y for _, _, y in margin], heights, plot.frame.top - 8, plot.frame.bottom)
    for (line, lines, _), height, centre in zip(margin, heights, centres, strict=True):
        left = plot.frame.right + 8
        width = size_of(lines, plot.text, bold=line.role == "own")[0]
        box = Box(left, centre - height / 2, left + width, centre + height / 2)
        canvas.taken.append(box)
        made.append(_annotation(box, lines, plot, **_font(line, colours)))
    for line, lines, points in inside:
        width, height = size_of(lines, plot.text, bold=line.role == "own")
        beside = (box for x, y in points for box in _around(x, y, width, height))
        box, _ = canvas.place(
            chain(beside, _anywhere(plot.frame, width, height, points[0])), _CLEAR
        )
        canvas.tie(box, [Box(x, y, x, y) for x, y in points], _FAR)
        made.append(_annotation(box, lines, plot, **_font(line, colours)))
    return made


def _font(line: Line, colours: Mapping[str, str]) -> dict[str, Any]:
    weight = {"weight": "bold"} if line.role == "own" else {}
    return {"color": colours[line.role], **weight}


def _figures(
    view: ChartView, plot: Plot, canvas: Canvas, colours: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The figures printed beside points; one that finds no clear place is left to the table."""
    made = []
    for line in view.lines:
        if line.kind == "bar":
            made += _on_bars(line, plot, canvas, colours)
            continue
        others = [
            point
            for other in view.lines
            if other is not line
            for run in _pixels(other, plot)
            for point in run
        ]
        for mark in line.marks:
            if not mark.label or mark.value is None:
                continue
            width, height = size_of([mark.label], plot.text, bold=True)
            x, y = plot.x(plot.number(mark.x)), plot.y(mark.value)
            # Nearer to another line's point, a figure would be taken for that one's.
            near = [point for point in others if abs(point[0] - x) < width + _REACH]
            places = [
                box
                for box in _around(x, y, width, height)
                if all(_gap(box, x, y) + 2 < _gap(box, *other) for other in near)
            ]
            if not places:
                continue
            wider = Box(plot.frame.left, plot.frame.top - 14, plot.width - 2, plot.frame.bottom)
            canvas.frame, kept = wider, canvas.frame
            box, cost = canvas.place(places, _CLEAR)
            canvas.frame = kept
            if cost > width * height * _CROSSED:
                canvas.taken.pop()
                continue
            font = {"color": colours[line.role], "weight": "bold"}
            made.append(_annotation(box, [mark.label], plot, **font))
    return made


def _on_bars(
    line: Line, plot: Plot, canvas: Canvas, colours: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Each bar's figure on top of it; where bars are too narrow, of the highest and the last."""
    marks = [mark for mark in line.marks if mark.label and mark.value is not None]
    widest = max((size_of([mark.label], plot.text, bold=True)[0] for mark in marks), default=0.0)
    narrow = widest > _slot(plot)
    made = []
    for mark in reversed(marks):
        assert mark.value is not None
        highest = mark.value == max(other.value or 0 for other in marks)
        if narrow and mark is not marks[-1] and not highest:
            continue
        width, height = size_of([mark.label], plot.text, bold=True)
        x, y = plot.x(plot.number(mark.x)), plot.y(max(mark.value, 0))
        left, top = max(x - width / 2, plot.frame.left + 1), y - height - 1
        if narrow and mark is marks[-1] and not highest:
            left, top = x + _slot(plot) * _BAR / 2 + 2, max(y - height / 2, plot.frame.top)
        box = Box(left, top, left + width, top + height)
        if any(box.overlap(other) for other in canvas.taken) or box.right > plot.width:
            continue
        canvas.taken.append(box)
        font = {"color": colours[line.role], "weight": "bold"}
        made.append(_annotation(box, [mark.label], plot, **font))
    return made


def _tied(canvas: Canvas, plot: Plot) -> list[dict[str, Any]]:
    """The thin lines from labels that stand far off to what they name."""
    return [
        {
            "type": "line",
            "xref": "paper",
            "yref": "paper",
            "x0": plot.paper_x(x0),
            "y0": plot.paper_y(y0),
            "x1": plot.paper_x(x1),
            "y1": plot.paper_y(y1),
            "line": {"color": _QUIET, "width": 1},
        }
        for (x0, y0), (x1, y1) in canvas.ties
    ]


def labels(
    view: ChartView, plot: Plot, colours: Mapping[str, str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Every label of the plot's inside as a Plotly annotation, and the lines that tie them.

    `colours` are text tones by role.
    """
    canvas = Canvas(plot.frame)
    for line in view.lines:
        for run in _pixels(line, plot):
            if line.kind == "bar":
                for x, y in run:
                    canvas.draw_line([(x, y), (x, plot.frame.bottom)], _slot(plot) * _BAR / 1.8)
            else:
                canvas.draw_line(run)
    for target in view.targets:
        left, right = plot.target_span(target)
        canvas.draw_line([(left, plot.y(target.value)), (right, plot.y(target.value))], 3)
    for event in view.events:
        left, right = plot.event_span(event)
        if right - left <= 1:
            # Wider than it is: a name that it runs through is hard to read.
            canvas.draw_line([(left, plot.frame.top), (left, plot.frame.bottom)], 8)
    made = [
        *_names(view, plot, canvas, colours),
        *_targets(view, plot, canvas),
        *_events(view, plot, canvas),
        *_figures(view, plot, canvas, colours),
    ]
    return made, _tied(canvas, plot)
