"""The heading over columns that spaces keep apart: its lines, its texts, its groups."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import inf

from etl.model import Cell

_FIGURE = re.compile(
    r"[\u00a3(<-]?\s?[0-9][0-9,.]*\s?(?:%|days?|weeks?)?\)?|nil|n/a|-", re.IGNORECASE
)
FIGURES = 2  # figures on a line that is a table's row
_HEADING = 6  # lines of a heading above the first row
_BLANKS = 2  # blank lines between a heading and the groups above it
_EDGE = 1  # a group at its columns' left edge stands no further off: characters, points
_MIDDLE = 0.25  # of a column: a group's text stands no further from the middle of its columns
Strip = tuple[float, float]


@dataclass(frozen=True)
class Phrase:
    """A text between two gaps, and where on its line it stands: in characters or points."""

    start: float
    end: float
    text: str

    def over(self, start: float, end: float) -> bool:
        return self.start < end and start < self.end


@dataclass(frozen=True)
class Line:
    """A line of a page: its text and place, and its phrases from left to right."""

    cell: Cell
    phrases: tuple[Phrase, ...]

    @property
    def figures(self) -> list[Phrase]:
        return [one for one in self.phrases[1:] if _FIGURE.fullmatch(one.text)]

    @property
    def row(self) -> bool:
        return len(self.figures) >= FIGURES


def heading(
    lines: Sequence[Line], first: int, columns: Sequence[Strip]
) -> tuple[int, list[Line], int]:
    """Where the heading begins, its lines, and where it ends: the nearest above that stand over
    the columns, and a line of groups that blank lines part from them."""
    at = first - 1
    while at >= max(0, first - _HEADING) and not _over(lines[at], columns):
        at -= 1
    begin = at
    while begin >= max(0, first - _HEADING) and _over(lines[begin], columns):
        begin -= 1
    head = list(lines[begin + 1 : at + 1])
    above = begin
    while above >= 0 and begin - above < _BLANKS and not lines[above].phrases:
        above -= 1
    if head and 0 <= above < begin and _grouping(lines[above], head, columns):
        return above, [lines[above], *head], at + 1
    return begin + 1, head, at + 1


def _grouping(line: Line, head: Sequence[Line], columns: Sequence[Strip]) -> bool:
    """Whether a line apart from the headings stands over them as groups do."""
    right = [one for one in line.phrases if one.end > columns[0][0]]
    last = max(one.end for below in head for one in below.phrases)
    inside = all(one.start < last for one in right)
    return inside and 1 < len(right) < len(columns) and not line.figures


def _over(line: Line, columns: Sequence[Strip]) -> bool:
    """Whether a line stands over the columns of figures: more than a title's end does."""
    right = [p for p in line.phrases if any(p.over(*strip) for strip in columns)]
    return bool(right) and (len(line.phrases) > 1 or right[0].start >= columns[0][0])


def names_over(head: Sequence[Line], columns: Sequence[Strip]) -> list[str] | None:
    """What stands over the labels and over each column; None where a text stands over several."""
    names: list[list[str]] = [[] for _ in range(len(columns) + 1)]
    for line in head:
        for phrase in line.phrases:
            under = [n for n, strip in enumerate(columns, 1) if phrase.over(*strip)]
            if len(under) > 1:
                return None
            names[under[0] if under else 0].append(phrase.text)
    return [" ".join(name) for name in names]


