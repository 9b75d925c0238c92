"""Record, measure, choices -> what the measure's page says and shows."""

from __future__ import annotations

from datetime import date

from dashboard.views import blocks, flags, tables
from dashboard.views.facts import facts
from dashboard.views.measure_types import MeasureView, ShownView
from dashboard.views.overview import rows_by_theme
from dashboard.views.parts import Scope
from dashboard.views.rows import row_url, stopped
from dashboard.views.shown import heading, scope_of, shown
from dashboard.views.takes import takes
from dashboard.views.types import Link
from etl.analysis.keep import Kept
from etl.model import MeasureRef
from etl.record import Record

_kept = Kept(1000)


def _beside(scope: Scope) -> tuple[Link | None, Link | None]:
    """The rows before and after this one on the overview."""
    found = scope.book
    rows = [ref for refs in rows_by_theme(found).values() for ref in refs]
    here = (scope.measure.id, scope.cohort)
    if here not in rows:
        return None, None
    place = rows.index(here)

    def link(to: int) -> Link | None:
        if not 0 <= to < len(rows):
            return None
        group = found.cohort(*rows[to])
        return Link(f"{group.serial} {group.title}".strip(), row_url(found, *rows[to]))

    return link(place - 1), link(place + 1)


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

    Without a `cohort` or `view` it is the first one's; BadChoice is raised for one that the
    measure lacks. `view` is one of the ids in `MeasureView.views`. `year` chooses the year of
    views of one year's months. `first` and `last` bound the periods drawn (by the period's
    end); facts and words stay those of the latest figure.
    """
    scope = scope_of(record, measure_id, cohort, year=year, first=first, last=last, today=today)
    return page(scope, view) if scope else None


def page(scope: Scope, view: str = "") -> MeasureView:
    """The page of a row in one view."""
    return _kept.get(scope.book.record, scope.key(view), lambda: _make(scope, shown(scope, view)))


def _make(scope: Scope, part: ShownView) -> MeasureView:
    found, declared, cohort = scope.book, scope.measure, scope.cohort
    value = found.latest(declared.id, cohort)
    lede = heading(scope, value)[1]
    notes = blocks.targets(found, declared, cohort, value)
    sections = blocks.sections(found, declared, cohort, notes)
    lines = [found.line(declared.id, cohort, span) for span in found.spans(declared.id, cohort)]
    theme = next(t for t in found.registry.themes if t.id == declared.theme)
    texts = [
        part.heading,
        lede,
        scope.row_title,
        declared.title,
        part.chart.subtitle,
        *(text for s in sections for text in (*s.paragraphs, *s.items)),
    ]
    before, after = _beside(scope)
    as_at = found.record.as_at
    home = f"/?as_at={as_at.isoformat()}" if as_at else "/"
    return MeasureView(
        **vars(part),
        title=scope.row_title,
        detail=declared.title if declared.title != scope.row_title else "",
        breadcrumb=(Link("Overview", home), Link(theme.title, f"{home}#{theme.id}")),
        lede=lede,
        facts=facts(scope, value),
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
        related=_related(scope),
    )
