"""How much a figure changed, and against what: a year before, the last report held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from etl.analysis.book import Book, Line, Value
from etl.analysis.corrected import put_right
from etl.model import Event, Observation, Period, SeriesKey, Span


@dataclass(frozen=True)
class Change:
    """`now` less `before`, in the measure's unit (points for percent), from shown values."""

    now: Value
    before: Value

    @property
    def amount(self) -> Decimal:
        assert self.now.value is not None
        assert self.before.value is not None
        return self.now.value - self.before.value


def year_earlier(period: Period) -> Period:
    """The same months one year before; the end of February is the month's own end."""

    def back(day: date) -> date:
        try:
            return day.replace(year=day.year - 1)
        except ValueError:
            return day.replace(year=day.year - 1, day=28)

    start, end = back(period.start), back(period.end)
    if end.month == 2:
        end = end.replace(day=29 if _leap(end.year) else 28)
    return Period(period.span, start, end)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def whole_year(period: Period) -> bool:
    """Whether the period is January to December of one year, in whichever span."""
    return (
        period.span in ("calendar_year", "calendar_year_to_date")
        and period.end.month == 12
        and period.start.month == 1
    )


def at(line: Line, period: Period) -> Value | None:
    """The value of exactly `period`, if the line has it."""
    return next((value for value in line if value.period == period), None)


def year_before(book: Book, now: Value) -> Value | None:
    """The same period a year before, if it is held (with or without a number).

    A year to date that ends in December may be held against the year that DfE gave, and
    the other way round: both are January to December.
    """
    key, earlier = now.point.shown.series, year_earlier(now.period)
    found = book.at(key, earlier)
    if (found and found.value is not None) or not whole_year(now.period):
        return found
    both: tuple[Span, Span] = ("calendar_year", "calendar_year_to_date")
    for span in both:
        other = book.at(key._replace(span=span), Period(span, earlier.start, earlier.end))
        if other and other.value is not None:
            return other
    return found


Reason = Literal["", "doubted", "before_doubted", "not_held", "no_number", "break"]


def breaks(book: Book, measure: str) -> tuple[Event, ...]:
    """The declared breaks of a measure, oldest first: figures on either side do not compare."""
    return tuple(
        e for e in book.events if e.kind == "break" and (not e.measures or measure in e.measures)
    )


def break_between(book: Book, measure: str, before: Period, now: Period) -> Event | None:
    """The newest break that began after the one period and before the end of the other."""
    crossed = (e for e in reversed(breaks(book, measure)) if before.end < e.start <= now.end)
    return next(crossed, None)


def on_year_before(book: Book, now: Value) -> tuple[Change | None, Reason]:
    """The change on the same period a year before; or None and why."""
    if not now.trusted:
        return None, "doubted"
    before = year_before(book, now)
    if before is None:
        return None, "not_held"
    if before.value is None:
        return None, "no_number"
    if break_between(book, now.point.shown.measure, before.period, now.period):
        return None, "break"
    if not before.trusted:
        return None, "before_doubted"
    return Change(now, before), ""


def running_total(book: Book, value: Value) -> bool:
    """Whether the figure is a count that adds up within its year: there it can only rise."""
    span = value.period.span
    counted = book.measure(value.point.shown.measure).unit == "count"
    return counted and span in ("financial_year_to_date", "calendar_year_to_date")


def last_report(book: Book) -> date | None:
    """The report before the newest one held: what members last saw, as far as it is held."""
    return book.reports[-2] if len(book.reports) > 1 else None


SinceReason = Literal[
    "",
    "first",
    "no_number",
    "same",
    "running",
    "restarted",
    "break",
    "doubted",
    "before_doubted",
    "only",
]


def _without_number(book: Book, key: SeriesKey, published: date) -> Observation | None:
    """The newest entry of a series that had been given by then, none of them a number."""
    series = book.record.series.get(key)
    given = (v for point in reversed(series.points if series else ()) for v in point.versions)
    return next((v for v in given if v.published <= published), None)


