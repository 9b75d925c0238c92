"""Lines whose columns spaces keep apart -> tables: text as `pdftotext -layout` leaves it, and the
lines of a PDF's page.

Figures decide where columns stand; a heading belongs to the column that it stands over. Labels
that go on in the next lines stay in rows of their own, for whoever knows the labels to join.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from etl.model import Cell, Table
from etl.readers.aligned_heading import (
    FIGURES,
    Line,
    Phrase,
    Strip,
    groups_over,
    heading,
    names_over,
    offset,
)

_PHRASE = re.compile(r"\S+(?: \S+)*")
_BETWEEN = 5  # lines between two rows: the rest of a label of three lines, a blank, a heading
_ABOVE = 12  # lines above a table that may head it


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


def _out_of_line(
    rows: Sequence[Line], head: Sequence[Line], columns: Sequence[Strip]
) -> list[Line]:
    """The rows with a figure over no other row's and under no heading that is its own."""
    texts = [one for line in head for one in line.phrases]
    alone = [
        strips[0]
        for one in texts
        if len(strips := [strip for strip in columns if one.over(*strip)]) == 1
    ]
    found = []
    for strip in columns:
        under = [row for row in rows if any(one.over(*strip) for one in row.phrases[1:])]
        found += under if len(under) == 1 and strip not in alone else []
    return found if len(found) * 2 < len(rows) else []


def _table(lines: Sequence[Line], first: int, last: int) -> Table | None:
    rows = [line for line in lines[first : last + 1] if line.row]
    columns = _columns(rows)
    head_at, head, start = heading(lines, first, columns)
    if out := _out_of_line(rows, head, columns):
        rows = [row for row in rows if row not in out]
        columns = _columns(rows)
    if not head or any(_doubled(row, columns) for row in rows):
        return None
    place = head[0].cell.place
    groups, head_lines = groups_over(head, columns, offset(rows, columns))
    names = names_over(head_lines, columns)
    if names is None:
        return None  # a group over several columns: which ones, the text does not say
    body = [*groups, tuple(Cell(name, place) for name in names)]
    end = _end(lines, last, columns)
    body += [_row(line, columns) for line in lines[start:end] if line.phrases]
    above = tuple(line.cell.text.strip() for line in lines[max(0, head_at - _ABOVE) : head_at])
    title = next((text for text in reversed(above) if text), "")
    return Table(tuple(body), title, place, above=above, wrapped=True)


def _end(lines: Sequence[Line], last: int, columns: Sequence[Strip]) -> int:
    """Behind the last row: the rest of its label, and rows with a figure in one column alone."""
    end = last + 1
    while end < len(lines) and len(lines[end].phrases) == 1:
        end += 1
    at = end
    while at < len(lines) and at - end < _BETWEEN:
        line, at = lines[at], at + 1
        if not line.phrases:
            continue
        under = [strip for strip in columns for one in line.figures if one.over(*strip)]
        if len(line.phrases) != FIGURES or len(under) != 1 or _doubled(line, columns):
            break
        end = at
    return end


def _doubled(line: Line, columns: Sequence[Strip]) -> bool:
    """Whether two texts of a row stand in one column, or its label reaches into the first."""
    taken = [n for p in line.phrases[1:] for n, strip in enumerate(columns) if p.over(*strip)]
    return len(taken) > len(set(taken)) or line.phrases[0].end > columns[0][0]


def _row(line: Line, columns: Sequence[Strip]) -> tuple[Cell, ...]:
    """A line's cells under the columns, its label first."""
    place = line.cell.place
    cells = [Cell("", place) for _ in range(len(columns) + 1)]
    for n, phrase in enumerate(line.phrases):
        under = next((c for c, strip in enumerate(columns, 1) if n and phrase.over(*strip)), 0)
        label = cells[0].text if n and not under else ""  # under no column: its row is then unknown
        cells[under] = Cell(f"{label} {phrase.text}".strip(), place)
    return tuple(cells)
