"""A figure on its own: what no figure of its unit can be, and how it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

from etl.checks.book import Book
from etl.checks.wording import month, printed, subject, token, when, worked_out
from etl.model import Finding, Observation
from etl.periods import day
from etl.text.numbers import half_place

_BARE = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_WEEKS = re.compile(r"(?<!\d)(\d+(?:\.\d+)?)\s*weeks?\b", re.IGNORECASE)
_DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_DAYS_A_WEEK = 7


def below_zero(book: Book) -> Iterator[Finding]:
    """Counts, days and weeks below zero."""
    for line in book.lines.values():
        for figure in line.figures:
            value = figure.reading.value
            if value is not None and value < 0 and figure.reading.unit != "percent":
                yield book.finding(
                    "below-zero",
                    f"{subject(book, figure)}: printed {printed(figure)}, but a number of "
                    f"{_things(figure)} cannot be below zero. Most likely a slip in typing.",
                    [figure],
                )


def before_its_month(book: Book) -> Iterator[Finding]:
    """Figures of a month that had not begun when they were published.

    A stock is counted on some day of its period, and may be known before the last month.
    """
    for line in book.lines.values():
        for figure in line.figures:
            period = figure.period
            stock = line.measure.nature == "stock"
            if (period.start if stock else period.end.replace(day=1)) > figure.published:
                yield book.finding(
                    "before-its-month",
                    f"{subject(book, figure)}: printed {printed(figure)} in a publication of "
                    f"{day(figure.published)}, before that month began. Most likely the "
                    f"year in the heading or the date of the meeting is wrong.",
                    [figure],
                )


def percent_out_of_range(book: Book) -> Iterator[Finding]:
    """Percentages below 0 or above 100."""
    for line in book.lines.values():
        for figure in line.figures:
            value = figure.reading.value
            if figure.reading.unit == "percent" and value is not None and not 0 <= value <= 100:
                yield book.finding(
                    "percent-out-of-range",
                    f"{subject(book, figure)}: printed {printed(figure)}, but a share lies "
                    f"between 0% and 100%. Most likely a slip in typing, or another unit.",
                    [figure],
                )


def not_whole(book: Book) -> Iterator[Finding]:
    """Counts with a fraction."""
    for line in book.lines.values():
        if line.measure.unit != "count":
            continue
        for figure in line.figures:
            value = figure.reading.value
            if figure.reading.unit == "count" and value is not None and value % 1:
                yield book.finding(
                    "not-whole",
                    f"{subject(book, figure)}: printed {printed(figure)}, but this counts whole "
                    f"children, plans or complaints. It may be a figure of another row.",
                    [figure],
                )


@lru_cache(maxsize=65536)
def _with_decimals(raw: str, value: Decimal) -> bool:
    return not value % 1 and "." in token(raw, value)


def count_with_decimals(book: Book) -> Iterator[Finding]:
    """Whole numbers printed with decimals where the rest of the row prints none."""
    for line in book.lines.values():
        if line.measure.unit != "count":
            continue
        for figures in line.tables.values():
            odd = [
                f for f in figures if f.value is not None and _with_decimals(f.reading.raw, f.value)
            ]
            if 2 * len(odd) > len(figures):
                continue  # then it is the table's way of printing, as DfE's files have it
            for figure in odd:
                assert figure.value is not None
                yield book.finding(
                    "count-with-decimals",
                    f"{subject(book, figure)}: printed {printed(figure)}, where a whole number is "
                    f"meant. It is read as {worked_out(figure.value, 'count')}; it may come from a "
                    f"spreadsheet, or be a figure of the row below.",
                    [figure],
                )


def unit_left_off(book: Book) -> Iterator[Finding]:
    """Bare numbers in a row whose other cells print their unit."""
    for line in book.lines.values():
        unit = line.measure.unit
        if unit == "count":
            continue
        for figures in line.tables.values():
            # An officer's cell stands in a row that names its unit.
            bare = [f for f in figures if f.table != "officer" and _BARE.fullmatch(f.reading.raw)]
            if not bare or 2 * len(bare) >= len(figures):
                continue  # then the heading gives the unit
            for figure in bare:
                yield book.finding(
                    "unit-left-off",
                    f"{subject(book, figure)}: printed {figure.reading.raw} without a unit; the "
                    f"rest of the row is in {unit}, so it is read as {printed(figure)}.",
                    [figure],
                )


def weeks_against_days(book: Book) -> Iterator[Finding]:
    """Cells that print a time in days and again in weeks."""
    for line in book.lines.values():
        if line.measure.unit != "days":
            continue
        for figure in line.figures:
            found = _WEEKS.search(figure.reading.note)
            days = figure.reading.value
            if found is None or days is None:
                continue
            weeks = Decimal(found.group(1))
            apart = abs(days / _DAYS_A_WEEK - weeks)
            rounding = half_place(weeks) + half_place(days) / _DAYS_A_WEEK
            if apart > rounding:
                yield book.finding(
                    "weeks-against-days",
                    f"{subject(book, figure)}: printed {printed(figure)} and {weeks} weeks in one "
                    f"cell, but {printed(figure)} are "
                    f"{worked_out(days / _DAYS_A_WEEK, 'weeks')}. One of the two is wrong.",
                    [figure],
                )


def dated_elsewhere(book: Book) -> Iterator[Finding]:
    """Cells that name a day outside the period of their column."""
    for line in book.lines.values():
        for figure in line.figures:
            found = _DAY.search(figure.reading.note)
            if found is None:
                continue
            day, number, year = (int(part) for part in found.groups())
            try:
                named = date(year, number, day)
            except ValueError:
                continue  # no date after all
            if not figure.period.start <= named <= figure.period.end:
                yield book.finding(
                    "dated-elsewhere",
                    f"{subject(book, figure)}: the cell says {found.group()}, a day outside "
                    f"{when(figure.period)}. It may be the count nearest to that month.",
                    [figure],
                )


def small_group_shown(book: Book) -> Iterator[Finding]:
    """Figures for as few cases as the same row withholds elsewhere."""
    for line in book.lines.values():
        withheld = [
            point.shown
            for point in line.points.values()
            if point.value is None and point.shown.reading.sample_size
        ]
        if not withheld:
            continue
        most = max(withheld, key=lambda figure: figure.reading.sample_size or 0)
        for figure in line.figures:
            size = figure.reading.sample_size
            if size is not None and 0 < size <= (most.reading.sample_size or 0):
                yield book.finding(
                    "small-group-shown",
                    f"{subject(book, figure)}: {printed(figure)} is printed for {size} "
                    f"{'case' if size == 1 else 'cases'}, but "
                    f"no figure was given for {most.reading.sample_size} in {month(most)}. The row "
                    f"does not treat small groups alike.",
                    [figure],
                    most,
                )


def _things(figure: Observation) -> str:
    unit = figure.reading.unit
    return unit if unit in ("days", "weeks") else "cases"
