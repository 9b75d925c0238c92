"""One calendar year from inside: its months beside the year to date, and its quarters."""

from __future__ import annotations

from datetime import date
from functools import partial

from dashboard import words
from dashboard.views import parts, telling
from dashboard.views.alternative import alt
from dashboard.views.chart import ChartView, Plan, Role, TargetMark
from dashboard.views.chart import Line as Drawn
from dashboard.views.parts import Scope
from dashboard.views.readings import cell, text
from etl.analysis.book import Line, last_number
from etl.analysis.targets import declared_for

_ADDS_UP = "The year to date adds up from January."
_SWINGS = "A single month swings more than the year to date: fewer {cases} stand behind it."


def years_held(scope: Scope) -> tuple[int, ...]:
    """The years of which months or quarters are held with a running total, newest first."""
    whole = scope.book.line(scope.measure.id, scope.cohort, "calendar_year_to_date")
    return tuple(sorted({v.period.end.year for v in whole}, reverse=True))


def _year(scope: Scope) -> int | None:
    held = years_held(scope)
    return scope.year if scope.year in held else next(iter(held), None)


def month_targets(scope: Scope, year: int) -> tuple[TargetMark, ...]:
    """One by a date at its month, a yearly one across its year, a monthly one over its months."""
    found = []
    for target in declared_for(scope.book, scope.measure.id, scope.cohort):
        if not scope.measure.target.held or not target.start.year <= year <= target.end.year:
            continue
        first, last = date(year, 1, 1), date(year, 12, 1)
        if target.form == "by_date":
            if target.end.year != year:
                continue
            first = last = target.end.replace(day=1)
        elif target.form == "monthly":
            first = max(first, target.start.replace(day=1))
            last = min(last, target.end.replace(day=1))
        found.append(
            TargetMark(parts.target_label(target), float(target.value), first, last, target.kind)
        )
    return tuple(found)


def months(scope: Scope) -> Plan:
    """A year's months and its year to date, as two lines that are never joined."""
    year = _year(scope)
    if year is None:
        return "No months of a year are held"
    running = tuple(v for v in scope.line("calendar_year_to_date") if v.period.end.year == year)
    single = tuple(v for v in scope.line("month") if v.period.end.year == year)
    if last_number(running) is None:
        return "No running total is held"
    yield
    labels: list[tuple[str, Role, Line]] = [
        ("Year to date", "own", running),
        ("Each month alone", "second", single),
    ]
    drawn = tuple(
        Drawn(name, parts.months_drawn(scope.book, line, name), role)
        for name, role, line in labels
        if line
    )
    marks = month_targets(scope, year)
    by = [{parts.month_of(v): v for v in line} for _, _, line in labels]
    days = sorted({day for held in by for day in held})
    # Only a share is made of counts, and swings the more the fewer they are.
    share = scope.measure.unit == "percent"
    rows = [
        (
            words.month(day),
            *(cell(held[day], scope.measure) if day in held else "" for held in by),
            *([_counts(by[0].get(day))] if share else []),
        )
        for day in days
    ]
    best = [v for v in single if v.trusted]
    rest = ""
    if best:
        low = min(best, key=lambda v: v.value or 0)
        high = max(best, key=lambda v: v.value or 0)
        lowest = f"{text(low, scope.measure)} ({words.month(low.period.end, True)})"
        highest = f"{text(high, scope.measure)} ({words.month(high.period.end, True)})"
        rest = f"Single months from {lowest} to {highest}."
    title = telling.finding(scope.book, running)
    return ChartView(
        "months",
        title,
        f"{scope.measure.title}, months of {year}, {scope.area}",
        alt("Year to date by month", running, scope.measure, rest),
        drawn,
        scope.measure.unit,
        parts.sources((*running, *single)),
        scope.as_at,
        "months",
        parts.y_range(parts.numbers(drawn, marks), scope.measure.unit),
        marks,
        parts.events(scope, date(year, 1, 1), date(year, 12, 31)),
        (
            *parts.flags_note((*running, *single)),
            _SWINGS.format(cases=scope.measure.cases) if share else _ADDS_UP,
        ),
        (
            "Month",
            "Year to date",
            "Month alone",
            *([f"{words.capital(scope.measure.cases)}, year to date"] if share else []),
        ),
        rows,
        year=year,
    )


def _counts(value: object) -> str:
    part, cases = getattr(value, "part", None), getattr(value, "cases", None)
    return f"{words.count(part)} of {words.count(cases)}" if part is not None and cases else ""


def quarters(scope: Scope) -> Plan:
    """A year's quarters as bars."""
    held = scope.line("quarter")
    year = scope.year if any(v.period.end.year == scope.year for v in held) else None
    year = year or max((v.period.end.year for v in held), default=None)
    line = tuple(v for v in held if v.period.end.year == year)
    if last_number(line) is None:
        return "No quarters are held"
    yield
    share = scope.measure.unit == "percent"
    names = [words.period(v.period, short=True) for v in line]
    marks = tuple(
        parts.mark(scope.book, v, name, scope.area, cell(v, scope.measure))
        for v, name in zip(line, names, strict=True)
    )
    drawn = (Drawn(scope.area, marks, "own", "bar"),)
    return ChartView(
        "quarters",
        telling.finding(scope.book, line, partial(telling.clause, counts=False)),
        f"{scope.measure.title}, quarters of {year}, {scope.area}",
        alt("Bars by quarter", line, scope.measure),
        drawn,
        scope.measure.unit,
        parts.sources(line),
        scope.as_at,
        "categories",
        parts.y_range(parts.numbers(drawn), scope.measure.unit),
        (),
        (),
        parts.flags_note(line),
        ("Quarter", scope.row_title, *(["Counts"] if share else [])),
        [
            (name, cell(v, scope.measure), *([_counts(v)] if share else []))
            for v, name in zip(line, names, strict=True)
        ],
        year=year,
    )
