"""A Word document (.docx) -> its tables and paragraphs, as they would print.

The XML is read directly: deleted text of tracked changes, the words of text boxes and hidden
text stay out, inserted text and tables in text boxes are read. No relation to the outside
is followed, no macro looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from etl.model import Cell, Document, Place, Source, Table, UserError
from etl.readers import heading, properties, prose, unpack, word_grid, wrapping
from etl.readers.merging import OVER_COLUMNS, over_headings
from etl.readers.word_text import Text, child_of, collect, running, tag_of, value_of

_OFFICE_DOCUMENT = "/officeDocument"
_PART = "word/document.xml"
_FRONT = 12  # lines of a front page
MAX_CELLS = 200_000
MAX_DEPTH = 12  # tables within tables
_ABOVE = 8  # paragraphs above a table that may head it

_Wide = tuple[int, int, int]  # a merged cell: its row from 1, its first column, the one after


@dataclass
class _Found:
    """Tables and prose in the order of the document."""

    tables: list[Table] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    cells: int = 0
    front: int | None = None  # how much of the prose stands above the first table
    below: int = 0  # how much of the prose stood above the last table


def read(path: Path, source: Source) -> Document:
    """The document in a .docx. Places name table, row and column, each from 1.

    Raises UserError for a file that is protected, damaged, or no Word document.
    """
    if reason := unpack.unsuitable(path, source.name):
        raise UserError(f"{source.name}: {reason}")
    with unpack.opened(path, source.name) as archive:
        part = _main_part(archive)
        body = next((e for e in archive.xml(part).iter() if tag_of(e) == "body"), None)
        headers = tuple(Cell(line) for line in running(archive))
        said = properties.of_office(archive)
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
        front=tuple(Cell(text) for text in found.prose[: found.front] if text)[:_FRONT],
        running=headers,
        properties=said,
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


# --- tables ------------------------------------------------------------------------


def _read_blocks(parent: Element, found: _Found, name: str, depth: int) -> None:
    """Paragraphs and tables of a body or a cell, content controls and insertions opened."""
    if depth > MAX_DEPTH:
        raise UserError(f"{name}: tables within tables, more than {MAX_DEPTH} deep; not read")
    for block in parent:
        tag = tag_of(block)
        if tag == "p":
            text = Text()
            collect(block, text)
            found.prose += [" ".join(line.split()) for line in text.lines]
            for box in _boxes(block):
                for table in _children(box, "tbl"):
                    _read_table(table, found, name, depth + 1)
        elif tag == "tbl":
            _read_table(block, found, name, depth)
        elif tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            _read_blocks(block, found, name, depth)


def _boxes(element: Element, depth: int = 0) -> Iterator[Element]:
    """The text boxes of a paragraph, each once: it is often there for two versions of Word."""
    for child in element if depth < 60 else ():
        tag = tag_of(child)
        if tag == "txbxContent":
            yield child
        elif child.tag.endswith("}AlternateContent"):
            versions = (list(_boxes(version, depth + 1)) for version in child)
            yield from next((boxes for boxes in versions if boxes), [])
        elif tag not in ("del", "moveFrom"):
            yield from _boxes(child, depth + 1)


def _children(parent: Element, wanted: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, those in content controls too."""
    for child in parent:
        tag = tag_of(child)
        if tag == wanted:
            yield child
        elif tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml"):
            yield from _children(child, wanted)


def _gone(part: Element, kind: str, marks: tuple[str, ...]) -> bool:
    """Whether tracked changes have deleted a row or a cell."""
    properties = child_of(part, kind)
    return properties is not None and any(child_of(properties, mark) is not None for mark in marks)


def _read_table(table: Element, found: _Found, name: str, depth: int) -> None:
    found.front = len(found.prose) if found.front is None else found.front
    title = next((text for text in reversed(found.prose) if text), "")
    over = [text for text in found.prose[found.below :] if text][-_ABOVE:]
    lines_above = tuple(line for text in over for line in (text, ""))[:-1]  # paragraphs
    found.below = len(found.prose)
    number = len(found.tables) + 1
    found.tables.append(Table((), title, Place(table=number)))  # keeps the order of printing
    rows: list[tuple[Cell, ...]] = []
    above: dict[int, Cell] = {}
    wide: list[_Wide] = []
    shown = [row for row in _children(table, "tr") if not _gone(row, "trPr", ("del",))]
    lines = _lines_of(table, shown)
    for row in shown:
        place = Place(table=number, row=len(rows) + 1)
        cells = _row(row, place, above, wide, lines, found, name, depth)
        found.cells += len(cells)
        if found.cells > MAX_CELLS:
            raise UserError(f"{name}: its tables have more than {MAX_CELLS:,} cells; not read")
        rows.append(tuple(cells))
    _doubt_wide(rows, wide)
    found.tables[number - 1] = Table(tuple(rows), title, Place(table=number), above=lines_above)


