"""What a heading, row or caption says of time -> `When`: its dates, or what is missing of them.

A `When` is not yet a figure's period: "2023/24" is a school or a financial year, "Dec 24" a
month or the end of a rolling year. `layouts.spans` decides that, from the measure and the words
around it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from etl import periods
from etl.text import signs
from etl.when_words import MONTH, PATTERN, YEAR_WORD, YearKind, year_kind

Kind = Literal[
    "month", "day", "range", "quarter", "term", "year", "split_year", "rolling", "to_date", "week"
]
_LONGEST = 300  # characters of a text that is looked at; captions of real papers have under 200


@dataclass(frozen=True, slots=True)
class When:
    """A time that a text names.

    `start` and `end` are inclusive; both None where the text leaves out the year (`number` is
    then the month's, quarter's or term's: 1 to 12, 1 to 4, or the term's first month) or where
    the year's kind decides them (`year` is the first year of "2023/24"). `as_at` says that a
    day is named as the day of counting.
    """

    kind: Kind
    start: date | None = None
    end: date | None = None
    number: int = 0
    year: int = 0
    year_kind: YearKind = ""
    as_at: bool = False
    printed: str = ""

    @property
    def bare(self) -> bool:
        """Whether the year is missing."""
        return self.start is None and not self.year


_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4}


@lru_cache(maxsize=20_000)  # the same headings and labels are asked for table after table
def find(text: str) -> tuple[tuple[When, ...], str]:
    """Every time that a text names, in order, and the text without them."""
    if len(text) > _LONGEST:
        return (), text
    plain = signs.hyphens(text)
    found: list[When] = []
    rest, at = [], 0
    for match in PATTERN.finditer(plain):
        named = next(name for name in _READ if match[name] is not None)
        when = _READ[named](match)
        if when is None:
            continue
        found.append(replace(when, printed=match[0].strip()))
        rest.append(plain[at : match.start()])
        at = match.end()
    return tuple(found), " ".join(" ".join([*rest, plain[at:]]).split())


def parse(text: str) -> When | None:
    """The time that a text names and nothing else; None otherwise."""
    found, rest = find(text.strip())
    return found[0] if len(found) == 1 and not rest.strip(" ()*,:") else None


# --- each way of naming a time -------------------------------------------------------


def _point(text: str) -> When | None:
    """A month ("Dec 24", "2024-12-01", the first or last day of one) or a day."""
    months = periods.parse(text)
    iso = re.match(r"(?:19|20)[0-9]{2}-", text)
    numbers = re.fullmatch(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{2,4})", text.strip())
    named = re.match(
        rf"([0-9]{{1,2}})(?:st|nd|rd|th)?[-\s/.]?({MONTH})[-\s/,.]*({YEAR_WORD})", text, re.I
    )
    if iso or not (numbers or named):
        return When("month", *months) if months else None
    if numbers:
        day, month, year = (int(part) for part in numbers.groups())
    else:
        assert named is not None, "one of the two matched"
        day, month = int(named[1]), periods.month_number(named[2]) or 0
        year = int(named[3].strip("'\u2018\u2019"))
    year += 2000 if year < 100 else 0
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    one = date(year, month, day)
    return When("day", one, one)


def _years(text: str) -> int | None:
    """The first year of "2023/24", "2023-2024" or "23/24"; None where they do not follow."""
    first, second = (int(part) for part in re.split(r"\s?[-/]\s?", text.strip()))
    first += 2000 if first < 100 else 0
    second += first // 100 * 100 if second < 100 else 0
    second += 100 if second < first else 0
    return first if second == first + 1 else None


def _week(match: re.Match[str]) -> When | None:
    return When("week")


def _rolling(match: re.Match[str]) -> When | None:
    until = _point(match["until"])
    if until is None or until.end is None:
        return None
    last = periods.month(until.end.year, until.end.month)[1]
    if until.kind == "day" and until.end != last:
        return None
    return When("rolling", periods.for_span("rolling_12_months", last.year, last.month).start, last)


def _range(match: re.Match[str]) -> When | None:
    last = _point(match["last"])
    first = _point(match["first"])
    if last is None or last.end is None:
        return None
    if first is None:  # "Sep to Nov 2024": the year is said once
        number = periods.month_number(match["first"])
        if number is None:
            return None
        year = last.end.year - (number > last.end.month)
        first = When("month", *periods.month(year, number))
    if first.start is None or first.start > last.end:
        return None
    return When("range", first.start, last.end)


def _upto(match: re.Match[str]) -> When | None:
    year, number = _years(match["in"]), periods.month_number(match["month"])
    if year is None or number is None:
        return None
    return When("to_date", None, None, number, year, year_kind(match[0]))


def _quarter(match: re.Match[str]) -> When | None:
    text = match["qy"] or match["qy2"]
    split = len(text) > 4
    year = _years(text) if split else int(text)
    if year is None:
        return None
    kind = year_kind(match[0]) or ("financial" if split else "")
    return dated(When("quarter", number=_number(match[0])), year, kind)


def _number(text: str) -> int:
    digit = re.search(r"Q(?:uarter|tr)?\.?\s?([1-4])|([1-4])(?:st|nd|rd|th)", text, re.IGNORECASE)
    if digit:
        return int(digit[1] or digit[2])
    return next(n for word, n in _ORDER.items() if word in text.lower())


def _term(match: re.Match[str]) -> When | None:
    text = (match["ty"] or match["ty2"]).strip("'\u2019")
    year = _years(text) if re.search("[-/]", text) else int(text)
    if year is None:
        return None
    year += 2000 if year < 100 else 0
    split = bool(re.search("[-/]", text))
    return dated(_bare_term(match), year, "academic" if split else "calendar")


def _bare_term(match: re.Match[str]) -> When:
    first = next(first for name, first in periods.TERMS.items() if name in match[0].lower())
    return When("term", number=first)


def _as_at(match: re.Match[str]) -> When | None:
    at = _point(match["at"])
    if at is None or at.end is None:
        return None
    return When("day", at.end, at.end, as_at=True)


def _split(match: re.Match[str]) -> When | None:
    year = _years(match["sy"])
    return None if year is None else When("split_year", year=year, year_kind=year_kind(match[0]))


def _year(match: re.Match[str]) -> When | None:
    year = int(match["yy"])
    kind = year_kind(match[0])
    return None if kind in ("financial", "academic") else dated(When("year"), year, "calendar")


_READ: dict[str, Callable[[re.Match[str]], When | None]] = {
    "week": _week,
    "rolling": _rolling,
    "range": _range,
    "upto": _upto,
    "quarter": _quarter,
    "term": _term,
    "asat": _as_at,
    "point": lambda match: _point(match["on"]),
    "split": _split,
    "year": _year,
    "bareq": lambda match: When("quarter", number=_number(match[0])),
    "baret": _bare_term,
    "months": lambda match: None,  # "Apr to Jun", of no year
    "barem": lambda match: When("month", number=periods.month_number(match[0]) or 0),
}


def dated(bare: When, year: int, kind: YearKind) -> When:
    """A bare month, quarter or term in a year of the kind; as it is where that does not say it.

    `year` is the first one of a split year. "Q3 2024" without a kind stays without dates.
    """
    opening = {"financial": 4, "academic": 9}.get(kind, 1)
    if bare.kind == "year":
        return When("year", date(year, 1, 1), date(year, 12, 31), year=year)
    if not kind:
        return replace(bare, year=year)
    if bare.kind == "quarter":
        if kind == "academic":
            return replace(bare, year=year, year_kind=kind)
        month = opening + 3 * (bare.number - 1)
        year += month > 12
        month -= 12 if month > 12 else 0
        return replace(
            bare, start=date(year, month, 1), end=periods.month(year, month + 2)[1], year=year
        )
    year += kind != "calendar" and bare.number < opening
    if bare.kind == "term":
        span = periods.for_span("term", year, bare.number)
        return replace(bare, start=span.start, end=span.end, year=year)
    if bare.kind == "month":
        first, last = periods.month(year, bare.number)
        return replace(bare, start=first, end=last, year=year)
    return bare