def as_reported(book: Book, key: SeriesKey, published: date) -> Observation | None:
    """The newest figure of a series that was known when that day's report was given.

    Not one that was wrong, and of which there is no figure now that it is put right.
    """
    series = book.record.series.get(key)
    for point in reversed(series.points if series else ()):
        given = [v for v in point.versions if v.published <= published and v.value is not None]
        if given and not (point.value is None and put_right(book.record, given[-1])):
            return given[-1]
    return None


def disputed(book: Book, value: Value) -> tuple[Decimal, ...]:
    """The values that tables of one publication print for one doubted figure, lowest first.

    Empty where it is doubted for another reason as well: then none of them may be right.
    """
    key, shown = value.point.shown.series, value.point.shown
    printed = [judged.finding.figures for judged in book.doubts(shown)]
    same = all(f.series == key and f.period == value.period for figures in printed for f in figures)
    found = {f.value for figures in printed for f in figures if f.value is not None}
    return tuple(sorted(found)) if same and len(found) > 1 else ()


@dataclass(frozen=True)
class Direction:
    """A change whose size is in doubt and whose direction is not.

    Each of `values` is printed for the same period a year before, and the figure now lies on
    one side of all of them; `least` is the smallest of the changes.
    """

    now: Value
    before: Value
    values: tuple[Decimal, ...]
    least: Decimal


def direction(book: Book, now: Value) -> Direction | None:
    """The direction on a year before where that year's figure is printed as one or another."""
    change, why = on_year_before(book, now)
    before = year_before(book, now) if change is None and why == "before_doubted" else None
    if before is None or now.value is None:
        return None
    values = disputed(book, before)
    amounts = [now.value - value for value in values]
    if not amounts or not (all(a > 0 for a in amounts) or all(a < 0 for a in amounts)):
        return None
    return Direction(now, before, values, min(amounts, key=abs))


@dataclass(frozen=True)
class SinceReport:
    """The latest figure against the last report's own latest figure of the same series.

    `reason` says why there is no change: `first` (not known then), `no_number` (given then,
    without a number: `then` says why), `same` (no newer figure since), `running` (a total of the
    same year: it can only rise), `restarted` (one that began again), `break` (the two do not
    compare), or a doubt. `corrected`: what the report gave was wrong, and `before` is what
    it was put right to.
    """

    now: Value
    then: Observation | None
    before: Value | None
    reason: SinceReason
    corrected: bool = False

    @property
    def amount(self) -> Decimal | None:
        if self.reason or self.before is None or None in (self.now.value, self.before.value):
            return None
        return self.now.value - self.before.value  # type: ignore[operator]


def since_last_report(book: Book, now: Value) -> SinceReport:
    """How the latest figure differs from what the last report held gave as its latest.

    Both are taken as they are held now only where nothing was revised since: the
    comparison is with what members were told, so `before` carries the figure as printed
    then. But what was wrong and has been put right is compared as it was put right.
    """
    day = last_report(book)
    if day is None:
        return SinceReport(now, None, None, "only")
    then = as_reported(book, now.point.shown.series, day)
    if then is None:
        without = _without_number(book, now.point.shown.series, day)
        return SinceReport(now, without, None, "no_number" if without else "first")
    if not now.trusted:
        return SinceReport(now, then, None, "doubted")
    held = book.at(then.series, then.period)
    if held is None:
        return SinceReport(now, then, None, "first")
    given = (v for v in held.point.versions if v.published <= day and v.revises == then.revises)
    corrected = any(put_right(book.record, version) for version in given)
    if corrected or held.point.shown.value == then.value:
        before = held
    else:
        before = Value(held.point, then.value, not book.doubts(then), then.reading.sample_size)

    def since(reason: SinceReason) -> SinceReport:
        return SinceReport(now, then, before, reason, corrected)

    if not before.trusted:
        return since("before_doubted")
    if then.period == now.period and (corrected or then.value == now.point.shown.value):
        return since("same")
    if running_total(book, now) and then.period != now.period:
        return since("running" if now.period.start == then.period.start else "restarted")
    if break_between(book, then.measure, then.period, now.period):
        return since("break")
    return since("")
