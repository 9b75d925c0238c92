"""Charts by calendar year: the record beside England and the region, both bases, the tail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dashboard.views import counting, parts, telling
from dashboard.views.alternative import alt
from dashboard.views.chart import ChartView, EventMark, Plan, Role, TargetMark
from dashboard.views.chart import Line as Drawn
from dashboard.views.parts import Scope
from dashboard.views.readings import cell, text
from etl.analysis.book import Line, Value, last_number
from etl.analysis.change import breaks as declared_breaks
from etl.analysis.targets import Stand, declared_for, stand
from etl.model import Target


@dataclass(frozen=True)
class Named:
    """A line to draw: its name, its role in the drawing, its values."""

    name: str
    role: Role
    line: Line


def breaks_of(scope: Scope) -> tuple[int, ...]:
    """The years at which lines break: what was collected before is not comparable."""
    return tuple(e.start.year for e in declared_breaks(scope.book, scope.measure.id))


def solid(scope: Scope, line: Line) -> tuple[Line, tuple[str, ...]]:
    """A line from its first year with ten cases on, and a note on the years left out."""
    kept = line
    left: list[Value] = []
    while kept and (kept[0].few or kept[0].value is None):
        left.append(kept[0])
        kept = kept[1:]
    small = [v for v in left if v.few and v.value is not None]
    link = " of" if scope.measure.unit == "percent" else ", from"
    return kept, tuple(
        f"{v.period.end.year} is not drawn: {cell(v, scope.measure)}{link} "
        f"{counting.cases(scope.book, v)}."
        for v in small
    )


def _ungiven(scope: Scope, value: Value) -> str:
    by = " by DfE" if value.point.shown.table == "dfe" else ""
    return f"{scope.area} not given{by}"


def _gaps(scope: Scope, line: Line) -> tuple[EventMark, ...]:
    """The years within a line for which no figure was given, and who gave none."""
    return tuple(
        EventMark(_ungiven(scope, v), str(v.period.end.year), str(v.period.end.year))
        for v in line
        if v.value is None
    )


def year_targets(scope: Scope, years: list[int], line: Line) -> tuple[TargetMark, ...]:
    """Targets where they stand: a yearly one inside its year, one by a date at that year.

    Each says whether the figure of its last year in `line` met it, where that can be said.
    """
    found = []
    for target in declared_for(scope.book, scope.measure.id, scope.cohort):
        if not (scope.measure.target.held or target.form == "limit") or target.form == "monthly":
            continue
        first, last = target.start.year, target.end.year
        if target.form == "by_date":
            first = last
        inside = [year for year in years if first <= year <= last]
        if inside:
            found.append(
                TargetMark(
                    parts.target_label(target),
                    float(target.value),
                    str(inside[0]),
                    str(inside[-1]),
                    target.kind,
                    _standing(scope, target, line),
                )
            )
    return tuple(found)


def _standing(scope: Scope, target: Target, line: Line) -> Literal["", "met", "missed"]:
    """How the figure of a target's last year stands to it; a limit is of each case alone."""
    due = next((v for v in line if v.period.end.year == target.end.year), None)
    if due is None or target.form == "limit":
        return ""
    against = stand(scope.book, target, due)
    if not isinstance(against, Stand):
        return ""
    return "met" if against.met else "missed"


def _areas(scope: Scope) -> list[tuple[str, str, Role]]:
    """(code, name, role) of the areas to draw beside the council."""
    council = scope.book.registry.council
    return [
        (council.country, council.areas.get(council.country, ""), "second"),
        (council.region, council.areas.get(council.region, ""), "third"),
    ]


def _end_value(of: Named, scope: Scope) -> str:
    """The figure at a line's end, with its year where the line goes on without figures."""
    last = last_number(of.line)
    if last is None:
        return ""
    newest = max(v.period.end.year for v in of.line)
    when = f" ({last.period.end.year})" if last.period.end.year < newest else ""
    return f"{cell(last, scope.measure)}{when}"


def _table(named: list[Named], scope: Scope) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    years = sorted({v.period.end.year for of in named for v in of.line})
    by = [{v.period.end.year: v for v in of.line} for of in named]
    rows = [
        (str(year), *(cell(held[year], scope.measure) if year in held else "" for held in by))
        for year in years
    ]
    return ("Year", *(of.name for of in named)), rows


def lines_by_year(
    scope: Scope,
    view: str,
    title: str,
    sub: str,
    named: list[Named],
    notes: tuple[str, ...],
    rest: str = "",
    *,
    targets: bool = True,
) -> ChartView:
    """Lines by year with breaks, gaps and targets."""
    breaks = breaks_of(scope)
    drawn: list[Drawn] = []
    for of in named:
        value = _end_value(of, scope)
        drawn += parts.years_drawn(scope.book, of.name, value, of.line, of.role, breaks)
    years = sorted({v.period.end.year for of in named for v in of.line})
    marks = year_targets(scope, years, named[0].line) if targets else ()
    # What happened within a year stands in words below: a mark would claim the whole year.
    shown = tuple(
        EventMark(e.title, str(e.start.year))
        for e in declared_breaks(scope.book, scope.measure.id)
        if years[0] < e.start.year <= years[-1]
    )
    columns, rows = _table(named, scope)
    return ChartView(
        view,
        title,
        sub,
        alt("By year", named[0].line, scope.measure, rest),
        tuple(drawn),
        scope.measure.unit,
        parts.sources(v for of in named for v in of.line),
        scope.as_at,
        "years",
        parts.y_range(parts.numbers(drawn, marks), scope.measure.unit),
        marks,
        shown + _gaps(scope, named[0].line),
        notes,
        columns,
        rows,
    )


def subtitle(scope: Scope) -> str:
    unit = {"percent": f"% of {scope.measure.cases}", "count": "number"}.get(
        scope.measure.unit, scope.measure.unit
    )
    if scope.yearly == "academic_year":
        return f"{scope.measure.title}, {unit}, by the year in which the school year ends"
    return f"{scope.measure.title}, {unit} in the calendar year"


def years(scope: Scope) -> Plan:
    """The year-by-year record; for a share or a mean beside England and the region."""
    line, notes = solid(scope, scope.line(scope.yearly))
    if last_number(line) is None:
        return "No yearly figures are held"
    yield
    named = [Named(scope.area, "own", line)]
    rest = ""
    if scope.measure.unit != "count":
        first = line[0].period.end.year
        for code, name, role in _areas(scope):
            other = tuple(
                v for v in scope.line(scope.yearly, area=code) if v.period.end.year >= first
            )
            if any(v.value is not None for v in other):
                named.append(Named(name, role, other))
    spoken = telling.newest_trusted(line)
    if spoken and (beside := telling.beside_england(scope.book, spoken)):
        rest = f"England {text(beside, scope.measure)} in {spoken.period.end.year}."
    title = telling.finding(scope.book, line, telling.year_heading)
    return lines_by_year(scope, "years", title, subtitle(scope), named, notes, rest)
