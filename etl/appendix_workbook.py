"""Sheets of figures for workbooks that are given out: Appendix 1, and the tidy table."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from etl import appendix, tidy
from etl.appendix import Grid
from etl.model import Observation
from etl.workbook import dress, header, mark_table, put, put_figure

_WIDE = {"measure": 40, "source": 40, "locator": 36, "raw": 24, "note": 16}
_NUMBERS = ("value", "sample_size")


def add_appendix(book: Any, table: Grid, name: str = "Appendix 1") -> Any:
    """Adds the committee's table as a sheet; importing it gives the same figures back."""
    sheet = book.create_sheet(name)
    lines = list(appendix.texts(table))
    header(sheet, lines[0], (8, 60, *[14] * len(table.months)))
    sheet.freeze_panes = "C2"
    for number, texts in enumerate(lines[1:], 2):
        for column, text in enumerate(texts, 1):
            (put if column < 3 else put_figure)(sheet.cell(number, column), text, boxed=True)
    mark_table(sheet, "appendix_1")
    return sheet


def add_tidy(book: Any, figures: Iterable[Observation], name: str = "Tidy data") -> Any:
    """Adds the tidy table as a sheet, numbers as numbers; it is read back as it was."""
    sheet = book.create_sheet(name)
    header(sheet, tidy.NAMES, [_WIDE.get(column, 14) for column in tidy.NAMES])
    sheet.freeze_panes = "A2"
    for number, figure in enumerate(figures, 2):
        for column, (field, text) in enumerate(tidy.row(figure).items(), 1):
            cell = sheet.cell(number, column)
            if field in _NUMBERS and text and len(text) < 15:
                value = Decimal(text)
                cell.value = int(value) if value == value.to_integral_value() else float(value)
                _, _, places = text.partition(".")
                dress(cell, right=True, code=f"0.{'0' * len(places)}" if places else "0")
            else:
                put(cell, tidy.neutral(text) if field in tidy.TEXT else text)
    mark_table(sheet, "tidy_data", filters=True)
    return sheet
