"""Record, measure, choices -> what the measure's page says and shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dashboard.views import (
    blocks,
    bullets,
    chart_months,
    chart_neighbours,
    chart_trend,
    chart_years,
    flags,
    tables,
    telling,
)
from dashboard.views.chart import ChartView
from dashboard.views.choosing import VIEWS, fitting
from dashboard.views.facts import facts, no_figure
from dashboard.views.measure_types import MeasureView
from dashboard.views.overview import as_at_words, as_of, overview
from dashboard.views.parts import GROUPS, Scope
from dashboard.views.rows import first_cohort, row_url, stopped, url
from dashboard.views.takes import takes
from dashboard.views.types import Choice, Link
from etl.analysis.book import Book, Value, book
from etl.analysis.keep import Kept
from etl.analysis.targets import other_basis
from etl.model import MeasureRef
from etl.record import Record

_kept = Kept(1000)
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
    built = chart(replace(scope, first=None, last=None, year=None), view)
    return built if isinstance(built, str) else ""


def chart(scope: Scope, view: str) -> ChartView | str:
    """One view of a row, kept while the record is in use."""
    choices = (
        view,
        scope.measure.id,
        scope.cohort,
        scope.year,
        scope.first,
        scope.last,
        scope.today,
    )
    return _kept.get(scope.book.record, choices, lambda: _noted(scope, VIEWS[view][1](scope)))


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
    """The row that is asked for; None where no such measure is declared."""
    found = book(record)
    measure = found.registry.measures.get(measure_id)
    if measure is None:
        return None
    if cohort not in measure.cohorts:
        cohort = first_cohort(found, measure_id)
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


def _heading(scope: Scope, value: Value | None) -> tuple[str, str]:
    """The page's heading and the sentence under it."""
    if value is None:
        return scope.measure.title, no_figure(scope)
    key = value.point.shown.series
    line = scope.book.line(key.measure, key.cohort, key.span)
    yearly = value.period.span == "calendar_year"
    say = chart_years.year_heading if yearly else telling.heading
    heading = telling.finding(scope.book, line, say)
    if value.trusted:
        lede = telling.sentence(scope.book, value).text
        if value.point.shown.table != "dfe":  # the committee's reports do not give DfE's figures
            lede = f"{lede} {bullets.since_report(scope.book, value)}".rstrip()
        return heading, lede
    flag = next(iter(flags.of_value(scope.book, value)), None)
    return heading, flag.detail if flag else ""


def _beside(record: Record, scope: Scope) -> tuple[Link | None, Link | None]:
    """The rows before and after this one on the overview."""
    rows = [row for group in overview(record, scope.today).groups for row in group.rows]
    places = {(row.measure, row.cohort): place for place, row in enumerate(rows)}
    here = places.get((scope.measure.id, scope.cohort))
    if here is None:
        return None, None

    def link(place: int) -> Link | None:
        if not 0 <= place < len(rows):
            return None
        return Link(f"{rows[place].serial} {rows[place].title}".strip(), rows[place].url)

    return link(here - 1), link(here + 1)


def _bases(scope: Scope, view: str) -> tuple[Choice, ...]:
    name = other_basis(scope.book, scope.measure.id)
    if name is None:
        return ()
    both = sorted((scope.measure.id, name), key=lambda m: scope.book.measure(m).basis, reverse=True)
    return tuple(
        Choice(
            m,
            _NAMES[scope.book.measure(m).basis],
            _address(scope, view, measure=m),
            m == scope.measure.id,
        )
        for m in both
    )


def _related(scope: Scope) -> tuple[Link, ...]:
    """Rows that this one is made of or belongs with, by the registry's relations."""
    found, mine = scope.book, scope.measure.cohorts[scope.cohort]
    refs = [mine.share_of.part, mine.share_of.whole] if mine.share_of else []
    refs += [mine.part_of.whole] if mine.part_of else []
    refs += [ref for ref in (mine.denominator, mine.population) if ref]
    own = MeasureRef(scope.measure.id, scope.cohort)
    for name, cohort in found.ordered:
        group = found.cohort(name, cohort)
        made = [group.denominator, group.part_of.whole if group.part_of else None]
        made += [group.share_of.part, group.share_of.whole] if group.share_of else []
        same = scope.measure.basis and found.measure(name).basis == scope.measure.basis
        if own in made or same:
            refs.append(MeasureRef(name, cohort))
    return tuple(
        Link(found.cohort(*ref).title, row_url(found, *ref))
        for ref in dict.fromkeys(refs)
        if ref != own and found.latest(*ref)
    )


