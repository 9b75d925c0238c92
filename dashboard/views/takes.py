"""What it would take to reach the year's target for a share in time, in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dashboard import words
from dashboard.views import telling
from dashboard.views.measure_types import Takes
from etl.analysis.book import Book, Value, last_number
from etl.analysis.takes import Needed, needed, volumes
from etl.analysis.targets import declared_for
from etl.model import Measure, Target

_BACKLOG = "Finishing {cases} that are already late lowers the share while the backlog lasts."


def _consecutive(book: Book, ref_measure: str, cohort: str) -> tuple[Value, ...]:
    """The newest months in a row with a trusted figure, oldest first."""
    run: list[Value] = []
    for value in reversed([v for v in book.line(ref_measure, cohort, "month") if v.trusted]):
        if run and _number(value) != _number(run[-1]) - 1:
            break
        run.append(value)
    return tuple(reversed(run))


def _number(value: Value) -> int:
    return value.period.end.year * 12 + value.period.end.month


def _target(book: Book, measure: Measure, cohort: str, year: int) -> Target | None:
    """The target of a whole year: what was agreed before a stretch."""
    found = [
        t
        for t in declared_for(book, measure.id, cohort)
        if t.form in ("annual", "by_date") and t.start.year <= year == t.end.year
    ]
    return next((t for t in found if t.kind == "agreed"), next(iter(found), None))


def takes(book: Book, measure: Measure, cohort: str, today: date) -> Takes | None:
    """For a share in time of the year that runs on `today`; None where no target is set for it."""
    made = measure.cohorts[cohort].share_of
    if made is None or not measure.target.held or measure.band is None:
        return None
    noun = measure.cases
    year = today.year
    target = _target(book, measure, cohort, year)
    if target is None:
        return None
    running = [
        v
        for v in book.line(measure.id, cohort, "calendar_year_to_date")
        if v.period.end.year == year and v.trusted and v.cases is not None and v.part is not None
    ]
    last = last_number(running)
    months = 12 - last.period.end.month if last else 12
    goal = telling.form(target, measure)
    if last and months == 0:
        return None
    if target.basis != "not_stated" and target.basis != measure.basis:
        return None
    monthly = _consecutive(book, made.whole.measure, made.whole.cohort)
    volume = volumes(tuple(v.value for v in monthly if v.value is not None), months)
    issued = Decimal(last.cases or 0) if last else Decimal(0)
    on_time = last.part or Decimal(0) if last else Decimal(0)
    unknown = f"What it would take to reach {goal} cannot be worked out"
    if volume is None:
        return Takes(unknown, (f"The number of {noun} of 12 months in a row is not held.",))
    usual, least, most = volume
    main = needed(issued, on_time, target.value, usual)
    if main is None:
        return Takes(unknown, (f"There were hardly any {noun} in the last 12 months held.",))
    since, until = monthly[-12].period.start, monthly[-1].period.end
    sentences = [_so_far(last, year, noun)]
    sentences.append(
        f"If {noun} go on coming as in {words.months(since, until)}, {words.count(usual)} are "
        f"still to be issued in {year}."
    )
    ends = [
        n
        for n in (
            needed(issued, on_time, target.value, least),
            needed(issued, on_time, target.value, most),
        )
        if n
    ]
    if least != most and len(ends) == 2:
        shares = sorted(n.share for n in ends)
        stretch = f"any {months} months in a row" if months > 1 else "a single month"
        reach = (
            f"the share would have to be between {_share(shares[0])} and {_share(shares[1])}"
            if shares[0] <= 100
            else "it is out of reach all the same"
        )
        sentences.append(
            f"In those 12 months {stretch} brought between {words.count(least)} and "
            f"{words.count(most)} {noun}; with as many, {reach}."
        )
    single = [v.value for v in _consecutive(book, measure.id, cohort)[-12:] if v.value is not None]
    if single:
        low, high = (words.figure(share, "percent") for share in (min(single), max(single)))
        sentences.append(
            f"In the last {words.many(len(single), 'month')} held, a single month's share lay "
            f"between {low} and {high}."
            if len(single) > 1
            else f"In the last month held, its share was {low}."
        )
    sentences.append(_BACKLOG.format(cases=noun))
    if target.basis == "not_stated":
        sentences.append(f"It is not stated whether the target counts {noun} with exceptions.")
    return Takes(_lead(main, goal, noun), tuple(sentences))


def _share(share: Decimal) -> str:
    return f"{share}%" if share <= 100 else "more than all of them"


def _so_far(last: Value | None, year: int, noun: str) -> str:
    if last is None:
        return f"No {noun} of {year} are in the figures held yet."
    return (
        f"{words.count(last.part or 0)} of {words.counted(last.cases or 0, noun)} were in time "
        f"{words.within(last.period)}: {last.value}%."
    )


def _lead(main: Needed, goal: str, noun: str) -> str:
    if main.on_time <= 0:
        return f"{goal} is reached already, even if none of the {noun} to come is in time"
    if not main.in_reach:
        return f"{goal} is out of reach, even if all {noun} to come are in time"
    return (
        f"To reach {goal}, {main.share}% of the {noun} still to come would have to be in time: "
        f"{words.count(main.on_time)} of {words.count(main.remaining)}"
    )
