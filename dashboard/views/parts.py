"""What all charts are made of: marks with their story, gaps, source lines, alternatives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard import words
from dashboard.views.chart import EventMark, Mark, Role, TargetMark
from dashboard.views.chart import Line as Drawn
from dashboard.views.readings import doubted, reading, text
from etl.analysis.book import Book, Line, Value
from etl.analysis.targets import declared_for
from etl.model import Measure, Span, Target

GROUPS = {"all": "All", "ehcp": "With an EHC plan", "lac": "Looked after"}
UNITS = {"count": "number", "percent": "%", "days": "days", "weeks": "weeks"}
_YEARLY = re.compile(r"^(?P<title>.+): reporting year (?P<year>\d{4})$")


@dataclass(frozen=True)
class Scope:
    """What a chart is asked for: the row, the bounds, the year, the day it is asked."""

    book: Book
    measure: Measure
    cohort: str
    as_at: str
    today: date
    year: int | None = None
    first: date | None = None
    last: date | None = None

    def line(self, span: str, measure: str = "", cohort: str = "", area: str = "") -> Line:
        """A series within the bounds; this row's own unless told otherwise."""
        whole = self.book.line(measure or self.measure.id, cohort or self.cohort, span, area)
        first, last = self.first or date.min, self.last or date.max
        return tuple(v for v in whole if first <= v.period.end <= last)

    def key(self, view: str) -> tuple[object, ...]:
        """All that decides what a view of the row shows, but the record."""
        return view, self.measure.id, self.cohort, self.year, self.first, self.last, self.today

    @property
    def yearly(self) -> Span:
        """Whether its yearly figures are of calendar years, or (plans in force) of school years."""
        held = self.book.spans(self.measure.id, self.cohort)
        return "academic_year" if "academic_year" in held else "calendar_year"

    @property
    def row_title(self) -> str:
        return self.measure.cohorts[self.cohort].title

    @property
    def area(self) -> str:
        return self.book.registry.council.short_name


def mark(book: Book, value: Value, x: date | str, series: str, label: str = "") -> Mark:
    """One drawn point of the line `series`."""
    number = None if value.value is None else float(value.value)
    return Mark(x, number, reading(book, value, series), label, doubted(value))


def month_of(value: Value) -> date:
    """Where a month's (or a running total's) point stands: the first of its last month."""
    return value.period.end.replace(day=1)


