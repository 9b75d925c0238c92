"""A measure's groups together by month: all, those looked after, those with a plan."""

from __future__ import annotations

from dashboard import words
from dashboard.views import parts
from dashboard.views.alternative import alt
from dashboard.views.chart import ChartView, Plan
from dashboard.views.chart import Line as Drawn
from dashboard.views.chart_trend import ROLES, span_of
from dashboard.views.counting import cases
from dashboard.views.parts import Scope
from dashboard.views.readings import cell, text
from etl.analysis.book import Line, last_number
from etl.model import Measure, Period


def _together(
    scope: Scope,
    view: str,
    title: str,
    sub: str,
    named: list[tuple[str, Line]],
    unit: str,
    notes: tuple[str, ...],
) -> ChartView:
    """Several monthly lines on one scale, with their table."""
    drawn = tuple(
        Drawn(name, parts.months_drawn(scope.book, line, name), ROLES[min(i, 3)])
        for i, (name, line) in enumerate(named)
    )
    days = sorted({parts.month_of(v) for _, line in named for v in line})
    by = [{parts.month_of(v): v for v in line} for _, line in named]
    rows = [
        (
            words.month(day),
            *(cell(held[day], scope.measure) if day in held else "" for held in by),
        )
        for day in days
    ]
    every = tuple(v for _, line in named for v in line)
    rest = "; ".join(
        f"{name} latest {cell(last, scope.measure)}"
        for name, line in named[1:]
        if (last := last_number(line))
    )
    return ChartView(
        view,
        title,
        sub,
        alt(f"{named[0][0]}, by month", named[0][1], scope.measure, rest),
        drawn,
        unit,
        parts.sources(every),
        scope.as_at,
        "months",
        parts.y_range(parts.numbers(drawn), scope.measure.unit),
        (),
        parts.events(scope, days[0], days[-1]),
        notes,
        ("Month", *(name for name, _ in named)),
        rows,
    )


def _whose(measure: Measure, name: str) -> str:
    """Whose figure it is among the groups: "in all", "looked after", "for those looked after".

    A share of one group in all has no row for all: it is told by the group alone.
    """
    counted = measure.unit == "count"
    if name == parts.GROUPS["all"]:
        return "in all" if counted else "for all"
    return (
        words.lower(name)
        if counted or "all" not in measure.cohorts
        else (f"for those {words.lower(name)}")
    )


def _compared(scope: Scope, named: list[tuple[str, Line]]) -> str:
    """The groups in the newest month for which most of them have a trusted figure."""
    held: dict[Period, list[str]] = {}
    for name, line in named:
        for value in line:
            if value.trusted:
                shown = text(value, scope.measure)
                few = f" (from {cases(scope.book, value)} only)" if value.few else ""
                label = f"{shown} {_whose(scope.measure, name)}{few}"
                held.setdefault(value.period, []).append(label)
    if not held:
        return scope.measure.title
    best = max(held, key=lambda period: (len(held[period]), period.end))
    return f"{scope.measure.title} in {words.period(best)}: {words.together(held[best])}"


def cohorts(scope: Scope) -> Plan:
    """All of a measure's rows together."""
    groups = sorted(scope.measure.cohorts.items(), key=lambda item: item[1].order)
    named = [(group.title, scope.line(span_of(scope), cohort=name)) for name, group in groups]
    named = [(name, line) for name, line in named if any(v.value is not None for v in line)]
    if len(named) < 2:
        return "Only one group is held"
    yield
    title = _compared(
        scope,
        [
            (parts.GROUPS.get(name, group.title), scope.line(span_of(scope), cohort=name))
            for name, group in groups
        ],
    )
    every = tuple(v for _, line in named for v in line)
    notes = (*parts.flags_note(every), *parts.few_note(every))
    sub = f"{scope.measure.title}, {parts.UNITS[scope.measure.unit]}, {scope.area}"
    return _together(scope, "cohorts", title, sub, named, scope.measure.unit, notes)
