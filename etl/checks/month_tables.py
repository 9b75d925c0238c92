"""The tables that print a column a month, laid out row by row for comparing their columns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from etl.checks.book import Book, Line
from etl.model import MeasureRef, Observation, TableName

_SPANS = ("month", "financial_year_to_date")


class Row(NamedTuple):
    """A row of the table: its cells by their month's last day.

    `derived` is a share that follows from counts in rows of their own: no evidence by itself.
    """

    line: Line
    cells: Mapping[date, Observation]
    derived: bool
    months_by_value: Mapping[Decimal | None, int]


def tables(book: Book) -> dict[TableName, list[Row]]:
    """The rows of each kind of table that prints months, in the order they are printed."""
    tables: dict[TableName, list[Row]] = defaultdict(list)
    for line in sorted(book.lines.values(), key=lambda line: (line.cohort.order, line.key)):
        if line.key.span not in _SPANS:
            continue
        for table, figures in line.tables.items():
            if table not in ("dfe", "stated"):
                cells = {figure.period.end: figure for figure in figures}
                values = Counter(figure.value for figure in figures)
                tables[table].append(Row(line, cells, _derived(book, line), values))
    return tables


def _derived(book: Book, line: Line) -> bool:
    """Whether the row's counts, or those of the same share on another basis, are printed."""
    ref = MeasureRef(line.key.measure, line.key.cohort)
    shares = [book.cohort(of).share_of for of in (ref, book.siblings.get(ref)) if of]
    return any(
        book.line(of.part, line.key.span) and book.line(of.whole, line.key.span)
        for of in shares
        if of
    )


def published(rows: Sequence[Row], end: date) -> date:
    """The newest publication that gives a cell of the month that ends on `end`."""
    return max(one.cells[end].published for one in rows if end in one.cells)
