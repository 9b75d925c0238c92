"""A record with what analysis asks of it again and again, worked out once a record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from etl.analysis import share
from etl.analysis.keep import Kept
from etl.model import Cohort, Event, Measure, Observation, Period, Point, SeriesKey, Span
from etl.record import Judged, Record
from etl.text.numbers import rounded
from etl.tidy import shortest

# Fewer cases than this say too little for a verdict (docs/rules.md, 3.2).
FEW = 10

# Of figures that end on the same day, the one that covers most speaks first.
_WIDEST: tuple[Span, ...] = (
    "calendar_year",
    "academic_year",
    "term",
    "calendar_year_to_date",
    "financial_year_to_date",
    "quarter",
    "month",
)


@dataclass(frozen=True)
class Value:
    """One period of a series, ready to be spoken of.

    `value` is what is shown (None where there is no number); `trusted` whether it has a
    number that no unanswered finding doubts; `cases` how many cases it rests on, where known.
    """

    point: Point
    value: Decimal | None
    trusted: bool
    cases: int | None = None
    part: Decimal | None = None

    @property
    def period(self) -> Period:
        return self.point.period

    @property
    def few(self) -> bool:
        """Whether it rests on fewer cases than a verdict needs."""
        return self.cases is not None and self.cases < FEW


Line = tuple[Value, ...]


def printed_decimals(value: Decimal) -> int:
    """How many decimals a figure was given with, needless zeros not counted."""
    text = shortest(value)
    return len(text.partition(".")[2])


def displayed(measure: Measure, value: Decimal) -> Decimal:
    """A published number as it is shown: to its measure's decimals, or one where it has any."""
    if measure.unit == "count":
        return value
    return rounded(value, max(measure.decimals, min(1, printed_decimals(value))))


