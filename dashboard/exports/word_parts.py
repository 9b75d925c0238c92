"""Parts of an accessible Word document that python-docx has no call for."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row

from etl import atomic_write

MARGIN = Mm(20)
FONT = "Arial"


def set_language(document: Document, language: str = "en-GB") -> None:
    """The document's language, so that a screen reader pronounces it rightly."""
    defaults = document.styles["Normal"].element.get_or_add_rPr()
    for other in defaults.findall(qn("w:lang")):
        defaults.remove(other)
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    defaults.append(mark)


def dress(document: Document) -> None:
    """Plain, readable styles for a document that no council's template gives its own."""
    for style in ("Normal", "Heading 1", "Heading 2", "Caption", "Title"):
        font = document.styles[style].font
        font.name = FONT
        # Word takes a heading's font from its theme unless this names one, too.
        fonts = document.styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        fonts.set(qn("w:hAnsi"), FONT)
        if style.startswith("Heading"):
            font.color.rgb = RGBColor(0x12, 0x43, 0x6D)
    document.styles["Normal"].font.size = Pt(11)
    caption = document.styles["Caption"].font
    caption.size, caption.bold, caption.color.rgb = Pt(9), False, RGBColor(0x50, 0x5A, 0x5F)


def new_section(document: Document, *, landscape: bool) -> Section:
    """Starts a new page, upright or on its side, A4."""
    section: Section = document.add_section(WD_SECTION.NEW_PAGE)
    page(section, landscape=landscape)
    return section


def page(section: Section, *, landscape: bool = False) -> None:
    """Makes a section A4 with even margins."""
    short, long = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN


def add_picture(document: Document, file: Path, alt: str, width: Length) -> None:
    """A picture with its alternative text, kept on one page with the caption that follows.

    A template whose page is narrower than `width` has it as wide as its text.
    """
    section = document.sections[-1]
    sides = (section.page_width, section.left_margin, section.right_margin)
    page, left, right = (Length(side or 0) for side in sides)
    room = Length(page - left - right)
    document.add_picture(str(file), width=min(width, room) if room > 0 else width)
    look = document.paragraphs[-1].paragraph_format
    look.keep_with_next, look.line_spacing = True, 1.0
    document.inline_shapes[-1]._inline.docPr.set("descr", alt)


def _flag(parent: object, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    parent.append(mark)  # type: ignore[attr-defined]


def _write(cell: _Cell, text: str, size: Pt, *, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    spacing = paragraph.paragraph_format
    spacing.space_before = spacing.space_after = Pt(1.5)
    spacing.line_spacing = 1.0
    run = paragraph.add_run(text)
    run.font.size = size
    run.bold = bold


def _keep_whole(row: _Row) -> None:
    _flag(row._tr.get_or_add_trPr(), "w:cantSplit")


def _row_of(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row


def _sides(table: Table, room: Length) -> None:
    """Room beside each cell's text: less than Word's own, for many narrow columns."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        mark = OxmlElement(f"w:{side}")
        mark.set(qn("w:w"), str(int(room.twips)))
        mark.set(qn("w:type"), "dxa")
        margins.append(mark)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is None:
        table._tbl.tblPr.append(margins)
    else:
        look.addprevious(margins)


def add_table(
    document: Document,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[Length],
    *,
    size: float = 9,
    summary: str = "",
) -> Table:
    """A table with fixed column widths, whose header row stands again on every page.

    `size` is in points; `summary` is the table's alternative text. No row is cut by a page.
    """
    table: Table = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    table.autofit = False
    _sides(table, Mm(1.2))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    points = Pt(size)
    for cell, text in zip(table.rows[0].cells, columns, strict=True):
        _write(cell, text, points, bold=True)
    _flag(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    for texts in rows:
        for cell, text in zip(_row_of(table).cells, texts, strict=True):
            _write(cell, text, points, bold=False)
    for row in table.rows:
        _keep_whole(row)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    if summary:
        description = OxmlElement("w:tblDescription")
        description.set(qn("w:val"), summary)
        table._tbl.tblPr.append(description)
    return table


def save(document: Document, path: Path) -> None:
    """Writes the document, whole or not at all, with no time of writing in it."""
    written, again = BytesIO(), BytesIO()
    document.save(written)
    with (
        zipfile.ZipFile(written) as old,
        zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as fresh,
    ):
        for entry in old.infolist():
            fresh.writestr(zipfile.ZipInfo(entry.filename), old.read(entry), zipfile.ZIP_DEFLATED)
    atomic_write.write(path, again.getvalue())
