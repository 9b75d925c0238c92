"""A PDF pack -> its prose, and the tables on the pages that may hold monthly figures.

Three steps: pdfium sweeps all pages' text; pdfplumber reads the few pages that may hold a
table with months in its heading, or the rest of one; rows cut by a page break are joined.
"""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.ascii85 import ascii85decode
from pdfminer.pdftypes import LITERALS_ASCII85_DECODE, LITERALS_FLATE_DECODE, resolve1

from etl.model import Document, Place, Source, Table, UserError
from etl.readers import aligned, heading, pdf_breaks, pdf_given, pdf_sweep, properties, prose
from etl.readers.pdf_columns import split, unruled
from etl.readers.pdf_grid import (
    MAX_COLUMNS,
    Box,
    Char,
    Grid,
    lines_of,
    once,
    ruled,
    text_of,
    thin_rules,
    upright,
)
from etl.readers.pdf_headings import Columns, months_in
from etl.readers.pdf_rules import open_ends

_MAX_DRAWN = 8_000  # lines and boxes on a page; a chart or a map has more, a table hardly 2,000
_MAX_DRAWING = 50_000_000  # bytes of a page's drawing instructions
_MARGIN_LINES = 3  # a page's heading or foot
_ABOVE = 15  # lines above a table that may head it

# Its remarks on fonts would reach the officer's screen, and help nobody there.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read(path: Path, source: Source) -> Document:
    """The document in a PDF. Places name page, table on the page, row and column.

    Raises UserError for a file with a password, cut off, damaged, or scanned (no text).
    """
    with pdf_sweep.opened(path, source.name) as document:
        found = pdf_sweep.sweep(document, source.name)
        grids, outside, spaced = _read_pages(document, found.wanted, source.name)
        said = properties.of_pdf(document.get_metadata_dict(skip_empty=True))
    lines, page_of = pdf_given.lines(found.texts, outside)
    texts = [text for _, text in lines]
    if not source.published:
        source = replace(source, published=heading.published(texts))
    if not source.title:
        named = heading.title(texts, source.published)
        source = replace(source, title=named or source.name)
    return Document(
        source=source,
        tables=tuple(pdf_given.table(grid) for grid in pdf_breaks.join(grids)),
        paragraphs=tuple(
            replace(cell, place=Place(page=page_of[line], paragraph=cell.place.paragraph))
            for cell in prose.paragraphs(lines)
            if (line := cell.place.line) is not None
        ),
        findings=pdf_given.scanned(found.pictures),
        front=pdf_given.front(found.texts),
        running=pdf_given.running(found.texts),
        properties=said,
        spaced=tuple(spaced),
    )


# --- pages -------------------------------------------------------------------------


def _read_pages(
    document: Any, numbers: tuple[int, ...], name: str
) -> tuple[list[Grid], dict[int, list[str]], list[Table]]:
    """The tables on these pages, the lines of each page that stand outside them, and the tables
    among those lines."""
    grids: list[Grid] = []
    outside: dict[int, list[str]] = {}
    spaced: list[Table] = []
    carried: tuple[int, Columns] | None = None
    for number in numbers:
        page_grids, lines, columns = _read_page(
            document, number, name, carried[1] if carried and carried[0] == number - 1 else None
        )
        carried = (number, columns) if columns else None
        grids += page_grids
        outside[number] = [text_of(line) for line in lines]
        spaced += aligned.of_lines(pdf_given.phrased(lines, number))
    return grids, outside, spaced


def _read_page(
    document: Any, number: int, name: str, carried: Columns | None
) -> tuple[list[Grid], list[list[Char]], Columns | None]:
    """One page's tables, the lines outside them, and the columns of a last unruled table."""
    drawn = _drawn(pdf_sweep.excerpt(document, number, 0, name), number, name)
    if turn := _sideways(drawn.chars):
        drawn = _drawn(pdf_sweep.excerpt(document, number, turn, name), number, name)
    return _page_tables(drawn, number, carried)


@dataclass(frozen=True)
class _Drawn:
    """What a page shows: its letters, its short flat lines, and tables between ruled lines."""

    chars: list[Char]
    rules: list[Box]
    tables: list[Any]


@contextmanager
def _damaged(name: str, number: int) -> Iterator[None]:
    """Turns what the libraries raise into words: pdfminer has no family of errors for what it
    cannot read in a page. Nothing of ours belongs within: our errors are not the file's."""
    try:
        yield
    except Exception:
        raise UserError(f"{name}: damaged: page {number} cannot be read")


