"""Where labels go, in pixels: clear of lines, of each other, and of the edge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import dist
from typing import NamedTuple

Way = tuple[tuple[float, float], tuple[float, float]]


class Box(NamedTuple):
    """A rectangle; y grows downwards, as on a screen."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def overlap(self, other: Box) -> float:
        """The area that both cover."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0.0) * max(height, 0.0)

    def to(self, other: Box) -> Way:
        """The shortest way from this box to another: its two ends (equal where they meet)."""
        x = _nearest(self.left, self.right, other.left, other.right)
        y = _nearest(self.top, self.bottom, other.top, other.bottom)
        return (x[0], y[0]), (x[1], y[1])

    def outside(self, frame: Box) -> float:
        """How far it sticks out of `frame`, all sides together."""
        return (
            max(frame.left - self.left, 0.0)
            + max(self.right - frame.right, 0.0)
            + max(frame.top - self.top, 0.0)
            + max(self.bottom - frame.bottom, 0.0)
        )


def crosses(way: Way, box: Box) -> bool:
    """Whether a straight stretch meets a box (Liang and Barsky's clipping, 1984)."""
    (x0, y0), (x1, y1) = way
    first, last = 0.0, 1.0
    for start, end, low, high in ((x0, x1, box.left, box.right), (y0, y1, box.top, box.bottom)):
        if start == end:
            if not low <= start <= high:
                return False
            continue
        enter, leave = sorted(((low - start) / (end - start), (high - start) / (end - start)))
        first, last = max(first, enter), min(last, leave)
    return first <= last


def _nearest(low: float, high: float, other_low: float, other_high: float) -> tuple[float, float]:
    """The ends of the shortest way between two stretches of one axis."""
    if high < other_low:
        return high, other_low
    if low > other_high:
        return low, other_high
    middle = (max(low, other_low) + min(high, other_high)) / 2
    return middle, middle


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


GRAIN = 2.0  # pixels a side of what counts as drawn on or not


@dataclass
class Canvas:
    """What already stands in a drawing.

    Ink is kept as rows of bits, one bit a square of GRAIN pixels, so that a place costs
    the same to judge however many lines there are.
    """

    frame: Box
    taken: list[Box] = field(default_factory=list)
    strokes: list[Way] = field(default_factory=list)
    _rows: list[int] = field(default_factory=list)

    def draw_line(self, points: Sequence[tuple[float, float]], thickness: float = 5.0) -> None:
        """Marks a line's course as drawn on."""
        self.strokes += pairwise(points)
        for (x1, y1), (x2, y2) in pairwise(points):
            steps = max(int(max(abs(x2 - x1), abs(y2 - y1)) / thickness), 1)
            for step in range(steps):
                x, y = x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps
                self._dot(x, y, thickness)
        for x, y in points:
            self._dot(x, y, thickness * 1.8)

    def draw_box(self, box: Box) -> None:
        """Marks a rectangle as drawn on."""
        first, last = max(int(box.left / GRAIN), 0), max(int(box.right / GRAIN), 0)
        bits = (1 << (last - first + 1)) - 1 << first
        bottom = max(int(box.bottom / GRAIN), 0)
        self._rows.extend([0] * (bottom + 1 - len(self._rows)))
        for row in range(max(int(box.top / GRAIN), 0), bottom + 1):
            self._rows[row] |= bits

    def _dot(self, x: float, y: float, size: float) -> None:
        half = size / 2
        self.draw_box(Box(x - half, y - half, x + half, y + half))

    def ink(self, box: Box) -> float:
        """The area of `box` that is drawn on."""
        first = max(int(box.left / GRAIN), 0)
        bits = (1 << max(int(box.right / GRAIN) - first + 1, 0)) - 1 << first
        rows = self._rows[max(int(box.top / GRAIN), 0) : max(int(box.bottom / GRAIN), 0) + 1]
        return sum([(row & bits).bit_count() for row in rows]) * GRAIN * GRAIN

    def clear(self, box: Box) -> bool:
        """Whether a box meets no label that stands already."""
        return not any(box.overlap(other) for other in self.taken)

    def crossed(self, box: Box) -> bool:
        """Whether any straight stretch of what is drawn meets a box."""
        return any(crosses(way, box) for way in self.strokes)

    def cost(self, box: Box) -> float:
        """How bad a place is: sticking out is worst, then other labels, then lines."""
        return self._misplaced(box) + self.ink(box)

    def _misplaced(self, box: Box) -> float:
        """What a place costs before what is drawn there is looked at."""
        over = 0.0
        for other in self.taken:
            if box.left < other.right and other.left < box.right:
                over += box.overlap(other)
        return box.outside(self.frame) * 1000 + over * 200

    def best(self, candidates: Iterable[Box], grazed: float = 0.0) -> tuple[Box, float]:
        """The first candidate that is clear enough, else the cheapest; with its cost.

        `grazed` is the share of the label that a line may run through. The nearest places
        come first: beside its point a label that grazes a line says more than a clear one
        far away.
        """
        best: tuple[float, Box] | None = None
        for box in candidates:
            cost = self._misplaced(box)
            if best is not None and cost >= best[0]:
                continue
            cost += self.ink(box)
            if best is None or cost < best[0]:
                best = cost, box
            if cost <= grazed * box.width * box.height:
                break
        assert best is not None, "a label has at least one candidate place"
        return best[1], best[0]


def tie(label: Box, marks: Iterable[Box], far: float) -> Way | None:
    """A thin line from a label to the nearest of what it names, where that is not near."""
    start, end = min((label.to(mark) for mark in marks), key=lambda way: dist(*way))
    return (start, end) if dist(start, end) > far else None
