"""The council among its statistical neighbours of that time, the region and England."""

from __future__ import annotations

from decimal import Decimal

from dashboard import words
from dashboard.views import counting, parts
from dashboard.views.chart import ChartView, Mark, Plan, Role
from dashboard.views.chart import Line as Drawn
from dashboard.views.parts import Scope
from dashboard.views.readings import reading, text
from etl.analysis.book import Value
from etl.analysis.change import at, breaks
from etl.analysis.rates import RANKED, Place, Ranking, earliest_neighbours, ranking
from etl.periods import months


def _rankings(scope: Scope) -> dict[int, Ranking]:
    """The years in which two neighbours have a figure, newest first, each with the list in
    force then. Where none of them had one yet, the first list that there is serves them all.
    """
    line = scope.book.line(scope.measure.id, scope.cohort, "calendar_year")
    for others in (None, earliest_neighbours(scope.book)):
        found = {}
        for value in reversed(line):
            made = ranking(scope.book, scope.measure.id, scope.cohort, value.period, others)
            if made and sum(p.area != scope.book.own for p in made.places) >= 2:
                found[value.period.end.year] = made
        if found:
            return found
    return {}


def years_held(scope: Scope) -> tuple[int, ...]:
    """The years in which the council can be seen among its neighbours, newest first."""
    return tuple(_rankings(scope))


def _in_force(made: Ranking, year: int) -> str:
    """Which list of neighbours a ranking rests on."""
    known = made.neighbours
    if known.start <= made.period.end:
        return f"{known.source}, the list in force at the end of {year}."
    since = f"{months(known.start, known.start)}"
    return f"{known.source}, in force since {since}: no earlier list is held for {year}."


def _title(scope: Scope, made: Ranking, year: int) -> str:
    own = next((p for p in made.places if p.area == scope.book.own), None)
    spread = "its neighbours have too few cases to compare"
    if made.lowest and made.highest:
        spread = (
            f"its neighbours lie between {_figure(scope, made.lowest)} ({made.lowest.name}) "
            f"and {_figure(scope, made.highest)} ({made.highest.name})"
        )
    if own is None:
        return f"{scope.area} has no figure for {year}; {spread}"
    if made.rank is None or made.from_last is None:
        assert own.held is not None
        rests = counting.cases(scope.book, own.held)
        return (
            f"{scope.area}: {_figure(scope, own)} in {year}, of {rests}, too few to rank; {spread}"
        )
    ends = ("lowest", "highest") if scope.measure.better == "lower" else ("highest", "lowest")
    rank = words.ranked(made.rank, made.from_last, ends, tied=made.tied)
    return f"{scope.area} was {rank} of {made.of} in {year} with {_figure(scope, own)}; {spread}"


def _figure(scope: Scope, place: Place) -> str:
    assert place.value is not None
    return words.figure(place.value, scope.measure.unit)


def _why(place: Place) -> str:
    """Why an area has no figure, in words."""
    if place.held is None:
        return "not in the figures held"
    if place.held.value is not None:
        return "flagged: it does not add up"
    return words.STATUSES[place.held.point.shown.status].lower()


def neighbours(scope: Scope) -> Plan:
    """Bars, best first; the council's own set apart; gaps named; England and region in a line."""
    made_for = _rankings(scope)
    held = tuple(made_for)
    if not held:
        return "No figures of the neighbours are held"
    yield
    year = scope.year if scope.year in held else held[0]
    made = made_for[year]
    period = made.period
    council = scope.book.registry.council
    beside: list[tuple[str, Value]] = []
    for code in (council.country, council.region):
        value = at(scope.book.line(scope.measure.id, scope.cohort, "calendar_year", code), period)
        if value and value.trusted:
            beside.append((council.areas.get(code, code), value))

    def marks(own: bool) -> tuple[Mark, ...]:
        found = []
        for place in made.places:
            if place.held is None or (place.area == scope.book.own) != own:
                found.append(Mark(place.name, None))
            else:
                label = _figure(scope, place)
                if place.few:
                    label += f" ({counting.cases(scope.book, place.held)})"
                found.append(parts.mark(scope.book, place.held, place.name, place.name, label))
        return tuple(found)

    drawn = [
        Drawn(scope.area, marks(True), "own", "bar"),
        Drawn("Statistical neighbours", marks(False), "context", "bar"),
    ]
    roles: tuple[Role, ...] = ("second", "third")
    for (name, value), role in zip(beside, roles, strict=False):
        level, read = float(value.value or 0), reading(scope.book, value, name)
        label = text(value, scope.measure)
        levels = tuple(Mark(p.name, level, read, label) for p in made.places)
        drawn.append(Drawn(name, levels, role))
    gaps = [f"{p.name} ({_why(p)})" for p in made.gaps]
    notes = [_in_force(made, year)]
    if gaps:
        notes.append(f"No figure: {words.together(gaps)}.")
    if few := [p.name for p in made.places if p.few]:
        notes.append(f"Not ranked, with fewer than {RANKED} cases: {words.together(few)}.")
    notes += [
        f"{event.title}: compare ranks across {event.start.year} with care."
        for event in breaks(scope.book, scope.measure.id)
        if held[-1] < event.start.year <= year
    ]
    ranked = [p for p in made.places if not p.few]
    rows = [
        (
            "Not ranked" if p.few else str(1 + sum(_before(scope, q, p) for q in ranked)),
            p.name,
            _figure(scope, p),
        )
        for p in made.places
    ]
    rows += [("", p.name, words.capital(_why(p))) for p in made.gaps]
    rows += [("", name, text(value, scope.measure)) for name, value in beside]
    others = ", ".join(f"{name} {text(value, scope.measure)}" for name, value in beside)
    alt = f"Bars, best first: {', '.join(f'{p.name} {_figure(scope, p)}' for p in made.places)}."
    return ChartView(
        "neighbours",
        _title(scope, made, year),
        f"{scope.measure.title}, {year}",
        alt if len(alt) <= 220 else f"Bars, best first; {others}.",
        tuple(drawn),
        scope.measure.unit,
        parts.sources([*(p.held for p in made.places if p.held), *(v for _, v in beside)]),
        scope.as_at,
        "ranked",
        parts.y_range(parts.numbers(drawn), scope.measure.unit),
        (),
        (),
        tuple(notes),
        ("Place", "Area", scope.measure.short_title or scope.measure.title),
        rows,
        year=year,
    )


def _before(scope: Scope, one: Place, other: Place) -> bool:
    """Whether one area stands before another."""
    a, b = one.value or Decimal(0), other.value or Decimal(0)
    return a < b if scope.measure.better == "lower" else a > b
