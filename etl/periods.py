"""A column's heading -> the month it names; a month -> the periods that figures cover."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from etl.model import Period, Span
from etl.text import signs

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
# As headings print them, and as sentences and labels give them.
SHORT = tuple(name[:3].capitalize() for name in MONTHS)
NAMES = tuple(name.capitalize() for name in MONTHS)
BRIEF = tuple("Sept" if name == "Sep" else name for name in SHORT)

# "Sept", "Septem" and "Sep." alike: any beginning of a month's name of three letters or more.
_NAME = "|".join(
    f"{name[:3]}(?:{'(?:'.join(name[3:])}{')?' * (len(name) - 3)}" if len(name) > 3 else name
    for name in MONTHS
)
MONTH_NAME = f"(?:{_NAME})"
"""A pattern of a month's name, whole or shortened, in either case if the flags say so."""
MONTH_LIKE = f"(?:{'|'.join(name[:3] for name in MONTHS)})[a-z]{{0,6}}"
"""A pattern of what begins like a month's name, mistyped ones too: for finding, not reading."""
_MARK = re.compile(
    r"(?<![*\u2020\u2021^])[*\u2020\u2021^]+$|\((?:provisional|prov|p|revised|r)\.?\)$",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[-/.,]?)?(?P<name>{MONTH_NAME})\.?"
    r"[-/.,'\u2018\u2019_]*(?P<year>(?:19|20)?[0-9]{2})",
    re.IGNORECASE,
)
_ISO = re.compile(r"((?:19|20)[0-9]{2})[-/]([01]?[0-9])(?:[-/]([0-3]?[0-9]))?(?:T?[0:.]*Z?)?")
_DAY_FIRST = re.compile(r"(?:([0-3]?[0-9])[-/.])?([01]?[0-9])[-/.]((?:19|20)[0-9]{2})")


def month_number(text: str) -> int | None:
    """1 to 12 for text that begins with a month's name ("January (All)"), else None."""
    found = re.match(rf"\W*({MONTH_NAME})(?![a-z])", text, re.IGNORECASE)
    return SHORT.index(found[1][:3].capitalize()) + 1 if found else None


