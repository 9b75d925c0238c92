"""A share on both bases, and how late the late ones are."""

from __future__ import annotations

from dataclasses import replace

from dashboard import words
from dashboard.views import telling
from dashboard.views.chart import Plan
from dashboard.views.chart_trend import ROLES
from dashboard.views.chart_years import Named, lines_by_year, solid, years
from dashboard.views.parts import Scope
from dashboard.views.readings import text
from etl.analysis.book import last_number
from etl.analysis.change import at
from etl.analysis.targets import other_basis
from etl.model import Band, Measure


def bases(scope: Scope) -> Plan:
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
    yield
    mine, notes = solid(scope, mine)
    theirs, _ = solid(scope, theirs)
    named = [
        Named(names[scope.measure.basis], "own", mine),
        Named(names[other.basis], "second", theirs),
    ]
    both = [
        y
        for y in (v.period for v in mine)
        if (a := at(mine, y)) and (b := at(theirs, y)) and a.trusted and b.trusted
    ]
    title = f"{scope.measure.short_title or scope.measure.title}, on both bases"
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


def bands(scope: Scope) -> tuple[Measure, ...]:
    """The shares of how long cases took that belong with a measure, the shortest time first."""
    return tuple(
        sorted((m for m in _group(scope) if m.nature == "share"), key=lambda m: _band(m).order)
    )


def _group(scope: Scope) -> list[Measure]:
    """The measures of one group and basis, this one among them; none where it is in no group."""
    mine = scope.measure.band
    return [
        m
        for m in scope.book.registry.measures.values()
        if mine and m.band and (m.band.group, m.basis) == (mine.group, scope.measure.basis)
    ]


def _band(measure: Measure) -> Band:
    assert measure.band is not None
    return measure.band


def tail(scope: Scope) -> Plan:
    """How late the late ones are: each share of a group of times, by year."""
    unknown = "How late the late ones are is not held"
    named: list[Named] = []
    every = bands(scope)
    if not every:
        return unknown
    scope = replace(scope, measure=every[0])
    for measure, role in zip(every, ROLES, strict=False):
        line = scope.line("calendar_year", measure.id)
        if last_number(line):
            named.append(Named(words.capital(_band(measure).label), role, line))
    if len(named) < 2:
        return unknown
    yield
    since = min(v.period.end.year for of in named[1:] for v in of.line if v.value is not None)
    cut = [
        replace(of, line=tuple(v for v in of.line if v.period.end.year >= since)) for of in named
    ]
    basis = telling.BASIS.get(scope.measure.basis, "")
    parts = (_band(scope.measure).group, f"% of {scope.measure.cases}", basis, scope.area)
    sub = words.capital(", ".join(part for part in parts if part))
    title = _tail_title(scope, cut)
    return lines_by_year(scope, "tail", title, sub, cut, (), targets=False)


def _tail_title(scope: Scope, named: list[Named]) -> str:
    """How late they were in the newest year of which each share may be spoken of."""
    shares = [{v.period: v for v in of.line if v.trusted} for of in named]
    both = sorted(set.intersection(*map(set, shares)), key=lambda period: period.end)
    if not both:
        return words.capital(_band(scope.measure).group)
    newest = [held[both[-1]] for held in shares]
    told = [telling.clause(scope.book, newest[0], counts=False)]
    told += [
        f"{text(value, scope.measure)} took {words.lower(of.name)}"
        for of, value in zip(named[1:], newest[1:], strict=True)
    ]
    return words.together(told)


def weeks(scope: Scope) -> Plan:
    """The average time of the group, beside England."""
    mean = next((m for m in _group(scope) if m.nature == "mean"), None)
    if mean is None:
        return "The average time is not held"
    found = yield from years(replace(scope, measure=mean, cohort="all"))
    return "The average time is not held" if isinstance(found, str) else replace(found, id="weeks")
