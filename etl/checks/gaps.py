"""Months that a table or one of its rows lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from etl import periods
from etl.checks.book import Book, Line
from etl.checks.months import month_ends
from etl.checks.wording import listed, row
from etl.model import Finding, Observation, TableName

# A row printed for fewer of the months than this share is one that is printed now and then.
_REGULAR = 0.5
_COLUMNS = ("month", "financial_year_to_date")


def _name(end: date) -> str:
    return periods.months(end, end)


def _columns(book: Book) -> dict[TableName, list[tuple[Line, dict[date, Observation]]]]:
    """The rows of each monthly table with their cells by month, the ones without a value too.

    A table has the months that a publication prints: an officer's figures fill its gaps, and
    a month that holds these alone is still being filled in.
    """
    found: dict[TableName, list[tuple[Line, dict[date, Observation]]]] = defaultdict(list)
    printed: dict[TableName, set[date]] = defaultdict(set)
    for line in book.lines.values():
        if line.key.span not in _COLUMNS:
            continue
        cells: dict[TableName, dict[date, Observation]] = defaultdict(dict)
        for end, point in line.points.items():
            for version in point.versions:
                if version.table not in ("dfe", "stated"):
                    cells[version.revises][end] = version
                    if version.table != "officer":
                        printed[version.revises].add(end)
        for table, row_cells in cells.items():
            found[table].append((line, row_cells))
    return {table: _within(rows, printed[table]) for table, rows in found.items()}


def _within(
    rows: list[tuple[Line, dict[date, Observation]]], ends: set[date]
) -> list[tuple[Line, dict[date, Observation]]]:
    """The rows with their cells of these months; none without any."""
    kept = [(line, {end: cells[end] for end in cells if end in ends}) for line, cells in rows]
    return [(line, cells) for line, cells in kept if cells]


def months(book: Book) -> Iterator[Finding]:
    """Months that a table skips, months that a row lacks, and rows that end before the others."""
    if not book.own:
        return
    for table, rows in _columns(book).items():
        if not rows:
            continue
        ends = sorted({end for _, cells in rows for end in cells})
        yield from _skipped(table, rows, ends)
        yield from _gaps(book, rows, ends)
        yield from _early(book, rows, ends)


def _skipped(
    table: TableName, rows: list[tuple[Line, dict[date, Observation]]], ends: list[date]
) -> Iterator[Finding]:
    # A month that the table skips and an officer has filled can be seen all the same.
    filled = {
        end
        for line, _ in rows
        for end, point in line.points.items()
        if any(v.table == "officer" and v.revises == table for v in point.versions)
    }
    missing = [end for end in month_ends(ends[0], ends[-1]) if end not in filled | set(ends)]
    if not missing:
        return
    tables = [f for _, cells in rows for f in cells.values() if f.table != "officer"]
    last = max(tables, key=lambda f: (f.published, f.period.end))
    names = listed(_name(end) for end in missing)
    yield Finding(
        "months-skipped",
        "note",
        f"The table has no column for {names}; what happened then cannot be seen.",
        (f"{last.source or last.published.isoformat()}: the table's headings",),
    )


def _gaps(
    book: Book, rows: list[tuple[Line, dict[date, Observation]]], ends: list[date]
) -> Iterator[Finding]:
    """One note for all rows that lack the same months."""
    lacking: dict[str, list[dict[date, Observation]]] = defaultdict(list)
    for line, cells in rows:
        first, last = min(cells), max(cells)
        within = [end for end in ends if first <= end <= last]
        missing = [end for end in within if end not in cells and not _none(book, line, cells, end)]
        if not missing:
            continue
        if _now_and_then(cells, ends):
            held = listed(_name(end) for end in within if end in cells)
            lacking[f"printed only for {held}"].append(cells)
        else:
            names = listed(_name(end) for end in missing)
            lacking[f"without a figure for {names}, between months that have one"].append(cells)
    for what, found in lacking.items():
        names = listed(row(book, cells[max(cells)]) for cells in found)
        count = "A row is" if len(found) == 1 else f"{len(found)} rows are"
        lasts = [cells[max(cells)] for cells in found]
        yield book.finding("row-has-gap", f"{count} {what}: {names}.", [], *lasts)


def _now_and_then(cells: dict[date, Observation], ends: list[date]) -> bool:
    """Whether a row has gaps, and figures for fewer than half of the months since its first."""
    first, last = min(cells), max(cells)
    since = sum(end >= first for end in ends)
    gaps = len(cells) < sum(first <= end <= last for end in ends)
    return gaps and len(cells) < _REGULAR * since


def _none(book: Book, line: Line, cells: dict[date, Observation], end: date) -> bool:
    """Whether there was nothing to print an average of: its row of cases says none."""
    like = cells[max(cells)]
    of = line.cohort.share_of
    ref = line.cohort.denominator or (of.whole if of else None)
    cases = book.line(ref, line.key.span)
    found = cases.at(end, like) if cases else None
    return found is not None and found.value == 0


def _early(
    book: Book, rows: list[tuple[Line, dict[date, Observation]]], ends: list[date]
) -> Iterator[Finding]:
    """One note for all rows that end in the same month, however many they are."""
    by_end: dict[date, list[Observation]] = defaultdict(list)
    for line, cells in rows:
        last = max(cells)
        lacking = [end for end in ends if end > last and not _none(book, line, cells, end)]
        if lacking and not _now_and_then(cells, ends):
            by_end[last].append(cells[last])
    for last, figures in sorted(by_end.items()):
        number = "one row ends" if len(figures) == 1 else f"{len(figures)} rows end"
        names = listed(row(book, figure) for figure in figures)
        yield book.finding(
            "row-ends-early",
            f"In a table that goes on to {_name(ends[-1])}, {number} in {_name(last)}: {names}.",
            [],
            *figures,
        )
