"""An .xlsx workbook -> a Document: a table a sheet, each cell as the sheet shows it.

A formula counts by its saved value. Cells that only merging makes empty stay empty, but
for a label that is merged over several rows. Hidden rows and columns are read and said;
hidden sheets are given as hidden tables, which are not recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

from etl.model import Cell, Document, Finding, Place, Source, Table, UserError
from etl.readers import properties, unpack, workbook
from etl.readers.heading import days
from etl.readers.merging import OVER_COLUMNS, over_headings
from etl.readers.numberformat import day, ends_month, is_date, shown
from etl.readers.unpack import Archive
from etl.readers.workbook import Hidden, Sheet, Workbook, whole
from etl.readers.workbook_caches import remembered
from etl.text.signs import cleaned

MAX_CELLS = 400_000  # filled cells of one sheet; all of DfE's figures in one take 180,000
MAX_ROWS = 1_048_576  # Excel's own limit
_MAX_MERGED = 60  # rows that one label is written beside
_FRONT = 30  # rows in which a sheet may say when its meeting is

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ISO = re.compile(r"(?P<year>20[0-9]{2})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])\b")
_DAY_FIRST = re.compile(r"(?P<day>[0-3]?[0-9])/(?P<month>[01]?[0-9])/(?P<year>20[0-9]{2})\b")
_MEETING = re.compile(
    r"(?:date of (?:the )?meeting|meeting(?: date)?|published(?: on)?)\b\W*", re.I
)


def letters(column: int) -> str:
    """A column's name: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _position(reference: str | None) -> tuple[int, int] | None:
    """Row and column of "F12"."""
    found = _REFERENCE.fullmatch(reference or "")
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


@dataclass
class _Grid:
    """A sheet while it is read: its filled cells, and what is merged and hidden."""

    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    bare: dict[int, dict[int, str]] = field(default_factory=dict)  # numbers not shown as dates
    merged: list[tuple[int, int, int]] = field(default_factory=list)  # column, first, last row
    wide: list[tuple[int, int, int]] = field(default_factory=list)  # row, first, last column
    hidden: Hidden = field(default_factory=Hidden)
    running: list[str] = field(default_factory=list)  # headers and footers of printed pages

    def put(self, row: int, column: int, cell: Cell) -> None:
        self.rows.setdefault(row, {})[column] = cell


def _cell(element: Element, book: Workbook) -> tuple[str, str, str]:
    """A cell's text, what is wrong with it, and the number in it if no format makes it a date."""
    kind = element.get("t", "n")
    parts = {workbook.local(child): child for child in element}
    value = parts["v"].text or "" if "v" in parts else ""
    if "f" in parts and not value and kind != "str":
        return "", "it is a formula of which the file holds no result; open and save it", ""
    if kind == "e":
        return value, f"it shows the error {value}", ""
    if kind == "s":
        index = whole(value)
        if index is None or index >= len(book.texts):
            return "", "" if not value else "the file is damaged here", ""
        return cleaned(book.texts[index]), "", ""
    if kind == "inlineStr":
        return (cleaned(workbook.texts_in(parts["is"])) if "is" in parts else ""), "", ""
    if kind == "b":
        return ("TRUE" if value.strip() == "1" else "FALSE"), "", ""
    if kind == "d":
        return value.strip()[:10], "", ""
    if kind == "str" or not value.strip():
        return cleaned(value), "", ""
    style = whole(element.get("s", "0")) or 0
    code = book.formats[style] if style < len(book.formats) else "General"
    try:
        return cleaned(shown(value, code, book.epoch)), "", "" if is_date(code) else value
    except (ValueError, ArithmeticError):
        return cleaned(value), "the file is damaged here", ""


def _read_row(element: Element, book: Workbook, sheet: Sheet, row: int, grid: _Grid) -> int:
    """Puts a row's filled cells into the grid; how many there were."""
    column = count = 0
    for child in element:
        if workbook.local(child) != "c":
            continue
        position = _position(child.get("r"))
        column = position[1] if position else column + 1
        text, problem, bare = _cell(child, book)
        if text or problem:
            count += 1
            place = Place(sheet=sheet.name, cell=f"{letters(column)}{row}")
            grid.put(row, column, Cell(text, place, problem))
            if bare:
                grid.bare.setdefault(row, {})[column] = bare
    return count


def _grid(archive: Archive, book: Workbook, sheet: Sheet) -> _Grid:
    grid, row, count = _Grid(), 0, 0
    for element in workbook.elements(archive, sheet, grid.hidden):
        if workbook.local(element) == "row":
            row = whole(element.get("r")) or row + 1
            count += _read_row(element, book, sheet, row, grid)
            if count > MAX_CELLS or row > MAX_ROWS:
                raise UserError(
                    f"{archive.name}: sheet {sheet.name} has more than {MAX_CELLS:,} filled "
                    f"cells or {MAX_ROWS:,} rows; a table of figures has far fewer"
                )
            continue
        if workbook.local(element) != "mergeCell":
            grid.running += properties.printed(element.text or "")
            continue
        first, _, last = element.get("ref", "").partition(":")
        top, bottom = _position(first), _position(last)
        if top and bottom and bottom[0] > top[0]:
            grid.merged.append((top[1], top[0], bottom[0]))
        if top and bottom and bottom[1] > top[1]:
            grid.wide.append((top[0], top[1], bottom[1]))
    return grid


def _fill_labels(grid: _Grid) -> None:
    """Writes a label or serial that is merged over rows beside each of them.

    Only in the first two columns in use: a figure belongs to one row and one month.
    """
    used = sorted({column for cells in grid.rows.values() for column in cells})[:2]
    for column, first, last in grid.merged:
        label = grid.rows.get(first, {}).get(column)
        if column in used and label is not None:
            for row in range(first + 1, min(last, first + _MAX_MERGED) + 1):
                if row in grid.rows:
                    grid.rows[row].setdefault(column, label)


