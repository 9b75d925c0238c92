"""Where labels go in a chart, in pixels: clear of lines, of each other, and of the edge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import dist
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Box:
    """A rectangle; y grows downwards, as on a screen."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """The area that both cover."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0.0) * max(height, 0.0)

    def to(self, other: Box) -> tuple[tuple[float, float], tuple[float, float]]:
        """The shortest way from this box to another: its two ends (equal where they meet)."""

        def ends(
            low: float, high: float, other_low: float, other_high: float
        ) -> tuple[float, float]:
            if high < other_low:
                return high, other_low
            if low > other_high:
                return low, other_high
            middle = (max(low, other_low) + min(high, other_high)) / 2
            return middle, middle

        x = ends(self.left, self.right, other.left, other.right)
        y = ends(self.top, self.bottom, other.top, other.bottom)
        return (x[0], y[0]), (x[1], y[1])

    def outside(self, frame: Box) -> float:
        """How far it sticks out of `frame`, all sides together."""
        return (
            max(frame.left - self.left, 0.0)
            + max(self.right - frame.right, 0.0)
            + max(frame.top - self.top, 0.0)
            + max(self.bottom - frame.bottom, 0.0)
        )


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, bold: bool = False) -> float:
    """The width of one line of text in pixels, in Arial or Liberation Sans.

    Both have Helvetica's widths, which reportlab carries; letters it does not know count
    as wide as an "m".
    """
    from reportlab.pdfbase.pdfmetrics import stringWidth

    font = "Helvetica-Bold" if bold else "Helvetica"
    plain = "".join(letter if ord(letter) < 256 else "m" for letter in text)
    return float(stringWidth(plain, font, size))


def wrap(text: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """The text in lines no wider than `room` pixels; a single longer word stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def size_of(lines: Sequence[str], size: float, *, bold: bool = False) -> tuple[float, float]:
    """Width and height of wrapped text, with a hand's breadth around it."""
    widest = max((width_of(line, size, bold) for line in lines), default=0.0)
    return widest + 4, len(lines) * size * 1.3 + 2


def spread(
    wanted: Sequence[float], heights: Sequence[float], low: float, high: float
) -> list[float]:
    """Centres as near to `wanted` as can be, so that no two overlap, between `low` and `high`.

    Works down from the topmost, then pushes back up whatever fell out below.
    """
    order = sorted(range(len(wanted)), key=lambda at: (wanted[at], at))
    placed = list(wanted)
    edge = low
    for at in order:
        placed[at] = max(placed[at], edge + heights[at] / 2)
        edge = placed[at] + heights[at] / 2
    edge = high
    for at in reversed(order):
        placed[at] = min(placed[at], edge - heights[at] / 2)
        edge = placed[at] - heights[at] / 2
    return placed


_GRAIN = 2.0  # pixels a side of what counts as drawn on or not


@dataclass
class Canvas:
    """The plot's area and what already stands in it.

    Drawn lines are kept as a coarse picture and its running sums, so that a place costs
    the same to judge however many lines there are.
    """

    frame: Box
    taken: list[Box] = field(default_factory=list)
    ties: list[tuple[tuple[float, float], tuple[float, float]]] = field(default_factory=list)
    _drawn: np.ndarray[Any, Any] | None = None
    _sums: np.ndarray[Any, Any] | None = None

    def draw_line(self, points: Sequence[tuple[float, float]], thickness: float = 5.0) -> None:
        """Marks a line's course as taken, in small steps."""
        for (x1, y1), (x2, y2) in pairwise(points):
            steps = max(int(max(abs(x2 - x1), abs(y2 - y1)) / thickness), 1)
            for step in range(steps + 1):
                x, y = x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps
                self._dot(x, y, thickness)
        for x, y in points:
            self._dot(x, y, thickness * 1.8)

    def _cell(self, pixel: float) -> int:
        return max(int(pixel / _GRAIN), 0)

    def _dot(self, x: float, y: float, size: float) -> None:
        if self._drawn is None:
            import numpy as np  # not before a chart is drawn: the server starts sooner

            # Beyond the frame nothing is drawn that a label could meet.
            wide, high = self._cell(self.frame.right + 40), self._cell(self.frame.bottom + 40)
            self._drawn = np.zeros((high, wide), dtype=np.uint8)
        half = size / 2
        rows = slice(self._cell(y - half), self._cell(y + half) + 1)
        self._drawn[rows, self._cell(x - half) : self._cell(x + half) + 1] = 1
        self._sums = None

    def _ink(self, box: Box) -> float:
        """The area of `box` that lines are drawn on."""
        if self._drawn is None:
            return 0.0
        if self._sums is None:
            import numpy as np

            high, wide = self._drawn.shape
            self._sums = np.zeros((high + 1, wide + 1), dtype=np.int32)
            inner = self._sums[1:, 1:]
            np.cumsum(self._drawn, axis=0, dtype=np.int32, out=inner)
            np.cumsum(inner, axis=1, out=inner)
        high, wide = self._sums.shape
        top, bottom = (min(self._cell(y), high - 1) for y in (box.top, box.bottom))
        left, right = (min(self._cell(x), wide - 1) for x in (box.left, box.right))
        s = self._sums
        cells = s[bottom, right] - s[top, right] - s[bottom, left] + s[top, left]
        return float(cells) * _GRAIN * _GRAIN

    def cost(self, box: Box) -> float:
        """How bad a place is: sticking out is worst, then other labels, then lines."""
        over = 0.0
        for other in self.taken:
            if box.left < other.right and other.left < box.right:
                over += box.overlap(other)
        return box.outside(self.frame) * 1000 + over * 200 + self._ink(box)

    def tie(self, label: Box, marks: Iterable[Box], far: float) -> None:
        """A thin line from a label to the nearest of what it names, where that is not near."""
        ways = [label.to(mark) for mark in marks]
        start, end = min(ways, key=lambda way: dist(*way))
        if dist(start, end) > far:
            self.ties.append((start, end))

    def place(self, candidates: Iterable[Box], grazed: float = 0.0) -> tuple[Box, float]:
        """Takes the first candidate that is clear enough, else the best; with what it cost.

        `grazed` is the share of the label that a line may run through. The nearest places
        come first: beside its point a label that grazes a line says more than a clear one
        far away.
        """
        best: tuple[float, Box] | None = None
        for box in candidates:
            cost = self.cost(box)
            if best is None or cost < best[0]:
                best = cost, box
            if cost <= grazed * (box.right - box.left) * (box.bottom - box.top):
                break
        assert best is not None, "a label has at least one candidate place"
        self.taken.append(best[1])
        return best[1], best[0]
