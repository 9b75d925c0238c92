"""The months, quarters and years that a sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from etl import periods
from etl.claims import date_words, numerals
from etl.claims.months import index, month_of

Grain = Literal["month", "quarter", "year", "financial_year"]


@dataclass(frozen=True)
class When:
    """A stretch of time that words at `start` to `end` name.

    `year` is 0 until it is known; `sure` that the words leave no other choice. `role`:
    "from" begins a range whose end is the next one, "since" is where a change starts,
    "report" dates a meeting or a publication and no figure. `begins` is the month in which
    the range that ends here began. `to_date`: the year up to this month. `at_end`: the end
    of the year, or of the month that a range begins after. `readings`: other months that
    the same words may mean.
    """

    start: int
    end: int
    grain: Grain
    year: int
    number: int = 0
    sure: bool = True
    role: Literal["", "from", "since", "report"] = ""
    to_date: bool = False
    begins: tuple[int, int] | None = None
    linked: bool = False
    relative: str = ""
    at_end: bool = False
    readings: tuple[tuple[int, int], ...] = ()

    @property
    def month(self) -> tuple[int, int]:
        """The (year, month) in which it ends."""
        if self.grain == "month":
            return self.year, self.number
        if self.grain == "quarter":
            return self.year, 3 * self.number
        return (self.year, 12) if self.grain == "year" else (self.year + 1, 3)

    @property
    def opens(self) -> tuple[int, int]:
        """The (year, month) in which it begins."""
        if self.grain == "month":
            return self.year, self.number
        if self.grain == "quarter":
            return self.year, 3 * self.number - 2
        return self.year, 1 if self.grain == "year" else 4


def named(text: str) -> list[When]:
    """What a sentence names, in its order; years not printed are 0."""
    found: list[When] = []

    def free(start: int, end: int) -> bool:
        return not any(one.start < end and start < one.end for one in found)

    for one in _all(text):
        if free(one.start, one.end):
            found.append(one)
    found.sort(key=lambda one: one.start)
    found = [
        one
        for place, one in enumerate(found)
        if not (place and one.relative == "this_year" and one.start - found[place - 1].end <= 1)
    ]
    return _linked(text, [_with_role(text, one) for one in found])


def _all(text: str) -> Iterator[When]:
    for match in date_words.QUARTER_TO.finditer(text):
        year, last = int(match["year"] or 0), _numbered(match)
        if last % 3 == 0:
            yield When(match.start(), match.end(), "quarter", year, last // 3, sure=bool(year))
    for match in date_words.QUARTERS.finditer(text):
        year = int(match["year"] or 0)
        listed = list(date_words.NTH.finditer(text, match.start(), match.end()))
        for one in listed:
            number = date_words.ORDER[one[0].lower()]
            end = match.end() if one is listed[-1] else one.end()
            yield When(one.start(), end, "quarter", year, number, sure=bool(year))
    for match in date_words.QUARTER.finditer(text):
        number = int(
            match["q"] or match["n"] or match["q2"] or date_words.ORDER[match["name"].lower()]
        )
        year = int(match["year"] or 0)
        if match["to"] or re.search(r"financial year", match[0], re.IGNORECASE):
            number = number % 4 + 1
            year += number == 1
        at_end = bool(date_words.END_BEFORE.search(text[: match.start()]))
        yield When(
            match.start(), match.end(), "quarter", year, number, sure=bool(year), at_end=at_end
        )
    for match in date_words.ORDINAL.finditer(text) if "quarter" in text.lower() else ():
        yield When(
            match.start(), match.end(), "quarter", 0, date_words.ORDER[match["name"].lower()]
        )
    for match in date_words.FIRST_MONTHS.finditer(text):
        number = int(match["n"]) if match["n"].isdigit() else int(numerals.value(match["n"]))
        if number <= 12:
            year = int(match["year"])
            yield When(
                match.start(), match.end(), "month", year, number, to_date=True, begins=(year, 1)
            )
    for match in date_words.SEVERAL.finditer(text):
        length = int(match["n"]) if match["n"].isdigit() else int(numerals.value(match["n"]))
        year = int(match["year"] or 0)
        first = index((year or 1, _numbered(match))) - (length - 1 if match["to"] else 0)
        if 1 < length < 12 + (not match["to"]):  # the twelve months to a month are its year
            begins, ends = month_of(first), month_of(first + length - 1)
            if not year:
                begins, ends = (0, begins[1]), (0, ends[1])
            yield When(match.start(), match.end(), "month", *ends, sure=bool(year), begins=begins)
    for match in date_words.MONTH.finditer(text):
        number = _numbered(match)
        year = int(match["year"] or (2000 + int(match["two"]) if match["two"] else 0))
        yield When(match.start(), match.end(), "month", year, number, sure=bool(year))
    for match in date_words.NUMERIC.finditer(text):
        year = int(match[2])
        if 1 <= int(match[1]) <= 12:
            yield When(
                match.start(),
                match.end(),
                "month",
                year if year > 99 else 2000 + year,
                int(match[1]),
            )
    for match in date_words.CHRISTMAS.finditer(text):
        yield When(
            match.start(),
            match.end(),
            "month",
            int(match["year"] or 0),
            12,
            sure=bool(match["year"]),
        )
    for match in date_words.FINANCIAL.finditer(text):
        first, last = int(match["first"]), int(match["last"][-2:])
        if (first + 1) % 100 == last:
            yield When(match.start(), match.end(), "financial_year", first)
    for match in date_words.FINAL_MONTH.finditer(text):
        number = 1 if match["which"].lower() in ("first", "opening") else 12
        yield When(match.start(), match.end(), "month", int(match["year"]), number)
    for match in date_words.END_OF_YEAR.finditer(text):
        named = int("calendar" not in match[0].lower())  # else it may be the financial year
        yield When(match.start(), match.end(), "year", 0, named, sure=False, at_end=True)
    for match in date_words.RELATIVE.finditer(text):
        kind = next(name for name, value in match.groupdict().items() if value)
        if kind == "several":
            kind = str(_shift(match))
        year = int(match["same_in"] or 0)
        yield When(match.start(), match.end(), "month", year, sure=bool(year), relative=kind)
    for match in date_words.ALONE.finditer(text):
        if (
            not date_words.NO_YEAR_BEFORE.search(text[: match.start()])
            or text[match.end() : match.end() + 1] == ")"
        ):
            at_end = bool(date_words.YEAR_END.search(text[: match.start()].lower()))
            yield When(match.start(), match.end(), "year", int(match["year"]), at_end=at_end)


def _numbered(match: re.Match[str]) -> int:
    """The number of the month that a match's `full` or `short` names."""
    return periods.SHORT.index((match["full"] or match["short"])[:3].capitalize()) + 1