def _doubt_wide(grid: _Grid) -> None:
    """Marks each text merged over columns that have headings of their own: which is it for?"""
    for row, first, last in grid.wide:
        cell = grid.rows.get(row, {}).get(first)
        heads = (
            [column for column in cells if first <= column <= last and cells[column].text]
            for above, cells in grid.rows.items()
            if above < row
        )
        if cell is None:
            continue
        doubt = OVER_COLUMNS if over_headings(cell.text, heads) else ""
        grid.put(
            row,
            first,
            replace(cell, problem=cell.problem or doubt, wide=last - first + 1),
        )


def _date_unformatted_months(grid: _Grid, epoch: date) -> None:
    """A row of bare numbers that are dates in rising order is the header without its format,
    or under one of numbers.

    All of them must be the first or last day of a month, between 2010 and 2059, at least
    two, and most with nothing above them: no row of figures under its headings is like that.
    """
    headed: set[int] = set()
    for row in sorted(grid.rows):
        numbers = grid.bare.get(row, {})
        above = len(headed.intersection(numbers))
        headed.update(column for column, cell in grid.rows[row].items() if cell.text)
        if not numbers or above * 2 > len(numbers):
            continue
        days = []
        for text in numbers.values():
            try:
                days.append(day(Decimal(text), epoch))
            except InvalidOperation:
                break
        found = [one for one in days if one and 2010 <= one.year < 2060 and ends_month(one)]
        if len(found) == len(numbers) >= 2 and found == sorted(set(found)):
            for column, one in zip(numbers, found, strict=True):
                grid.put(row, column, replace(grid.rows[row][column], text=one.isoformat()))


def _lines(grid: _Grid, sheet: Sheet, name: str) -> Iterator[tuple[Cell, ...]]:
    """The filled rows, each from column A to its last cell; an empty one for any gap."""
    size = sum(max(cells) for cells in grid.rows.values())
    if size > 4 * MAX_CELLS:
        raise UserError(f"{name}: sheet {sheet.name} has cells too far to the right to be read")
    before = 0
    for row in sorted(grid.rows):
        if before and row > before + 1:
            yield ()
        before, cells = row, grid.rows[row]
        yield tuple(
            cells.get(column) or Cell("", Place(sheet=sheet.name, cell=f"{letters(column)}{row}"))
            for column in range(1, max(cells) + 1)
        )


def _unseen(grid: _Grid, sheet: Sheet, name: str) -> list[Finding]:
    """What is hidden on a sheet that shows, and has something in it."""
    rows = sorted(row for row in grid.hidden.rows if row in grid.rows)
    used = {column for cells in grid.rows.values() for column in cells}
    columns = sorted(column for column in used if any(column in r for r in grid.hidden.columns))
    found = []
    for what, names in (
        ("rows", [str(row) for row in rows]),
        ("columns", [letters(column) for column in columns]),
    ):
        if names:
            listed = ", ".join(names[:12]) + (f" and {len(names) - 12} more" if names[12:] else "")
            message = f"{name}: sheet {sheet.name}: hidden {what} were read too: {listed}."
            found.append(Finding("hidden-cells", "note", message, (f"sheet {sheet.name}",)))
    return found


def _published(tables: list[Table]) -> date | None:
    """The meeting's date where a visible sheet's first rows say it, all alike; else None."""
    found: set[date] = set()
    for table in tables:
        for row in () if table.hidden else table.rows[:_FRONT]:
            texts = [cell.text for cell in row if cell.text]
            for text, following in pairwise([*texts, ""]):
                if said := _MEETING.match(text):
                    found.update(_days(text[said.end() :]) or _days(following))
    return found.pop() if len(found) == 1 else None


def _days(text: str) -> list[date]:
    """The days that a text names: 2022-03-18, 18/03/2022 or 18 March 2022."""
    numbers = _ISO.match(text) or _DAY_FIRST.match(text)
    if numbers is None:
        return days(text)
    try:
        return [date(int(numbers["year"]), int(numbers["month"]), int(numbers["day"]))]
    except ValueError:
        return []


def read(path: Path, source: Source) -> Document:
    """A workbook's sheets as tables, titled with the sheet's name; cells say `Appendix 1!F12`.

    Raises UserError for a file that is damaged, locked, too large (the limits stand in
    `unpack` and above) or empty.
    """
    if wrong := unpack.unsuitable(path, source.name):
        raise UserError(f"{source.name}: {wrong}")
    tables, findings = [], []
    running: list[str] = []
    with unpack.opened(path, source.name) as archive:
        book = workbook.opened(archive)
        for sheet in book.sheets:
            grid = _grid(archive, book, sheet)
            if not grid.rows:
                continue
            _fill_labels(grid)
            _doubt_wide(grid)
            _date_unformatted_months(grid, book.epoch)
            rows = tuple(_lines(grid, sheet, source.name))
            tables.append(Table(rows, sheet.name, Place(sheet=sheet.name), sheet.hidden))
            if sheet.hidden:
                message = f"{source.name}: sheet {sheet.name} is hidden and was not read."
                findings.append(Finding("hidden-sheet", "note", message, (f"sheet {sheet.name}",)))
            else:
                findings += _unseen(grid, sheet, source.name)
                running += grid.running
        if not tables:
            raise UserError(f"{source.name}: the workbook is empty")
        tables += remembered(archive)
        said = properties.of_office(archive)
    published = source.published or _published(tables)
    return Document(
        replace(source, published=published),
        tuple(tables),
        findings=tuple(findings),
        running=tuple(Cell(text) for text in dict.fromkeys(running)),
        properties=said,
    )
