"""Cells that a converter has kept under each other by spaces -> the columns they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise, product

from etl.model import Cell, Place, Unit
from etl.readers import wrapping
from etl.recognise import splitting
from etl.recognise.headings import Heading
from etl.recognise.words import Stretch, Word

_CLEAR = 0.25  # of a column's width: how far a cell may stand from its heading
_APART = 2  # spaces that set one column's cell apart from the next one's

_PIECE = 5  # words of one cell on one line
_PATIENCE = 20_000  # pieces tried before a row is given up
_WORDS = frozenset({"-", "\u2013", "na", "n/a", "nil"})

Strip = tuple[int, int]


def columns(
    lines: Sequence[Sequence[Word]],
    count: int,
    units: Sequence[Unit],
    same: Sequence[Heading],
    text: Stretch,
    *,
    loose: bool = False,
) -> list[Cell] | None:
    """The row's cells by where they stand, or None where that is not certain.

    First the gaps that run down through all lines of the row; then, for a row with empty
    cells or one that a page's end cuts, the headings on its pages. `loose`: a few cells that
    no figure has are given all the same, where they stand.
    """
    if not lines:
        return None
    # Without wider spaces, places on the line mean nothing.
    one_page = len({text.lines[line[0].at].page for line in lines}) == 1
    if one_page and len(lines) > 1 and _spaced(lines):
        strips = _strips(lines, 1)
        way, _ = splitting.one_way(
            len(strips),
            count,
            units,
            lambda a, b: _text(lines, strips[a][0], strips[b - 1][1]),
        )
        if way:
            edges = zip((0, *way), way, strict=False)
            return [_cell(lines, strips[a][0], strips[b - 1][1], text) for a, b in edges]
    return _under_headings(lines, count, units, same, text, loose)


def side_by_side(
    lines: Sequence[Sequence[Word]], count: int, units: Sequence[Unit], text: Stretch
) -> list[Cell] | None:
    """The row's cells where each line holds a piece of some of them, in the columns' order.

    Each cell takes the next words of each line, or none of a line; None unless there is
    exactly one such way. For two to four lines that do not stand under each other.
    """
    if (
        not 1 < len(lines) < 5
        or _cores(lines) < count
        or len({text.lines[line[0].at].page for line in lines}) > 1
    ):
        return None
    found: set[tuple[tuple[Word, ...], ...]] = set()
    spaced = _spaced(lines)
    for unit in units:
        found |= set(_ways(lines, count, unit, spaced))
    if len(found) != 1:
        return None
    return [
        Cell(" ".join(word.text for word in cell), Place(line=text.lines[cell[0].at].number))
        for cell in found.pop()
    ]


def _cores(lines: Sequence[Sequence[Word]]) -> int:
    """How many cells there can be at most: each has a number, a dash, a nil or an NA."""
    return sum(
        any(sign.isdigit() for sign in word.text) or word.text.lower() in _WORDS
        for line in lines
        for word in line
    )


def _spaced(lines: Sequence[Sequence[Word]]) -> bool:
    """Whether wider spaces stand between words, so that places on the line mean something."""
    return any(word.gap > 1 for line in lines for word in line[1:])


def _ways(
    lines: Sequence[Sequence[Word]], count: int, unit: Unit, spaced: bool
) -> list[tuple[tuple[Word, ...], ...]]:
    """The first few ways to deal the lines' words out to `count` cells.

    `spaced`: places on the line mean something, so each cell begins right of the one before.
    """
    lengths = tuple(len(line) for line in lines)
    dead: set[tuple[tuple[int, ...], int, int]] = set()
    tried = 0

    def deal(at: tuple[int, ...], left: int, edge: int) -> list[tuple[tuple[Word, ...], ...]]:
        if left == 0:
            return [()] if at == lengths else []
        nonlocal tried
        if (at, left, edge) in dead or tried > _PATIENCE:
            return []
        ways = []
        for ends in product(
            *(range(a, min(a + _PIECE, n) + 1) for a, n in zip(at, lengths, strict=True))
        ):
            tried += 1
            words = tuple(w for line, a, b in zip(lines, at, ends, strict=True) for w in line[a:b])
            if not words or splitting.form(" ".join(w.text for w in words), unit) is None:
                continue
            begins = min(word.start for word in words) if spaced else 0
            if begins < edge:
                continue
            ways += [(words, *rest) for rest in deal(ends, left - 1, begins + spaced)]
            if len(ways) > 1:
                return ways[:2]
        if not ways:
            dead.add((at, left, edge))
        return ways

    found = deal((0,) * len(lines), count, 0)
    return found if tried <= _PATIENCE else []


def _strips(lines: Sequence[Sequence[Word]], apart: int) -> list[Strip]:
    """The stretches of columns that hold text on some line, at least `apart` spaces between."""
    strips: list[Strip] = []
    for start, end in sorted((word.start, word.end) for line in lines for word in line):
        if strips and start < strips[-1][1] + apart:
            strips[-1] = (strips[-1][0], max(strips[-1][1], end))
        else:
            strips.append((start, end))
    return strips


def _within(lines: Sequence[Sequence[Word]], start: int, end: int) -> list[Word]:
    return [word for line in lines for word in line if start <= word.start and word.end <= end]


def _text(lines: Sequence[Sequence[Word]], start: int, end: int) -> str:
    return " ".join(word.text for word in _within(lines, start, end))


def _cell(lines: Sequence[Sequence[Word]], start: int, end: int, text: Stretch) -> Cell:
    words = _within(lines, start, end)
    return Cell(" ".join(word.text for word in words), Place(line=text.lines[words[0].at].number))


def _under_headings(
    lines: Sequence[Sequence[Word]],
    count: int,
    units: Sequence[Unit],
    same: Sequence[Heading],
    text: Stretch,
    loose: bool,
) -> list[Cell] | None:
    held: list[list[list[Word]]] = [[] for _ in range(count)]
    wide = False  # a text that stands under two headings may be two cells
    for page, part in groupby(lines, key=lambda line: text.lines[line[0].at].page):
        heading = next(
            (one for one in same if one.spread and text.lines[one.first].page == page), None
        )
        if heading is None or (placed := _placed(list(part), heading)) is None:
            return None
        for at, words in placed:
            start, end = min(w.start for w in words), max(w.end for w in words)
            wide = wide or sum(start <= (a + b) / 2 < end for a, b in heading.spans) > 1
            held[at] += [list(found) for _, found in groupby(words, key=lambda word: word.at)]
    texts = [
        wrapping.joined(" ".join(w.text for w in line) for line in held[at]) for at in range(count)
    ]
    filled = [cell for cell, _ in texts if cell]
    odd = min(sum(splitting.form(cell, unit) is None for cell in filled) for unit in units)
    if odd > (len(filled) // 4 if loose and not wide else 0):
        return None
    number = text.lines[lines[0][0].at].number
    return [
        Cell(cell, Place(line=text.lines[cut[0][0].at].number if cut else number), problem)
        for (cell, problem), cut in zip(texts, held, strict=True)
    ]


def _placed(
    lines: Sequence[Sequence[Word]], heading: Heading
) -> list[tuple[int, list[Word]]] | None:
    """Each stretch of a page's lines that is set apart, with the column it stands in."""
    strips = _strips(lines, _APART)
    columns = [_column(strip, heading.spans) for strip in strips]
    if None in columns or columns != sorted(set(columns), key=lambda at: at or 0):
        return None
    return [
        (at, _within(lines, *strip))
        for strip, at in zip(strips, columns, strict=True)
        if at is not None
    ]


def _column(strip: Strip, spans: Sequence[Strip]) -> int | None:
    """The one column whose heading the strip stands under, by its left edge, middle or right.

    Converters keep one of the three in line. Where two of them name different columns,
    the strip is in none for certain.
    """
    pitch = min(b[0] - a[0] for a, b in pairwise(spans))
    named = set()
    for edge in (
        lambda at: float(at[0]),
        lambda at: (at[0] + at[1]) / 2,
        lambda at: float(at[1]),
    ):
        distances = [abs(edge(strip) - edge(span)) for span in spans]
        nearest = min(range(len(spans)), key=distances.__getitem__)
        if distances[nearest] <= _CLEAR * pitch:
            named.add(nearest)
    return named.pop() if len(named) == 1 else None
