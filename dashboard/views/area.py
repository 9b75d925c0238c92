"""An area's own page: its newest figures of DfE's, beside those of a year before and England's."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import words
from dashboard.views.overview import as_at_words
from dashboard.views.readings import text
from dashboard.views.types import Link
from etl.analysis.book import Book, Line, Value, book, last_number
from etl.analysis.change import at
from etl.analysis.keep import Kept
from etl.model import Area, Measure, Span
from etl.record import Record

COLUMNS = ("Measure", "Latest", "Period", "A year before", "England")
NOT_HELD = "not held"  # an empty cell would leave open whether it is nought
# The kinds of period that DfE's releases give.
_SPANS: tuple[Span, ...] = ("calendar_year", "academic_year", "term")

_kept = Kept(40)


@dataclass(frozen=True)
class AreaGroup:
    """A theme's measures of which a figure is held: each a row of `COLUMNS`."""

    id: str
    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class AreaView:
    """The page of one area. `own` says that it is the site's own council; `followed` are what
    took its place, where it has ended."""

    code: str
    name: str
    lede: str
    groups: tuple[AreaGroup, ...]
    notes: tuple[str, ...]
    as_at: str
    own: bool = False
    followed: tuple[Link, ...] = ()


def area(record: Record, code: str) -> AreaView | None:
    """What is held of an area of England; None for a code that is none of hers."""
    known = {one.code: one for one in record.registry.areas}
    if code not in known:
        return None
    return _kept.get(record, code, lambda: _make(book(record), known[code]))


def _make(found: Book, one: Area) -> AreaView:
    record = found.record
    registry = record.registry
    groups = tuple(
        AreaGroup(theme.id, theme.title, rows)
        for theme in registry.themes
        if (rows := tuple(_rows(found, one, theme.id)))
    )
    names = {area.code: area for area in registry.areas}
    held = sum(len(group.rows) for group in groups)
    lede = (
        f"What DfE has published of it: the newest figure of each of "
        f"{words.many(held, 'measure')}, as printed."
        if groups
        else "DfE's figures of it are not held."
    )
    notes = [
        "Counts are of areas of very different size; only shares and rates can be compared.",
        "A figure that lies far from England's is a question, not an answer.",
    ]
    if one.end is not None:
        notes.insert(0, f"{one.name} ended on {words.day(one.end)}.")
    return AreaView(
        one.code,
        one.name,
        lede,
        groups,
        tuple(notes) if groups or one.end else (),
        as_at_words(record),
        one.code == found.own,
        tuple(Link(names[code].name, f"/area/{code}") for code in one.successors if code in names),
    )


def _rows(found: Book, one: Area, theme: str) -> list[tuple[str, ...]]:
    """A theme's rows in their order, each with its newest number of DfE's."""
    rows = []
    for name, cohort in found.ordered:
        measure = found.measure(name)
        if measure.theme != theme or cohort != "all":
            continue
        lines = [found.line(name, cohort, span, one.code) for span in _SPANS]
        held = [line for line in lines if last_number(line)]
        if held:
            line = max(held, key=lambda some: some[-1].period.end)
            rows.append((found.cohort(name, cohort).title, *_row(found, measure, line)))
    return rows


def _row(found: Book, measure: Measure, line: Line) -> tuple[str, ...]:
    """Latest, period, a year before, England: of the newest number, and whether one came since."""
    value = last_number(line)
    assert value is not None, "the line has a number"
    key = value.point.shown.series
    country = found.registry.council.country
    england = at(found.line(key.measure, key.cohort, key.span, country), value.period)
    before = next((v for v in line if _years_apart(v, value) == 1), None)
    when = words.capital(words.period(value.period))
    if line[-1] is not value:
        status = words.STATUSES[line[-1].point.shown.status].lower()
        when += f" ({status} for {words.period(line[-1].period)})"
    return (
        text(value, measure),
        when,
        text(before, measure) if before else NOT_HELD,
        text(england, measure) if england else NOT_HELD,
    )


def _years_apart(earlier: Value, later: Value) -> int | None:
    """How many years lie between two periods that end in the same month; None of others."""
    then, now = earlier.period.end, later.period.end
    return now.year - then.year if then.month == now.month else None
