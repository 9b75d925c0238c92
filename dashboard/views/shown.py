"""A measure's row, choices -> the view of it that is shown, and what else could be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from dashboard import words
from dashboard.views import (
    bullets,
    chart_months,
    chart_neighbours,
    chart_trend,
    flags,
    telling,
)
from dashboard.views.chart import ChartView
from dashboard.views.choosing import VIEWS, drawn, fitting, known, unavailable
from dashboard.views.errors import BadChoice
from dashboard.views.facts import no_figure
from dashboard.views.measure_types import ShownView
from dashboard.views.overview import as_at_words, as_of
from dashboard.views.parts import GROUPS, Scope
from dashboard.views.rows import file_name, first_cohort, url
from dashboard.views.types import Choice, Link
from etl.analysis.book import Value, book
from etl.analysis.keep import Kept
from etl.analysis.targets import other_basis
from etl.record import Record

_kept = Kept(1000)
_NO_VIEW = "There is no such view of this row"
_NAMES = {"including": "Including exceptions", "excluding": "Excluding exceptions"}


def _nothing(scope: Scope, why: str) -> ChartView:
    """A chart that says why there is none."""
    return ChartView(
        "trend",
        scope.row_title,
        chart_trend.subtitle(scope),
        why,
        (),
        scope.measure.unit,
        "",
        scope.as_at,
        empty=why,
    )


def _availability(scope: Scope, view: str) -> str:
    """Why a view cannot be drawn from all that is held; empty where it can."""
    return unavailable(replace(scope, first=None, last=None, year=None), view)


def _also(scope: Scope, view: str) -> str:
    """`view` where this row can be seen so too; else "", for the row's own first view."""
    return view if view in fitting(scope) and not _availability(scope, view) else ""


def chart(scope: Scope, view: str) -> ChartView | str:
    """One view of a row, kept while the record is in use."""
    return _kept.get(scope.book.record, scope.key(view), lambda: _noted(scope, drawn(scope, view)))


def _noted(scope: Scope, built: ChartView | str) -> ChartView | str:
    """A view with what its measure asks to be said under every picture of it."""
    note = scope.measure.note
    if isinstance(built, str) or not note:
        return built
    return replace(built, notes=(*built.notes, note))


def scope_of(
    record: Record,
    measure_id: str,
    cohort: str = "",
    *,
    year: int | None = None,
    first: date | None = None,
    last: date | None = None,
    today: date | None = None,
) -> Scope | None:
    """The row that is asked for; None where no such measure is declared.

    Without a `cohort` it is the first one's. Raises BadChoice for one that the measure lacks.
    """
    found = book(record)
    measure = found.registry.measures.get(measure_id)
    if measure is None:
        return None
    cohort = known("cohort", cohort, measure.cohorts) if cohort else first_cohort(found, measure_id)
    return Scope(
        found, measure, cohort, as_at_words(record), as_of(record, today), year, first, last
    )


def _years(scope: Scope, view: str) -> tuple[int, ...]:
    """The years that a view lets a reader choose from."""
    if view in ("months", "quarters"):
        return chart_months.years_held(scope)
    return chart_neighbours.years_held(scope) if view == "neighbours" else ()


def _address(
    scope: Scope, view: str = "", cohort: str = "", measure: str = "", year: int | None = None
) -> str:
    """This page with one choice changed and all others kept."""
    name, group = measure or scope.measure.id, cohort or scope.cohort
    at = scope.book.record.as_at
    return url(
        name,
        "" if group == first_cohort(scope.book, name) else group,
        view=view,
        year=str(year) if year else "",
        **{"from": scope.first.isoformat()[:7] if scope.first else ""},
        to=scope.last.isoformat()[:7] if scope.last else "",
        as_at=at.isoformat() if at else "",
    )


def heading(scope: Scope, value: Value | None) -> tuple[str, str]:
    """The page's heading and the sentence under it."""
    if value is None:
        return scope.measure.title, no_figure(scope)
    key = value.point.shown.series
    line = scope.book.line(key.measure, key.cohort, key.span)
    yearly = value.period.span == "calendar_year"
    say = telling.year_heading if yearly else telling.heading
    heading = telling.finding(scope.book, line, say)
    if value.trusted:
        lede = telling.sentence(scope.book, value).text
        if value.point.shown.table != "dfe":  # the committee's reports do not give DfE's figures
            lede = f"{lede} {bullets.since_report(scope.book, value)}".rstrip()
        return heading, lede
    flag = next(iter(flags.of_value(scope.book, value)), None)
    return heading, flag.detail if flag else ""