class Book:
    """Lookups over one record: shown values, doubts, cases. Never changes."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.registry = record.registry
        self.own = record.registry.council.authority
        self._lines: dict[SeriesKey, Line] = {}

    def doubts(self, shown: Observation) -> tuple[Judged, ...]:
        """The findings that keep this figure out of sentences, changes and verdicts."""
        return self.record.doubts(shown)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The declared events that had begun by the record's as-at date, oldest first."""
        known = (
            e
            for e in self.record.events
            if self.record.as_at is None or e.start <= self.record.as_at
        )
        return tuple(sorted(known, key=lambda e: (e.start, e.id)))

    def measure(self, measure: str) -> Measure:
        return self.registry.measures[measure]

    def cohort(self, measure: str, cohort: str) -> Cohort:
        return self.registry.measures[measure].cohorts[cohort]

    def line(self, measure: str, cohort: str, span: str, authority: str = "") -> Line:
        """The series as values, oldest first; empty where nothing is held."""
        key = SeriesKey(authority or self.own, measure, cohort, span)  # type: ignore[arg-type]
        if key not in self._lines:
            series = self.record.line(key)
            self._lines[key] = (
                tuple(self._value(key, point) for point in series.points) if series else ()
            )
        return self._lines[key]

    def at(self, key: SeriesKey, period: Period) -> Value | None:
        """The value of exactly this period."""
        return next(
            (
                v
                for v in self.line(key.measure, key.cohort, key.span, key.authority)
                if v.period == period
            ),
            None,
        )

    def _number(self, key: SeriesKey, period: Period) -> Decimal | None:
        series = self.record.line(key)
        if series is None:
            return None
        return next((p.value for p in series.points if p.period == period), None)

    def _value(self, key: SeriesKey, point: Point) -> Value:
        declared = self.registry.measures.get(key.measure)
        cohort = declared.cohorts.get(key.cohort) if declared else None
        value, part, cases = point.value, None, point.shown.reading.sample_size
        if declared and value is not None and declared.unit != "count":
            exact = value
            value = displayed(declared, value)
            if cohort and cohort.share_of:
                of = cohort.share_of
                part = self._number(
                    key._replace(measure=of.part.measure, cohort=of.part.cohort), point.period
                )
                whole = self._number(
                    key._replace(measure=of.whole.measure, cohort=of.whole.cohort), point.period
                )
                made = None if part is None or not whole else share(part, whole)
                # A share that its counts do not bear out stays as printed: it carries a flag.
                slack = Decimal(5).scaleb(-printed_decimals(exact) - 1)
                if made is not None and part is not None and whole:
                    agrees = abs(part * 100 / whole - exact) <= slack + Decimal("0.05")
                    value = made if agrees else value
                    cases = int(whole) if cases is None and agrees else cases
        if cases is None and cohort and cohort.denominator:
            ref = cohort.denominator
            held = self._number(key._replace(measure=ref.measure, cohort=ref.cohort), point.period)
            cases = None if held is None else int(held)
        trusted = value is not None and not self.doubts(point.shown)
        return Value(point, value, trusted, cases, part)

    def spans(self, measure: str, cohort: str, authority: str = "") -> tuple[Span, ...]:
        """The spans held of a series, the widest first."""
        area = authority or self.own
        return tuple(s for s in _WIDEST if self.record.of(measure, cohort, s, area))

    def latest(self, measure: str, cohort: str) -> Value | None:
        """The figure to speak of: the newest with a number; of several, the widest span's.

        It may be doubted: it is then shown with its flag, and nothing is made of it.
        """
        newest: Value | None = None
        for span in self.spans(measure, cohort):
            last = last_number(self.line(measure, cohort, span))
            if last and (newest is None or last.period.end > newest.period.end):
                newest = last
        return newest

    def newest(self, measure: str, cohort: str) -> Value | None:
        """The newest entry of a row, with a number or without."""
        lines = [self.line(measure, cohort, span) for span in self.spans(measure, cohort)]
        return max((line[-1] for line in lines), key=lambda v: v.period.end, default=None)

    @cached_property
    def reports(self) -> tuple[date, ...]:
        """The days of the reports held of the council's own figures, oldest first.

        A report is what a listed meeting was given, what goes on to a later month than all
        before it, or what gives at least half of the rows held by then. What only gives
        figures held before another value is a correction, however many they are.
        """
        given: dict[date, list[Observation]] = defaultdict(list)
        for figure in self.record.observations:
            if figure.table != "dfe" and figure.authority == self.own:
                given[figure.published].append(figure)
        meetings = {meeting.day for meeting in self.registry.meetings}
        newest, values = date.min, dict[tuple[SeriesKey, Period], Decimal | None]()
        rows: set[SeriesKey] = set()
        found = []
        for day, figures in sorted(given.items()):
            last = max(figure.period.end for figure in figures)
            its_rows = {figure.series for figure in figures}
            rows |= its_rows
            most = 2 * len(its_rows) >= len(rows) and not all(
                values.get((figure.series, figure.period), figure.value) != figure.value
                for figure in figures
            )
            if day in meetings or last > newest or most:
                found.append(day)
            newest = max(newest, last)
            values |= {(figure.series, figure.period): figure.value for figure in figures}
        return tuple(found)

    @cached_property
    def ordered(self) -> tuple[tuple[str, str], ...]:
        """Every measure and cohort in the appendix's order."""
        rows = [
            (c.order, name, cohort)
            for name, m in self.registry.measures.items()
            for cohort, c in m.cohorts.items()
        ]
        return tuple((name, cohort) for _, name, cohort in sorted(rows))


def last_number(line: Iterable[Value]) -> Value | None:
    """The newest value of a line that has a number."""
    return next((v for v in reversed(tuple(line)) if v.value is not None), None)


_kept = Kept(1)


def book(record: Record) -> Book:
    """The book of `record`: one a record, kept while the record is in use."""
    return _kept.get(record, "book", lambda: Book(record))
