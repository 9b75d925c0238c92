"""The years of months that a sentence names without one, and what "a year earlier" means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from etl.claims.dates import When, index, month_of


def resolved(
    found: list[When], anchor: tuple[int, int] | None, published: date | None, text: str = ""
) -> list[When]:
    """Years filled in: what is relative counts from what was named before it (or `anchor`).

    A month without a year is the last such month before the report was published; it is
    `sure` where the months named beside it do not point elsewhere.
    """
    done: list[When] = []
    latest = (published.year, published.month) if published else None
    stated = [one.month for one in found if one.year and one.role != "report" and not one.relative]
    if latest is None:
        latest = max([*stated, *([anchor] if anchor else [])], default=None)
    for one in found:
        base = next((d.month for d in reversed(done) if d.year and d.role != "report"), None)
        sure_base = base is not None
        base = base or anchor
        if one.relative == "this_year" and published:
            one = replace(one, grain="year", year=published.year)
        elif one.relative:
            one = _relative(one, base, sure_base)
        elif not one.year and one.grain in ("month", "quarter") and latest:
            years = [
                d.year
                for d in found
                if d.grain == "year" and d.year and d.start < one.start
                and (d.start < 12 or ":" in text[d.end : one.start])
            ]  # fmt: skip
            before = next(
                (
                    d.month
                    for d in reversed(done)
                    if d.year and d.role != "report" and d.grain != "year"
                ),
                None,
            )
            if done and done[-1].relative == "this_year":
                before = None  # "111 in the year to March 2021; this year's total to January"
            if len(set(years)) == 1 and before is None:
                one = replace(one, year=years[0], sure=True)
            else:
                one = _latest(one, latest, before, stated or ([anchor] if anchor else []))
        if one.begins is not None and not one.begins[0] and one.year:
            one = replace(one, begins=(one.year - (one.begins[1] > one.number), one.begins[1]))
        done.append(one)
    for place, one in enumerate(done[:-1]):
        after = done[place + 1]
        if one.role == "from" and after.begins and after.begins[0] and one.year != after.begins[0]:
            done[place] = replace(one, year=after.begins[0])
    return [one for one in done if one.year]


def _relative(one: When, base: tuple[int, int] | None, sure: bool) -> When:
    if base is None:
        return replace(one, year=0)
    place = index(base)
    if one.relative == "this_year":
        return one
    if one.relative == "same_in":
        return replace(one, number=base[1], sure=sure)
    if one.relative == "earlier":
        year = base[0] - (one.number >= base[1])
        return replace(one, year=year, sure=sure)
    named = {"same": -12, "year": -12, "month": -1, "next": 1, "next_year": 12, "that": 0}
    shift = named[one.relative] if one.relative in named else int(one.relative)
    year, number = month_of(place + shift)
    return replace(one, year=year, number=number, sure=sure)


def _latest(
    one: When, latest: tuple[int, int], before: tuple[int, int] | None, near: list[tuple[int, int]]
) -> When:
    number = one.number if one.grain == "month" else 3 * one.number
    year = latest[0] - (number > latest[1])
    if before is not None:
        # "206 in March 2021, down from 216 in January": the one nearest to what was just named.
        nearest = min(
            (before[0] - 1, before[0], before[0] + 1),
            key=lambda y: abs(index((y, number)) - index(before)),
        )
        away = abs(index((nearest, number)) - index(before))
        if nearest <= year and away <= 5:
            return replace(one, year=nearest, sure=True)
    # Another year is meant where all that is named nearby lies nearer to it.
    agrees = not near or min(abs(index((year, number)) - index(other)) for other in near) <= 11
    return replace(one, year=year, sure=agrees)
