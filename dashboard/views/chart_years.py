"""Charts by calendar year: the record beside England and the region, both bases, the tail."""

from __future__ import annotations

from dataclasses import replace

from dashboard import words
from dashboard.views import parts, telling
from dashboard.views.chart import ChartView, EventMark, TargetMark
from dashboard.views.chart import Line as Drawn
from dashboard.views.parts import Scope, text
from etl.analysis.book import Line, Value, last_number
from etl.analysis.change import at
from etl.analysis.targets import declared_for, other_basis


def breaks_of(scope: Scope) -> tuple[int, ...]:
    """The years at which lines break: what was collected before is not comparable."""
    return tuple(
        e.start.year for e in scope.book.record.events
        if e.kind == "break" and scope.measure.id in e.measures
    )  # fmt: skip


def _solid(line: Line) -> tuple[Line, tuple[str, ...]]:
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


def _gaps(scope: Scope, line: Line) -> tuple[EventMark, ...]:
    """The years within a line for which no figure was given, and who gave none."""
    return tuple(
        EventMark(f"{scope.area} not given by DfE", str(v.period.end.year), str(v.period.end.year))
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


def _end(name: str, line: Line, scope: Scope) -> str:
    """A line's label at its end: its name and its last figure."""
    last = last_number(line)
    if last is None:
        return name
    newest = max(v.period.end.year for v in line)
    when = f" ({last.period.end.year})" if last.period.end.year < newest else ""
    return f"{name} {text(last, scope.measure)}{when}"


def _plain(label: str, line: Line, scope: Scope) -> str:
    """A line's name without the figure at its end."""
    return label.removesuffix(_end("", line, scope)).rstrip()


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


def _chart(
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
        for e in scope.book.record.events
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
    line, notes = _solid(scope.line("calendar_year"))
    last = last_number(line)
    if last is None:
        return "No yearly figures are held"
    named = [(_end(scope.area, line, scope), "own", line)]
    rest = ""
    if scope.measure.unit != "count":
        first = line[0].period.end.year
        for code, name, role in _areas(scope):
            other = tuple(v for v in scope.line("calendar_year", area=code)
                          if v.period.end.year >= first)  # fmt: skip
            if any(v.value is not None for v in other):
                named.append((_end(name, other, scope), role, other))
    twin = [at(other, last.period) for _, _, other in named[1:]]
    if len(named) > 1 and twin[0] and twin[0].value is not None:
        rest = f"England {text(twin[0], scope.measure)} in {last.period.end.year}."
    return _chart(scope, "years", year_heading(scope, last), subtitle(scope), named, notes, rest)


def england(scope: Scope, value: Value) -> Value | None:
    """England's figure of the same year and basis."""
    country = scope.book.registry.council.country
    return at(scope.book.line(scope.measure.id, scope.cohort, value.period.span, country),
              value.period)  # fmt: skip


def year_heading(scope: Scope, value: Value) -> str:
    """The year's finding beside England's: 59.0% of EHC plans ... in 2025; England 45.5%."""
    other = england(scope, value)
    beside = scope.measure.unit != "count" and other is not None and other.value is not None
    text_of = telling.clause(scope.book, value, counts=False)
    if beside and other:
        return f"{text_of}, against {text(other, scope.measure)} in England"
    return telling.heading(scope.book, value)


def bases(scope: Scope) -> ChartView | str:
    """Both bases side by side: with and without the plans that the law allows to be late."""
    name = other_basis(scope.book, scope.measure.id)
    if name is None:
        return "There is only one basis"
    span = "calendar_year"
    mine, theirs = scope.line(span), scope.line(span, name)
    names = {"including": "Including exceptions", "excluding": "Excluding exceptions"}
    other = scope.book.measure(name)
    if not any(v.value is not None for v in mine) or not any(v.value is not None for v in theirs):
        return "Only one basis is held by year"
    mine, notes = _solid(mine)
    theirs, _ = _solid(theirs)
    named = [(_end(names[scope.measure.basis], mine, scope), "own", mine),
             (_end(names[other.basis], theirs, scope), "second", theirs)]  # fmt: skip
    both = [y for y in (v.period for v in mine)
            if (a := at(mine, y)) and (b := at(theirs, y)) and a.value and b.value]  # fmt: skip
    title = "Plans within 20 weeks on both bases"
    if both:
        a, b = at(mine, both[-1]), at(theirs, both[-1])
        assert a is not None
        assert b is not None
        first, second = (a, b) if scope.measure.basis == "including" else (b, a)
        title = (
            f"In {both[-1].end.year}, {text(first, scope.measure)} counting plans with "
            f"permitted exceptions, {text(second, scope.measure)} leaving them out"
        )
    notes += tuple(
        f"No figure for {v.period.end.year} {telling.BASIS[basis]}."
        for line, basis in ((mine, scope.measure.basis), (theirs, other.basis))
        for v in line
        if v.value is None
    )
    sub = f"{scope.measure.short_title or scope.measure.title}, on both bases, {scope.area}"
    return _chart(scope, "bases", title, sub, named, notes, targets=False)


_TAIL = (
    ("within 20 weeks", "ehc_plans_on_time_share_{}_exceptions", "own"),
    ("20 to 52 weeks", "ehc_plans_20_to_52_weeks_share_{}_exceptions", "second"),
    ("over 52 weeks", "ehc_plans_over_52_weeks_share_{}_exceptions", "third"),
)


def is_timeliness(scope: Scope) -> bool:
    """Whether the measure is one of how long plans took, of which DfE gives the tail."""
    every = [name.format(scope.measure.basis) for _, name, _ in _TAIL]
    return bool(scope.measure.basis) and scope.measure.id in (
        *every, f"ehc_plan_mean_weeks_{scope.measure.basis}_exceptions"
    )  # fmt: skip


def tail(scope: Scope) -> ChartView | str:
    """How late the late plans are: within 20 weeks, 20 to 52, over 52, by year."""
    named, words_of = [], []
    known = scope.book.registry.measures
    share = _TAIL[0][1].format(scope.measure.basis)
    if share not in known:
        return "How late the late plans are is not held"
    scope = replace(scope, measure=known[share])
    for label, pattern, role in _TAIL:
        name = pattern.format(scope.measure.basis)
        if name not in known:
            continue
        line = scope.line("calendar_year", name)
        held = tuple(v for v in line if v.value is not None)
        if held:
            named.append((label, role, line))
    if len(named) < 2:
        return "How late the late plans are is not held"
    since = min(v.period.end.year for _, _, line in named[1:] for v in line if v.value is not None)
    cut = [(label, role, tuple(v for v in line if v.period.end.year >= since))
           for label, role, line in named]  # fmt: skip
    last = last_number(cut[-1][2])
    assert last is not None
    for label, _, line in cut:
        now = at(line, last.period)
        if now and now.value is not None:
            took = "took up to 20 weeks" if label == "within 20 weeks" else f"took {label}"
            words_of.append(f"{text(now, scope.measure)} {took}")
    title = f"Of the EHC plans of {last.period.end.year}, {words.together(words_of)}"
    labelled = [(_end(words.capital(label), line, scope), role, line) for label, role, line in cut]
    sub = (
        f"EHC plans by the time they took, % of plans issued, {telling.BASIS[scope.measure.basis]}"
    )
    return _chart(scope, "tail", title, f"{sub}, {scope.area}", labelled, (), targets=False)


def weeks(scope: Scope) -> ChartView | str:
    """The average weeks to a plan, as DfE gives them, beside England."""
    name = f"ehc_plan_mean_weeks_{scope.measure.basis}_exceptions"
    if name not in scope.book.registry.measures:
        return "The average in weeks is not held"
    other = Scope(scope.book, scope.book.measure(name), "all", scope.as_at, scope.today)
    found = years(other)
    if isinstance(found, str):
        return "The average in weeks is not held"
    return replace(found, id="weeks")