def _bases(scope: Scope, view: str) -> tuple[Choice, ...]:
    name = other_basis(scope.book, scope.measure.id)
    if name is None:
        return ()
    both = sorted((scope.measure.id, name), key=lambda m: scope.book.measure(m).basis, reverse=True)
    return tuple(
        Choice(
            m,
            _NAMES[scope.book.measure(m).basis],
            _address(scope, _also(replace(scope, measure=scope.book.measure(m)), view), measure=m),
            m == scope.measure.id,
        )
        for m in both
    )


def shown(scope: Scope, view: str = "") -> ShownView:
    """One view of a row with what else a reader may choose, and nothing else of its page.

    Without a `view` it is the first that can be drawn. One that cannot be, or a year that it
    lacks, is said in place of the chart, with what can be seen instead. Raises BadChoice for a
    view that there is not, and for a year where the view shows none.
    """
    if view:
        known("view", view, VIEWS)
    choices = (
        "shown",
        view,
        scope.measure.id,
        scope.cohort,
        scope.year,
        scope.first,
        scope.last,
        scope.today,
    )
    return _kept.get(scope.book.record, choices, lambda: _shown(scope, view))


def _refused(scope: Scope, view: str, why: Mapping[str, str]) -> str:
    """Why a view cannot be shown at all, or not for the year asked for; empty where it can.

    Raises BadChoice where a year is asked for of a view that has none to choose.
    """
    label = VIEWS[view][0]
    if said := why.get(view, _NO_VIEW):
        return f"{label} is not shown. {said.removesuffix('.')}."
    years = [str(year) for year in _years(scope, view)]
    if scope.year and not years:
        raise BadChoice("year: this view does not show a single year")
    if scope.year and str(scope.year) not in years:
        return f"{label}: {scope.year} is not held, but {words.together(years)}."
    return ""


def _shown(scope: Scope, view: str) -> ShownView:
    found, declared, cohort = scope.book, scope.measure, scope.cohort
    value = found.latest(declared.id, cohort)
    ids = fitting(scope)
    why = {name: _availability(scope, name) for name in ids}
    first = next((name for name in ids if not why[name]), "")
    chosen = view if first and view else first
    instead = None
    if not chosen:
        built: ChartView | str = next(iter(why.values()), "") if value else no_figure(scope)
    elif built := _refused(scope, chosen, why):
        again = first if why.get(chosen, _NO_VIEW) else chosen
        instead = Link(VIEWS[again][0], _address(scope, again))
    else:
        built = chart(scope, chosen)
        if isinstance(built, str) and (scope.first or scope.last):
            built = "No figure lies in the months that were chosen."
    shown = built if isinstance(built, ChartView) else _nothing(scope, built)
    as_at = found.record.as_at
    groups = sorted(declared.cohorts.items(), key=lambda item: item[1].order)
    return ShownView(
        measure=declared.id,
        cohort=cohort,
        view=chosen,
        heading=heading(scope, value)[0],
        views=tuple(
            Choice(name, VIEWS[name][0], _address(scope, name), name == chosen, why[name])
            for name in ids
        ),
        years=tuple(
            Choice(str(y), str(y), _address(scope, chosen, year=y), y == shown.year)
            for y in _years(scope, chosen)
        ),
        cohorts=tuple(
            Choice(
                name,
                GROUPS.get(name, group.title),
                _address(scope, _also(replace(scope, cohort=name), chosen), cohort=name),
                name == cohort,
            )
            for name, group in groups
        )
        if len(groups) > 1
        else (),
        bases=_bases(scope, chosen),
        chart=shown,
        instead=instead,
        query=f"measure={declared.id}&cohort={cohort}"
        + (f"&as_at={as_at.isoformat()}" if as_at else ""),
        name=file_name(found, declared.id, cohort),
        as_at=scope.as_at,
    )
