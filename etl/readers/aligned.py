"""Lines whose columns spaces keep apart -> tables: text as `pdftotext -layout` leaves it, and the
lines of a PDF's page.

Figures decide where columns stand; a heading belongs to the column that it stands over. Labels
that go on in the next lines stay in rows of their own, for whoever knows the labels to join.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, zip_longest

from etl.model import Cell, Table

_PHRASE = re.compile(r"\S+(?: \S+)*")
_FIGURE = re.compile(
    r"[\u00a3(<-]?\s?[0-9][0-9,.]*\s?(?:%|days?|weeks?)?\)?|nil|n/a|-", re.IGNORECASE
)
_FIGURES = 2  # figures on a line that is a table's row
_BETWEEN = 5  # lines between two rows: the rest of a label of three lines, a blank, a heading
_HEADING = 6  # lines of a heading above the first row
_EDGE = 1  # a group at its columns' left edge stands no further off: characters, points
_MIDDLE = 0.25  # of a column: a group's text stands no further from the middle of its columns
_ABOVE = 12  # lines above a table that may head it


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
        return len(self.figures) >= _FIGURES


def tables(lines: Sequence[Cell]) -> list[Table]:
    """The tables among a text's lines; those set by tabs or strokes are the text reader's own."""
    return of_lines([Line(line, _phrases(line.text)) for line in lines])


def of_lines(lines: Sequence[Line]) -> list[Table]:
    """The tables among lines whose phrases are known."""
    found = []
    for number, (first, last) in enumerate(_regions(lines), 1):
        table = _table(lines, first, last)
        if table is not None:
            found.append(replace(table, place=replace(table.place, table=number)))
    return found


def _phrases(text: str) -> tuple[Phrase, ...]:
    """A line's texts between gaps of two spaces and more; none where tabs or strokes part them."""
    if "\t" in text or "|" in text:
        return ()
    plain = text.strip()
    if "  " not in plain:  # most lines are prose
        start = len(text) - len(text.lstrip())
        return (Phrase(start, start + len(plain), plain),) if plain else ()
    return tuple(Phrase(m.start(), m.end(), m[0]) for m in _PHRASE.finditer(text))


def _regions(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """First and last rows of what may be one table."""
    rows = [at for at, line in enumerate(lines) if line.row]
    begun = None
    for at, following in zip_longest(rows, rows[1:]):
        begun = at if begun is None else begun
        apart = following is None or following - at > _BETWEEN
        if apart or any(len(line.phrases) > 1 for line in lines[at + 1 : following]):
            yield begun, at
            begun = None


def _columns(rows: Sequence[Line]) -> list[Strip]:
    """The columns of figures, by where figures of all rows stand over each other."""
    strips: list[Strip] = []
    for one in sorted((p for row in rows for p in row.phrases[1:]), key=lambda p: p.start):
        if strips and one.start < strips[-1][1]:
            strips[-1] = (strips[-1][0], max(strips[-1][1], one.end))
        else:
            strips.append((one.start, one.end))
    return strips


def _table(lines: Sequence[Line], first: int, last: int) -> Table | None:
    rows = [line for line in lines[first : last + 1] if line.row]
    columns = _columns(rows)
    head_at, head = _heading(lines, first, columns)
    if not head or any(_doubled(row, columns) for row in rows):
        return None
    place = head[0].cell.place
    groups, head_lines = _groups(head, columns, _shift(rows, columns))
    names: list[list[str]] = [[] for _ in range(len(columns) + 1)]
    for line in head_lines:
        for phrase in line.phrases:
            under = [n for n, strip in enumerate(columns, 1) if phrase.over(*strip)]
            if len(under) > 1:
                return None  # a group over several columns: which ones, the text does not say
            names[under[0] if under else 0].append(phrase.text)
    body = [*groups, tuple(Cell(" ".join(name), place) for name in names)]
    end = last + 1
    while end < len(lines) and len(lines[end].phrases) == 1:
        end += 1
    start = head_at + len(head)
    body += [_row(line, columns) for line in lines[start:end] if line.phrases]
    above = tuple(line.cell.text.strip() for line in lines[max(0, head_at - _ABOVE) : head_at])
    title = next((text for text in reversed(above) if text), "")
    return Table(tuple(body), title, place, above=above, wrapped=True)


def _groups(
    head: list[Line], columns: Sequence[Strip], shift: float
) -> tuple[list[tuple[Cell, ...]], list[Line]]:
    """A first line of groups as a row of merged cells, and the heading lines below it.

    A group stands at the left of its columns or in their middle; where neither fits, or both fit
    differently, the line is the beginning of the headings below it.
    """
    first = [p for p in head[0].phrases if p.end > columns[0][0]]
    if len(head) < 2 or not first or len(first) >= len(columns):
        return [], head
    shares = [one for one in (_left(first, columns), _centred(first, columns, shift)) if one]
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


def _shift(rows: Sequence[Line], columns: Sequence[Strip]) -> float:
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


def _heading(lines: Sequence[Line], first: int, columns: Sequence[Strip]) -> tuple[int, list[Line]]:
    """Where the heading begins, and its lines: the nearest above that stand over the columns."""
    at = first - 1
    while at >= max(0, first - _HEADING) and not _over(lines[at], columns):
        at -= 1
    begin = at
    while begin >= max(0, first - _HEADING) and _over(lines[begin], columns):
        begin -= 1
    return begin + 1, list(lines[begin + 1 : at + 1])


def _over(line: Line, columns: Sequence[Strip]) -> bool:
    """Whether a line stands over the columns of figures: more than a title's end does."""
    right = [p for p in line.phrases if any(p.over(*strip) for strip in columns)]
    return bool(right) and (len(line.phrases) > 1 or right[0].start >= columns[0][0])


def _doubled(line: Line, columns: Sequence[Strip]) -> bool:
    """Whether two texts of a row stand in one column, or its label reaches into the first."""
    taken = [n for p in line.phrases[1:] for n, strip in enumerate(columns) if p.over(*strip)]
    return len(taken) > len(set(taken)) or line.phrases[0].end > columns[0][0]


def _row(line: Line, columns: Sequence[Strip]) -> tuple[Cell, ...]:
    """A line's cells under the columns, its label first."""
    place = line.cell.place
    cells = [Cell("", place) for _ in range(len(columns) + 1)]
    for n, phrase in enumerate(line.phrases):
        under = next((c for c, strip in enumerate(columns, 1) if phrase.over(*strip)), 0)
        cells[under if n else 0] = Cell(phrase.text, place)
    return tuple(cells)
