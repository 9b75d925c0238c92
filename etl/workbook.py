"""Writing workbooks: text that nothing runs, numbers that show what was printed.

Follows the government's guidance on accessible spreadsheets (Analysis Function, "Releasing
statistics in spreadsheets"): a table a sheet from its first column, marked as a table, one
header row, no merged cells, no empty rows within it. The same content gives the same bytes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from copy import copy
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableColumn

from etl import atomic_write
from etl.readers.numberformat import shown

FONT = "Arial"
GREY, RULE, PALE = "595959", "B1B4B6", "E8E8E8"
_FIGURE = re.compile(
    r"(?P<number>(?P<grouped>[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"(?P<percent>%?)(?P<words>(?: [a-z]+){0,3})"
)
# What XML 1.0 cannot hold; openpyxl refuses it with an exception of its own.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_LONGEST = 32_767  # characters of one cell, Excel's limit

Sheet = Any
Cell = Any


def new() -> Any:
    """A workbook without sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    return book


def put(cell: Cell, text: str, **look: Any) -> Cell:
    """Text into a cell, as text whatever it begins with (`=`, `+`, `@`)."""
    cell.value = _FORBIDDEN.sub("", text)[:_LONGEST]
    quoted = cell.value[:1] in ("=", "+", "-", "@")
    if quoted:
        cell.data_type = "s"
    return dress(cell, quoted=quoted, **look)


def put_figure(cell: Cell, text: str, **look: Any) -> Cell:
    """A figure as printed: a number that shows just this where that can be, else the text."""
    found = _FIGURE.fullmatch(text)
    if found:
        value = Decimal(found["number"].replace(",", ""))
        value = value / 100 if found["percent"] else value
        _, _, places = found["number"].partition(".")
        code = "#,##0" if found["grouped"] else "0"
        code += f".{'0' * len(places)}" if places else ""
        code += found["percent"] + (f'"{found["words"]}"' if found["words"] else "")
        if len(found["number"]) < 15 and shown(str(float(value)), code) == text:
            whole = not places and not found["percent"]
            cell.value = int(value) if whole else float(value)
            return dress(cell, right=True, code=code, **look)
    return put(cell, text, right=True, **look)


class Look(NamedTuple):
    """How a cell looks. `open_` lets it be typed in where the sheet is protected."""

    bold: bool = False
    size: int = 11
    grey: bool = False
    fill: str = ""
    right: bool = False
    open_: bool = False
    boxed: bool = False
    code: str = "General"
    quoted: bool = False


# Styles are compared part by part when set; a look used before is copied by its numbers.
_LOOKS: WeakKeyDictionary[Any, dict[Look, Any]] = WeakKeyDictionary()


def dress(cell: Cell, **look: Any) -> Cell:
    """Gives a cell the look named by the fields of `Look`."""
    wanted = Look(**look)
    known = _LOOKS.setdefault(cell.parent.parent, {})
    if wanted in known:
        cell._style = copy(known[wanted])
        return cell
    colour = GREY if wanted.grey else "0B0C0C"
    cell.font = Font(name=FONT, size=wanted.size, bold=wanted.bold, color=colour)
    side = "right" if wanted.right else None
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=side)
    cell.number_format = wanted.code
    if wanted.quoted:
        cell.quotePrefix = True
    if wanted.fill:
        cell.fill = PatternFill("solid", start_color=wanted.fill)
    if wanted.boxed:
        line = Side("thin", color=RULE)
        cell.border = Border(line, line, line, line)
    if wanted.open_:
        cell.protection = Protection(locked=False)
    known[wanted] = copy(cell._style)
    return cell


def header(sheet: Sheet, names: Sequence[str], widths: Sequence[float], row: int = 1) -> None:
    """The header row of a sheet's table, which stays in view, and the columns' widths."""
    for column, name in enumerate(names, 1):
        put(sheet.cell(row, column), name, bold=True, fill=PALE, boxed=True)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.print_title_rows = f"{row}:{row}"
    _one_page_wide(sheet)


def _one_page_wide(sheet: Sheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def mark_table(sheet: Sheet, name: str, *, row: int = 1, filters: bool = False) -> None:
    """Marks what stands from the header at `row` to the last cell as the sheet's table.

    The header's texts must differ from each other (Excel repairs the file else).
    """
    names = [cell.value for cell in sheet[row] if cell.value]
    assert len({text.casefold() for text in names}) == len(names), names
    last = max(sheet.max_row, row + 1)
    reference = f"A{row}:{get_column_letter(len(names))}{last}"
    table = Table(displayName=name, ref=reference)
    table._initialise_columns()
    if not filters:
        table.autoFilter = None
    for column, text in zip(table.tableColumns, names, strict=True):
        assert isinstance(column, TableColumn)
        column.name = text
    sheet.add_table(table)
    fit(sheet)


def fit(sheet: Sheet) -> None:
    """Rows as high as their wrapped text, which not every program works out by itself."""
    widths = {
        at: sheet.column_dimensions[get_column_letter(at)].width
        for at in range(1, sheet.max_column + 1)
    }
    letters: dict[tuple[int, int], int] = {}  # of a line, by column and font
    for row in sheet.iter_rows():
        lines = 1
        for cell in row:
            text = cell.value
            if not isinstance(text, str):
                continue
            kind = (cell.column, cell._style.fontId)
            if kind not in letters:
                size = cell.font.sz or 11
                letters[kind] = int(max(1.0, (widths[cell.column] - 1) * 11 / size))
            written = text.splitlines()
            if len(text) > letters[kind] or len(written) > 1:
                lines = max(lines, sum(-(-len(line) // letters[kind]) for line in written))
        sheet.row_dimensions[row[0].row].height = 15.0 * lines + 1


def prose(book: Any, name: str, lines: Iterable[tuple[str, ...]], *, width: float = 90) -> Sheet:
    """A sheet of words, its first line the heading; a line's further texts stand beside."""
    sheet = book.create_sheet(name)
    for row, texts in enumerate(lines, 1):
        for column, text in enumerate(texts, 1):
            put(sheet.cell(row, column), text, bold=row == 1, size=14 if row == 1 else 11)
    sheet.column_dimensions["A"].width = width
    fit(sheet)
    _one_page_wide(sheet)
    return sheet


def content(book: Any) -> bytes:
    """The workbook as a file's bytes: no time of writing in them."""
    written, again = BytesIO(), BytesIO()
    book.save(written)
    with (
        zipfile.ZipFile(written) as old,
        zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as fresh,
    ):
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", data)
            fresh.writestr(zipfile.ZipInfo(entry.filename), data, zipfile.ZIP_DEFLATED)
    return again.getvalue()


def save(book: Any, path: Path) -> None:
    """Writes the workbook, whole or not at all. UserError where it cannot be written."""
    atomic_write.write(path, content(book))
