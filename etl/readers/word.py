"""A Word document (.docx) -> its tables and paragraphs, as they would print.

The XML is read directly: deleted text of tracked changes, text boxes and hidden text stay
out, inserted text is read. No relation to the outside is followed, no macro looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from etl.model import Cell, Document, Place, Source, Table, UserError
from etl.readers import heading, prose, unpack, wrapping
from etl.readers.merging import OVER_COLUMNS, over_headings

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_OFFICE_DOCUMENT = "/officeDocument"
_PART = "word/document.xml"
MAX_CELLS = 200_000
MAX_DEPTH = 12  # tables within tables

# What is not part of the text as printed: deleted or moved away, floating, or not text.
_LEFT_OUT = frozenset(
    (
        "del", "moveFrom", "delText", "instrText", "rPr", "pPr", "sdtPr", "sdtEndPr",
        "txbxContent", "pict", "object", "drawing",
        "commentReference", "footnoteReference", "endnoteReference",
    )
)  # fmt: skip


_Wide = tuple[int, int, int]  # a merged cell: its row from 1, its first column, the one after


@dataclass
class _Found:
    """Tables and prose in the order of the document."""

    tables: list[Table] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    cells: int = 0


def read(path: Path, source: Source) -> Document:
    """The document in a .docx. Places name table, row and column, each from 1.

    Raises UserError for a file that is protected, damaged, or no Word document.
    """
    if reason := unpack.unsuitable(path, source.name):
        raise UserError(f"{source.name}: {reason}")
    with unpack.opened(path, source.name) as archive:
        part = _main_part(archive)
        body = next((e for e in archive.xml(part).iter() if _tag(e) == "body"), None)
    if body is None:
        raise UserError(f"{source.name}: is not a Word document, whatever its name says")
    found = _Found()
    _read_blocks(body, found, source.name, 0)
    lines = list(_lines(found.prose))
    texts = [text for _, text in lines]
    if not source.published:
        source = replace(source, published=heading.published(texts))
    if not source.title:
        named = heading.title(texts, source.published)
        source = replace(source, title=named or source.name)
    return Document(
        source=source,
        tables=tuple(found.tables),
        paragraphs=tuple(
            replace(cell, place=Place(paragraph=cell.place.paragraph or f"no. {cell.place.line}"))
            for cell in prose.paragraphs(lines)
        ),
    )


def _main_part(archive: unpack.Archive) -> str:
    """The part with the text, as the package's own relations name it."""
    if "_rels/.rels" in archive.entries:
        for relation in archive.xml("_rels/.rels"):
            if relation.get("Type", "").endswith(_OFFICE_DOCUMENT):
                return relation.get("Target", "").lstrip("/")
    if _PART not in archive.entries:
        raise UserError(f"{archive.name}: is not a Word document, whatever its name says")
    return _PART


def _tag(element: Element) -> str:
    tag = element.tag
    for space in (_W, _STRICT):
        if tag.startswith(space):
            return tag[len(space) :]
    return ""


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if _tag(child) == name), None)


def _value(element: Element | None, default: str = "") -> str:
    """The `w:val` of an element that is there, `default` where it has none."""
    if element is None:
        return ""
    return element.get(f"{_W}val", element.get(f"{_STRICT}val", default))


def _on(properties: Element | None, name: str) -> bool:
    """Whether a switch such as hidden or struck through is on."""
    switch = None if properties is None else _child(properties, name)
    return switch is not None and _value(switch, "1") not in ("0", "false", "off")


# --- text --------------------------------------------------------------------------


@dataclass
class _Text:
    """Lines of text as they come, and what is uncertain of them."""

    lines: list[str] = field(default_factory=lambda: [""])
    problem: str = ""

    def add(self, text: str) -> None:
        self.lines[-1] += text


def _collect(element: Element, text: _Text, depth: int = 0) -> None:
    for child in element:
        tag = _tag(child)
        if tag in _LEFT_OUT or tag == "tbl" or depth > 60:
            continue
        if tag == "t":
            text.add(child.text or "")
        elif tag in ("tab", "ptab"):
            text.add(" ")
        elif tag in ("br", "cr"):
            text.lines.append("")
        elif tag == "sym":
            text.problem = "it holds a symbol that cannot be read"
        elif tag == "noBreakHyphen":
            text.add("-")
        elif tag == "r":
            _collect_run(child, text, depth)
        else:
            if tag == "p" and text.lines[-1]:
                text.lines.append("")
            _collect(child, text, depth + 1)


def _collect_run(run: Element, text: _Text, depth: int) -> None:
    properties = _child(run, "rPr")
    if _on(properties, "vanish"):
        return
    part = _Text()
    _collect(run, part, depth + 1)
    before, said = text.lines[-1].rstrip(), part.lines[0].strip()
    raised = properties is not None and _value(_child(properties, "vertAlign")) == "superscript"
    if raised and before[-1:].isdigit() and said[:1].isdigit():
        text.problem = "a raised digit may be a footnote's mark or part of the number"
    if said and (_on(properties, "strike") or _on(properties, "dstrike")):
        text.problem = "it is struck through"
    text.problem = text.problem or part.problem
    text.add(part.lines[0])
    text.lines += part.lines[1:]