_FARTHEST = 100 * 12  # months; no report looks back farther


def _shift(match: re.Match[str]) -> int:
    """Months that "two months later" or "three years earlier" lie away."""
    text = match["several"]
    if text.lower() in ("a", "an"):
        number = 1
    else:
        number = int(text) if text.isdigit() else int(numerals.value(text))
    what = match["of_what"].lower()
    away = number * (12 if what.startswith("year") else 3 if what.startswith("quarter") else 1)
    away = min(away, _FARTHEST)
    later = match["way"].lower() in ("later", "on", "after", "afterwards")
    return away if later else -away


def _with_role(text: str, one: When) -> When:
    before, after = text[: one.start], text[one.end :]
    if one.relative:
        return one
    yearless = one.grain == "month" and not one.year
    if yearless and (date_words.BEFORE_MONTH.search(before) or date_words.YEAR_AFTER.match(after)):
        one = replace(one, relative="earlier")
    told = re.match(
        r"\s+that\b(?!\s+(?:had|was|were|has|figure|number|total|stood|fell|rose))", after
    )
    if told or date_words.REPORT_AFTER.match(after):
        return replace(one, role="report")
    of_figures = re.search(r"\b(?:reported|published) (?:for|in respect of)\s+$", before)
    if (
        date_words.REPORT_BEFORE.search(before[-60:])
        and not of_figures
        and not re.match(r"\s*(?:data|figures?)\b", after)
    ):
        return replace(one, role="report")
    if date_words.SINCE.search(before):
        return replace(one, role="since")
    if one.grain == "month" and (
        date_words.TO_DATE_BEFORE.search(before[-70:]) or date_words.TO_DATE_AFTER.match(after)
    ):
        return replace(one, to_date=True)
    return one


def _linked(text: str, found: list[When]) -> list[When]:
    """Years carried back over lists ("November and December 2021"), and ranges marked."""
    for place in range(len(found) - 2, -1, -1):
        one, after = found[place], found[place + 1]
        between = text[one.end : after.start]
        both = one.grain == after.grain and not one.relative and not after.relative
        if not both:
            continue
        opened = re.search(
            r"\b(?P<between>between)\s+(?:the end of\s+)?$|\bfrom\s+(?:the end of\s+)?$",
            text[: one.start],
            re.IGNORECASE,
        )
        ranged = date_words.RANGE_LINK.fullmatch(between) and (
            opened or not date_words.LINK.fullmatch(between)
        )
        joined = bool(ranged or date_words.LINK.fullmatch(between))
        if joined and after.year and not one.year and one.grain in ("month", "quarter"):
            one = replace(one, year=after.year - (one.number > after.number), sure=after.sure)
        if ranged:
            found[place] = replace(one, role="from")
            found[place + 1] = replace(
                after,
                begins=one.opens,
                to_date=after.to_date or one.to_date,
                at_end=bool(date_words.END_BEFORE.search(text[: one.start])),
            )
        elif date_words.LINK.fullmatch(between):
            found[place] = replace(one, linked=True)
        else:
            found[place] = one
    return found
