"""Lines of text whose columns spaces keep apart -> tables, as `pdftotext -layout` leaves them.

Figures decide where columns stand; a heading belongs to the column that it stands over. Labels
that go on in the next lines stay in rows of their own, for whoever knows the labels to join.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from etl.model import Cell, Place, Table

_PHRASE = re.compile(r"\S+(?: \S+)*")
_FIGURE = re.compile(
    r"[\u00a3(<-]?\s?[0-9][0-9,.]*\s?(?:%|days?|weeks?)?\)?|nil|n/a|-", re.IGNORECASE
)
_FIGURES = 2  # figures on a line that is a table's row
_BETWEEN = 5  # lines between two rows: the rest of a label of three lines, a blank, a heading
_HEADING = 6  # lines of a heading above the first row
_ABOVE = 12  # lines above a table that may head it


@dataclass(frozen=True)
class _Phrase:
    start: int
    end: int
    text: str

    def over(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


@dataclass(frozen=True)
class _Line:
    cell: Cell
    phrases: tuple[_Phrase, ...]

    @property
    def figures(self) -> list[_Phrase]:
        return [one for one in self.phrases[1:] if _FIGURE.fullmatch(one.text)]

    @property
    def row(self) -> bool:
        return len(self.figures) >= _FIGURES


def tables(lines: Sequence[Cell]) -> list[Table]:
    """The tables among a text's lines; those set by tabs or strokes are the text reader's own."""
    read = [_Line(line, _phrases(line.text)) for line in lines]
    found = []
    for number, (first, last) in enumerate(_regions(read), 1):
        table = _table(read, first, last)
        if table is not None:
            found.append(replace(table, place=Place(line=table.place.line, table=number)))
    return found


def _phrases(text: str) -> tuple[_Phrase, ...]:
    """A line's texts between gaps of two spaces and more; none where tabs or strokes part them."""
    if "\t" in text or "|" in text:
        return ()
    plain = text.strip()
    if "  " not in plain:  # most lines are prose
        start = len(text) - len(text.lstrip())
        return (_Phrase(start, start + len(plain), plain),) if plain else ()
    return tuple(_Phrase(m.start(), m.end(), m[0]) for m in _PHRASE.finditer(text))


def _regions(lines: Sequence[_Line]) -> Iterator[tuple[int, int]]:
    """First and last rows of what may be one table."""
    rows = [at for at, line in enumerate(lines) if line.row]
    begun = None
    for at, following in zip_longest(rows, rows[1:]):
        begun = at if begun is None else begun
        apart = following is None or following - at > _BETWEEN
        if apart or any(len(line.phrases) > 1 for line in lines[at + 1 : following]):
            yield begun, at
            begun = None


def _columns(rows: Sequence[_Line]) -> list[tuple[int, int]]:
    """The columns of figures, by where figures of all rows stand over each other."""
    strips: list[tuple[int, int]] = []
    for one in sorted((p for row in rows for p in row.phrases[1:]), key=lambda p: p.start):
        if strips and one.start < strips[-1][1]:
            strips[-1] = (strips[-1][0], max(strips[-1][1], one.end))
        else:
            strips.append((one.start, one.end))
    return strips


def _table(lines: Sequence[_Line], first: int, last: int) -> Table | None:
    rows = [line for line in lines[first : last + 1] if line.row]
    columns = _columns(rows)
    head_at, head = _heading(lines, first, columns)
    if not head or any(_doubled(row, columns) for row in rows):
        return None
    place = head[0].cell.place
    names: list[list[str]] = [[] for _ in range(len(columns) + 1)]
    for line in head:
        for phrase in line.phrases:
            under = [n for n, strip in enumerate(columns, 1) if phrase.over(*strip)]
            if len(under) > 1:
                return None  # a group over several columns: which ones, the text does not say
            names[under[0] if under else 0].append(phrase.text)
    body = [tuple(Cell(" ".join(name), place) for name in names)]
    end = last + 1
    while end < len(lines) and len(lines[end].phrases) == 1:
        end += 1
    start = head_at + len(head)
    body += [_row(line, columns) for line in lines[start:end] if line.phrases]
    above = tuple(line.cell.text.strip() for line in lines[max(0, head_at - _ABOVE) : head_at])
    title = next((text for text in reversed(above) if text), "")
    return Table(tuple(body), title, place, above=above, wrapped=True)


def _heading(
    lines: Sequence[_Line], first: int, columns: Sequence[tuple[int, int]]
) -> tuple[int, list[_Line]]:
    """Where the heading begins, and its lines: the nearest above that stand over the columns."""
    at = first - 1
    while at >= max(0, first - _HEADING) and not _over(lines[at], columns):
        at -= 1
    begin = at
    while begin >= max(0, first - _HEADING) and _over(lines[begin], columns):
        begin -= 1
    return begin + 1, list(lines[begin + 1 : at + 1])


def _over(line: _Line, columns: Sequence[tuple[int, int]]) -> bool:
    """Whether a line stands over the columns of figures: more than a title's end does."""
    right = [p for p in line.phrases if any(p.over(*strip) for strip in columns)]
    return bool(right) and (len(line.phrases) > 1 or right[0].start >= columns[0][0])


def _doubled(line: _Line, columns: Sequence[tuple[int, int]]) -> bool:
    """Whether two texts of a row stand in one column, or its label reaches into the first."""
    taken = [n for p in line.phrases[1:] for n, strip in enumerate(columns) if p.over(*strip)]
    return len(taken) > len(set(taken)) or line.phrases[0].end > columns[0][0]


def _row(line: _Line, columns: Sequence[tuple[int, int]]) -> tuple[Cell, ...]:
    """A line's cells under the columns, its label first."""
    place = line.cell.place
    cells = [Cell("", place) for _ in range(len(columns) + 1)]
    for n, phrase in enumerate(line.phrases):
        under = next((c for c, strip in enumerate(columns, 1) if phrase.over(*strip)), 0)
        cells[under if n else 0] = Cell(phrase.text, place)
    return tuple(cells)
