"""The years of months that a sentence names without one, and what "a year earlier" means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from etl.claims.dates import When
from etl.claims.months import index, month_of

_NEAR = 5  # months: so near to what was just named, a month's year is hardly in doubt
_OPENS = re.compile(
    r"(?:over|in|during|throughout|across|for) (?:the )?(?:whole |course |rest )?(?:of )?(?:the )?"
    r"(?:calendar )?(?:year )?",
    re.IGNORECASE,
)
_BY = re.compile(r"\bby (?:the end of )?$", re.IGNORECASE)
_SHIFTS = {"same": -12, "year": -12, "month": -1, "quarter": -3, "next": 1, "next_year": 12}


def resolved(
    found: list[When], anchor: When | None, published: date | None, text: str = ""
) -> list[When]:
    """Years filled in: what is relative counts from what was named before it (or `anchor`).

    A month without a year is the one nearest to what was named beside it, else the last such
    month before the report was published. It is `sure` where nothing points elsewhere, and
    carries the other years it may be of as `readings`.
    """
    done: list[When] = []
    until = (published.year, published.month) if published else None
    stated = [one for one in found if one.year and one.role != "report" and not one.relative]
    for one in found:
        if one.relative == "this_year":  # of a report without a date it is none
            one = replace(one, grain="year", year=published.year if published else 0)
        elif one.relative:
            one = _relative(one, done, anchor)
        elif not one.year and one.grain == "year":
            base = _last(done) or anchor
            year = base.month[0] if base else published.year - 1 if published else 0
            one = replace(one, year=year, sure=base is not None)
        elif not one.year and one.grain in ("month", "quarter"):
            one = _yearless(one, done, stated, anchor, until, text)
        if one.begins is not None and not one.begins[0] and one.year:
            one = replace(one, begins=(one.year - (one.begins[1] > one.month[1]), one.begins[1]))
        done.append(one)
    for place, one in enumerate(done[:-1]):
        after = done[place + 1]
        if one.role == "from" and after.begins and after.begins[0] and one.year != after.begins[0]:
            done[place] = replace(one, year=after.begins[0])
    return [one for one in done if one.year]


def _last(done: Sequence[When]) -> When | None:
    return next((one for one in reversed(done) if one.year and one.role != "report"), None)


def _relative(one: When, done: Sequence[When], anchor: When | None) -> When:
    """What "a year earlier" or "the following month" is, and what else it may be."""
    known = [d for d in done if d.year and d.role != "report"]
    plain = [d for d in known if not d.relative]
    bases = plain or ([anchor] if anchor else known)
    if one.relative in ("next", "that") or (one.relative.isdigit() and known):
        bases = known or bases  # "a month later ... and the month after"
    if not bases:
        return replace(one, year=0)
    base = bases[-1]
    if one.relative == "same_in":
        return replace(one, number=base.month[1], sure=True)
    if one.relative == "earlier":
        year = base.month[0] - (one.number >= base.month[1])
        return replace(one, year=year, sure=bool(plain))
    shift = 0 if one.relative == "that" else _SHIFTS.get(one.relative)
    shift = int(one.relative) if shift is None else shift
    if shift < 0:
        base = max(bases, key=lambda d: index(d.month))
    others = tuple(
        dict.fromkeys(
            month_of(index(d.month) + shift)
            for d in bases
            if d.month != base.month and d.role != "from"
        )
    )
    year, number = month_of(index(base.month) + shift)
    if shift % 12 == 0 and base.grain in ("year", "financial_year"):
        return replace(one, grain=base.grain, year=base.year + shift // 12, sure=base.sure)
    if shift % 3 == 0 and base.grain == "quarter" and abs(shift) > 2:
        return replace(one, grain="quarter", year=year, number=number // 3, sure=base.sure)
    return replace(one, year=year, number=number, sure=base.sure, readings=others)


def _goes_to(before: str, between: str) -> bool:
    """Whether a month is where a change ends: "from 4,019 in March 2021 to 4,175 in December"."""
    starts = re.search(r"\b(?:from|between)\b[^;.]*$", before, re.IGNORECASE)
    return bool(starts and re.search(r"\b(?:to|and|until)\b", between))


def _yearless(
    one: When,
    done: Sequence[When],
    stated: Sequence[When],
    anchor: When | None,
    until: tuple[int, int] | None,
    text: str,
) -> When:
    """A month or quarter whose year is not printed."""
    heading = {
        d.year
        for d in done
        if d.grain == "year"
        and d.year
        and not d.relative
        and d.start < one.start
        and (d.start < 12 or ":" in text[d.end : one.start] or _OPENS.fullmatch(text[: d.start]))
    }
    before = next(
        (d for d in reversed(done) if d.year and d.role != "report" and d.grain != "year"), None
    )
    this_year = bool(done) and done[-1].relative == "this_year"
    if this_year:
        before = None  # "111 in the year to March 2021; this year's total to January"
    if len(heading) == 1 and (before is None or before.month[0] in heading):
        return replace(one, year=heading.pop(), sure=True)
    after = next((d for d in stated if d.start > one.start and d.grain != "year"), None)
    number = one.number if one.grain == "month" else 3 * one.number
    beside = before or after
    if beside is None and anchor and (until is None or (anchor.grain != "year" and not stated)):
        beside = anchor
    if beside is None and stated and until is None and not this_year:
        beside = stated[0]  # "in October, 12 per cent of the 2021 total"
    if beside is None:
        if until is None:
            return one
        year = until[0] - (number > until[1])
        near = [d.month for d in (*stated, *([anchor] if anchor else []))]
        agrees = not near or min(abs(index((year, number)) - index(d)) for d in near) <= 11
        one = replace(one, year=year, sure=agrees)
        return one if this_year else replace(one, readings=((year - 1, number),))
    at = index(beside.month)
    years = [beside.month[0], beside.month[0] - 1, beside.month[0] + 1]
    if until is not None:
        years = [y for y in years if (y, number) <= until] or years
    if beside is after and one.role == "from":
        years = [y for y in years if index((y, number)) < at] or years
    on = before is not None and (
        before.role == "since"
        or bool(_BY.search(text[: one.start]))
        or _goes_to(text[: before.start], text[before.end : one.start])
    )
    if on:
        years = [y for y in years if index((y, number)) > at] or years
    ranked = sorted(years, key=lambda y: abs(index((y, number)) - at))
    away = abs(index((ranked[0], number)) - at)
    others = tuple((y, number) for y in ranked[1:])
    return replace(one, year=ranked[0], sure=away <= _NEAR, readings=others)
