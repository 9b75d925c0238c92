"""A row of bare months under (or over) a row of years -> one heading row with both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from etl import periods
from etl.model import Cell

Cells = tuple[Cell, ...]

_BANDS = 2  # rows above one of bare months in which their years may stand
NO_YEAR = "(of which year?)"  # what no heading says; it keeps a month from being understood
_LEAST = 2  # months that make a row a heading
_BARE = re.compile(rf"({periods.MONTH_NAME})\.?", re.IGNORECASE)
_YEAR = re.compile(
    r"(?:(?P<kind>calendar|financial|fiscal|fy|academic|school)?\s*+(?:years?)?\W*+)"
    r"(?P<first>20[0-9]{2})(?:\s*[-/\u2013]\s*(?P<last>(?:20)?[0-9]{2}))?",
    re.IGNORECASE,
)
# The month in which a year written "2021/22" begins.
_BEGINS = {"financial": 4, "fiscal": 4, "fy": 4, "academic": 9, "school": 9}


def heading(above: Sequence[Cells], row: Cells, below: Cells | None) -> tuple[Cells, int] | None:
    """The row with the years that stand over its months, or None; and how many rows to take.

    A year holds for its own column and the empty ones after it, as a merged cell is given.
    The months must then run forwards (or backwards) in time throughout: where they do not,
    or where "2021/22" could be a financial or a school year, nobody can tell which year is
    meant. The number is of the rows of `above` that belong to the heading, -1 for `below`.
    """
    months = {at: found for at, cell in enumerate(row) if (found := _month(cell.text))}
    if len(months) < _LEAST or any(periods.parse(cell.text) for cell in row):
        return None
    for count, years in [*enumerate(reversed(above), 1), *([(-1, below)] if below else [])]:
        if (dated := _dated(months, years)) is None:
            continue
        return tuple(_joined(at, cell, years, dated) for at, cell in enumerate(row)), count
    return None


def _month(text: str) -> int | None:
    """1 to 12 for a cell that holds a month's name and nothing else."""
    return periods.month_number(text) if _BARE.fullmatch(text.strip()) else None


def _joined(at: int, cell: Cell, years: Cells, dated: dict[int, int]) -> Cell:
    if at in dated:
        return replace(cell, text=f"{cell.text.strip()} {dated[at]}")
    beside = years[at].text if at < len(years) else ""
    return replace(cell, text=beside) if not cell.text and at < min(dated) else cell


def _dated(months: dict[int, int], years: Cells) -> dict[int, int] | None:
    """The year of each month by its column, where there is one way to tell."""
    over: dict[int, re.Match[str]] = {}
    for at in months:
        filled = next((n for n in range(min(at, len(years) - 1), -1, -1) if years[n].text), None)
        found = _YEAR.fullmatch(years[filled].text.strip()) if filled is not None else None
        if found is None:
            return None
        over[at] = found
    ways = {
        tuple(_year(over[at], number, begins) for at, number in months.items())
        for begins in (4, 9)
        if all(_BEGINS.get((one["kind"] or "").lower(), begins) == begins for one in over.values())
    }
    kept = [way for way in ways if _runs(list(zip(way, months.values(), strict=True)))]
    if len(kept) > 1:  # of "2021/22" that way of which no month is missing
        kept = [way for way in kept if _unbroken(list(zip(way, months.values(), strict=True)))]
    return dict(zip(months, kept[0], strict=True)) if len(kept) == 1 else None


def _year(printed: re.Match[str], number: int, begins: int) -> int:
    """The calendar year of a month under a printed year that begins in the month `begins`."""
    first = int(printed["first"])
    kind = (printed["kind"] or "").lower()
    if printed["last"] is None:
        # "Financial year 2021" does not say which of its years it names.
        return 0 if kind in _BEGINS else first
    whole = int(printed["last"]) % 100 == (first + 1) % 100
    return (first if number >= begins else first + 1) if whole else 0


def _unbroken(days: list[tuple[int, int]]) -> bool:
    counted = [year * 12 + number for year, number in days]
    return {abs(b - a) for a, b in pairwise(counted)} == {1}


def _runs(days: list[tuple[int, int]]) -> bool:
    if any(year == 0 for year, _ in days):
        return False
    rising = all(a < b for a, b in pairwise(days))
    return rising or all(a > b for a, b in pairwise(days))


def closed(rows: Sequence[Cells]) -> list[Cells]:
    """The rows, bare months with the years that stand over or under them, in one row."""
    found: list[Cells] = []
    under = False
    for row, below in zip_longest(rows, rows[1:]):
        if under:
            under = False
            continue
        dated = heading(found[-_BANDS:], row, below)
        if dated is None:
            found.append(_undated(row) if _parted(found[-_BANDS:], row, below) else row)
            continue
        joined, taken = dated
        del found[len(found) - max(taken, 0) :]
        found.append(joined)
        under = taken < 0
    return found


def _parted(above: Sequence[Cells], row: Cells, below: Cells | None) -> bool:
    """Whether bare months stand beside a row of years of which nobody can tell whose they are."""
    if sum(_month(cell.text) is not None for cell in row) < _LEAST:
        return False
    years = (cell for one in (*above, below or ()) for cell in one)
    return any(_YEAR.fullmatch(cell.text.strip()) for cell in years)


def _undated(row: Cells) -> Cells:
    """The row with its months marked, so that no part of them is read."""
    return tuple(
        replace(cell, text=f"{cell.text} {NO_YEAR}") if _month(cell.text) else cell for cell in row
    )
