"""Report -> appendix-1.xlsx: a cover, Appendix 1, the tidy data, notes and sources.

After the Analysis Function's guidance on accessible spreadsheets: a table a sheet, no
merged cells, notes listed, a cover sheet that leads to the others. Importing it gives the
figures back exactly, with the date of the meeting from the cover.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl.worksheet.hyperlink import Hyperlink

from dashboard import words
from dashboard.reports.report import Report
from etl import appendix, appendix_workbook, tidy, workbook
from etl.officers_workbook import MEETING
from etl.record import Record

_SHEETS = (
    ("Appendix 1", "A row a measure, a column a month, as the committee knows it."),
    (
        "Tidy data",
        "One figure a row, with its source and its place in it: the council's, and "
        "those of the areas that it is compared with.",
    ),
    ("Notes", "What the columns hold, and what does not add up."),
    ("Sources", "The publications that the figures come from."),
)


def write(report: Report, record: Record, path: Path) -> None:
    """Writes the workbook of `record` into `path`, whole or not at all."""
    book = workbook.new()
    _cover(book, report, record)
    appendix_workbook.add_appendix(book, appendix.grid(record), title=f"Appendix 1: {report.title}")
    title = "Tidy data: one figure a row"
    council = record.registry.council
    areas = {council.authority, council.region, council.country, *council.areas}
    figures = [one for one in record.shown() if one.authority in areas]
    appendix_workbook.add_tidy(book, figures, record.flag, title=title)
    notes = [("Column", f"{column.name}: {column.description}.") for column in tidy.COLUMNS]
    notes.append(("Appendix 1", "- stands where no figure is held for a row and month."))
    notes.append(
        ("Tidy data", "A blank cell has nothing to say: no value, no cases named, no note.")
    )
    notes += [("Finding", f"{found.message} {found.verdict}".strip()) for found in report.findings]
    numbered = [(str(at), *note) for at, note in enumerate(notes, 1)]
    _table(book, "Notes", ("Note number", "About", "Note"), numbered, (14, 16, 90))
    _table(
        book,
        "Sources",
        ("Published", "Source", "Figures", "Licence"),
        report.sources,
        (20, 90, 16, 60),
    )
    about = book.properties
    about.title, about.creator, about.language = report.title, record.registry.council.name, "en-GB"
    about.created = about.modified = datetime(report.day.year, report.day.month, report.day.day)
    workbook.save(book, path)


def _cover(book: Any, report: Report, record: Record) -> None:
    council = record.registry.council
    lines: list[tuple[str, ...]] = [
        (report.title,),
        (f"Appendix 1 as reported to the {council.committee or 'committee'} of {council.name}.",),
        (MEETING, words.day(report.day)),
        ("Sheets of this workbook, each with one table:",),
        *_SHEETS,
        (report.licence,),
        *([(report.alternative_formats,)] if report.alternative_formats else []),
    ]
    sheet = workbook.prose(book, "Cover", lines)
    sheet.column_dimensions["B"].width = 60
    workbook.fit(sheet)
    for row in sheet.iter_rows(max_col=1):
        for name, _ in _SHEETS:
            if row[0].value == name:
                row[0].hyperlink = Hyperlink(row[0].coordinate, location=f"'{name}'!A1")


def _table(
    book: Any,
    name: str,
    columns: tuple[str, ...],
    rows: Iterable[tuple[str, ...]],
    widths: tuple[float, ...],
) -> None:
    """A sheet of words in a table, its heading above."""
    sheet = book.create_sheet(name)
    workbook.put(sheet.cell(1, 1), name, bold=True, size=14)
    workbook.header(sheet, columns, widths, row=2)
    for number, texts in enumerate(rows, 3):
        for column, text in enumerate(texts, 1):
            workbook.put(sheet.cell(number, column), text)
    workbook.mark_table(sheet, name.lower(), row=2)
