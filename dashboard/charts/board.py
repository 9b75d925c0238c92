"""The board that labels are put on: what stands there, and the places that may be asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import dist

from dashboard.charts.axes import Plot
from dashboard.charts.placing import Box, Canvas, crosses, tie
from dashboard.charts.scene import Kind, Rule, Text
from dashboard.charts.series import Drawn
from dashboard.charts.text import size_of
from dashboard.views.chart import Line

CLEAR = 0.02  # of a label that a line may run through
APART = 3.0  # pixels kept free around a label
_FAR = 16.0  # pixels from what it names: such a label is tied to it by a thin line
_TOO_FAR = 70.0  # pixels from what it names: there a letter and a key say it better

Places = Iterator[Box]


@dataclass
class Labels:
    """The words that were placed, what ties them, and what found no room.

    `unplaced` are the words of targets and events, `unnamed` the lines without a name.
    """

    texts: list[Text] = field(default_factory=list)
    ties: list[Rule] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    unnamed: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Board:
    """Where labels are put: the plot, what stands in it, the picture's bounds, the sizes."""

    plot: Plot
    canvas: Canvas
    picture: Box
    size: float
    small: float
    labels: Labels

    def put(
        self,
        kind: Kind,
        lines: tuple[str, ...],
        box: Box,
        size: float,
        tone: str,
        *,
        bold: bool = False,
    ) -> None:
        """A label at a box that has APART pixels around its words."""
        self.canvas.taken.append(box)
        self.labels.texts.append(Text(kind, lines, inside(box), size, tone, bold))

    def room_for(
        self, lines: Sequence[str], size: float, *, bold: bool = False
    ) -> tuple[float, float]:
        width, height = size_of(lines, size, bold=bold)
        return width + 2 * APART, height + APART

    def ties_over(self, box: Box, marks: Sequence[Box]) -> bool:
        """Whether a label at `box` would be tied to its mark across another label."""
        way = tie(box, marks, _FAR)
        return way is not None and any(crosses(way, other) for other in self.canvas.taken)

    def tie(self, box: Box, marks: Sequence[Box]) -> None:
        if way := tie(box, marks, _FAR):
            (x0, y0), (x1, y1) = way
            self.labels.ties.append(Rule("tie", x0, y0, x1, y1))
            self.canvas.strokes.append(way)


def inside(box: Box) -> Box:
    """What the words cover of a label's box."""
    return Box(box.left + APART, box.top + APART / 2, box.right - APART, box.bottom - APART / 2)


def ink(drawn: Drawn, canvas: Canvas) -> None:
    for line in drawn.lines:
        canvas.draw_line(line.points)
    for point in drawn.points:
        canvas.draw_line([(point.x, point.y)])
    for bar in drawn.bars:
        canvas.draw_box(bar.box)
    for rule in drawn.rules:
        # Wider than it is: a name that it runs through is hard to read.
        thick = {"event": 8.0, "stop": 5.0}.get(rule.kind, 3.0)
        canvas.draw_line([(rule.x0, rule.y0), (rule.x1, rule.y1)], thick)
        if rule.standing:
            canvas.draw_box(Box(rule.x1 - 7, rule.y1 - 7, rule.x1 + 7, rule.y1 + 7))


def around(x: float, y: float, width: float, height: float) -> Places:
    """Places beside a point: above, below, right, left, then the corners, then farther."""
    for gap in (6.0, 11.0, 17.0, 25.0):
        for left, top in (
            (x - width / 2, y - gap - height),
            (x - width / 2, y + gap),
            (x + gap, y - height / 2),
            (x - gap - width, y - height / 2),
            (x + gap / 2, y - gap - height),
            (x - gap / 2 - width, y - gap - height),
            (x + gap / 2, y + gap),
            (x - gap / 2 - width, y + gap),
            (x - width / 4, y - gap - height),
            (x - width * 3 / 4, y - gap - height),
            (x - width / 4, y + gap),
            (x - width * 3 / 4, y + gap),
        ):
            yield Box(left, top, left + width, top + height)


def columns(lefts: Sequence[float], frame: Box, width: float, height: float) -> Places:
    """Places down the plot, at each of `lefts`, from the top."""
    steps = max(int((frame.height - height) / 8), 1)
    for step in range(steps + 1):
        top = frame.top + 2 + step * 8
        for left in lefts:
            yield Box(left, top, left + width, top + height)


def anywhere(frame: Box, width: float, height: float, near: tuple[float, float]) -> Places:
    """Places all over the plot, the nearest first, for a label that finds none beside `near`."""
    steps = max(int((frame.width - width) / 16), 1)
    lefts = [kept_in(frame.left + 2 + step * 16, width, frame) for step in range(steps + 1)]
    x, y = near

    def distance(box: Box) -> float:
        across = max(box.left - x, x - box.right, 0.0)
        return across + max(box.top - y, y - box.bottom, 0.0)

    yield from sorted(columns(lefts, frame, width, height), key=distance)


def kept_in(left: float, width: float, frame: Box) -> float:
    return min(max(left, frame.left + 2), max(frame.right - width - 1, frame.left + 1))


def place(
    board: Board,
    kind: Kind,
    words: str,
    lines: tuple[str, ...],
    places: Places,
    marks: Sequence[Box],
    size: float,
    tone: str,
) -> None:
    """Words at the first clear place, tied to what they name.

    Where that is over another label, tied across one, or too far off, they go to the key.
    """
    box, _ = board.canvas.best(places, CLEAR)
    way = tie(box, marks, _FAR)
    too_far = (way is not None and dist(*way) > _TOO_FAR) or board.ties_over(box, marks)
    if not board.canvas.clear(box) or box.outside(board.picture) > 0 or too_far:
        board.labels.unplaced.append(words)
        return
    board.put(kind, lines, box, size, tone)
    board.tie(box, marks)
