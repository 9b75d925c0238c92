"""Charts by month: the trend, year on year, the groups together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dashboard import words
from dashboard.views import parts, telling
from dashboard.views.alternative import alt
from dashboard.views.chart import ChartView, Mark, Plan, Role
from dashboard.views.chart import Line as Drawn
from dashboard.views.parts import Scope
from dashboard.views.readings import cell
from dashboard.views.rows import stopped
from dashboard.views.tables import SPANS
from etl.analysis.book import Line, Value, last_number

ROLES: tuple[Role, ...] = ("own", "second", "third", "fourth")


def span_of(scope: Scope) -> str:
    """The span of the row's monthly points: months, or a total that runs from April."""
    return "financial_year_to_date" if scope.measure.nature == "cumulative" else "month"


def _rows(line: Line, scope: Scope) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    cases = any(v.cases is not None for v in line)
    columns = ("Month", scope.row_title, "Cases") if cases else ("Month", scope.row_title)
    rows: list[tuple[str, ...]] = []
    for value in line:
        row = (words.month(value.period.end), cell(value, scope.measure))
        rows.append(
            (*row, "" if value.cases is None else words.count(value.cases)) if cases else row
        )
    return columns, rows


def _title(scope: Scope, line: Line) -> str:
    return telling.finding(scope.book, line) or scope.measure.title


def subtitle(scope: Scope, what: str = "") -> str:
    """Measure, group, unit and area of a chart, for the picture that stands alone."""
    measure = scope.measure
    title = measure.title
    if scope.cohort != "all":
        title = f"{title}, {words.lower(parts.GROUPS.get(scope.cohort, scope.row_title))}"
        if "all" not in measure.cohorts:
            title = f"{measure.short_title or measure.title}: {words.lower(scope.row_title)}"
    unit = {"count": "number", "percent": "%"}.get(measure.unit, measure.unit)
    return f"{title}{', ' + what if what else ''}, {unit}, {scope.area}"


def _by_year(scope: Scope, line: Line) -> tuple[Drawn, ...]:
    """A running total as one line a financial year: it starts again each April."""
    years: dict[date, list[Value]] = {}
    for value in line:
        years.setdefault(value.period.start, []).append(value)
    drawn = []
    for start, held in years.items():
        name = from_year(start.year)
        drawn.append(Drawn(name, parts.months_drawn(scope.book, tuple(held), scope.row_title)))
    return tuple(drawn)


def from_year(year: int) -> str:
    """A year that starts in April or September: "2021-22"."""
    return f"{year}-{(year + 1) % 100:02d}"


def _not_monthly(scope: Scope) -> str:
    """Why no months are drawn: none are held, or the figures are of other periods."""
    held = scope.book.spans(scope.measure.id, scope.cohort)
    if not held or span_of(scope) in held:
        return "No monthly figures are held"
    periods = words.together([words.lower(SPANS[span]) for span in held])
    return f"Figures are held {periods} only; no line is drawn. The table has every figure"


def trend(scope: Scope) -> Plan:
    """All months held, gaps as gaps; a running total breaks each April."""
    line = scope.line(span_of(scope))
    if not any(v.value is not None for v in line):
        return _not_monthly(scope)
    yield
    cumulative = scope.measure.nature == "cumulative"
    first, last = parts.month_of(line[0]), parts.month_of(line[-1])
    over = stopped(last_number(line), scope.today)
    if cumulative:
        *years, newest = _by_year(scope, line)
        lines = (*years, replace(newest, stopped=over))
    else:
        marks = parts.ended(
            parts.months_drawn(scope.book, line, scope.row_title), line, scope.measure
        )
        lines = (Drawn(scope.row_title, marks, stopped=over),)
    targets = parts.limit_marks(scope, first, last) if scope.measure.nature == "mean" else ()
    columns, rows = _rows(line, scope)
    heights = parts.numbers(lines, targets)
    scale = parts.y_range(heights, scope.measure.unit)
    held = [n for n in heights if n is not None]
    notes = (
        *parts.gaps_note(line),
        *parts.tables_note(line),
        *parts.flags_note(line),
        *parts.few_note(line),
    )
    if scope.measure.nature == "stock" and min(held) > 0.8 * max(held) > 800:
        room = max((max(held) - min(held)) * 0.5, max(held) * 0.005)
        scale = (float(int(min(held) - room)), float(int(max(held) + room)))
        notes = (*notes, "The scale does not start at zero.")
    if cumulative:
        notes = (*notes, "Added up from April: the total starts again each year.")
    kind = "Running total by month" if cumulative else "Line by month"
    return ChartView(
        "trend",
        _title(scope, line),
        subtitle(scope),
        alt(kind, line, scope.measure),
        lines,
        scope.measure.unit,
        parts.sources(line),
        scope.as_at,
        "months",
        scale,
        targets,
        parts.events(scope, first, line[-1].period.end),
        notes,
        columns,
        rows,
    )


def year_on_year(scope: Scope) -> Plan:
    """Years from September over each other, as schools count; a running total from April."""
    cumulative = scope.measure.nature == "cumulative"
    line = scope.line(span_of(scope))
    starts = 4 if cumulative else 9
    order = [(starts - 1 + i) % 12 for i in range(12)]
    years: dict[int, dict[str, Value]] = {}
    for value in line:
        end = value.period.end
        year = end.year if end.month >= starts else end.year - 1
        years.setdefault(year, {})[words.SHORT[end.month - 1]] = value
    if len(years) < 2:
        return "Fewer than two years are held"
    yield
    names = tuple(words.SHORT[month] for month in order)
    drawn = []
    for place, year in enumerate(sorted(years, reverse=True)):
        marks = tuple(
            parts.mark(scope.book, years[year][name], name, from_year(year))
            if name in years[year]
            else Mark(name, None)
            for name in names
        )
        role: Role = ROLES[place] if place < 2 else "context"
        drawn.append(Drawn(from_year(year), marks, role))
    rows = [
        (
            name,
            *(
                cell(years[year][name], scope.measure) if name in years[year] else ""
                for year in sorted(years, reverse=True)
            ),
        )
        for name in names
    ]
    what = (
        "financial years over each other" if cumulative else "years from September over each other"
    )
    return ChartView(
        "year-on-year",
        _title(scope, line),
        subtitle(scope, what),
        alt(words.capital(what), line, scope.measure),
        tuple(drawn),
        scope.measure.unit,
        parts.sources(line),
        scope.as_at,
        "categories",
        parts.y_range(parts.numbers(drawn), scope.measure.unit),
        (),
        (),
        (*parts.flags_note(line), *parts.few_note(line)),
        ("Month", *(line.name for line in drawn)),
        rows,
    )
