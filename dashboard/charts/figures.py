"""Figures beside points and on bars; one that finds no clear place is left to the table."""

from __future__ import annotations

from collections.abc import Sequence
from math import dist

from dashboard.charts import names
from dashboard.charts.axes import Plot
from dashboard.charts.board import CLEAR, Board, around, inside
from dashboard.charts.looks import LOOKS
from dashboard.charts.placing import Box
from dashboard.charts.scene import Text
from dashboard.charts.series import FILLED, courses
from dashboard.charts.text import printable, size_of
from dashboard.views.chart import ChartView, Line, Mark

# Of a figure's place that may be drawn on: the rim of its own point, the edge of a bar.
_DRAWN_ON = 0.2
_REACH = 60.0  # pixels beyond which another point is nobody's rival
_NEARER = 1.0  # pixels by which a figure is nearer to its own point than to any other

Place = tuple[float, float]


def _distances(box: Box, point: Place) -> Place:
    """How far a point lies from a label's edge and from its middle."""
    middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return dist(*box.to(Box(*point, *point))), dist(middle, point)


def belongs(box: Box, point: Place, others: Sequence[Place]) -> bool:
    """Whether a label is nearer to its own point than to any other, by edge and by middle."""
    edge, middle = _distances(box, point)
    return all(
        edge + _NEARER < far_edge and middle + _NEARER < far_middle
        for far_edge, far_middle in (_distances(box, other) for other in others)
    )


def rivals(view: ChartView, point: Place, width: float, plot: Plot) -> list[Place]:
    """Every other point that a figure so wide beside `point` could be taken for."""
    every = (p for line in view.lines for run in courses(line, plot) for p in run)
    return [p for p in every if p != point and abs(p[0] - point[0]) < width + _REACH]


def beside_points(view: ChartView, line: Line, board: Board) -> None:
    """Figures beside points; one that finds no clear place is left to the table."""
    plot = board.plot
    valued = [mark for mark in line.marks if mark.value is not None]
    at_the_end = names.named(view) and line.name != ""
    # The last figure says most: it chooses its place first.
    for mark in reversed(valued[:-1] if at_the_end else valued):
        if mark.label and mark.value is not None:
            point = (plot.x(mark.x), plot.y(mark.value))
            _figure(view, mark, point, LOOKS[line.role].text, board)


def _figure(view: ChartView, mark: Mark, point: Place, tone: str, board: Board) -> None:
    """One figure beside its point, where no line strikes it and no other point is nearer."""
    words = printable(mark.label)
    width, height = board.room_for([words], board.size, bold=True)
    others = rivals(view, point, width, board.plot)
    places = [
        box
        for box in around(*point, width, height)
        if belongs(inside(box), point, others) and not board.canvas.crossed(box)
    ]
    if not places:
        return
    box, cost = board.canvas.best(places, CLEAR)
    if cost <= width * height * _DRAWN_ON:
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
        fits = board.canvas.clear(box) and not box.outside(board.picture)
        if fits and not board.canvas.crossed(box):
            board.canvas.taken.append(box)
            board.labels.texts.append(Text("value", (words,), box, board.size, tone, True))
