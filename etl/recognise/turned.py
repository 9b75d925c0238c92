"""A table with months down its side and measures across -> the same with months across."""

from __future__ import annotations

from collections.abc import Sequence

from etl import periods
from etl.model import Cell, Finding, Table
from etl.recognise.doubts import warning
from etl.recognise.headers import Cells, header
from etl.recognise.labels import Labels
from etl.text.signs import squash

_SIDE = 2  # columns in which the months may stand
_LEAST = 2  # months that make a table
_MONTH = "Month"


def turned(
    tables: Sequence[Table], labels: Labels, *, exact: bool
) -> tuple[list[Table], list[Finding]]:
    """The tables, those with months down their side turned; what could not be.

    `exact` asks each row to have as many cells as the headings: of one that has not, a comma
    too many or too few may have moved every figure to the next measure.
    """
    found: list[Table] = []
    findings: list[Finding] = []
    for table in tables:
        side = None if table.hidden else _side(table.rows, labels)
        if side is None:
            found.append(table)
            continue
        at, column = side
        head, rows = table.rows[: at + 1], []
        width = len(head[-1])
        for row in table.rows[at + 1 :]:
            if not exact or len(row) == width or not any(cell.text for cell in row):
                rows.append(row)
                continue
            place = str(row[0].place)
            message = (
                f"{place}: the row {row[min(column, len(row) - 1)].text!r} has {len(row)} cells, "
                f"its headings {width}; nothing of it is read, since its figures may have moved."
            )
            findings.append(warning("row-width", message, place))
        found.append(Table(_across([*head, *rows], column), table.title, table.place))
    return found, findings


def _side(rows: Sequence[Cells], labels: Labels) -> tuple[int, int] | None:
    """The row of headings, and the column of months below it, if the table has these."""
    if any(header(row) for row in rows):
        return None
    for at, row in enumerate(rows):
        known = [n for n, cell in enumerate(row) if _known(cell, labels)]
        for column in range(min(_SIDE, known[0] if known else 0)):
            below = [one[column].text for one in rows[at + 1 :] if column < len(one)]
            if sum(periods.parse(text) is not None for text in below) >= _LEAST:
                return at, column
    return None


def _known(cell: Cell, labels: Labels) -> bool:
    """Whether a heading is a known row's label, its serial perhaps before it."""
    _, _, rest = cell.text.partition(" ")
    return any(squash(text) in labels.by_key for text in (cell.text, rest))


def _across(rows: Sequence[Cells], column: int) -> tuple[Cells, ...]:
    """The rows as columns, that of the months first; blank rows are left out."""
    kept = [row for row in rows if any(cell.text for cell in row)]
    width = max(map(len, kept))
    order = [column, *(n for n in range(width) if n != column)]
    turned = [
        tuple(row[n] if n < len(row) else Cell("", row[0].place) for row in kept) for n in order
    ]
    heads = turned[0]
    # Where only the labels stand above the months, the corner has no word that heads a table.
    first = heads[0] if heads[0].text else Cell(_MONTH, heads[0].place)
    return ((first, *heads[1:]), *turned[1:])