def month(year: int, number: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def parse(text: str) -> tuple[date, date] | None:
    """First and last day of the month that a heading names, else None.

    "Jul-20", "Sept-21", "Dec 21", "April 22", "January 2022", "2021-09-01 00:00:00" (a
    workbook's date, whatever its day), "01/09/2021" and "31 July 2021" (days first; only the
    first or last day, since another day would be a date, not a month). Two-digit years are
    of this century. "2010/11" is None: a financial or school year is written like that.
    """
    squashed = _MARK.sub("", signs.hyphens(re.sub(r"\s+", "", text)))
    if len(squashed) > 30:
        return None
    if found := _NAMED.fullmatch(squashed):
        year, number = int(found["year"]), SHORT.index(found["name"][:3].capitalize()) + 1
        return _whole(year if year > 99 else 2000 + year, number, found["day"])
    if found := _ISO.fullmatch(squashed):
        number, day = int(found[2]), int(found[3] or 1)
        if not found[3] and len(found[2]) == 2 and number == (int(found[1]) + 1) % 100:
            return None  # 2010/11: two years, or November 2010
        if not 1 <= number <= 12 or not 1 <= day <= monthrange(int(found[1]), number)[1]:
            return None
        return month(int(found[1]), number)
    if found := _DAY_FIRST.fullmatch(squashed):
        return _whole(int(found[3]), int(found[2]), found[1])
    return None


def _whole(year: int, number: int, day: str | None) -> tuple[date, date] | None:
    if not 1 <= number <= 12:
        return None
    first, last = month(year, number)
    return (first, last) if day is None or int(day) in (1, last.day) else None


# First months of the school terms as DfE's termly censuses have them (its autumn, spring and
# summer terms make up September to August); of financial and school years.
TERMS = {"autumn": 9, "spring": 1, "summer": 4}
FINANCIAL, ACADEMIC = 4, 9
_YEARS_FROM: dict[Span, int] = {
    "calendar_year": 1,
    "calendar_year_to_date": 1,
    "financial_year": FINANCIAL,
    "financial_year_to_date": FINANCIAL,
    "academic_year": ACADEMIC,
    "academic_year_to_date": ACADEMIC,
}


def for_span(span: Span, year: int, number: int) -> Period:
    """The period of this span that the month `number` (1 to 12) of `year` ends or lies in."""
    first, last = month(year, number)
    if span == "quarter":
        opening = (number - 1) // 3 * 3 + 1
        first, last = date(year, opening, 1), month(year, opening + 2)[1]
    elif span == "term":
        opening = 9 if number >= 9 else 4 if number >= 4 else 1
        first, last = date(year, opening, 1), month(year, {9: 12, 4: 8, 1: 3}[opening])[1]
    elif span == "rolling_12_months":
        first = date(year if number == 12 else year - 1, number % 12 + 1, 1)
    elif span == "point_in_time":
        first = last
    elif span in _YEARS_FROM:
        opening = _YEARS_FROM[span]
        first = date(year if number >= opening else year - 1, opening, 1)
        if not span.endswith("_to_date"):
            ends = 12 if opening == 1 else opening - 1
            last = month(first.year + (opening > 1), ends)[1]
    return Period(span, first, last)


def whole(span: Span, start: date, end: date) -> bool:
    """Whether two days are those of a period of this span: any day for a point in time, any
    three whole months for a quarter."""
    if span == "point_in_time":
        return start == end
    if span == "quarter":
        months_ = (end.year - start.year) * 12 + end.month - start.month
        return months_ == 2 and start.day == 1 and end == month(end.year, end.month)[1]
    found = for_span(span, end.year, end.month)
    return (found.start, found.end) == (start, end)


def label(period: Period) -> str:
    """A period in words.

    "Sept 2021", "Jan to Mar 2021", "Apr 2021 to Jan 2022", "2021"; "autumn term 2024", "school
    year 2023/24", "financial year 2023/24", "12 months to Dec 2024", "31 December 2024".
    """
    start, end = period.start, period.end
    if period.span == "calendar_year":
        return str(start.year)
    if period.span == "term":
        named = (name for name, first in TERMS.items() if first == start.month)
        return f"{next(named, 'the')} term {start.year}"
    if period.span in ("academic_year", "financial_year"):
        kind = "school" if period.span == "academic_year" else "financial"
        return f"{kind} year {start.year}/{end.year % 100:02}"
    if period.span == "rolling_12_months":
        return f"12 months to {months(end, end, short=True)}"
    if period.span == "point_in_time":
        return day(end)
    return months(start, end, short=True)


def months(start: date, end: date, short: bool = False) -> str:
    """April 2021 to January 2022; the year once where it is the same; one month alone."""
    names = BRIEF if short else NAMES
    closing = f"{names[end.month - 1]} {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return closing
    year = "" if start.year == end.year else f" {start.year}"
    return f"{names[start.month - 1]}{year} to {closing}"


def day(when: date) -> str:
    """A day in words: 18 March 2022; the year in four digits."""
    return f"{when.day} {NAMES[when.month - 1]} {when.year:04}"


def out_of_order(days: Sequence[date]) -> frozenset[int]:
    """Which of a heading's months, by position, break the order of the others.

    A heading runs forwards or backwards in time. A month that does not fit in (`Mar-22`
    between `Feb-23` and `Apr-23`) is most likely mistyped, so nobody can say which month
    the figures under it are of. What remains is the longest run in order.
    """

    def longest(values: Sequence[int]) -> tuple[int, ...]:
        runs: list[tuple[int, ...]] = []
        for at, value in enumerate(values):
            before = max((r for r in runs if values[r[-1]] < value), key=len, default=())
            runs.append((*before, at))
        return max(runs, key=len, default=())

    numbers = [day.toordinal() for day in days]
    kept = max(longest(numbers), longest([-number for number in numbers]), key=len)
    return frozenset(range(len(days))) - frozenset(kept)