def months_drawn(book: Book, line: Line, series: str) -> tuple[Mark, ...]:
    """The points by month, with a gap for each month that has none. Never a bridged gap."""
    found: list[Mark] = []
    before: date | None = None
    for value in line:
        here = month_of(value)
        if before:
            for number in range(before.year * 12 + before.month, here.year * 12 + here.month - 1):
                found.append(Mark(date(number // 12, number % 12 + 1, 1), None))
        found.append(mark(book, value, here, series))
        before = here
    return tuple(found)


def ended(marks: tuple[Mark, ...], line: Line, measure: Measure) -> tuple[Mark, ...]:
    """The same points with the newest one's figure printed beside it, unless it is flagged."""
    last = next((v for v in reversed(line) if v.value is not None), None)
    if last is None or not last.trusted:
        return marks
    here = month_of(last)
    return tuple(
        replace(mark, label=text(last, measure)) if mark.x == here else mark for mark in marks
    )


def years_drawn(
    book: Book, name: str, end_value: str, line: Line, role: Role, breaks: Sequence[int]
) -> list[Drawn]:
    """One line a stretch of years between breaks; only the newest stretch carries the name.

    `end_value` stands at its last figure; the council's own line has one on both sides of
    each break, too.
    """
    stretches: list[list[Value]] = [[]]
    for value in line:
        if stretches[-1] and any(
            stretches[-1][-1].period.end.year < year <= value.period.end.year for year in breaks
        ):
            stretches.append([])
        stretches[-1].append(value)
    drawn = []
    own = role == "own"
    for place, stretch in enumerate(stretches):
        last = place == len(stretches) - 1
        held = [v for v in stretch if v.value is not None]
        spoken = (held[:1] if place else []) + ([] if last else held[-1:])
        labels = {id(v): text(v, book.measure(v.point.shown.measure)) for v in spoken if own}
        if last and held:
            labels[id(held[-1])] = end_value
        marks = tuple(
            mark(book, v, str(v.period.end.year), name, labels.get(id(v), "")) for v in stretch
        )
        drawn.append(Drawn(name if last else "", marks, role))
    return drawn


def sources(observed: Iterable[Value]) -> str:
    """The publications a chart is drawn from, DfE's yearly releases in one breath."""
    titles = list(dict.fromkeys(v.point.shown.source for v in observed if v.value is not None))
    years: dict[str, list[str]] = {}
    others = []
    for title in titles:
        if found := _YEARLY.match(title):
            years.setdefault(found["title"], []).append(found["year"])
        else:
            others.append(title)
    parts = [
        f"{title} {words.together(sorted(given))} (Open Government Licence v3.0)"
        for title, given in years.items()
    ]
    return "Source: " + "; ".join([*sorted(others), *parts]) if titles else "No source"


def tables_note(line: Line) -> tuple[str, ...]:
    """Which months come from another table than the rest, where a line is drawn from two."""
    kinds = {v.point.shown.table for v in line if v.value is not None}
    if not {"appendix_1", "outturn"} <= kinds:
        return ()
    names = [words.month(v.period.end, True) for v in line if v.point.shown.table == "outturn"]
    return (f"From the yearly outturn table, in whole days: {words.together(names)}.",)


def gaps_note(line: Line) -> tuple[str, ...]:
    """How many months within the line have no figure."""
    missing = sum(1 for m in _missing(line))
    if not missing:
        return ()
    return (f"{words.many(missing, 'month')} without a figure: a gap in the line, not zero.",)


def _missing(line: Line) -> list[int]:
    held = {v.period.end.year * 12 + v.period.end.month for v in line if v.value is not None}
    return [n for n in range(min(held), max(held) + 1) if n not in held] if held else []


_NAMED = 8  # flagged figures that a note names one by one


def flags_note(line: Line) -> tuple[str, ...]:
    """Which figures are in doubt: their points and bars are drawn hollow."""
    bars = any(v.period.span == "quarter" for v in line)
    flagged = [
        words.period(v.period, True) if bars else words.month(v.period.end, True)
        for v in line
        if doubted(v)
    ]
    what = "Hollow bar" if bars else "Hollow point"
    if len(flagged) > _NAMED:  # a picture's foot has no room for years of them
        return (f"{what}s are in doubt: {len(flagged)}, the latest {flagged[-1]}.",)
    many = "s are" if len(flagged) > 1 else " is"
    return (f"{what}{many} in doubt: {words.together(flagged)}.",) if flagged else ()


def few_note(line: Line) -> tuple[str, ...]:
    """Which points rest on fewer than ten cases."""
    few = [v for v in line if v.few and v.value is not None]
    if not few:
        return ()
    return (
        f"{len(few)} of {words.many(len([v for v in line if v.value is not None]), 'point')} "
        "from fewer than 10 cases: read with care.",
    )


def y_range(numbers: Iterable[float | None], unit: str) -> tuple[float, float]:
    """From zero to a round number above the highest; a share that passes half, to 100."""
    high = max((n for n in numbers if n is not None), default=1.0)
    if unit == "percent" and high > 50:
        return (0.0, 100.0)
    step = 10 ** (len(str(int(max(high, 1)))) - 1)
    top = step
    while top < high * 1.08:
        top += step / 2 if step > 1 else 1
    return (0.0, float(top))


def numbers(lines: Iterable[Drawn], targets: Iterable[TargetMark] = ()) -> list[float | None]:
    """All drawn heights, for the scale."""
    return [m.value for line in lines for m in line.marks] + [t.value for t in targets]


def limit_marks(scope: Scope, first: date | str, last: date | str) -> tuple[TargetMark, ...]:
    """The law's limit for each plan across a chart of averages: a guide, not a target."""
    found = declared_for(scope.book, scope.measure.id, scope.cohort)
    return tuple(
        TargetMark(t.label, float(t.value), first, last, t.kind) for t in found if t.form == "limit"
    )


def target_label(target: Target) -> str:
    """A target's label with its kind and, where it matters, its basis."""
    return f"{target.label} (basis not stated)" if target.basis == "not_stated" else target.label


def events(scope: Scope, first: date, last: date) -> tuple[EventMark, ...]:
    """The declared events that lie within the dates drawn."""
    found = []
    for event in scope.book.events:
        end = event.end or event.start
        if event.measures and scope.measure.id not in event.measures:
            continue
        if end < first or event.start > last:
            continue
        found.append(EventMark(event.title, event.start, event.end))
    return tuple(found)
