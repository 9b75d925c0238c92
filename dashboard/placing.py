"""Where labels go in a chart, in pixels: clear of lines, of each other, and of the edge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise


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


@dataclass
class Canvas:
    """The plot's area and what already stands in it."""

    frame: Box
    taken: list[Box] = field(default_factory=list)
    lines: list[Box] = field(default_factory=list)

    def draw_line(self, points: Sequence[tuple[float, float]], thickness: float = 5.0) -> None:
        """Marks a line's course as taken, in small steps."""
        for (x1, y1), (x2, y2) in pairwise(points):
            steps = max(int(max(abs(x2 - x1), abs(y2 - y1)) / thickness), 1)
            for step in range(steps + 1):
                x, y = x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps
                self._dot(x, y, thickness)
        for x, y in points:
            self._dot(x, y, thickness * 1.8)

    def _dot(self, x: float, y: float, size: float) -> None:
        half = size / 2
        self.lines.append(Box(x - half, y - half, x + half, y + half))

    def cost(self, box: Box) -> float:
        """How bad a place is: sticking out is worst, then other labels, then lines."""
        return (
            box.outside(self.frame) * 1000
            + sum(box.overlap(other) for other in self.taken) * 20
            + sum(box.overlap(dot) for dot in self.lines)
        )

    def place(self, candidates: Iterable[Box]) -> tuple[Box, float]:
        """Takes the best of the candidates, the first among equals; with what it cost."""
        found = min(((self.cost(box), at, box) for at, box in enumerate(candidates)),
                    key=lambda item: item[:2])  # fmt: skip
        self.taken.append(found[2])
        return found[2], found[0]
