"""A figure's change in words: on a year before, on the last report held, or why there is none."""

from __future__ import annotations

from decimal import Decimal

from dashboard import words
from dashboard.views.counting import cases
from dashboard.views.types import Change
from etl.analysis.book import Book, Value
from etl.analysis.change import (
    Direction,
    break_between,
    direction,
    on_year_before,
    since_last_report,
)
from etl.analysis.change import year_before as find_year_before
from etl.model import Measure, Observation

NO_CHANGE = {
    "doubted": "Left out: it is flagged",
    "before_doubted": "The earlier figure is flagged",
    "not_held": "Not reported then",
    "no_number": "No figure then",
    "first": "Not in its tables",
    "running": "Not compared",
    "same": "No newer figure",
    "restarted": "Started again in April",
    "only": "No earlier report held",
    "break": "Not comparable",
}


def _tone(measure: Measure, amount: Decimal) -> str:
    if not amount or measure.better == "none":
        return "neutral"
    return "good" if (amount > 0) == (measure.better == "higher") else "bad"


def _change(book: Book, now: Value, before: Value, source: str = "") -> Change:
    measure = book.measure(now.point.shown.measure)
    assert now.value is not None
    assert before.value is not None
    amount = now.value - before.value
    running = now.period.span == "financial_year_to_date"
    same_months = running and before.period.end.month == now.period.end.month
    when = "in the same months a year before" if same_months else words.within(before.period)
    versus = f"{words.number(before.value, measure.unit)} in {words.period(before.period, True)}"
    if now.period.span == before.period.span == "calendar_year":
        versus = f"{words.number(before.value, measure.unit)} in {before.period.end.year}"
    if running:
        versus = (
            f"{words.number(before.value, measure.unit)} by {words.month(before.period.end, True)}"
        )
    rests = f"from {cases(book, before)}" if before.few else ""
    if rests:
        versus += f", {rests}"
    return Change(
        words.signed(amount, measure.unit),
        versus + source,
        words.than(amount, measure.unit, when, before.value, rests),
        amount=float(amount),
        tone=_tone(measure, amount),  # type: ignore[arg-type]
    )


def year_before(book: Book, value: Value) -> Change:
    """The change on the same month (or months, or year) a year before."""
    change, why = on_year_before(book, value)
    if change is None and (known := direction(book, value)):
        return _direction(book, known)
    if change is None:
        return Change(why_not=NO_CHANGE[why], versus=_before(book, value, why))
    other = change.before.point.shown.table == "dfe" != value.point.shown.table
    return _change(book, value, change.before, " (DfE)" if other else "")


def _direction(book: Book, known: Direction) -> Change:
    """A change of which the direction alone is known: two tables print the earlier figure."""
    unit = book.measure(known.now.point.shown.measure).unit
    word = words.compared(known.now.value - known.values[0], unit).rpartition(" ")[2]  # type: ignore[operator]
    printed = " or ".join(words.number(value, unit) for value in known.values)
    when = words.period(known.before.period, True)
    return Change(
        words.capital(word),
        f"than {printed}, both printed for {when}",
        f"{word} than {words.within(known.before.period)}, printed as {printed}",
    )


def _before(book: Book, value: Value, why: str) -> str:
    """What a change is not made from: the flagged figure, or what broke the series since."""
    before = find_year_before(book, value) if why in ("before_doubted", "break") else None
    if before is None or before.value is None:
        return ""
    if why == "break":
        return broken(book, value, before)
    unit = book.measure(value.point.shown.measure).unit
    return f"{words.number(before.value, unit)} in {words.period(before.period, True)}"


def broken(book: Book, value: Value, before: Value) -> str:
    """What broke the series between two figures, and when; empty where nothing did."""
    event = break_between(book, value.point.shown.measure, before.period, value.period)
    if event is None or str(event.start.year) in event.title:
        return event.title if event else ""
    return f"{event.title}, {words.month(event.start)}"


def without(figure: Observation, short: bool = False) -> str:
    """An entry without a number: "not applicable in July 2021 (2 cases)"."""
    cases = figure.reading.sample_size
    rests = (
        f" ({words.many(cases, 'case')})" if cases else " for want of cases" if cases == 0 else ""
    )
    return f"{words.STATUSES[figure.status].lower()} in {words.period(figure.period, short)}{rests}"


def last_report(book: Book, value: Value) -> Change:
    """The change on what the last report held gave as its latest figure."""
    since = since_last_report(book, value)
    if value.point.shown.table == "dfe":
        return Change(why_not="Not in the reports")
    if since.reason == "no_number" and since.then:
        return Change(why_not=NO_CHANGE["no_number"], versus=without(since.then, short=True))
    if since.reason == "running":
        return Change(why_not=NO_CHANGE["running"], versus="a running total only rises")
    if since.reason == "break" and since.before:
        return Change(why_not=NO_CHANGE["break"], versus=broken(book, value, since.before))
    if since.reason or since.before is None:
        return Change(why_not=NO_CHANGE[since.reason or "first"])
    return _change(book, value, since.before)
