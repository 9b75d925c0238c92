"""Charts by calendar year: the record beside England and the region, both bases, the tail."""

from __future__ import annotations

from dashboard.views import parts, telling
from dashboard.views.chart import ChartView, EventMark, TargetMark
from dashboard.views.chart import Line as Drawn
from dashboard.views.parts import Scope, text
from etl.analysis.book import Line, Value, last_number
from etl.analysis.change import at
from etl.analysis.rates import england
from etl.analysis.targets import declared_for


def breaks_of(scope: Scope) -> tuple[int, ...]:
    """The years at which lines break: what was collected before is not comparable."""
    return tuple(
        e.start.year for e in scope.book.events
        if e.kind == "break" and scope.measure.id in e.measures
    )  # fmt: skip


def solid(line: Line) -> tuple[Line, tuple[str, ...]]:
    """A line from its first year with ten cases on, and a note on the years left out."""
    kept = line
    left: list[Value] = []
    while kept and (kept[0].few or kept[0].value is None):
        left.append(kept[0])
        kept = kept[1:]
    small = [v for v in left if v.few and v.value is not None]
    return kept, tuple(
        f"{v.period.end.year} is not drawn: {v.value}% of {v.cases} plans." for v in small
    )  # fmt: skip


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


def year_targets(scope: Scope, years: list[int]) -> tuple[TargetMark, ...]:
    """Targets where they stand: a yearly one inside its year, one by a date at that year."""
    found = []
    for target in declared_for(scope.book, scope.measure.id, scope.cohort):
        if not (scope.measure.target.held or target.form == "limit") or target.form == "monthly":
            continue
        first, last = target.start.year, target.end.year
        if target.form == "by_date":
            first = last
        inside = [year for year in years if first <= year <= last]
        if inside:
            found.append(TargetMark(parts.target_label(target), float(target.value),
                                    str(inside[0]), str(inside[-1]), target.kind))  # fmt: skip
    return tuple(found)


def _areas(scope: Scope) -> list[tuple[str, str, str]]:
    """(code, name, role) of the areas to draw beside the council."""
    council = scope.book.registry.council
    return [(council.country, council.areas.get(council.country, ""), "second"),
            (council.region, council.areas.get(council.region, ""), "third")]  # fmt: skip


def end_label(name: str, line: Line, scope: Scope) -> str:
    """A line's label at its end: its name and its last figure."""
    last = last_number(line)
    if last is None:
        return name
    newest = max(v.period.end.year for v in line)
    when = f" ({last.period.end.year})" if last.period.end.year < newest else ""
    return f"{name} {text(last, scope.measure)}{when}"


def _plain(label: str, line: Line, scope: Scope) -> str:
    """A line's name without the figure at its end."""
    return label.removesuffix(end_label("", line, scope)).rstrip()


def _table(
    named: list[tuple[str, Line]], scope: Scope
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    years = sorted({v.period.end.year for _, line in named for v in line})
    by = [{v.period.end.year: v for v in line} for _, line in named]
    rows = [
        (str(year), *(text(held[year], scope.measure) if year in held else "" for held in by))
        for year in years
    ]
    return ("Year", *(name for name, _ in named)), rows


def lines_by_year(
    scope: Scope, view: str, title: str, sub: str, named: list[tuple[str, str, Line]],
    notes: tuple[str, ...], rest: str = "", *, targets: bool = True,
) -> ChartView:  # fmt: skip
    """Lines by year with breaks, gaps and targets; `named` are (label, role, line)."""
    breaks = breaks_of(scope)
    drawn: list[Drawn] = []
    for label, role, line in named:
        drawn += parts.years_drawn(scope.book, label, line, role, breaks)
    years = sorted({v.period.end.year for _, _, line in named for v in line})
    marks = year_targets(scope, years) if targets else ()
    # What happened within a year stands in words below: a mark would claim the whole year.
    shown = tuple(
        EventMark(e.title, str(e.start.year))
        for e in scope.book.events
        if e.kind == "break"
        and scope.measure.id in e.measures
        and years[0] < e.start.year <= years[-1]
    )
    columns, rows = _table([(_plain(label, line, scope), line) for label, _, line in named], scope)
    return ChartView(
        view, title, sub, parts.alt("By year", named[0][2], scope.measure, rest), tuple(drawn),
        scope.measure.unit, parts.sources(v for _, _, line in named for v in line), scope.as_at,
        "years", parts.y_range(parts.numbers(drawn, marks), scope.measure.unit), marks,
        shown + _gaps(scope, named[0][2]), notes,
        columns, rows,
    )  # fmt: skip


def subtitle(scope: Scope) -> str:
    unit = {"percent": "% of plans issued", "count": "number"}.get(
        scope.measure.unit, scope.measure.unit
    )
    return f"{scope.measure.title}, {unit} in the calendar year"


def years(scope: Scope) -> ChartView | str:
    """The year-by-year record; for a share or a mean beside England and the region."""
    line, notes = solid(scope.line("calendar_year"))
    last = last_number(line)
    if last is None:
        return "No yearly figures are held"
    named = [(end_label(scope.area, line, scope), "own", line)]
    rest = ""
    if scope.measure.unit != "count":
        first = line[0].period.end.year
        for code, name, role in _areas(scope):
            other = tuple(v for v in scope.line("calendar_year", area=code)
                          if v.period.end.year >= first)  # fmt: skip
            if any(v.value is not None for v in other):
                named.append((end_label(name, other, scope), role, other))
    twin = [at(other, last.period) for _, _, other in named[1:]]
    if len(named) > 1 and twin[0] and twin[0].value is not None:
        rest = f"England {text(twin[0], scope.measure)} in {last.period.end.year}."
    return lines_by_year(
        scope, "years", year_heading(scope, last), subtitle(scope), named, notes, rest
    )


def year_heading(scope: Scope, value: Value) -> str:
    """The year's finding beside England's: 59.0% of EHC plans ... in 2025; England 45.5%."""
    other = england(scope.book, value)
    beside = scope.measure.unit != "count" and other is not None and other.value is not None
    text_of = telling.clause(scope.book, value, counts=False)
    if beside and other:
        return f"{text_of}, against {text(other, scope.measure)} in England"
    return telling.heading(scope.book, value)
