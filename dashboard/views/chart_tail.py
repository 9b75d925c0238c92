"""Plans by both bases, and how late the late ones are."""

from __future__ import annotations

from dataclasses import replace

from dashboard import words
from dashboard.views import telling
from dashboard.views.chart import ChartView
from dashboard.views.chart_years import Named, lines_by_year, solid, years
from dashboard.views.parts import Scope, text
from etl.analysis.book import last_number
from etl.analysis.change import at
from etl.analysis.targets import other_basis


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
    mine, notes = solid(scope, mine)
    theirs, _ = solid(scope, theirs)
    named = [Named(names[scope.measure.basis], "own", mine),
             Named(names[other.basis], "second", theirs)]  # fmt: skip
    both = [y for y in (v.period for v in mine)
            if (a := at(mine, y)) and (b := at(theirs, y)) and a.trusted and b.trusted]  # fmt: skip
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
    return lines_by_year(scope, "bases", title, sub, named, notes, targets=False)


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
    named: list[Named] = []
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
        if last_number(line):
            named.append(Named(words.capital(label), role, line))
    if len(named) < 2:
        return "How late the late plans are is not held"
    since = min(v.period.end.year for of in named[1:] for v in of.line if v.value is not None)
    cut = [
        replace(of, line=tuple(v for v in of.line if v.period.end.year >= since)) for of in named
    ]
    title = _tail_title(scope, cut)
    sub = (
        f"EHC plans by the time they took, % of plans issued, {telling.BASIS[scope.measure.basis]}"
    )
    return lines_by_year(scope, "tail", title, f"{sub}, {scope.area}", cut, (), targets=False)


def _tail_title(scope: Scope, named: list[Named]) -> str:
    """How late plans were in the newest year of which each share may be spoken of."""
    shares = [{v.period: v for v in of.line if v.trusted} for of in named]
    years = [set(held) for held in shares]
    both = sorted(set.intersection(*years), key=lambda period: period.end)
    if not both:
        return "How long EHC plans took"
    took = [
        f"{text(held[both[-1]], scope.measure)} "
        f"{'were issued within 20 weeks' if of.role == 'own' else f'took {words.lower(of.name)}'}"
        for of, held in zip(named, shares, strict=True)
    ]
    return f"Of the EHC plans of {both[-1].end.year}, {words.together(took)}"


def weeks(scope: Scope) -> ChartView | str:
    """The average weeks to a plan, as DfE gives them, beside England."""
    name = f"ehc_plan_mean_weeks_{scope.measure.basis}_exceptions"
    if name not in scope.book.registry.measures:
        return "The average in weeks is not held"
    found = years(replace(scope, measure=scope.book.measure(name), cohort="all"))
    if isinstance(found, str):
        return "The average in weeks is not held"
    return replace(found, id="weeks")