def _name(found: Book, measure: str, cohort: str) -> str:
    """A file name's stem: the serial, if it has one, and the measure."""
    group = found.cohort(measure, cohort)
    title = measure.replace("_", "-") + ("" if cohort == "all" else f"-{cohort}")
    return f"{group.serial}_{title}" if group.serial else title


def measure(
    record: Record,
    measure_id: str,
    cohort: str = "",
    view: str = "",
    *,
    year: int | None = None,
    first: date | None = None,
    last: date | None = None,
    today: date | None = None,
) -> MeasureView | None:
    """The page of one measure; None where no such measure is declared (a real 404).

    An unknown or unavailable `cohort` or `view` falls back to the default one; `view` is one
    of the ids in `MeasureView.views`. `year` chooses the year of views of one year's
    months. `first` and `last` bound the periods drawn (by the period's end); facts and
    words stay those of the latest figure.
    """
    scope = scope_of(record, measure_id, cohort, year=year, first=first, last=last, today=today)
    if scope is None:
        return None
    choices = ("page", view, scope.measure.id, scope.cohort, year, first, last, scope.today)
    return _kept.get(record, choices, lambda: _make(record, scope, view))


def _make(record: Record, scope: Scope, view: str) -> MeasureView:
    found, declared, cohort = scope.book, scope.measure, scope.cohort
    value = found.latest(declared.id, cohort)
    ids = fitting(scope)
    why = {name: _availability(scope, name) for name in ids}
    usable = [name for name in ids if not why[name]]
    chosen = view if view in usable else next(iter(usable), "")
    nothing = no_figure(scope) if value is None else next(iter(why.values()), "")
    drawn = chart(scope, chosen) if chosen else nothing
    if isinstance(drawn, str) and chosen and (scope.first or scope.last):
        drawn = "No figure lies in the months that were chosen."
    shown = drawn if isinstance(drawn, ChartView) else _nothing(scope, drawn)
    heading, lede = _heading(scope, value)
    notes = blocks.targets(found, declared, cohort, value)
    sections = blocks.sections(found, declared, cohort, notes)
    lines = [found.line(declared.id, cohort, span) for span in found.spans(declared.id, cohort)]
    theme = next(t for t in found.registry.themes if t.id == declared.theme)
    at = f"&as_at={record.as_at.isoformat()}" if record.as_at else ""
    groups = sorted(declared.cohorts.items(), key=lambda item: item[1].order)
    texts = [
        heading,
        lede,
        scope.row_title,
        declared.title,
        shown.subtitle,
        *(text for s in sections for text in (*s.paragraphs, *s.items)),
    ]
    before, after = _beside(record, scope)
    home = f"/?as_at={record.as_at.isoformat()}" if record.as_at else "/"
    return MeasureView(
        measure=declared.id,
        cohort=cohort,
        view=chosen,
        title=scope.row_title,
        detail=declared.title if declared.title != scope.row_title else "",
        breadcrumb=(Link("Overview", home), Link(theme.title, f"{home}#{theme.id}")),
        heading=heading,
        lede=lede,
        facts=facts(scope, value),
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
                _address(scope, chosen, cohort=name),
                name == cohort,
            )
            for name, group in groups
        )
        if len(groups) > 1
        else (),
        bases=_bases(scope, chosen),
        chart=shown,
        tables=tables.tables(found, declared.id, cohort),
        blocks=sections,
        events=blocks.events(found, declared, cohort),
        explanations=blocks.explanations(found, declared, cohort),
        targets=notes,
        revisions=tables.revisions(found, declared.id, cohort),
        cautions=blocks.cautions(found, declared, cohort, value),
        flags=tuple(f for line in lines for f in flags.of_line(found, line)),
        takes=takes(found, declared, cohort, scope.today),
        stopped=stopped(value, scope.today),
        glossary=blocks.glossary(found, texts),
        previous=before,
        next=after,
        query=f"measure={declared.id}&cohort={cohort}{at}",
        name=_name(found, declared.id, cohort),
        as_at=scope.as_at,
        related=_related(scope),
    )
