"""Running totals that start again each April: what was added, the average, by calendar year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from etl.analysis.book import Book, Line, Value
from etl.analysis.change import running_total, since_last_report, year_earlier
from etl.model import Period
from etl.text.numbers import rounded


@dataclass(frozen=True)
class Increment:
    """What a running total grew by between two figures held: `months` months ending at `end`.

    `value` is negative where a total fell inside its year (the published figures then do
    not add up). `since` is the figure before it in the same year, None from the year's start.
    """

    start: date
    end: date
    months: int
    value: Decimal
    now: Value
    since: Value | None


def months_covered(start: date, end: date) -> int:
    """Whole months from the month of `start` to the month of `end`, both counted."""
    return (end.year - start.year) * 12 + end.month - start.month + 1


def _month_after(day: date) -> date:
    return date(day.year + (day.month == 12), day.month % 12 + 1, 1)


def increments(line: Line) -> tuple[Increment, ...]:
    """The growth between neighbouring trusted figures; never across the year's restart."""
    found: list[Increment] = []
    before: Value | None = None
    for now in line:
        if not now.trusted or now.value is None:
            continue
        same_year = before is not None and before.period.start == now.period.start
        since = before if same_year else None
        start = _month_after(since.period.end) if since else now.period.start
        base = since.value if since and since.value is not None else Decimal(0)
        found.append(
            Increment(
                start,
                now.period.end,
                months_covered(start, now.period.end),
                now.value - base,
                now,
                since,
            )
        )
        before = now
    return tuple(found)


def monthly_average(value: Value) -> Decimal | None:
    """A running total divided by the months it has run, to one decimal."""
    if value.value is None:
        return None
    return rounded(value.value / months_covered(value.period.start, value.period.end), 1)


@dataclass(frozen=True)
class CalendarTotal:
    """January to the end of `period`, made from totals that run from April to March.

    `made_of` are the published figures it is made of, as (sign, value).
    """

    period: Period
    value: Decimal
    made_of: tuple[tuple[int, Value], ...]


def calendar_totals(line: Line) -> tuple[CalendarTotal, ...]:
    """By calendar year, wherever the published totals allow it, oldest first.

    January to March of year Y is the total at that month less the total at December of
    Y - 1; from April on, the total at March of Y less that at December, plus the new
    year's total. Nothing is filled in where one of them is not held or is doubted.
    """
    held = {(v.period.end.year, v.period.end.month): v for v in line if v.trusted}
    found: list[CalendarTotal] = []
    for (year, month), now in held.items():
        december, march = held.get((year - 1, 12)), held.get((year, 3))
        assert now.value is not None
        if december is None or december.value is None:
            continue
        if month <= 3:
            total = now.value - december.value
            made: tuple[tuple[int, Value], ...] = ((1, now), (-1, december))
        elif march is not None and march.value is not None:
            total = march.value - december.value + now.value
            made = ((1, march), (-1, december), (1, now))
        else:
            continue
        period = Period("calendar_year_to_date", date(year, 1, 1), now.period.end)
        found.append(CalendarTotal(period, total, made))
    return tuple(sorted(found, key=lambda total: total.period.end))


def closed_year(book: Book, now: Value) -> Value | None:
    """What a running total last came to in the year before, where it has only just begun again.

    That is in its first month, or where the last report held told of the year before.
    """
    if not running_total(book, now):
        return None
    first = (now.period.start.year, now.period.start.month) == (
        now.period.end.year,
        now.period.end.month,
    )
    if not first and since_last_report(book, now).reason != "restarted":
        return None
    start = year_earlier(now.period).start
    line = book.line(*now.point.shown.series[1:4])
    last = next(
        (v for v in reversed(line) if v.period.start == start and v.value is not None), None
    )
    return last if last and last.trusted else None
