"""Tables of a document -> blocks: captions, heading rows, body rows and notes of one printed table.

A sheet holds several tables; each begins with its heading rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from etl import cells, when
from etl.layouts import year_bands
from etl.layouts.facets import Facets
from etl.layouts.words import Words
from etl.model import Cell, Reading, Table
from etl.recognise.captions import paragraphs

Row = tuple[Cell, ...]
_CAPTIONS = 6  # lines above a table that may head it; a caption of two lines and three titles
_NOTE = re.compile(r"^\W*(?:key|notes?|source|[0-9]|\*)\b|^[*\u2020]", re.IGNORECASE)
CAPTION_BEGINS = re.compile(r"^\W*(?:table|figure)\s+[0-9a-z]{1,3}\b", re.IGNORECASE)
_LETTER = re.compile(r"(.*[0-9])\s*\((T|A)\)\s*")  # for a role, behind a period
_LETTERS = {"T": "target", "A": "actual"}
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_BULLET = re.compile(r"^\s*[\u2022\u25cf\u25aa\uf0b7\u00b7*+-]\s")
# A figure of its own: such a line is prose about figures, no caption.
_FIGURES = re.compile(r"(?<![\w/.-])(?!(?:19|20)[0-9]{2}\b)[0-9][0-9,.]*(?:%|\b)(?![\w/-])")


@dataclass(frozen=True)
class Block:
    """One printed table: `captions` above it (the nearest last), `sheet` its sheet's name."""

    captions: tuple[str, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    sheet: str = ""
    spanned: bool = False  # whether merged cells say how wide they are
    wrapped: bool = False  # whether labels may go on in the rows below

    @property
    def place(self) -> str:
        first = (self.head or self.body)[0][0]
        return str(first.place)

    @property
    def width(self) -> int:
        """How many columns it has: a workbook's rows end with their last filled cell."""
        rows = (*self.head, *self.body) if self.sheet or not self.head else self.head
        return max(len(row) for row in rows)


@dataclass
class _Open:
    """A block while its rows are gathered."""

    captions: list[str] = field(default_factory=list)
    head: list[Row] = field(default_factory=list)
    body: list[Row] = field(default_factory=list)


def of(table: Table, words: Words) -> Iterator[Block]:
    """The blocks of a table; none where no row of it reads as headings."""
    sheet = table.place.sheet
    spanned = any(cell.wide > 1 for row in table.rows for cell in row)
    titles = [] if sheet else list(_over(table))
    last: list[str] = []  # single texts since the last row of figures or headings
    open_: _Open | None = None
    pending: list[Row] = []  # rows above a heading that are neither caption nor heading
    rows = year_bands.closed([_spelt_out(row) for row in table.rows])
    for row, below in zip_longest(rows, rows[1:]):
        texts = [cell.text for cell in row if cell.text]
        if not texts:
            continue
        alike = open_ is not None and not open_.body and _same_over_all(row, open_.head)
        if alike and below and is_heading(below, words):
            continue
        parting = open_ is not None and not open_.body and _parts(row)
        if parting or is_heading(row, words):
            if open_ is not None and open_.body:
                yield _closed(open_, table, spanned)
                open_ = None
            if open_ is None:
                open_ = _Open(_captions(titles, last), [*pending])
                last, pending = [], []
            open_.head.append(row)
            continue
        if open_ is None:
            if _alone(row):
                last.append(texts[0])
                pending = []
            else:
                pending = [row] if not any(map(is_figure, texts)) else []
            continue
        if _alone(row) and _begins(row, words):
            yield _closed(open_, table, spanned)
            open_, last = None, [texts[0]]
            titles = [] if not sheet else titles
            continue
        open_.body.append(row)
    if open_ is not None:
        yield _closed(open_, table, spanned)


def _over(table: Table) -> Iterator[str]:
    """The lines above a table that may head it: paragraphs and titles, no bullets with figures."""
    lines = list(table.above)
    if table.title and table.title not in lines:
        lines.append(table.title)
    for text in paragraphs(lines):
        _, rest = when.find(CAPTION_BEGINS.sub("", text))
        figures = _FIGURES.findall(rest)
        if not (_BULLET.match(text) or len(figures) > 1 or any("%" in one for one in figures)):
            yield text


def _alone(row: Row) -> bool:
    """Whether a row holds one text, at its beginning: a caption, a section or a note."""
    filled = [at for at, cell in enumerate(row) if cell.text]
    if len(filled) != 1:
        return False
    # In the second column alone it may be a group over the columns that begin there.
    return filled[0] == 0 or (filled[0] == 1 and len(row) == 2 and row[1].wide == 1)


def _spelt_out(row: Row) -> Row:
    """Headings with a letter for their role in words, where both letters stand: "Feb-22 (T)"."""
    marked = [_LETTER.fullmatch(cell.text) for cell in row]
    if {hit[2] for hit in marked if hit} != _LETTERS.keys():
        return row
    return tuple(
        replace(cell, text=f"{hit[1]} ({_LETTERS[hit[2]]})") if hit else cell
        for cell, hit in zip(row, marked, strict=True)
    )


def _same_over_all(row: Row, head: Sequence[Row]) -> bool:
    """Whether one text stands over every column that a heading has: it tells none from another."""
    filled = [at for at, cell in enumerate(row) if cell.text]
    texts = {row[at].text for at in filled}
    headed = [at for at, cell in enumerate(head[-1]) if cell.text and at >= filled[0]]
    same = len(texts) == 1 and filled[0] > 0 and set(headed) <= set(filled)
    return same and not is_figure(texts.pop())


def _parts(row: Row) -> bool:
    """Whether a row below a heading parts its columns by words, known or not, or by years: "T, A".

    Nothing stands beside it, so it is no row of figures; what it says must be understood.
    """
    filled = [at for at, cell in enumerate(row) if cell.text]
    if len(filled) < 2 or filled[0] == 0:
        return False
    texts = [row[at].text for at in filled]
    return all(_YEAR.fullmatch(text) or not _value(text) for text in texts)


def _begins(row: Row, words: Words) -> bool:
    """Whether a row of one text heads a table of its own: "Table 2: ..."."""
    text = next(cell.text for cell in row if cell.text)
    return bool(CAPTION_BEGINS.match(text)) and not words.label(text)


def _captions(titles: Sequence[str], last: Sequence[str]) -> list[str]:
    """What heads a table: from the last "Table N" on, else all its titles, the nearest last."""
    lines = [line for line in (*titles, *last) if line.strip()][-_CAPTIONS:]
    numbered = [at for at, line in enumerate(lines) if CAPTION_BEGINS.match(line)]
    return lines[numbered[-1] :] if numbered else lines


def _closed(block: _Open, table: Table, spanned: bool) -> Block:
    """A block with the notes at its end taken off; titles of the next table stay with it."""
    body = list(block.body)
    notes: list[str] = []
    while body and _alone(body[-1]) and not table.wrapped:
        notes.insert(0, next(cell.text for cell in body.pop() if cell.text))
    return Block(
        tuple(block.captions),
        tuple(block.head),
        tuple(body),
        tuple(notes),
        table.place.sheet,
        spanned,
        table.wrapped,
    )


def _value(text: str) -> bool:
    """Whether a cell holds a figure, or what stands where there is none: "-", "tbc"."""
    return isinstance(cells.parse(text), Reading | cells.Blank)


def is_figure(text: str) -> bool:
    return isinstance(cells.parse(text), Reading)


def is_heading(row: Row, words: Words) -> bool:
    """Whether a row reads as headings: something in it understood, and no figure in it.

    A year reads as a figure too; a row of years is a heading where nothing else stands in it
    but the words that stand over row headings.
    """
    filled = [(at, cell) for at, cell in enumerate(row) if cell.text]
    if len(filled) < 2 and not (filled and filled[0][0] > 0):
        return False
    understood = 0
    for at, cell in filled:
        says = words.heading(cell.text)
        stub = words.is_one_of(cell.text, "labels", "areas", "periods", "beside", "remarks")
        if stub:
            continue
        if at == 0 and says is not None and says.measures:
            return False  # a row of figures begins with its label
        if says is not None and says.told:
            bare_year = says.when is not None and says.when.kind == "year" and is_figure(cell.text)
            if bare_year and filled[0][0] == 0 and not _may_head(filled[0][1].text, words):
                return False
            understood += at > 0 or len(filled) > 1
            continue
        if is_figure(cell.text):
            return False
    others = [cell for at, cell in filled if at > 0]
    told = [cell for cell in others if _told(words.heading(cell.text))]
    return understood > 0 and len(told) * 2 >= len(
        [c for c in others if not words.is_one_of(c.text, "labels", "beside", "remarks")]
    )


def _told(says: Facets | None) -> bool:
    return says is not None and says.told


def _may_head(text: str, words: Words) -> bool:
    """Whether a first cell may stand over row headings."""
    return words.is_one_of(text, "labels", "areas", "periods", "beside") or _told(
        words.heading(text)
    )
