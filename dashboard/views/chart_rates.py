"""Groups per 1,000 pupils of their own population, so that unequal groups compare."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from dashboard import words
from dashboard.views import parts
from dashboard.views.chart import ChartView, Mark, Plan, Reading
from dashboard.views.chart import Line as Drawn
from dashboard.views.chart_trend import ROLES, span_of
from dashboard.views.parts import Scope
from dashboard.views.readings import change_between, places, published
from etl.analysis.rates import Rate, per_thousand
from etl.model import Period


def rates(scope: Scope) -> Plan:
    """Each group per 1,000 pupils of its own population, so that unequal groups compare."""
    named, notes = [], []
    for name, group in sorted(scope.measure.cohorts.items(), key=lambda item: item[1].order):
        if group.population is None:
            continue
        population = scope.book.line(group.population.measure, group.population.cohort, "month")
        found = per_thousand(scope.line(span_of(scope), cohort=name), population)
        if found:
            named.append((group.title, found))
            days_used = sorted({r.population.period.end for r in found})
            used = [words.month(day, True) for day in days_used]
            notes.append(f"{group.title}: per 1,000 pupils counted in {words.together(used)}.")
    if not named:
        return "No population is held to compare with"
    yield
    drawn = []
    for place, (title, found) in enumerate(named):
        marks, before = [], None
        values = {rate.now.period: rate.value for rate in found}
        for rate in found:
            here = parts.month_of(rate.now)
            if before and (here.year - before.year) * 12 + here.month - before.month > 1:
                marks.append(Mark(_after(before), None))
            marks.append(Mark(here, float(rate.value), _reading(scope, title, rate, values)))
            before = here
        drawn.append(Drawn(title, tuple(marks), ROLES[place]))
    days = sorted({parts.month_of(r.now) for _, found in named for r in found})
    by = [{parts.month_of(r.now): str(r.value) for r in found} for _, found in named]
    latest = max((found[-1].now.period for _, found in named), key=lambda period: period.end)
    texts = [
        f"{found[-1].value} for every 1,000 {_pupils(title)}"
        for title, found in named
        if found[-1].now.period == latest
    ]
    newest = words.period(latest)
    title = (
        f"{scope.measure.short_title or scope.measure.title} in {newest}: {words.together(texts)}"
    )
    every = tuple(r.now for _, found in named for r in found)
    return ChartView(
        "rates",
        title,
        f"{scope.measure.title} per 1,000 pupils of statutory age, {scope.area}",
        _alt(named),
        tuple(drawn),
        "per 1,000",
        parts.sources(every),
        scope.as_at,
        "months",
        parts.y_range(parts.numbers(drawn), "count"),
        (),
        parts.events(scope, days[0], days[-1]),
        (*notes, "The nearest count of pupils is used."),
        ("Month", *(title for title, _ in named)),
        [(words.month(day), *(held.get(day, "") for held in by)) for day in days],
    )


def _reading(scope: Scope, title: str, rate: Rate, values: Mapping[Period, Decimal]) -> Reading:
    """A rate with the two counts that it is worked out from."""
    pupils = words.count(rate.population.value or 0)
    made_from = (rate.now, rate.population)
    return Reading(
        words.period(rate.now.period),
        title,
        f"{rate.value} per 1,000",
        f"{words.count(rate.now.value or 0)} of {pupils} pupils "
        f"of {words.month(rate.population.period.end)}",
        change_between(scope.book, scope.measure.id, rate.now.period, values),
        places(made_from),
        published(made_from),
    )


def _alt(named: list[tuple[str, tuple[Rate, ...]]]) -> str:
    """Each group's first, highest, lowest and latest rate."""
    said = []
    for title, found in named:
        high, low = max(found, key=lambda r: r.value), min(found, key=lambda r: r.value)
        said.append(
            f"{title} first {found[0].value}, highest {high.value} "
            f"({words.month(high.now.period.end, True)}), lowest {low.value} "
            f"({words.month(low.now.period.end, True)}), latest {found[-1].value}"
        )
    return f"Rates by month: {'; '.join(said)}."


def _pupils(title: str) -> str:
    """Whose rate it is: "pupils", "pupils with an EHC plan"."""
    return f"pupils {words.lower(title)}" if title.startswith("With") else "pupils"


def _after(day: date) -> date:
    return date(day.year + (day.month == 12), day.month % 12 + 1, 1)
