"""Scorecards as workbooks and as Word documents."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.enum.section import WD_ORIENT
from docx.shared import Inches
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from spec import ABOVE, LEFT, RAISED, Scorecard, Table, Text

Note = Callable[..., None]
STAMP = "2025-01-15T09:00:00Z"  # the same in every file, so that a file is the same twice
MONTH = re.compile(r"^[A-Z][a-z]{2}-\d\d$")


def repack(path: Path) -> None:
    """Take the hour of writing out of an office file."""
    with zipfile.ZipFile(path) as old:
        parts = [(name, old.read(name)) for name in old.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts:
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", STAMP.encode(), content)
            entry = zipfile.ZipInfo(name, (2025, 1, 15, 9, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)


def _merges(rows: list[list[str]]) -> Iterator[tuple[int, int, int, int]]:
    """Top, left, bottom, right of each merged cell."""
    for top, cells in enumerate(rows):
        for left, cell in enumerate(cells):
            if cell in (LEFT, ABOVE):
                continue
            right, bottom = left, top
            while right + 1 < len(cells) and cells[right + 1] == LEFT:
                right += 1
            while bottom + 1 < len(rows) and rows[bottom + 1][left] == ABOVE:
                bottom += 1
            if (right, bottom) != (left, top):
                yield top, left, bottom, right


def _value(text: str, native: bool, heading: bool) -> tuple[object, str]:
    """A cell as a workbook holds it, and its number format."""
    if RAISED.search(text):
        before, mark = RAISED.sub("", text), RAISED.search(text)
        assert mark
        raised = TextBlock(InlineFont(vertAlign="superscript"), mark[1])
        return CellRichText(before, raised), "General"
    if not native:
        return text, "@"
    if heading and MONTH.match(text):
        return datetime.strptime(text, "%b-%y"), "mmm-yy"
    if match := re.match(r"^(\d+)(\.\d+)?%$", text):
        places = "." + "0" * (len(match[2]) - 1) if match[2] else ""
        return round(float(text[:-1]) / 100, 6), f"0{places}%"
    if re.match(r"^[\d,]+$", text) and not heading:
        return int(text.replace(",", "")), "#,##0" if "," in text else "0"
    if match := re.match(r"^\d+\.(\d+)$", text):
        return float(text), "0." + "0" * len(match[1])
    return text, "General"


def _fit(sheet: Any) -> None:
    """Columns as wide as what stands below their headings; one page wide in print."""
    for cells in sheet.iter_cols():
        longest = max((len(str(cell.value or "")) for cell in cells if cell.row > 1), default=0)
        letter = get_column_letter(cells[0].column)
        width = min(max(longest + 2, 9), 56 if letter in "AB" else 14)
        sheet.column_dimensions[letter].width = width
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0


def workbook(card: Scorecard, path: Path, note: Note) -> None:
    """One sheet a part; style `native` keeps percents, numbers and months as Excel's own."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    native = card.style == "native"
    for part in card.parts:
        sheet = book.create_sheet(part.name)
        at = 1

        def put(line: str, bold: bool, sheet: Any = sheet) -> None:
            nonlocal at
            cell = sheet.cell(at, 1, _value(line, False, True)[0])
            cell.font = Font(bold=bold)
            at += 1

        for item in part.items:
            if isinstance(item, Text):
                for index, line in enumerate(item.lines):
                    note(item, index, None, f"{part.name}!A{at}", line)
                    put(line, item.large)
                at += 1
                continue
            for line in item.caption:
                put(line, True)
            rows = item.head + [line.cells for line in item.rows]
            for top, cells in enumerate(rows):
                for left, text in enumerate(cells):
                    if text in ("", LEFT, ABOVE):
                        continue
                    value, shape = _value(text, native, top < len(item.head))
                    cell = sheet.cell(at + top, left + 1, value)
                    cell.number_format = shape
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
                    if top < len(item.head):
                        cell.font = Font(bold=True)
                        cell.fill = PatternFill("solid", fgColor="D9E1F2")
                    else:
                        where = f"{part.name}!{get_column_letter(left + 1)}{at + top}"
                        note(item, top - len(item.head), left, where, text)
            for top, left, bottom, right in _merges(rows):
                sheet.merge_cells(
                    start_row=at + top,
                    start_column=left + 1,
                    end_row=at + bottom,
                    end_column=right + 1,
                )
            at += len(rows)
            for line in item.notes:
                put(line, False)
            at += 1
        _fit(sheet)
    book.save(path)
    repack(path)


def _write(paragraph: Any, text: str, bold: bool = False) -> None:
    """Text with raised marks into a paragraph."""
    for number, piece in enumerate(RAISED.split(text)):
        if piece:
            run = paragraph.add_run(piece)
            run.bold = bold
            run.font.superscript = bool(number % 2)


def word(card: Scorecard, path: Path, note: Note) -> None:
    """One section; tables ruled or not."""
    document = docx.Document()
    section = document.sections[0]
    if card.parts[0].landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    tables = paragraphs = 0

    def line_of(text: str, bold: bool) -> int:
        nonlocal paragraphs
        paragraphs += 1
        _write(document.add_paragraph(), text, bold)
        return paragraphs

    for item in card.parts[0].items:
        if isinstance(item, Text):
            for index, line in enumerate(item.lines):
                count = line_of(line, item.large)
                note(item, index, None, f"paragraph {count}", line)
            continue
        tables += 1
        for line in item.caption:
            line_of(line, True)
        _word_table(document, item, tables, note)
        for line in item.notes:
            line_of(line, False)
    document.save(str(path))
    repack(path)


def _word_table(document: Any, item: Table, count: int, note: Note) -> None:
    rows = item.head + [line.cells for line in item.rows]
    table = document.add_table(len(rows), len(rows[0]))
    table.style = "Table Grid" if item.ruled else "Normal Table"
    table.autofit = False
    width = document.sections[0].page_width - Inches(2.5)
    shares = item.widths or [2.5] + [1.0] * (len(rows[0]) - 1)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = int(width * share / sum(shares))
        for cell in column.cells:
            cell.width = column.width
    for top, left, bottom, right in _merges(rows):
        table.cell(top, left).merge(table.cell(bottom, right))
    for top, cells in enumerate(rows):
        for left, text in enumerate(cells):
            if text in (LEFT, ABOVE):
                continue
            _write(table.cell(top, left).paragraphs[0], text, top < len(item.head))
            if top >= len(item.head):
                where = f"table {count}, row {top + 1}, column {left + 1}"
                note(item, top - len(item.head), left, where, text)
