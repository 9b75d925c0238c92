"""Report -> a Word section that an officer can paste or build on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import docx
from docx.document import Document
from docx.shared import Length, Mm

from dashboard.exports import word_parts as parts
from dashboard.exports.report import Report
from etl.model import UserError

PICTURE_WIDTH = Mm(160)
_PAGE_WIDTH = Mm(297 - 2 * 20)
_SERIAL_WIDTH, _LABEL_WIDTH = Mm(13), Mm(62)
_APPENDIX_POINTS = 7


def _open(template: Path | None) -> Document:
    """A new document: plain, or made from the council's own template, emptied of its text."""
    if template is None:
        document = docx.Document()
        parts.page(document.sections[0])
        parts.dress(document)
        return document
    try:
        document = docx.Document(str(template))
    except Exception:
        raise UserError(
            f"{template.name}: not a Word document (.docx) that can be opened"
        ) from None
    for element in list(document.element.body):
        if not element.tag.endswith("}sectPr"):
            document.element.body.remove(element)
    return document


def _summary(document: Document, report: Report) -> None:
    document.add_heading(report.title, level=1)
    document.add_paragraph(report.headline).runs[0].bold = True
    document.add_paragraph(report.summary)
    for note in report.notes:
        document.add_paragraph(note)


def _bullets(document: Document, report: Report) -> None:
    document.add_heading("What has changed", level=2)
    for bullet in report.bullets:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{bullet.lead}: ").bold = True
        paragraph.add_run(bullet.text)
    if report.left_out:
        document.add_paragraph(
            "Left out of the summary and these points until they are answered, "
            "because they do not add up:"
        )
        for text in report.left_out:
            document.add_paragraph(text, style="List Bullet")


def _charts(document: Document, report: Report, drawn: Mapping[str, Path]) -> None:
    if not drawn:
        return
    document.add_heading("Charts", level=2)
    for number, planned in enumerate((p for p in report.pictures if p.stem in drawn), start=1):
        chart = planned.view.chart
        parts.add_picture(document, drawn[planned.stem], chart.alt, PICTURE_WIDTH)
        document.add_paragraph(f"Figure {number}. {chart.title}. {chart.source}", style="Caption")


def _findings(document: Document, report: Report) -> None:
    document.add_heading("What does not add up", level=2)
    if not report.findings:
        document.add_paragraph("Nothing in these figures was found not to add up.")
        return
    # In a table: these are figures as misprinted, not what the report itself claims.
    rows = [(finding.message, finding.verdict or "Not answered yet") for finding in report.findings]
    parts.add_table(document, ("What was found", "Answer"), rows, (Mm(120), Mm(50)))


def _sources(document: Document, report: Report) -> None:
    document.add_heading("Sources", level=2)
    for source in report.sources:
        document.add_paragraph(", ".join(filter(None, source)), style="List Bullet")
    document.add_paragraph(report.licence)
    if report.alternative_formats:
        document.add_paragraph(report.alternative_formats)


def _appendix(document: Document, report: Report) -> None:
    parts.new_section(document, landscape=True)
    document.add_heading("Appendix 1", level=2)
    months = len(report.appendix.columns) - 2
    left = _PAGE_WIDTH - _SERIAL_WIDTH - _LABEL_WIDTH
    widths = [_SERIAL_WIDTH, _LABEL_WIDTH, *[Length(int(left / max(months, 1)))] * months]
    parts.add_table(
        document,
        report.appendix.columns,
        report.appendix.rows,
        widths,
        size=_APPENDIX_POINTS,
        summary="Every figure of Appendix 1 held: a row a measure, a column a month",
    )


def write(report: Report, drawn: Mapping[str, Path], path: Path, template: Path | None) -> None:
    """Writes the report into `path`; `drawn` are the pictures there are, by their stem.

    Raises UserError when the template cannot be opened.
    """
    document = _open(template)
    parts.set_language(document)
    document.core_properties.title = report.title
    document.core_properties.author = ""
    document.core_properties.language = "en-GB"
    _summary(document, report)
    _bullets(document, report)
    _charts(document, report, drawn)
    _findings(document, report)
    _sources(document, report)
    _appendix(document, report)
    document.save(str(path))
