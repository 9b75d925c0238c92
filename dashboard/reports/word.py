"""Report -> a Word section that an officer can paste or build on, in the council's own letterhead.

Accessible: headings, repeated header rows, alternative texts, the language. python-docx has no
call for some of that, so a few elements are set by their names in the standard (ISO 29500-1).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm, Pt, RGBColor

from dashboard.reports import outline, word_template
from dashboard.reports.outline import Block, Bullet, Figure, Heading, Landscape, Paragraph, Table
from dashboard.reports.report import Report
from dashboard.reports.word_template import Template, TemplateFault
from etl import atomic_write

log = logging.getLogger(__name__)

FONT = "Arial"
_BESIDE = Mm(1.2)  # room beside a cell's text: less than Word's own, for many narrow columns
_AROUND = Pt(1.5)  # above and below it


def instead(template: str, why: str) -> str:
    """What is said where a council's template could not be used, and why."""
    return f"{template}: the built-in template is used. {why}"


def write(
    report: Report, drawn: Mapping[str, Path], path: Path, template: Template | None = None
) -> str:
    """Writes the report into `path`, whole or not at all; the same report gives the same bytes.

    `drawn` are the pictures there are, by their stem. A template that cannot be filled is left
    aside for the built-in one; the answer says why, and is empty where all went well.
    """
    trouble = ""
    if template:
        try:
            _save(_document(report, drawn, template), path)
            return ""
        except TemplateFault as fault:
            trouble = str(fault)
        except Exception:
            log.exception("%s cannot be filled", template.name)
            trouble = "It cannot be filled; the log says why"
        trouble = instead(template.name, trouble)
    _save(_document(report, drawn, None), path)
    return trouble


def _document(report: Report, drawn: Mapping[str, Path], template: Template | None) -> Document:
    document = template.document() if template else _plain()
    parts = outline.parts(report, drawn)
    places = word_template.fill(document, outline.texts(report), parts)
    if places is None:  # a letterhead: the report takes the place of its text
        word_template.clear(document)
        place: Any = document.add_paragraph()
        places = {place._element: "report"}
    for element, name in places.items():
        _put(document, element, parts[name], drawn)
    _set_language(document)
    about = document.core_properties
    about.title, about.language = report.title, "en-GB"
    about.author = about.last_modified_by = about.comments = ""
    about.created = about.modified = datetime.combine(report.day, datetime.min.time())
    about.revision = 1
    return document


def _put(
    document: Document, place: Any, blocks: Iterable[Block], drawn: Mapping[str, Path]
) -> None:
    """The blocks in place of a paragraph of the body; what follows Landscape on its own pages."""
    body: Any = document.element.body
    ends = (e for sibling in place.itersiblings() for e in sibling.iter(qn("w:sectPr")))
    section, before = Section(next(ends), document.part), place
    for block in blocks:
        if isinstance(block, Landscape):
            section, before = _on_its_side(place, section, document)
            continue
        last = len(body) - 1  # python-docx adds at the end, before the last section's properties
        _add(document, block, drawn, _room(section))
        for element in body[last:-1]:
            before.addprevious(element)
    body.remove(place)


def _room(section: Section) -> Length:
    """The width of a page's text."""
    page, left, right = section.page_width, section.left_margin, section.right_margin
    room = (page or Mm(210)) - (left or 0) - (right or 0)
    return Length(room) if room > 0 else Mm(outline.PICTURE)


def _on_its_side(place: Any, section: Section, document: Document) -> tuple[Section, Any]:
    """Ends the section before `place`; gives one on its side, and what stands at its end."""
    upright: Any = section._sectPr
    first, before = place, place.getprevious()
    while before is not None and _is_heading(before, document):  # it goes along
        first, before = before, before.getprevious()
    if before is not None and not before.xpath("./w:pPr/w:sectPr"):
        first.addprevious(_section_break(upright))
    for again in ("w:titlePg", "w:pgNumType", "w:type"):  # a first page, numbers from 1: once
        for element in upright.findall(qn(again)):
            upright.remove(element)
    end = place
    if place.getnext() is not upright:
        end = _section_break(upright)
        place.addprevious(end)
        section = Section(end.xpath("./w:pPr/w:sectPr")[0], document.part)
    short, long = sorted((section.page_width or Mm(210), section.page_height or Mm(297)))
    section.page_width, section.page_height = Length(long), Length(short)
    section.orientation = WD_ORIENT.LANDSCAPE
    return section, end


