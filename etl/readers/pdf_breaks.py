"""Tables that run over several pages: rows that a page break cut are put together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.readers.pdf_grid import Grid, Printed
from etl.readers.pdf_headings import is_month

_SAME = 3.0  # points within which two columns' edges are the same
# A figure that lacks nothing; of one cell there cannot be two of them.
_COMPLETE = re.compile(r"\d[\d,.]*\s*(%|days)?|nil", re.IGNORECASE)
_HEADING = 3  # rows that a heading may take: years, quarters, months
_CUT = "a page break may have cut this row in two"


def _same_columns(one: Grid, two: Grid) -> bool:
    """Whether two grids have the same columns, wherever on the page they stand."""
    if len(one.edges) != len(two.edges):
        return False
    # The edges of an unruled table are where each page's own cells leave them.
    if one.heads and len(one.heads) == len(two.heads):
        apart = two.heads[0] - one.heads[0]
        return all(abs(a + apart - b) <= _SAME for a, b in zip(one.heads, two.heads, strict=True))
    shift = two.edges[0] - one.edges[0]
    return all(
        abs(a + shift - b) <= _SAME for a, b in zip(one.edges, two.edges, strict=True)
    ) and abs(one.right + shift - two.right) <= max(_SAME, 0.02 * one.right)


def _is_header(at: int, row: Sequence[Printed], start: Grid) -> bool:
    """Whether a page's row number `at` repeats the heading with which the table starts."""
    texts = [cell.text for cell in row]
    same = start.rows[at] if at < min(_HEADING, len(start.rows)) else []
    return sum(map(is_month, texts)) >= 2 or texts == [cell.text for cell in same]


def _head_rows(grid: Grid) -> int:
    """How many rows a table's heading takes: "Measure Description" may go on below it."""
    rows = grid.rows[1:_HEADING]
    return 1 + next((n for n, row in enumerate(rows) if any(c.text for c in row[2:])), 0)


def _joined(cell: Printed, rest: Printed) -> Printed:
    return Printed([*cell.lines, *rest.lines], cell.problem or rest.problem)


def _doubted(row: list[Printed]) -> list[Printed]:
    return [
        Printed(cell.lines, cell.problem or _CUT) if cell.text and n else cell
        for n, cell in enumerate(row)
    ]


def join(grids: Sequence[Grid]) -> list[Grid]:
    """The same grids in order, each row that a page break cut joined on its first page.

    A page's first row without serial and label is the rest of the row before: certain.
    One without serial only is, if no other row of the table lacks its serial. Else, and
    where both rows hold whole figures in one column, both are marked as doubtful. The grids
    themselves are changed.
    """
    start: Grid | None = None
    before: Grid | None = None
    holder: Grid | None = None  # where the row printed last is kept
    serials_missing = False
    for grid in grids:
        continues = (
            before is not None
            and before.page == grid.page - 1
            and before.last
            and grid.first
            and _same_columns(before, grid)
        )
        if not continues or start is None or holder is None:
            start, holder, serials_missing = grid, grid, False
            rows = grid.rows[_head_rows(grid) :]
        else:
            rows = _mend(start, holder, grid, serials_missing)
            holder = grid if rows else holder
        serials_missing = serials_missing or any(
            not row[0].text and any(cell.text for cell in row) for row in rows
        )
        before = grid
    return [grid for grid in grids if grid.rows]


def _mend(start: Grid, holder: Grid, grid: Grid, serials_missing: bool) -> list[list[Printed]]:
    """Joins the grid's first row to the holder's last where it is the rest of it.

    What is left of the grid's rows, its repeated heading not counted.
    """
    header = start.rows[0]
    rows = enumerate(grid.rows)
    at = next((n for n, row in rows if not _is_header(n, row, start)), None)
    if at is None:
        return []
    row, above = grid.rows[at], holder.rows[-1]
    rest = not row[0].text and len(row) >= 3 and any(cell.text for cell in row)
    if not rest or above is header:
        return grid.rows[at:]
    two_rows = any(
        _COMPLETE.fullmatch(a.text) and _COMPLETE.fullmatch(b.text)
        for a, b in zip(above, row, strict=True)
    )
    if two_rows or (row[1].text and serials_missing):
        holder.rows[-1], grid.rows[at] = _doubted(above), _doubted(row)
        return grid.rows[at:]
    holder.rows[-1] = [_joined(a, b) for a, b in zip(above, row, strict=True)]
    del grid.rows[at]
    return grid.rows[at:]
