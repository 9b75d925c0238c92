"""Figures, months and rows in the words that findings use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from etl.checks.book import Book
from etl.model import Cohort, Measure, Observation, Period, Unit
from etl.periods import months
from etl.text.numbers import rounded
from etl.text.units import suffix
from etl.tidy import shortest

# A cohort's title of no more words says little without its measure's.
_ALONE = 4
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


@lru_cache(maxsize=65536)
def token(raw: str, value: Decimal) -> str:
    """The number as the cell prints it (`41.0` of 41); the shortest form where it is not there."""
    for match in _NUMBER.finditer(raw):
        text = match.group()
        if Decimal(text.replace(",", "")) == value:
            return text
    return shortest(value)


def decimals(figure: Observation, usual: int) -> int:
    """To how many decimals a figure is given, for what rounding can explain.

    A long run of zeros that a file adds (`61.5000`) is no precision: beyond the
    measure's `usual` decimals only digits that say something count.
    """
    value = figure.reading.value
    assert value is not None
    text = token(figure.reading.raw, value)
    printed = len(text.partition(".")[2])
    if printed <= usual:
        return printed
    return max(usual, len(shortest(value).partition(".")[2]))


def slack(figure: Observation, usual: int) -> Decimal:
    """The most that rounding can have moved the printed figure: half its last place."""
    return Decimal(5).scaleb(-decimals(figure, usual) - 1)


def printed(figure: Observation) -> str:
    """A figure as printed, with its unit: 7.0%, 183 days, 495."""
    value = figure.reading.value
    if value is None:
        return figure.reading.raw or figure.status
    # A file's long run of zeros (53.600000000000) is how it was saved, not how DfE prints it.
    text = shortest(value) if figure.table == "dfe" else token(figure.reading.raw, value)
    return text + suffix(figure.reading.unit)


def worked_out(value: Decimal, unit: Unit | None, places: int = 1) -> str:
    """A figure that we worked out, rounded for reading."""
    return shortest(rounded(value, places)) + suffix(unit)


def when(period: Period) -> str:
    """A period in words: March 2021; January to March 2021; the year 2021."""
    start, end = period.start, period.end
    if period.span == "calendar_year":
        return f"the year {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        alone = "" if period.span == "month" else "the year to date in "
        return f"{alone}{months(end, end)}"
    return months(start, end)


def month(figure: Observation) -> str:
    """The last month a figure covers: December 2021."""
    return months(figure.period.end, figure.period.end)


def row(book: Book, figure: Observation) -> str:
    """The row a figure stands in: its title, its serial, its area if that is another."""
    measure = book.registry.measures[figure.measure]
    area = book.registry.council.areas.get(figure.authority, figure.authority)
    return ("" if book.own else f"{area}: ") + named(measure, measure.cohorts[figure.cohort])


def named(measure: Measure, cohort: Cohort) -> str:
    """A row by its title and serial; `Looked after` alone is given its measure's title too."""
    serial = f" (row {cohort.serial})" if cohort.serial else ""
    title, words = cohort.title, cohort.title.split()
    whole = measure.short_title or measure.title
    if len(words) <= _ALONE and words[0] != whole.split()[0]:
        title = f"{whole}, {title[0].lower()}{title[1:]}"
    return title + serial


def subject(book: Book, figure: Observation) -> str:
    """What a finding is about, to begin its sentence with: row and period."""
    return f"{row(book, figure)}, {when(figure.period)}"


def listed(words: Iterable[str]) -> str:
    """a, b and c."""
    *most, last = list(words)
    return f"{', '.join(most)} and {last}" if most else last
