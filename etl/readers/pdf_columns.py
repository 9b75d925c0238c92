"""Tables without ruled lines: words that stand clearly under a month's heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.readers.pdf_grid import Box, Char, Grid, Printed, lines_of, printed
from etl.readers.pdf_headings import (
    Columns,
    Phrase,
    columns_of,
    divided,
    fitted,
    grouped,
    header_at,
    is_month,
    parted,
    phrases,
)

_ROW_GAP = 1.3  # a gap between rows is at least this many times one between lines


@dataclass
class _Line:
    """A line's phrases by column, with what is uncertain of each.

    `clear` where each phrase stands within the page's columns and none over several.
    """

    chars: list[Char]
    cells: dict[int, tuple[Phrase, str]]
    clear: bool = True
    figures: int = 0

    @property
    def bottom(self) -> float:
        return float(max(char["bottom"] for char in self.chars))


def _placed(chars: list[Char], columns: Columns) -> _Line:
    """A line of letters under the columns."""
    line = _Line(chars, {})
    for phrase in phrases(chars):
        middle = (phrase.left + phrase.right) / 2
        crossed = [
            n
            for n, (left, right) in enumerate(columns.bands)
            if phrase.left < right - 1 and phrase.right > left + 1
        ]
        home = next((n for n, (a, b) in enumerate(columns.bands) if a <= middle < b), None)
        within_labels = len(crossed) > 1 and crossed[-1] < columns.labels
        if home is None or len(crossed) > 2 or within_labels:
            line.clear = False
        line.figures += len(crossed) == 1 and crossed[0] >= columns.labels
        doubt = "" if len(crossed) == 1 else "it does not stand clearly under one heading"
        if home is not None and home not in crossed:
            crossed.append(home)
        for n in crossed:
            if n in line.cells:
                both = Phrase([*line.cells[n][0].chars, *phrase.chars])
                label = n < columns.labels
                line.cells[n] = (both, "" if label else "two texts stand under one heading")
            else:
                label = n < columns.labels and n == home
                line.cells[n] = (Phrase(phrase.chars), "" if label else doubt)
    return line


def _row_starts(lines: Sequence[_Line], rules: Sequence[Box]) -> list[int]:
    """The lines that begin a row: after a drawn line, after a clearly wider gap, or with
    something in the first column.

    Where none of these tells, each line is a row: a wrapped label then stays unknown, and
    no figure is given to a row that it may not belong to.
    """
    bottoms = [line.bottom for line in lines]
    between = [
        any(bottoms[n - 1] - 2 <= top <= bottoms[n] - 3 for _, top, _, _ in rules)
        for n in range(1, len(lines))
    ]
    if sum(between) >= 2:
        return [0, *(n for n, found in enumerate(between, 1) if found)]
    gaps = [bottoms[n] - bottoms[n - 1] for n in range(1, len(lines))]
    if gaps and max(gaps) > _ROW_GAP * min(gaps):
        ordered = sorted(gaps)
        ratio, at = max((b / a, n) for n, (a, b) in enumerate(pairwise(ordered)))
        if ratio >= _ROW_GAP:
            limit = (ordered[at] + ordered[at + 1]) / 2
            return [0, *(n for n, gap in enumerate(gaps, 1) if gap > limit)]
    begun = [n for n, line in enumerate(lines) if 0 in line.cells]
    return begun if begun and begun[0] == 0 else list(range(len(lines)))


def _row(lines: Sequence[_Line], columns: Columns) -> list[Printed]:
    cells = []
    for n in range(len(columns.bands)):
        held = [line.cells[n] for line in lines if n in line.cells]
        cell = Printed()
        for phrase, doubt in held:
            part = printed(phrase.chars)
            cell.lines += part.lines
            cell.problem = cell.problem or part.problem or doubt
        cells.append(cell)
    return cells


def _body(lines: list[_Line], carried: bool) -> list[_Line]:
    """The lines that are a table's: from the first to the last with figures, and their near.

    A line between them that is not clear stays, its cells doubtful. After a gap of many
    lines nothing more belongs to the table.
    """
    for n in range(1, len(lines)):
        far = lines[n].bottom - lines[n - 1].bottom > 6 * lines[n].chars[0]["size"]
        if far and (not carried or any(line.figures >= 2 for line in lines[:n])):
            lines = lines[:n]
            break
    rich = [n for n, line in enumerate(lines) if line.figures >= 3]
    if not rich:
        return []
    begin, end = rich[0] if carried else 0, rich[-1]
    height = 1.8 * lines[end].chars[0]["size"]
    while begin > 0 and lines[begin - 1].clear and _near(lines, begin, height):
        begin -= 1
    while (
        end + 1 < len(lines)
        and lines[end + 1].clear
        and (lines[end + 1].figures or _near(lines, end + 1, height))
    ):
        end += 1
    return lines[begin : end + 1]


def _near(lines: Sequence[_Line], n: int, height: float) -> bool:
    return lines[n].bottom - lines[n - 1].bottom <= height


def unruled(
    chars: Sequence[Char], page: int, rules: Sequence[Box], carried: Columns | None
) -> tuple[list[Grid], Columns | None]:
    """The tables under lines of months, and (`carried`) the rest of the page before's; the
    last one's columns.
    """
    lines = lines_of(chars)
    heads = [(n, *found) for n in range(len(lines)) if (found := header_at(lines, n))]
    starts: list[tuple[int, list[Phrase], int]] = [(0, [], 0), *heads] if carried else [*heads]
    grids: list[Grid] = []
    last: Columns | None = None
    for (begin, header, taken), (end, _, _) in pairwise([*starts, (len(lines), [], 0)]):
        columns = columns_of(header) if header else carried
        own = bool(header)
        heading = header  # what stands over each column
        sub = divided(header, lines, begin + taken) if own else None
        if sub:
            heading, columns = sub
        if columns is None or begin == end:
            continue
        over = own and grouped(header, lines, begin - 1)
        part = lines[begin + taken + bool(sub) : end]
        if own:
            columns = fitted(columns, [phrases(line) for line in lines[begin:end]])
        body = _body([_placed(line, columns) for line in part], not own)
        if own and body:
            columns = parted(columns, heading, [line.chars for line in body])
            body = _body([_placed(line, columns) for line in part], not own)
        if sum(line.figures for line in body) < 3:
            continue
        levels = [lines[begin - 1 : begin]] if over else []
        levels += [lines[begin : begin + taken]] if taken else []
        levels += [lines[begin + taken : begin + taken + 1]] if sub else []
        head = [[_placed(line, columns) for line in level] for level in levels]
        bounds = [*_row_starts(body, rules), len(body)]
        rows = [_row(body[a:b], columns) for a, b in pairwise(bounds)]
        rows = [*(_row(level, columns) for level in head), *rows]
        edges = tuple(left for left, _ in columns.bands)
        top = (head[0] if head else body)[0].chars[0]["top"]
        grid = Grid(page, rows, edges, top, body[-1].bottom, columns.bands[-1][1])
        grid.heads = tuple(phrase.left for phrase in header if is_month(phrase.text))
        grids.append(grid)
        last = columns
    return grids, last


def split(row: Sequence[Printed], chars: Sequence[Char], grid: Grid) -> list[list[Printed]] | None:
    """A ruled row that holds several rows, none parted from the next by a line -> these rows.

    None for a row that is one, or may be: digits broken over two lines look alike. So it is
    only done in a table without any line between its rows, where no broken digit is left.
    """
    if len(grid.rows) > 2:
        return None
    tall = [n for n, cell in enumerate(row) if len(cell.lines) > 1]
    doubtful = [n for n in tall if n > 0 and row[n].doubt]
    if len(row) < 4 or len(doubtful) < 3:
        return None
    bands = tuple(zip(grid.edges, [*grid.edges[1:], grid.right], strict=True))
    columns = Columns(bands, 2)
    lines = [_placed(line, columns) for line in lines_of(chars)]
    if not all(line.clear for line in lines):
        return None
    bounds = [*_row_starts(lines, ()), len(lines)]
    rows = [_row(lines[a:b], columns) for a, b in pairwise(bounds)]
    sound = len(rows) >= 3 and not any(cell.doubt for found in rows for cell in found)
    return rows if sound else None
