"""Every word that says what a table's figures are, destroyed one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from etl import cells
from etl.model import Cell, Document, Reading, Table

DESTROYED = "Zzyqx"


def documents(document: Document) -> Iterator[tuple[str, Document]]:
    """Each damage in words, and the document with it: a cell of words, a line above a table, a
    sheet's name. Figures stay as they are."""
    for number, table in enumerate(document.tables):
        for what, damaged in tables(table):
            others = list(document.tables)
            others[number] = damaged
            yield f"table {number + 1}: {what}", replace(document, tables=tuple(others))


def tables(table: Table) -> Iterator[tuple[str, Table]]:
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            if cell.text and not _figure(cell.text):
                yield f"{cell.place}: {cell.text!r}", _with(table, r, c, DESTROYED)
    for at, line in enumerate(table.above):
        if line.strip():
            above = (*table.above[:at], DESTROYED, *table.above[at + 1 :])
            title = DESTROYED if table.title == line else table.title
            yield f"above: {line!r}", replace(table, above=above, title=title)
    if table.place.sheet:
        yield f"sheet {table.place.sheet!r}", _renamed(table)


def _figure(text: str) -> bool:
    """Whether a cell is a figure; a year that heads a column is none."""
    year = len(text) == 4 and text.startswith("20")
    return isinstance(cells.parse(text), Reading) and not year


def _with(table: Table, r: int, c: int, text: str) -> Table:
    row = table.rows[r]
    damaged = (*row[:c], replace(row[c], text=text), *row[c + 1 :])
    return replace(table, rows=(*table.rows[:r], damaged, *table.rows[r + 1 :]))


def _renamed(table: Table) -> Table:
    def moved(cell: Cell) -> Cell:
        return replace(cell, place=replace(cell.place, sheet=DESTROYED))

    rows = tuple(tuple(moved(cell) for cell in row) for row in table.rows)
    place = replace(table.place, sheet=DESTROYED)
    return replace(table, rows=rows, title=DESTROYED, place=place)