def _drawn(content: bytes, number: int, name: str) -> _Drawn:
    """The one page of a PDF as pdfplumber reads it."""
    with _damaged(name, number):
        pdf = pdfplumber.open(io.BytesIO(content))
    with pdf:
        with _damaged(name, number):
            page = pdf.pages[0]
            if not all(map(_whole, page.page_obj.contents)):
                raise ValueError("the page's drawing instructions break off")
            letters = page.chars
            many = len(page.lines) + len(page.rects) + len(page.curves) > _MAX_DRAWN
            edges = [] if many else page.edges
        # Tables between ruled lines, a row that goes on overleaf closed where it is open.
        missing = open_ends(edges)
        settings = {"explicit_horizontal_lines": missing} if missing else None
        with _damaged(name, number):
            tables = [] if many else list(page.find_tables(settings))
        chars = once(char for char in letters if char["text"].strip())
        return _Drawn(chars, thin_rules(page), tables)


def _whole(content: Any) -> bool:
    """Whether a part of a page's drawing instructions unpacks to its end, and to a sane size.

    The libraries draw what comes before the damage and say nothing: rows would be lost.
    """
    stream = resolve1(content)
    packed = stream.get_rawdata()
    for name, _ in stream.get_filters() if packed else ():
        if name in LITERALS_ASCII85_DECODE:
            packed = ascii85decode(packed)
        elif name in LITERALS_FLATE_DECODE:
            unpacking = zlib.decompressobj()
            unpacking.decompress(packed, _MAX_DRAWING)
            if unpacking.eof:
                return True
            # Some programs leave out the checksum at the end; a wrong one is an error above.
            bare = zlib.decompressobj(-zlib.MAX_WBITS)
            bare.decompress(packed[2:], _MAX_DRAWING)
            return bare.eof
        else:
            break
    return True


def _sideways(chars: Sequence[Char]) -> int:
    """Degrees clockwise by which a page must be turned for most of its letters to stand."""
    lying = [char for char in chars if not upright(char)]
    if len(lying) * 2 <= len(chars):
        return 0
    up = sum(1 for char in lying if char["matrix"][1] > 0)
    if all(abs(char["matrix"][0]) > 0.01 for char in lying):
        return 180
    return 90 if up * 2 > len(lying) else 270


def _page_tables(
    drawn: _Drawn, number: int, carried: Columns | None
) -> tuple[list[Grid], list[list[Char]], Columns | None]:
    chars, rules = drawn.chars, drawn.rules
    grids: list[Grid] = []
    for table in drawn.tables:
        if 2 <= max(len(row.cells) for row in table.rows) <= MAX_COLUMNS:
            grid = ruled(table, chars, number, rules)
            _split_rows(grid, chars)
            if not any(months_in(cell.text) > 1 for row in grid.rows for cell in row):
                grids.append(grid)
    free = [char for char in chars if upright(char) and not _within(char, grids)]
    found, columns = unruled(free, number, rules, carried)
    grids += found
    free = [char for char in free if not _within(char, found)]
    grids = _outermost(grids)
    grids.sort(key=lambda grid: (grid.top, grid.edges[0]))
    lines = lines_of(free)
    for index, grid in enumerate(grids, 1):
        above = [line for line in lines if line[0]["bottom"] <= grid.top + 2]
        below = [line for line in lines if line[0]["top"] >= grid.bottom - 2]
        grid.index, grid.title = index, text_of(above[-1]) if above else ""
        ended = grids[index - 2].bottom - 2 if index > 1 else 0.0
        grid.above = pdf_given.paragraphs(
            [line for line in above if line[0]["top"] >= ended][-_ABOVE:]
        )
        grid.first = index == 1 and len(above) <= _MARGIN_LINES
        grid.last = index == len(grids) and len(below) <= _MARGIN_LINES
    return grids, lines, columns


def _split_rows(grid: Grid, chars: Sequence[Char]) -> None:
    """Puts each ruled row that holds several in as these."""
    rows = []
    for row, (top, bottom) in zip(grid.rows, grid.levels, strict=True):
        inside = [c for c in chars if upright(c) and top <= (c["top"] + c["bottom"]) / 2 < bottom]
        inside = [c for c in inside if grid.edges[0] <= c["x0"] <= grid.right]
        rows += split(row, inside, grid) or [row]
    grid.rows = rows


def _within(char: Char, grids: Sequence[Grid]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return any(
        grid.top <= y <= grid.bottom and grid.edges[0] - 1 <= x <= grid.right + 1 for grid in grids
    )


def _outermost(grids: Sequence[Grid]) -> list[Grid]:
    """The grids that lie in no other (a box drawn round a word makes a table of its own)."""
    return [
        grid
        for grid in grids
        if not any(
            other is not grid
            and other.top <= grid.top
            and grid.bottom <= other.bottom
            and other.edges[0] <= grid.edges[0]
            and grid.right <= other.right
            and (other.bottom - other.top) * (other.right - other.edges[0])
            > (grid.bottom - grid.top) * (grid.right - grid.edges[0])
            for other in grids
        )
    ]
