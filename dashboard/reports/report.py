"""Record -> what the committee's report says: summary, bullets, pictures, Appendix 1, findings.

The same views as the pages; Word, the briefing and the workbook only lay this out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard import words
from dashboard.reports import pictures
from dashboard.views.about import about
from dashboard.views.bullets import bullets
from dashboard.views.measure_types import ShownView
from dashboard.views.overview import overview
from dashboard.views.quality import quality
from dashboard.views.record_types import FindingRow
from dashboard.views.shown import scope_of, shown
from etl import appendix, licences
from etl.model import UserError
from etl.record import Record

# Beside each row's first view, those views of a row that show something else again; the
# rest (years over each other, groups together) are drawn when a measure is asked for.
_ALSO = (
    "rates",
    "months",
    "bases",
    "neighbours",
    "tail",
    "added",
    "average",
    "calendar",
    "variation",
)


@dataclass(frozen=True)
class Bullet:
    """One measure in the committee's own pattern: a bold lead, then plain sentences."""

    lead: str
    text: str


@dataclass(frozen=True)
class Planned:
    """A picture to draw: the view it shows, and its file's name without an ending."""

    view: ShownView
    stem: str


@dataclass(frozen=True)
class AppendixTable:
    """Appendix 1 as text: serial, row label, then a column a month; blank where none is held."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Report:
    """Everything that the report pack says, as reported at `day`.

    `left_out` names the figures that take no part because they are flagged; `past` is what the
    summary says of rows that have stopped.
    """

    day: date
    title: str
    headline: str
    summary: str
    past: str
    notes: tuple[str, ...]
    bullets: tuple[Bullet, ...]
    left_out: tuple[str, ...]
    pictures: tuple[Planned, ...]
    appendix: AppendixTable
    findings: tuple[FindingRow, ...]
    sources: tuple[tuple[str, str, str, str], ...]
    licence: str
    alternative_formats: str


def _views(record: Record, measure: str, cohort: str, every: bool) -> Iterator[ShownView]:
    """The views of one row that can be drawn: the first, and those that add something."""
    scope = scope_of(record, measure, cohort)
    if scope is None:
        return
    first = shown(scope)
    for choice in first.views:
        wanted = every or choice.value == first.view or choice.value in _ALSO
        if choice.why_not or not wanted:
            continue
        view = shown(scope, choice.value)
        if not view.chart.empty:
            yield view


def _pictures(record: Record, measures: Sequence[str]) -> Iterator[Planned]:
    """The pictures in the appendix's order; of the named measures every view of every row."""
    registry = record.registry
    unknown = [name for name in measures if name not in registry.measures]
    if unknown:
        raise UserError(
            f"There is no measure {', '.join(unknown)}. The measures are: "
            f"{', '.join(sorted(registry.measures))}"
        )
    if measures:
        rows = [(name, cohort) for name in measures for cohort in registry.measures[name].cohorts]
    else:
        groups = overview(record).groups
        rows = [(row.measure, row.cohort) for group in groups for row in group.rows if row.figure]
    firsts: set[str] = set()
    for name, cohort in rows:
        alone = name in firsts and not measures
        firsts.add(name)
        for at, view in enumerate(_views(record, name, cohort, bool(measures))):
            if at and alone:
                break
            yield Planned(view, pictures.stem(view, record.as_at))


def _licence(record: Record) -> str:
    terms = licences.sentence(record.registry.council)
    return f"{terms} Management information, not official statistics."


def meeting_of(record: Record) -> date:
    """The day that a report of `record` is for: its as-at date, else the newest report held.

    Raises UserError where nothing is held by then.
    """
    if not record.observations:
        when = f" by {words.day(record.as_at)}" if record.as_at else ""
        raise UserError(f"No figures are held{when}: there is nothing to report")
    return pictures.day_of(record)


def _title(record: Record, day: date) -> str:
    """The section's heading; says so where it holds what no meeting has seen yet."""
    title = f"{record.registry.council.short_name} SEND performance, {words.day(day)}"
    newest = max(o.published for o in record.observations)
    if record.as_at is None and newest > day:
        title += f", with what was published to {words.day(newest)}"
    return title


def build(record: Record, measures: Sequence[str] = ()) -> Report:
    """The report of `record`; `measures` bounds the pictures to some measures.

    Raises UserError for an unknown measure, or where nothing is held.
    """
    day = meeting_of(record)
    front, found = overview(record), quality(record)
    said, left_out = bullets(record)
    table = tuple(appendix.texts(appendix.grid(record)))
    council = record.registry.council
    return Report(
        day=day,
        title=_title(record, day),
        headline=front.headline,
        summary=" ".join(sentence.text for sentence in front.sentences),
        past=" ".join([front.past_lead, *(sentence.text for sentence in front.past)]).strip(),
        notes=front.notes,
        bullets=tuple(Bullet(*bullet) for bullet in said),
        left_out=left_out,
        pictures=tuple(_pictures(record, measures)),
        appendix=AppendixTable(table[0], table[1:]),
        findings=(*found.open, *found.unexplained, *found.answered),
        sources=about(record).sources,
        licence=_licence(record),
        alternative_formats=council.alternative_formats,
    )