def _doubt_wide(rows: list[tuple[Cell, ...]], wide: list[_Wide]) -> None:
    """Marks each text merged over columns that have headings of their own: which is it for?"""
    for number, first, end in wide:
        line, cell = rows[number - 1], rows[number - 1][first]
        heads = ([c for c in row[first:end] if c.text] for row in rows[: number - 1])
        if over_headings(cell.text, heads):
            doubted = replace(cell, problem=cell.problem or OVER_COLUMNS)
            rows[number - 1] = (*line[:first], doubted, *line[first + 1 :])


def _number(element: Element | None, default: int = 1) -> int:
    text = value_of(element)
    return min(int(text), 200) if re.fullmatch(r"\d{1,4}", text) else default


def _before(row: Element) -> int:
    """How many columns of the grid a row leaves out before its first cell."""
    properties = child_of(row, "trPr")
    return _number(child_of(properties, "gridBefore"), 0) if properties is not None else 0


def _spans(row: Element) -> Iterator[tuple[Element, int]]:
    """A row's cells with the number of columns of the grid that each takes."""
    for part in _children(row, "tc"):
        if not _gone(part, "tcPr", ("cellDel",)):
            settings = child_of(part, "tcPr")
            yield (
                part,
                max(1, _number(child_of(settings, "gridSpan")) if settings is not None else 1),
            )


def _lines_of(table: Element, rows: list[Element]) -> list[int] | None:
    """The visible columns of a grid with slivers; None where it has none."""
    grid = child_of(table, "tblGrid")
    widths = [
        next((int(v) for n, v in line.items() if n.endswith("}w") and v.isdecimal()), 0)
        for line in (() if grid is None else grid)
        if tag_of(line) == "gridCol"
    ]
    if not 0 < len(widths) <= 400 or not all(widths):
        return None
    return word_grid.columns(
        widths, [(_before(row), [span for _, span in _spans(row)]) for row in rows]
    )


def _row(
    row: Element,
    place: Place,
    above: dict[int, Cell],
    wide: list[_Wide],
    lines: list[int] | None,
    found: _Found,
    name: str,
    depth: int,
) -> list[Cell]:
    """A row's cells, one a column of the table's grid: a merged cell fills the rest empty."""
    start = _before(row)
    skipped = lines[start] if lines else start
    cells = [Cell("", replace(place, column=n + 1)) for n in range(skipped)]
    for part, taken in _spans(row):
        column, end = len(cells), start + taken
        span = lines[end] - lines[start] if lines else taken
        start = end
        cell = _cell(part, replace(place, column=column + 1), column, above)
        cells.append(replace(cell, wide=span) if span > 1 else cell)
        if span > 1:
            wide.append((place.row or 0, column, column + span))
        cells += [Cell("", replace(place, column=column + n + 1)) for n in range(1, span)]
        for inner in _children(part, "tbl"):
            _read_table(inner, found, name, depth + 1)
            if depth >= MAX_DEPTH:
                raise UserError(f"{name}: tables within tables, more than {MAX_DEPTH} deep")
    return cells


def _cell(part: Element, place: Place, column: int, above: dict[int, Cell]) -> Cell:
    settings = child_of(part, "tcPr")
    merge = child_of(settings, "vMerge") if settings is not None else None
    text = Text()
    collect(part, text)
    words, broken = wrapping.joined(text.lines)
    inner = "" if words else _within(part)
    cell = Cell(words, place, text.problem or broken or inner)
    if merge is not None and value_of(merge, "continue") == "continue" and column in above:
        cell = _covered(above[column], cell, column)
    above[column] = cell
    return cell


def _within(part: Element) -> str:
    """What is doubtful about a cell without words of its own that holds a table with some."""
    texts = (text for table in _children(part, "tbl") for text in table.itertext())
    return "a table stands in its cell" if any(text.strip() for text in texts) else ""


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