# --- tables ------------------------------------------------------------------------


def _read_blocks(parent: Element, found: _Found, name: str, depth: int) -> None:
    """Paragraphs and tables of a body or a cell, content controls and insertions opened."""
    if depth > MAX_DEPTH:
        raise UserError(f"{name}: tables within tables, more than {MAX_DEPTH} deep; not read")
    for block in parent:
        tag = _tag(block)
        if tag == "p":
            text = _Text()
            _collect(block, text)
            found.prose += [" ".join(line.split()) for line in text.lines]
        elif tag == "tbl":
            _read_table(block, found, name, depth)
        elif tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            _read_blocks(block, found, name, depth)


def _children(parent: Element, wanted: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, those in content controls too."""
    for child in parent:
        tag = _tag(child)
        if tag == wanted:
            yield child
        elif tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml"):
            yield from _children(child, wanted)


def _gone(part: Element, kind: str, marks: tuple[str, ...]) -> bool:
    """Whether tracked changes have deleted a row or a cell."""
    properties = _child(part, kind)
    return properties is not None and any(_child(properties, mark) is not None for mark in marks)


def _read_table(table: Element, found: _Found, name: str, depth: int) -> None:
    title = next((text for text in reversed(found.prose) if text), "")
    number = len(found.tables) + 1
    found.tables.append(Table((), title, Place(table=number)))  # keeps the order of printing
    rows: list[tuple[Cell, ...]] = []
    above: dict[int, Cell] = {}
    wide: list[_Wide] = []
    for row in _children(table, "tr"):
        if _gone(row, "trPr", ("del",)):
            continue
        place = Place(table=number, row=len(rows) + 1)
        cells = _row(row, place, above, wide, found, name, depth)
        found.cells += len(cells)
        if found.cells > MAX_CELLS:
            raise UserError(f"{name}: its tables have more than {MAX_CELLS:,} cells; not read")
        rows.append(tuple(cells))
    _doubt_wide(rows, wide)
    found.tables[number - 1] = Table(tuple(rows), title, Place(table=number))


def _doubt_wide(rows: list[tuple[Cell, ...]], wide: list[_Wide]) -> None:
    """Marks each text merged over columns that have headings of their own: which is it for?"""
    for number, first, end in wide:
        line, cell = rows[number - 1], rows[number - 1][first]
        heads = ([c for c in row[first:end] if c.text] for row in rows[: number - 1])
        if over_headings(cell.text, heads):
            doubted = replace(cell, problem=cell.problem or OVER_COLUMNS)
            rows[number - 1] = (*line[:first], doubted, *line[first + 1 :])


def _number(element: Element | None, default: int = 1) -> int:
    text = _value(element)
    return min(int(text), 200) if re.fullmatch(r"\d{1,4}", text) else default


def _row(
    row: Element,
    place: Place,
    above: dict[int, Cell],
    wide: list[_Wide],
    found: _Found,
    name: str,
    depth: int,
) -> list[Cell]:
    """A row's cells, one a column of the table's grid: a merged cell fills the rest empty."""
    properties = _child(row, "trPr")
    skipped = _number(_child(properties, "gridBefore"), 0) if properties is not None else 0
    cells = [Cell("", replace(place, column=n + 1)) for n in range(skipped)]
    for part in _children(row, "tc"):
        if _gone(part, "tcPr", ("cellDel",)):
            continue
        column = len(cells)
        settings = _child(part, "tcPr")
        merge = _child(settings, "vMerge") if settings is not None else None
        text = _Text()
        _collect(part, text)
        words, broken = wrapping.joined(text.lines)
        cell = Cell(words, replace(place, column=column + 1), text.problem or broken)
        if merge is not None and _value(merge, "continue") == "continue" and column in above:
            cell = _covered(above[column], cell, column)
        above[column] = cell
        cells.append(cell)
        span = _number(_child(settings, "gridSpan")) if settings is not None else 1
        if span > 1:
            wide.append((place.row or 0, column, column + span))
        cells += [Cell("", replace(place, column=column + n + 1)) for n in range(1, span)]
        for inner in _children(part, "tbl"):
            _read_table(inner, found, name, depth + 1)
            if depth >= MAX_DEPTH:
                raise UserError(f"{name}: tables within tables, more than {MAX_DEPTH} deep")
    return cells


def _covered(merged: Cell, cell: Cell, column: int) -> Cell:
    """A cell merged with the one above: a label holds for both rows, a figure may not."""
    if not merged.text or column < 2:
        return replace(merged, place=cell.place)
    return Cell(merged.text, cell.place, "its cell is merged with the row above")


def _lines(texts: list[str]) -> Iterator[tuple[int, str]]:
    """Paragraphs as lines that prose takes one by one: an empty line between any two."""
    for number, text in enumerate(texts, 1):
        yield number, text
        yield number, ""
