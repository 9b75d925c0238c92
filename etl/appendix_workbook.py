"""Sheets of figures for workbooks that are given out: Appendix 1, and the tidy table."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from openpyxl.styles import Alignment

from etl import appendix, tidy
from etl.appendix import Grid
from etl.model import Observation
from etl.workbook import dress, header, mark_table, put, put_figure


def _titled(sheet: Any, title: str) -> int:
    """Puts the title, if there is one, above the table; gives the row of its header."""
    if not title:
        return 1
    put(sheet.cell(1, 1), title, bold=True, size=14)
    sheet.cell(1, 1).alignment = Alignment(wrap_text=False)
    return 2


def add_appendix(book: Any, table: Grid, name: str = "Appendix 1", title: str = "") -> Any:
    """Adds the committee's table as a sheet; importing it gives the same figures back."""
    sheet = book.create_sheet(name)
    row = _titled(sheet, title)
    lines = list(appendix.texts(table))
    header(sheet, lines[0], (8, 60, *[14] * len(table.months)), row)
    sheet.freeze_panes = f"C{row + 1}"
    for number, texts in enumerate(lines[1:], row + 1):
        for column, text in enumerate(texts, 1):
            (put if column < 3 else put_figure)(sheet.cell(number, column), text, boxed=True)
    mark_table(sheet, "appendix_1", row=row)
    return sheet


def add_tidy(
    book: Any,
    figures: Iterable[Observation],
    flags: tidy.Flags,
    name: str = "Tidy data",
    title: str = "",
) -> Any:
    """Adds the tidy table as a sheet, numbers as numbers; it is read back as it was."""
    sheet = book.create_sheet(name)
    row = _titled(sheet, title)
    header(sheet, tidy.NAMES, [column.wide for column in tidy.COLUMNS], row)
    sheet.freeze_panes = f"A{row + 1}"
    for number, figure in enumerate(figures, row + 1):
        texts = tidy.flagged_row(figure, flags).values()
        for at, (column, text) in enumerate(zip(tidy.COLUMNS, texts, strict=True), 1):
            cell = sheet.cell(number, at)
            if column.type in ("number", "integer") and text and len(text) < 15:
                value = Decimal(text)
                cell.value = int(value) if value == value.to_integral_value() else float(value)
                _, _, places = text.partition(".")
                dress(cell, right=True, code=f"0.{'0' * len(places)}" if places else "0")
            else:
                put(cell, tidy.neutral(text) if column.free else text)
    mark_table(sheet, "tidy_data", row=row, filters=True)
    return sheet
