"""What a workbook remembers of lists that are not on its sheets, for the guard to see.

A pivot table keeps the list it was counted from, and a link to another workbook the cells it
last saw there, long after both are gone from sight. ECMA-376 part 1, 18.10 and 18.14.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from xml.etree.ElementTree import Element

from etl.model import Cell, Place, Table
from etl.readers.unpack import Archive
from etl.readers.workbook import local

_PIVOT = re.compile(r"xl/pivotCache/pivotCacheDefinition(\d*)\.xml")
_LINK = re.compile(r"xl/externalLinks/externalLink(\d*)\.xml")
_SHOWN = 30  # values of a column that are looked at
_ELSEWHERE = "(kept elsewhere)"


def remembered(archive: Archive) -> Iterator[Table]:
    """The columns of pivot tables' lists and of linked workbooks, as hidden tables."""
    for entry in archive.entries:
        if found := _PIVOT.fullmatch(entry):
            columns = list(_fields(archive.xml(entry)))
            yield _table(f"the list of pivot table {found[1]}".strip(), columns)
        elif found := _LINK.fullmatch(entry):
            for sheet in _named(archive.xml(entry), "sheetData"):
                columns = list(_cells(sheet).values())
                yield _table(f"linked workbook {found[1]}".strip(), columns)


def _named(element: Element, name: str) -> Iterator[Element]:
    return (one for one in element.iter() if local(one) == name)


def _fields(root: Element) -> Iterator[list[str]]:
    """Each column of a pivot table's list: its name, then some of its values."""
    for field in _named(root, "cacheField"):
        values = [
            item.get("v", "")
            for shared in _named(field, "sharedItems")
            for item in list(shared)[:_SHOWN]
        ]
        yield [field.get("name", ""), *(value for value in values if value)] + (
            [] if any(values) else [_ELSEWHERE]
        )


def _cells(sheet: Element) -> dict[str, list[str]]:
    """The texts remembered of a linked sheet, by column."""
    columns: dict[str, list[str]] = {}
    for cell in _named(sheet, "cell"):
        column = re.sub("[0-9]", "", cell.get("r", ""))
        text = next((value.text or "" for value in cell if local(value) == "v"), "")
        if text and len(columns.setdefault(column, [])) < _SHOWN:
            columns[column].append(text)
    return columns


def _table(name: str, columns: list[list[str]]) -> Table:
    rows = zip_longest(*columns, fillvalue="")
    cells = tuple(
        tuple(
            Cell(" ".join(text.split()), Place(sheet=name, cell=f"column {column}"))
            for column, text in enumerate(row, 1)
        )
        for row in rows
    )
    return Table(cells, name, Place(sheet=name), hidden=True)
