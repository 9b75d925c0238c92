"""Report -> a Word section that an officer can paste or build on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from docx.document import Document
from docx.shared import Mm, Pt

from dashboard.exports import outline, word_parts, word_template
from dashboard.exports.outline import Block, Bullet, Figure, Heading, Landscape, Paragraph, Table
from dashboard.exports.report import Report


def _add(document: Document, block: Block, drawn: Mapping[str, Path]) -> None:
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
            word_parts.add_picture(document, drawn[block.stem], block.alt, Mm(outline.PICTURE))
            document.add_paragraph(block.caption, style="Caption")
        case Table():
            _add_table(document, block)
        case Landscape():
            word_parts.new_section(document, landscape=True)


def _add_table(document: Document, table: Table) -> None:
    if table.title:
        title = document.add_paragraph(table.title, style="Caption")
        title.paragraph_format.keep_with_next = True
        title.paragraph_format.space_before = Pt(12)
    word_parts.add_table(
        document,
        table.columns,
        table.rows,
        [Mm(width) for width in table.widths],
        size=table.points,
        summary=table.summary,
    )


def write(report: Report, drawn: Mapping[str, Path], path: Path, template: Path | None) -> None:
    """Writes the report into `path`, whole or not at all; the same report gives the same bytes.

    `drawn` are the pictures there are, by their stem. Raises UserError when the template
    cannot be opened.
    """
    document = word_template.opened(template)
    word_parts.set_language(document)
    about = document.core_properties
    about.title, about.language = report.title, "en-GB"
    about.author = about.last_modified_by = about.comments = ""
    about.created = about.modified = datetime.combine(report.day, datetime.min.time())
    about.revision = 1
    for block in outline.blocks(report, drawn):
        _add(document, block, drawn)
    word_parts.save(document, path)
