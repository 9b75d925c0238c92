"""Figures beside points and on bars; one that finds no clear place is left to the table."""

from __future__ import annotations

from collections.abc import Sequence
from math import dist

from dashboard.charts import names
from dashboard.charts.board import CLEAR, Board, around
from dashboard.charts.looks import LOOKS
from dashboard.charts.placing import Box
from dashboard.charts.scene import Text
from dashboard.charts.series import FILLED, courses
from dashboard.charts.text import printable, size_of
from dashboard.views.chart import ChartView, Line, Mark

# A point's label that lines run through by more than this share is left out; a line's own
# last figure says most and bears more.
_CROSSED, _LAST_CROSSED = 0.15, 0.35
_REACH = 60.0  # pixels beyond which another line's point is nobody's rival


def _gap(box: Box, x: float, y: float) -> float:
    """How far a point lies from a label."""
    return dist(*box.to(Box(x, y, x, y)))


def beside_points(view: ChartView, line: Line, board: Board) -> None:
    """Figures beside points; one that finds no clear place is left to the table."""
    plot = board.plot
    others = [
        point
        for other in view.lines
        if other is not line
        for run in courses(other, plot)
        for point in run
    ]
    valued = [mark for mark in line.marks if mark.value is not None]
    at_the_end = names.named(view) and line.name != ""
    for mark in valued[:-1] if at_the_end else valued:
        if mark.label and mark.value is not None:
            crossed = _LAST_CROSSED if mark is valued[-1] else _CROSSED
            point = (plot.x(mark.x), plot.y(mark.value))
            _figure(mark, point, others, LOOKS[line.role].text, crossed, board)


def _figure(
    mark: Mark,
    point: tuple[float, float],
    others: Sequence[tuple[float, float]],
    tone: str,
    crossed: float,
    board: Board,
) -> None:
    """One figure beside its point, unless lines run through more than `crossed` of it."""
    x, y = point
    words = printable(mark.label)
    width, height = board.room_for([words], board.size, bold=True)
    # Nearer to another line's point, a figure would be taken for that one's.
    near = [other for other in others if abs(other[0] - x) < width + _REACH]
    places = [
        box
        for box in around(x, y, width, height)
        if all(_gap(box, x, y) + 2 < _gap(box, *other) for other in near)
    ]
    if not places:
        return
    box, cost = board.canvas.best(places, CLEAR)
    if cost <= width * height * crossed:
        board.put("value", (words,), box, board.size, tone, bold=True)


def on_bars(marks: Sequence[tuple[Mark, Box]], tone: str, board: Board) -> None:
    """Each bar's figure on top of it; where bars are too narrow, of the highest and the last."""
    plot = board.plot
    widest = max((size_of([m.label], board.size, bold=True)[0] for m, _ in marks), default=0.0)
    room = min((bar.width / FILLED for _, bar in marks), default=0.0)
    top = max((mark.value or 0 for mark, _ in marks), default=0.0)
    for mark, bar in reversed(marks):
        highest = mark.value == top
        last = mark is marks[-1][0]
        narrow = widest > room
        if narrow and not last and not highest:
            continue
        words = printable(mark.label)
        width, height = size_of([words], board.size, bold=True)
        left = max((bar.left + bar.right - width) / 2, plot.frame.left + 1)
        high = bar.top - height
        if narrow and last and not highest:
            left, high = bar.right + 2, max(bar.top - height / 2, plot.frame.top)
        box = Box(left, high, left + width, high + height)
        if board.canvas.clear(box) and not box.outside(board.picture):
            board.canvas.taken.append(box)
            board.labels.texts.append(Text("value", (words,), box, board.size, tone, True))
