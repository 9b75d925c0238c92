"""The date of a meeting that is likely mistyped: no check of figures sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from etl import periods
from etl.checks.codes import CODES
from etl.model import Finding

# Committees agree their calendar a year ahead.
_AHEAD = timedelta(days=366)
# Before there were such reports at all (LGSCO's recommendation is of 2020): 0202 for 2022.
_FIRST = date(2000, 1, 1)


def doubtful(days: Iterable[date], today: date) -> Iterator[Finding]:
    """A question about each day of publication more than a year ahead, or before 2000."""
    for day in sorted(set(days)):
        written = periods.day(day)
        if day > today + _AHEAD:
            message = (
                f"The meeting of {written} is {_distance(day, today)} ahead: is its date right?"
            )
        elif day < _FIRST:
            message = f"The meeting of {written} lies before any report: is its year right?"
        else:
            continue
        place = f"date of the meeting: {day.isoformat()}"
        yield Finding("meeting-date", CODES["meeting-date"].severity, message, (place,))


def _distance(day: date, today: date) -> str:
    years = (day - today).days // 365
    return "more than a year" if years < 2 else f"{years} years"
