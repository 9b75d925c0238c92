"""Running totals seen otherwise: the monthly average, by calendar year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from dashboard import words
from dashboard.views import parts
from dashboard.views.chart import ChartView, Mark, Plan, Reading
from dashboard.views.chart import Line as Drawn
from dashboard.views.chart_trend import ROLES, from_year, subtitle
from dashboard.views.parts import Scope
from dashboard.views.readings import change_between, places, published, reading
from etl.analysis.book import FEW, Line, Value
from etl.analysis.change import break_between, breaks, on_year_before, year_before
from etl.analysis.totals import (
    CalendarTotal,
    calendar_totals,
    monthly_average,
)
from etl.model import Period

SPAN = "financial_year_to_date"


def handful(line: Line) -> bool:
    """Whether a total stays so small in every year that it is told as a count, and no more.

    A monthly average of two cases a year is no rate, and a bar of one case points at it.
    """
    return max((v.value for v in line if v.value is not None), default=0) < FEW


def so_many(scope: Scope, value: Decimal) -> str:
    """So many of what is counted, in words: "8 complaints were received", "1 complaint was"."""
    says = scope.measure.cohorts[scope.cohort].says or words.lower(scope.row_title)
    return f"{words.count(value) if value else 'No'} {words.of_one(says) if value == 1 else says}"


def made_from(now: Value, since: Value | None) -> str:
    """From which published totals an increment is made."""
    total = f"{words.count(now.value or 0)} by {words.month(now.period.end)}"
    if since is None:
        return f"{total}, counted from {words.month(now.period.start)}"
    return f"{total}, less {words.count(since.value or 0)} by {words.month(since.period.end)}"


def alt(kind: str, pairs: list[tuple[str, str]]) -> str:
    """As many of the newest figures as 220 characters hold."""
    found = ""
    for label, value in reversed(pairs):
        more = f"{label} {value}; {found}" if found else f"{label} {value}"
        if len(kind) + len(more) > 200:
            break
        found = more
    return f"{kind}: {found}."


def average(scope: Scope) -> Plan:
    """The running total divided by the months it has run, each year a line from April."""
    line = tuple(v for v in scope.line(SPAN) if v.trusted)
    if not line:
        return "No running total is held"
    if handful(line):
        return "A handful of cases is a count and has no average"
    yield
    by_year: dict[int, list[Mark]] = {}
    means = {v.period: mean for v in line if (mean := monthly_average(v)) is not None}
    for value in line:
        mean = means[value.period]
        year = value.period.start.year
        label = words.SHORT[value.period.end.month - 1]
        by_year.setdefault(year, []).append(Mark(label, float(mean), _average(scope, value, means)))
    order = [words.SHORT[(3 + i) % 12] for i in range(12)]
    drawn = []
    for place, (year, marks) in enumerate(sorted(by_year.items(), reverse=True)):
        held = {mark.x: mark for mark in marks}
        role = ROLES[place] if place < 2 else "context"
        drawn.append(
            Drawn(
                from_year(year),
                tuple(held.get(name, Mark(name, None)) for name in order),
                role,
            )
        )
    last = line[-1]
    mean = monthly_average(last)
    some = words.lower(so_many(scope, last.value or Decimal(0)))
    title = f"{mean} a month: {some} {words.within(last.period)}"
    change, _ = on_year_before(scope.book, last)
    if change:
        before = monthly_average(change.before)
        title += f"; {before} a month in the same months a year before"
    rows = []
    for value in line:
        earlier = year_before(scope.book, value)
        then = str(monthly_average(earlier)) if earlier and earlier.trusted else ""
        rows.append(
            (
                words.months(value.period.start, value.period.end),
                words.count(value.value or 0),
                str(monthly_average(value)),
                then,
            )
        )
    return ChartView(
        "average",
        title,
        subtitle(scope, "average a month since April"),
        alt("Average a month since April", [(r[0], r[2]) for r in rows]),
        tuple(drawn),
        scope.measure.unit,
        parts.sources(line),
        scope.as_at,
        "categories",
        parts.y_range(parts.numbers(drawn), "count"),
        (),
        (),
        ("Early in the year the average rests on few months.", *_broken(scope, line)),
        ("Months", "Total", "Average a month", "A year before"),
        rows,
    )


def _average(scope: Scope, value: Value, means: Mapping[Period, Decimal]) -> Reading:
    """A total divided by its months, against the same months a year before."""
    return replace(
        reading(scope.book, value, from_year(value.period.start.year)),
        value=f"{means[value.period]} a month",
        count=f"{words.count(value.value or 0)} in all",
        change=change_between(scope.book, scope.measure.id, value.period, means),
    )


def calendar(scope: Scope) -> Plan:
    """January to each month, made from the totals that run from April: year beside year."""
    found = calendar_totals(scope.line(SPAN))
    if not found:
        return "The totals held do not join into a calendar year"
    yield
    values = {total.period: total.value for total in found}
    by_year: dict[int, list[CalendarTotal]] = {}
    for total in found:
        by_year.setdefault(total.period.end.year, []).append(total)
    drawn = []
    for place, (year, totals) in enumerate(sorted(by_year.items(), reverse=True)):
        held = {total.period.end.month: total for total in totals}
        marks = tuple(
            Mark(
                name,
                float(held[i].value),
                _total(scope, held[i], values),
            )
            if (i := month + 1) in held
            else Mark(name, None)
            for month, name in enumerate(words.SHORT)
        )
        role = ROLES[place] if place < 2 else "context"
        drawn.append(Drawn(str(year), marks, role))
    last = found[-1]
    earlier = {(t.period.end.year, t.period.end.month): t for t in found}
    before = earlier.get((last.period.end.year - 1, last.period.end.month))
    title = f"{so_many(scope, last.value)} {words.within(last.period)}"
    if before and not break_between(scope.book, scope.measure.id, before.period, last.period):
        then = words.count(before.value) if before.value else "none"
        title += f", {then} {words.within(before.period)}"
    full = next((t for t in reversed(found) if t.period.end.month == 12), None)
    if full and full is not last:
        title += f"; {words.count(full.value)} in all of {full.period.end.year}"
    rows = []
    for total in found:
        same = earlier.get((total.period.end.year - 1, total.period.end.month))
        rows.append(
            (
                words.months(total.period.start, total.period.end),
                words.count(total.value),
                words.count(same.value) if same else "Not held",
                _sum(total),
            )
        )
    return ChartView(
        "calendar",
        title,
        subtitle(scope, "added up from January"),
        alt("From January", [(r[0], r[1]) for r in rows]),
        tuple(drawn),
        scope.measure.unit,
        parts.sources(scope.line(SPAN)),
        scope.as_at,
        "categories",
        parts.y_range(parts.numbers(drawn), "count"),
        (),
        (),
        (
            "Worked out here from the published totals, which run from April to March.",
            *_broken(scope, scope.line(SPAN)),
        ),
        ("Months", "Total", "Same months a year before", "Worked out from"),
        rows,
    )


def _total(scope: Scope, total: CalendarTotal, values: Mapping[Period, Decimal]) -> Reading:
    """January to a month, with the sum it is, against the same months a year before."""
    made_from = [value for _, value in total.made_of]
    return Reading(
        words.period(total.period),
        str(total.period.end.year),
        words.count(total.value),
        "",
        change_between(scope.book, scope.measure.id, total.period, values),
        f"{_sum(total)}; {places(made_from)}",
        published(made_from),
    )


def _broken(scope: Scope, line: Line) -> tuple[str, ...]:
    """Which declared breaks lie within a line: years on either side do not compare."""
    return tuple(
        f"{event.title}: years before and after {words.month(event.start)} do not compare."
        for event in breaks(scope.book, scope.measure.id)
        if line[0].period.end < event.start <= line[-1].period.end
    )


def _sum(total: CalendarTotal) -> str:
    """The published totals that a calendar year is made of, as a sum."""
    parts_of = []
    for place, (sign, value) in enumerate(total.made_of):
        lead = ("" if place == 0 else "+ ") if sign > 0 else f"{words.MINUS} "
        when = words.month(value.period.end, True)
        parts_of.append(f"{lead}{words.count(value.value or 0)} (to {when})")
    return " ".join(parts_of)
