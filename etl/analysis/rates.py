"""Rates per 1,000 pupils, and an area's place among its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from etl.analysis.book import Book, Line, Value
from etl.analysis.change import at
from etl.model import NeighbourList, Period
from etl.text.numbers import rounded


@dataclass(frozen=True)
class Rate:
    """`value` cases per 1,000 pupils, to one decimal; `population` names the month used."""

    now: Value
    population: Value
    value: Decimal


def nearest(population: Line, period: Period) -> Value | None:
    """The trusted count whose month lies nearest to `period`; the earlier of two equally near."""
    held = [v for v in population if v.trusted and v.value]
    return min(
        held,
        key=lambda v: (abs((v.period.end - period.end).days), v.period.end),
        default=None,
    )


def per_thousand(line: Line, population: Line) -> tuple[Rate, ...]:
    """The trusted values of `line` per 1,000 of the nearest population count held."""
    found = []
    for now in line:
        pupils = nearest(population, now.period)
        if now.trusted and now.value is not None and pupils and pupils.value:
            found.append(Rate(now, pupils, rounded(now.value * 1000 / pupils.value, 1)))
    return tuple(found)


def neighbours_at(book: Book, day: date) -> NeighbourList | None:
    """The list of statistical neighbours in force on `day`; None before the first one held."""
    lists = sorted(book.registry.council.neighbours, key=lambda known: known.start)
    return next((known for known in reversed(lists) if known.start <= day), None)


def earliest_neighbours(book: Book) -> NeighbourList | None:
    """The first list held, for years before any was in force."""
    return min(book.registry.council.neighbours, key=lambda known: known.start, default=None)


def england(book: Book, value: Value) -> Value | None:
    """The whole country's figure of the same measure and period, if it is held."""
    key = value.point.shown.series
    country = book.registry.council.country
    return at(book.line(key.measure, key.cohort, key.span, country), value.period)


# A share of fewer cases than this ranks by chance: of 30 cases, one more or less moves it by 3
# points, and a true half lies between a third and two thirds in 19 of 20 years.
RANKED = 30


@dataclass(frozen=True)
class Place:
    """One area's figure among others; `value` None where none was given.

    One that rests on few cases (`few`) has no rank and is not counted among those that have.
    """

    area: str
    name: str
    value: Decimal | None
    held: Value | None

    @property
    def few(self) -> bool:
        return self.held is not None and self.held.cases is not None and self.held.cases < RANKED


@dataclass(frozen=True)
class Ranking:
    """The council among its neighbours of that time, best first where a direction is declared.

    `rank` counts from 1 among the `of` areas that have a figure of enough cases, `from_last`
    from the other end (equal figures share a rank, as in a race: `tied`); `lowest` and
    `highest` are the range of those neighbours, without the council.
    """

    period: Period
    neighbours: NeighbourList
    places: tuple[Place, ...]
    gaps: tuple[Place, ...]
    rank: int | None
    of: int
    lowest: Place | None
    highest: Place | None
    from_last: int | None = None
    tied: bool = False


def area_line(book: Book, measure: str, cohort: str, span: str, area: str) -> Line:
    """An area's line, under whichever of its codes: an authority may have had two.

    A county that became one unitary authority keeps its name, and so its line.
    """
    areas = book.registry.council.areas
    codes = [code for code, name in areas.items() if name == areas.get(area, area)] or [area]
    lines = [book.line(measure, cohort, span, code) for code in dict.fromkeys([area, *codes])]
    held: dict[Period, Value] = {}
    for line in lines:
        for value in line:
            if value.period not in held or held[value.period].value is None:
                held[value.period] = value
    return tuple(held[period] for period in sorted(held, key=lambda p: p.end))


def ranking(
    book: Book,
    measure: str,
    cohort: str,
    period: Period,
    neighbours: NeighbourList | None = None,
) -> Ranking | None:
    """The council among its `neighbours`, else those in force at the period's end; None without
    a list."""
    known = neighbours or neighbours_at(book, period.end)
    if known is None:
        return None
    names = book.registry.council.areas

    def place(area: str) -> Place:
        value = at(area_line(book, measure, cohort, period.span, area), period)
        number = value.value if value and value.trusted else None
        return Place(area, names.get(area, area), number, value)

    all_places = [place(area) for area in (book.own, *known.areas)]
    lower = book.measure(measure).better == "lower"
    given = sorted(
        (p for p in all_places if p.value is not None),
        key=lambda p: (p.value if lower else -p.value, p.name),  # type: ignore[operator]
    )
    ranked = [p for p in given if not p.few]
    others = [p for p in ranked if p.area != book.own]
    own = next((p for p in ranked if p.area == book.own), None)
    rank = from_last = None
    tied = False
    if own:
        above = sum(p.value > own.value for p in others)  # type: ignore[operator]
        below = sum(p.value < own.value for p in others)  # type: ignore[operator]
        above, below = (below, above) if lower else (above, below)
        rank, from_last, tied = 1 + above, 1 + below, above + below < len(others)
    return Ranking(
        period,
        known,
        tuple(given),
        tuple(p for p in all_places if p.value is None),
        rank,
        len(ranked),
        min(others, key=lambda p: p.value or 0, default=None),
        max(others, key=lambda p: p.value or 0, default=None),
        from_last,
        tied,
    )
