"""A web page (.html, or an .xls that is one) -> its tables and prose, as they would show.

Nothing in a page is run or followed: scripts, frames, links and pictures are left out, and so
is what its own style hides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree

from etl.model import Cell, Document, Place, Source, Table, UserError
from etl.readers import csv, heading, markup, prose, unpack
from etl.readers.html_grid import Open, Part, grid
from etl.text.signs import cleaned

MAX_BYTES = 30_000_000  # the longest page of DfE's or of a council's papers has 2 MB
MAX_CELLS = 200_000
MAX_DEPTH = 12  # tables within tables
MAX_NESTED = 500  # elements within elements; pages that programs write stay under 60
_PIECE = 8_192  # bytes
_MAX_SPAN = 200  # columns or rows that one cell is merged over
_ABOVE = 8  # paragraphs above a table that may head it
_FRONT = 12
_STRUCK = "it is struck through"

_UNSEEN = frozenset(
    (
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "select",
        "textarea",
        "iframe",
        "object",
        "datalist",
    )
)
_BLOCKS = frozenset(
    (
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "nav",
        "aside",
        "body",
        "blockquote",
        "pre",
        "hr",
        "form",
        "fieldset",
        "figure",
        "figcaption",
        "address",
        "title",
        "head",
        "html",
    )
)
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)


class _Page:
    """What the parser tells of a page, element by element (lxml's parser target)."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.open: list[Open] = []
        self.tables: list[Table] = []
        self.prose: list[str] = [""]
        self.below = 0  # how much of the prose stood above the last table
        self.front = 0  # and above the first
        self.count = 0  # cells
        self.depth = 0
        self.hidden: list[str] = []  # the elements open within one that does not show
        self.struck = 0
        self.frames = False

    # --- elements -------------------------------------------------------------------

    def start(self, tag: str, said: Mapping[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_NESTED:
            raise UserError(f"{self.name}: elements within elements, more than {MAX_NESTED} deep")
        hides = tag in _UNSEEN or "hidden" in said or _HIDES.search(said.get("style", ""))
        if self.hidden or hides:
            self.hidden.append(tag)
            return
        self.frames = self.frames or tag in ("frame", "frameset")
        table = self.open[-1] if self.open else None
        if tag == "table":
            self._begin()
        elif tag == "caption" and table:
            table.captioned = True
        elif tag == "tr" and table:
            self._end_row(table)
            table.row = []
        elif tag in ("td", "th") and table:
            self._end_cell(table)
            table.row = [] if table.row is None else table.row
            table.cell = Part(
                columns=_span(said.get("colspan", "")), rows=_span(said.get("rowspan", ""))
            )
        elif tag in ("s", "strike", "del"):
            self.struck += 1
        elif tag == "br" or tag in _BLOCKS:
            self._break()

    def end(self, tag: str) -> None:
        self.depth -= 1
        if self.hidden:
            if tag in self.hidden:
                del self.hidden[len(self.hidden) - 1 - self.hidden[::-1].index(tag) :]
            return
        table = self.open[-1] if self.open else None
        if tag == "table" and table:
            self._end()
        elif tag == "caption" and table:
            table.captioned = False
        elif tag == "tr" and table:
            self._end_row(table)
        elif tag in ("td", "th") and table:
            self._end_cell(table)
        elif tag in ("s", "strike", "del"):
            self.struck = max(0, self.struck - 1)
        elif tag in _BLOCKS:
            self._break()

    def data(self, data: str) -> None:
        if self.hidden:
            return
        table = self.open[-1] if self.open else None
        if table is None:
            self.prose[-1] += data
        elif table.captioned:
            table.caption.append(data)
        elif table.cell is not None:
            table.cell.text.append(data)
            if self.struck and data.strip():
                table.cell.problem = _STRUCK

    def _break(self) -> None:
        if not self.open:
            self.prose.append("")
        elif self.open[-1].captioned:
            self.open[-1].caption.append(" ")
        elif self.open[-1].cell is not None:
            self.open[-1].cell.text.append(" ")

    # --- tables ---------------------------------------------------------------------

    def _begin(self) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise UserError(f"{self.name}: tables within tables, more than {MAX_DEPTH} deep")
        over = [line for text in self.prose[self.below :] if (line := cleaned(text))]
        if not self.tables and not self.open:
            self.front = len(self.prose)
        self.prose.append("")
        self.below = len(self.prose)
        above = tuple(line for text in over[-_ABOVE:] for line in (text, ""))[:-1]
        self.open.append(Open(len(self.tables) + 1, above))
        self.tables.append(Table(()))  # keeps the order of printing

    def _end(self) -> None:
        table = self.open.pop()
        self._end_row(table)
        caption = cleaned("".join(table.caption))
        above = (
            (*table.above, "", caption) if caption and table.above else table.above or (caption,)
        )
        place = Place(table=table.number)
        title = caption or next((line for line in reversed(above) if line), "")
        self.tables[table.number - 1] = Table(grid(table), title, place, above=above)

    def _end_row(self, table: Open) -> None:
        self._end_cell(table)
        if table.row is not None:
            table.rows.append(table.row)
        table.row = None

    def _end_cell(self, table: Open) -> None:
        if table.cell is None or table.row is None:
            return
        table.row.append(table.cell)
        self.count += table.cell.columns * table.cell.rows
        if self.count > MAX_CELLS:
            raise UserError(f"{self.name}: its tables have more than {MAX_CELLS:,} cells; not read")
        table.cell = None

    def close(self) -> _Page:
        while self.open:
            self._end()
        return self


def _span(text: str) -> int:
    return max(1, min(int(text), _MAX_SPAN)) if re.fullmatch("[0-9]{1,4}", text.strip()) else 1


def page(content: str, name: str) -> _Page:
    """A page's or a fragment's tables and prose. Raises UserError beyond the limits."""
    made: Any = etree.HTMLParser(
        target=_Page(name), recover=True, no_network=True, encoding="utf-8"
    )
    data = markup.without_marks(content).replace("\0", "").encode()
    try:
        # In pieces: what the target refuses stops the parser only between two of them.
        for at in range(0, len(data), _PIECE):
            made.feed(data[at : at + _PIECE])
        found: _Page = made.close()
    except etree.XMLSyntaxError:
        raise UserError(f"{name}: damaged: it cannot be read as a web page")
    return found


def read(path: Path, source: Source) -> Document:
    """The document in a web page. Places name table, row and column, each from 1.

    Raises UserError for a page that is too large, or whose tables are in other files.
    """
    start = unpack.first_bytes(path, source.name)
    if path.stat().st_size > MAX_BYTES:
        raise UserError(
            f"{source.name}: {unpack.megabytes(path.stat().st_size)}; web pages over "
            f"{unpack.megabytes(MAX_BYTES)} are not read. Save the table as .xlsx or .csv"
        )
    assert start, "an empty file has no form"
    found = page(csv.decoded(path.read_bytes(), source.name), source.name)
    if found.frames and not found.tables:
        raise UserError(
            f"{source.name}: a page of frames, whose tables are in other files; save the "
            "workbook as .xlsx"
        )
    texts = [cleaned(text) for text in found.prose]
    if not source.published:
        source = replace(source, published=heading.published([text for text in texts if text]))
    if not source.title:
        named = heading.title(texts, source.published)
        source = replace(source, title=named or source.name)
    front = texts if not found.tables else texts[: found.front]
    lines = [(2 * at, text) for at, text in enumerate(texts, 1)]
    return Document(
        source=source,
        tables=tuple(found.tables),
        paragraphs=tuple(
            replace(
                cell,
                place=Place(paragraph=cell.place.paragraph or f"no. {(cell.place.line or 0) // 2}"),
            )
            for cell in prose.paragraphs(lines)
        ),
        front=tuple(Cell(text) for text in front if text)[:_FRONT],
    )