def _is_heading(element: Any, document: Document) -> bool:
    named = element.xpath("./w:pPr/w:pStyle/@w:val")
    style = document.part.get_style(named[0], WD_STYLE_TYPE.PARAGRAPH) if named else None
    return bool(style and (style.name or "").startswith("Heading"))


def _section_break(section: Any) -> Any:
    paragraph: Any = OxmlElement("w:p")
    paragraph.get_or_add_pPr().append(deepcopy(section))
    return paragraph


def _add(document: Document, block: Block, drawn: Mapping[str, Path], room: Length) -> None:
    """One block at the document's end; `room` is the width of its page's text."""
    match block:
        case Heading():
            document.add_heading(block.text, level=block.level)
        case Paragraph():
            document.add_paragraph().add_run(block.text).bold = block.strong or None
        case Bullet():
            paragraph = document.add_paragraph(style="List Bullet")
            if block.lead:
                paragraph.add_run(block.lead).bold = True
            paragraph.add_run(block.text)
        case Figure():
            holder: Any = document.add_paragraph()
            holder.paragraph_format.keep_with_next = True
            holder.paragraph_format.line_spacing = 1.0
            width = Length(min(Mm(outline.PICTURE), room))
            holder.add_run().add_picture(str(drawn[block.stem]), width=width)
            holder._element.xpath(".//wp:docPr")[0].set("descr", block.alt)
            document.add_paragraph(block.caption, style="Caption")
        case Table():
            _add_table(document, block, room)


def _add_table(document: Document, block: Table, room: Length) -> None:
    """A table of fixed widths, no wider than `room`; its header row stands again on every page."""
    if block.title:
        title = document.add_paragraph(block.title, style="Caption")
        title.paragraph_format.keep_with_next = True
        title.paragraph_format.space_before = Pt(12)
    narrower = min(1.0, room.mm / sum(block.widths))
    widths = [Mm(width * narrower) for width in block.widths]
    table: Any = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    look = table._element.tblPr
    sides = _element("w:tblCellMar")
    for side in ("w:left", "w:right"):
        sides.append(_element(side, w=str(int(_BESIDE.twips)), type="dxa"))
    look.find(qn("w:tblLook")).addprevious(sides)
    look.append(_element("w:tblDescription", val=block.summary))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, texts in enumerate((block.columns, *block.rows)):
        row = table.add_row()
        properties = row._element.get_or_add_trPr()
        properties.append(_element("w:cantSplit", val="true"))
        if number == 0:
            properties.append(_element("w:tblHeader", val="true"))
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = width
            _write(cell.paragraphs[0], text, Pt(block.points), bold=number == 0)


def _write(paragraph: Any, text: str, size: Length, *, bold: bool) -> None:
    spacing = paragraph.paragraph_format
    spacing.space_before = spacing.space_after = _AROUND
    spacing.line_spacing = 1.0
    run = paragraph.add_run(text)
    run.font.size, run.bold = size, bold


def _element(tag: str, **attributes: str) -> Any:
    """An element of the standard's main namespace, with its attributes."""
    element: Any = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _set_language(document: Document) -> None:
    """British English, so that a screen reader pronounces it rightly."""
    defaults: Any = document.styles["Normal"].element.get_or_add_rPr()
    for other in defaults.findall(qn("w:lang")):
        defaults.remove(other)
    defaults.append(_element("w:lang", val="en-GB"))


def _plain() -> Document:
    """A4 with even margins and readable styles, where no council's template gives its own."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in outline.PAGE)
    section.left_margin = section.right_margin = Mm(outline.MARGIN)
    section.top_margin = section.bottom_margin = Mm(outline.MARGIN)
    for name in ("Normal", "Heading 1", "Heading 2", "Caption"):
        style: Any = document.styles[name]
        style.font.name = FONT
        # Word takes a heading's font from its theme unless this names one, too.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        if name.startswith("Heading"):
            style.font.color.rgb = RGBColor(0x12, 0x43, 0x6D)
    document.styles["Normal"].font.size = Pt(11)
    style.font.size, style.font.bold = Pt(9), False  # the last of them: Caption
    style.font.color.rgb = RGBColor(0x50, 0x5A, 0x5F)
    return document


def _save(document: Document, path: Path) -> None:
    """Writes the document, whole or not at all, with no time of writing in it."""
    written, again = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as old, ZipFile(again, "w", ZIP_DEFLATED) as fresh:
        for entry in old.infolist():
            fresh.writestr(ZipInfo(entry.filename), old.read(entry), ZIP_DEFLATED)
    atomic_write.write(path, again.getvalue())
