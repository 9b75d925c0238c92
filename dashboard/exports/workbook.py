"""Report -> appendix-1.xlsx: a cover, Appendix 1, the tidy data, notes and sources.

After the Analysis Function's guidance on accessible spreadsheets: a table a sheet, no
merged cells, notes listed, a cover sheet. Importing it gives the figures back exactly.
"""

from __future__ import annotations

from pathlib import Path

from dashboard.exports.report import Report
from etl import appendix, appendix_workbook, tidy, workbook
from etl.commands_export import shown
from etl.record import Record


def write(report: Report, record: Record, path: Path) -> None:
    """Writes the workbook of `record` into `path`, whole or not at all."""
    book = workbook.new()
    council = record.registry.council
    workbook.prose(
        book,
        "Cover",
        (
            (report.title,),
            (f"Appendix 1 as reported to the {council.committee} of {council.name}.",),
            ("Sheet Appendix 1: a row a measure, a column a month, as the committee knows it.",),
            ("Sheet Tidy data: one figure a row, with its source and its place in it.",),
            ("Sheet Notes: what the columns hold, and what does not add up.",),
            ("Sheet Sources: the publications that the figures come from.",),
            (report.licence,),
            (report.alternative_formats,),
        ),
    )
    appendix_workbook.add_appendix(book, appendix.grid(record))
    appendix_workbook.add_tidy(book, shown(record))
    notes = [("Notes",)]
    notes += [(f"{column.name}: {column.description}.",) for column in tidy.COLUMNS]
    notes += [(f"{found.message} {found.verdict}".strip(),) for found in report.findings]
    workbook.prose(book, "Notes", notes)
    sources = [("Sources",), *((", ".join(filter(None, source)),) for source in report.sources)]
    workbook.prose(book, "Sources", sources)
    workbook.save(book, path)