def groups_over(
    head: list[Line], columns: Sequence[Strip], shift: float
) -> tuple[list[tuple[Cell, ...]], list[Line]]:
    """A first line of groups as a row of merged cells, and the heading lines below it.

    A group stands at the left of its columns or in their middle; where neither fits, or both fit
    differently, the line is the beginning of the headings below it.
    """
    first = [p for p in head[0].phrases if p.end > columns[0][0]]
    if len(head) < 2 or not first or len(first) >= len(columns):
        return [], head
    ways = _left(first, columns), _centred(first, columns, shift)
    if blocks := _repeated(first, columns, head[1:]):
        ways = blocks, blocks
    shares = [one for one in ways if one]
    if not shares or any(one != shares[0] for one in shares):
        return [], head
    place = head[0].cell.place
    label = " ".join(p.text for p in head[0].phrases if p not in first)
    row = [Cell("", place) for _ in range(len(columns) + 1)]
    ends = [*shares[0][1:], len(columns)]
    for phrase, begin, end in zip(first, shares[0], ends, strict=True):
        row[begin + 1] = Cell(phrase.text, place, wide=end - begin)
    row[0] = Cell(label, place)
    return [tuple(row)], head[1:]


def _left(groups: Sequence[Phrase], columns: Sequence[Strip]) -> tuple[int, ...]:
    """Where each group begins, if each stands at the left edge of a column, the first at the
    first; else nothing."""
    begins = []
    for one in groups:
        near = [n for n, strip in enumerate(columns) if abs(strip[0] - one.start) <= _EDGE]
        begins += near[:1]
    fits = len(begins) == len(groups) and begins[0] == 0
    return tuple(begins) if fits and len(set(begins)) == len(begins) else ()


def _centred(groups: Sequence[Phrase], columns: Sequence[Strip], shift: float) -> tuple[int, ...]:
    """Where each group begins, if one way alone puts every group in the middle of its columns."""
    width = (columns[-1][1] - columns[0][0]) / len(columns)

    def off(begins: Sequence[int]) -> float:
        ends = [*begins[1:], len(columns)]
        return max(
            abs((columns[a][0] + columns[b - 1][1]) / 2 + shift - (one.start + one.end) / 2)
            for one, a, b in zip(groups, begins, ends, strict=True)
        )

    ways = sorted(
        (off((0, *rest)), (0, *rest))
        for rest in combinations(range(1, len(columns)), len(groups) - 1)
    )
    good = [way for distance, way in ways[:2] if distance < width * _MIDDLE]
    return good[0] if len(good) == 1 else ()


def _repeated(
    groups: Sequence[Phrase], columns: Sequence[Strip], head: Sequence[Line]
) -> tuple[int, ...]:
    """Where each group begins, if the headings below repeat as a block and each repetition, and
    what stands behind the last, has one group over it; else nothing."""
    names = (names_over(head, columns) or [""])[1:]
    starts = [n for n, name in enumerate(names) if name and name == names[0]]
    if len(starts) < 2:
        return ()
    long = starts[1] - starts[0]
    starts += [starts[-1] + long] if starts[-1] + long < len(names) else []
    blocks = [names[a : a + long] for a in starts]
    if any(block != blocks[0] for block in blocks[: names.count(names[0])]):
        return ()
    edges = [(columns[at - 1][1] + columns[at][0]) / 2 if at else -inf for at in starts]
    middles = [(one.start + one.end) / 2 for one in groups]
    over = [
        [n for n, middle in enumerate(middles) if low <= middle < high]
        for low, high in pairwise([*edges, inf])
    ]
    return tuple(starts) if over == [[n] for n in range(len(groups))] else ()


def offset(rows: Sequence[Line], columns: Sequence[Strip]) -> float:
    """How far the middle of a column lies right of that of its figures: they stand at its left
    edge, at its right, or in its middle."""
    if len(columns) < 2:
        return 0.0
    pitch = (columns[-1][0] - columns[0][0]) / (len(columns) - 1)
    widest = max(end - start for start, end in columns)
    lefts, rights = 0.0, 0.0
    for strip in columns:
        held = [p for row in rows for p in row.phrases[1:] if p.over(*strip)]
        lefts += max(p.start for p in held) - min(p.start for p in held)
        rights += max(p.end for p in held) - min(p.end for p in held)
    if lefts == rights:
        return 0.0
    return (pitch - widest) / 2 if lefts < rights else (widest - pitch) / 2
