"""Tables without ruled lines: words that stand clearly under a month's heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl.readers.pdf_grid import Box, Char, Grid, Printed, lines_of, printed, text_of

_MONTH = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?[\s\-–/'’]*(?:20)?\d\d",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?[\s\-–/'’]*\d{0,4}$",
    re.IGNORECASE,
)
_RIVER = 1.5  # points of white between two columns, all the way down, that part them
_APART = 0.6  # of the letter's size: wider gaps part two cells
_ROW_GAP = 1.3  # a gap between rows is at least this many times one between lines


@dataclass
class _Phrase:
    chars: list[Char]

    @property
    def left(self) -> float:
        return float(self.chars[0]["x0"])

    @property
    def right(self) -> float:
        return float(max(char["x1"] for char in self.chars))

    @property
    def text(self) -> str:
        return " ".join(text_of(line) for line in lines_of(self.chars))


@dataclass(frozen=True)
class Columns:
    """Where the columns of an unruled table begin and end; the first ones are its labels."""

    bands: tuple[tuple[float, float], ...]
    labels: int


def phrases(line: Sequence[Char]) -> list[_Phrase]:
    """A line's letters, parted where the gap is wider than one between words."""
    found: list[_Phrase] = []
    for char in line:
        if not char["text"].strip():
            continue
        if found and char["x0"] - found[-1].right <= _APART * char["size"]:
            found[-1].chars.append(char)
        else:
            found.append(_Phrase([char]))
    return found


def is_month(text: str) -> bool:
    """Whether a text is a month with its year and nothing else."""
    return bool(_MONTH.fullmatch("".join(text.split())))


def months_in(text: str) -> int:
    """How many months with their year a text names, if it names hardly anything else."""
    found = _MONTH.findall(text)
    return len(found) if sum(map(len, found)) > 0.6 * len(text) else 0


def _header(lines: Sequence[list[Char]], at: int) -> tuple[list[_Phrase], int] | None:
    """The phrases of a header of months that begins on this line, and how many lines it takes.

    Narrow columns break `Sept-21` over two or three lines: what stands under the beginning of
    a month belongs to it, and every column must then be a month.
    """
    top = phrases(lines[at])
    if _columns(top):
        return top, 1
    begun = [phrase for phrase in top if _BEGUN.match(phrase.text)]
    if len(begun) < 3:
        return None
    for count in (2, 3):
        below = [phrase for line in lines[at + 1 : at + count] for phrase in phrases(line)]
        whole = [
            _Phrase([c for one in (phrase, *_under(phrase, below)) for c in one.chars])
            for phrase in begun
        ]
        used = [id(char) for phrase in whole for char in phrase.chars]
        right = begun[0].left - 1
        rest = [p for p in below if p.left >= right and id(p.chars[0]) not in used]
        if not rest and len(set(used)) == len(used) and _columns(whole):
            return [*(p for p in top if p.left < right), *whole], count
    return None


def _under(phrase: _Phrase, below: Sequence[_Phrase]) -> list[_Phrase]:
    return [p for p in below if p.left < phrase.right and p.right > phrase.left]


def _columns(header: list[_Phrase]) -> Columns | None:
    """The bands of a header line of at least three months, else None."""
    months = [phrase for phrase in header if is_month(phrase.text)]
    if len(months) < 3 or header[-len(months) :] != months:
        return None
    gaps = [b.left - a.right for a, b in pairwise(months)]
    if min(gaps) <= 0:
        return None
    inner = [a.right + gap / 2 for a, gap in zip(months, gaps, strict=False)]
    left, right = months[0].left - gaps[0] / 2, months[-1].right + gaps[-1] / 2
    values = list(zip([left, *inner], [*inner, right], strict=True))
    before = header[: -len(months)]
    starts = [phrase.left - 1 for phrase in before][-2:] or [0.0]
    starts[0] = 0.0
    labels = list(zip(starts, [*starts[1:], left], strict=True))
    return Columns((*labels, *values), len(labels))


def _parted(columns: Columns, header: Sequence[_Phrase], body: Sequence[_Line]) -> Columns:
    """The same columns, parted where white runs down between them through all lines.

    A long cell, set flush with its heading, reaches over the middle between two headings.
    """
    heads = header[-(len(columns.bands) - columns.labels) :]
    held = [phrase for line in body for phrase in phrases(line.chars)]
    bands = list(columns.bands)
    for n, (a, b) in enumerate(pairwise(heads), columns.labels):
        low, high = (a.left + a.right) / 2, (b.left + b.right) / 2
        ends = sorted(
            (max(p.left, low), min(p.right, high))
            for p in [*held, a, b]
            if p.right > low and p.left < high
        )
        reach, gaps = low, []
        for left, right in [*ends, (high, high)]:
            gaps.append((left - reach, (left + reach) / 2))
            reach = max(reach, right)
        width, edge = max(gaps)
        if width >= _RIVER:
            bands[n], bands[n + 1] = (bands[n][0], edge), (edge, bands[n + 1][1])
    return Columns(tuple(bands), columns.labels)


def _fitted(columns: Columns, body: list[list[_Phrase]]) -> Columns:
    """The same columns, the labels' right edge set where the labels themselves end."""
    at = columns.labels
    first = columns.bands[at]
    width = first[1] - first[0]
    labels = [p.right for line in body for p in line if p.left < first[0] - width * 0.2]
    ends = [right for right in labels if right < first[1] - width * 0.5]
    figures = [p.left for line in body for p in line if first[0] <= p.left < first[1]]
    if not ends or not figures or max(ends) >= min(figures):
        return columns
    edge = (max(ends) + min(figures)) / 2
    bands = list(columns.bands)
    bands[at - 1], bands[at] = (bands[at - 1][0], edge), (edge, first[1])
    return Columns(tuple(bands), at)


@dataclass
class _Line:
    """A line's phrases by column, with what is uncertain of each.

    `clear` where each phrase stands within the page's columns and none over several.
    """

    chars: list[Char]
    cells: dict[int, tuple[_Phrase, str]]
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
                both = _Phrase([*line.cells[n][0].chars, *phrase.chars])
                label = n < columns.labels
                line.cells[n] = (both, "" if label else "two texts stand under one heading")
            else:
                label = n < columns.labels and n == home
                line.cells[n] = (_Phrase(phrase.chars), "" if label else doubt)
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
    heads = [(n, *found) for n in range(len(lines)) if (found := _header(lines, n))]
    starts: list[tuple[int, list[_Phrase], int]] = [(0, [], 0), *heads] if carried else [*heads]
    grids: list[Grid] = []
    last: Columns | None = None
    for (begin, header, taken), (end, _, _) in pairwise([*starts, (len(lines), [], 0)]):
        columns = _columns(header) if header else carried
        if columns is None or begin == end:
            continue
        own = bool(header)
        part = lines[begin + taken : end]
        if own:
            columns = _fitted(columns, [phrases(line) for line in lines[begin:end]])
        body = _body([_placed(line, columns) for line in part], not own)
        if own and body:
            columns = _parted(columns, header, body)
            body = _body([_placed(line, columns) for line in part], not own)
        if sum(line.figures for line in body) < 3:
            continue
        head = [_placed(line, columns) for line in lines[begin : begin + taken]]
        bounds = [*_row_starts(body, rules), len(body)]
        rows = [_row(body[a:b], columns) for a, b in pairwise(bounds)]
        rows = [*([_row(head, columns)] if head else []), *rows]
        edges = tuple(left for left, _ in columns.bands)
        top = (head or body)[0].chars[0]["top"]
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
