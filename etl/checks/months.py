"""The months that a longer period is made of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from etl.checks.book import Book, number
from etl.model import Observation


@lru_cache(maxsize=4096)
def month_ends(start: date, end: date) -> tuple[date, ...]:
    """The last days of the months from `start` to `end`."""
    ends = []
    year, number = start.year, start.month
    while (year, number) <= (end.year, end.month):
        year, number = (year, number + 1) if number < 12 else (year + 1, 1)
        ends.append(date.fromordinal(date(year, number, 1).toordinal() - 1))
    return tuple(ends)


def sum_of_months(book: Book, figure: Observation) -> Decimal | None:
    """What the months of a count's quarter or year add up to; None where not all are held."""
    months = book.lines.get((figure.measure, figure.cohort, "month"))
    if months is None or figure.period.span == "month":
        return None
    found = [months.at(day, figure) for day in month_ends(figure.period.start, figure.period.end)]
    return sum((number(part) for part in found if part), Decimal()) if all(found) else None
