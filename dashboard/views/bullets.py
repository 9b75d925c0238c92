"""Rows in the committee's own pattern: from where, at the last report, now, which way, how far."""

from __future__ import annotations

from dashboard import words
from dashboard.views import changes, flags, telling
from etl.analysis.book import Book, Value, book
from etl.analysis.change import last_report, running_total, since_last_report
from etl.analysis.targets import Stand, standing
from etl.record import Record


def since_report(found: Book, value: Value) -> str:
    """What the last report held gave, and how far the figure is from it; empty without one."""
    measure = found.measure(value.point.shown.measure)
    since, day = since_last_report(found, value), last_report(found)
    if since.reason == "first":
        return "The last report held did not give it in its tables."
    if since.reason == "no_number" and since.then:
        return f"The last report held called it {changes.without(since.then)}."
    if since.reason == "break" and since.before:
        why = changes.broken(found, value, since.before)
        return f"It is not comparable with the last report held ({why})."
    before = since.before
    if since.amount is None or before is None or before.value is None or day is None:
        return ""
    at = words.figure(before.value, measure.unit)
    running = before.period.span == "financial_year_to_date"
    when = f"{'by' if running else 'for'} {words.month(before.period.end)}"
    if since.corrected:
        now = words.compared(since.amount, measure.unit) if since.amount else "the same"
        return (
            f"The figure {when} in the report of {words.day(day)} has been corrected since, to "
            f"{at}; it is now {now}."
        )
    if not since.amount:
        return f"The report of {words.day(day)} gave the same, {at}, {when}."
    change = words.compared(since.amount, measure.unit)
    return f"The report of {words.day(day)} gave {at}, {when}; it is now {change}."


def bullet(found: Book, value: Value) -> tuple[str, str]:
    """(lead, text) for a trusted figure; the lead is its row, the text two or three sentences."""
    key = value.point.shown.series
    measure, group = found.measure(key.measure), found.cohort(key.measure, key.cohort)
    lead = f"{group.serial} {group.title}".strip()
    parts = [telling.sentence(found, value).text]
    if reported := since_report(found, value):
        parts.append(reported)
    line = [v for v in found.line(key.measure, key.cohort, key.span) if v.trusted]
    first = line[0] if line else value
    earlier = first.period.end < value.period.end and not running_total(found, value)
    if first.value is not None and earlier:
        but = changes.broken(found, value, first)
        text = f"The first figure held is {words.figure(first.value, measure.unit)}"
        text += f", {words.within(first.period)}"
        if first.few:
            text += " (from few cases only)"
        parts.append(f"{text}; not comparable ({but})." if but else f"{text}.")
    if not isinstance(standing(found, value), Stand) and not telling.longer(found, value):
        reason = telling.standing_of(found, value).words
        none = reason.startswith("No target")
        parts.append(
            f"{reason}." if none else f"No target is held against it: {words.lower(reason)}."
        )
    return lead, " ".join(parts)


def bullets(record: Record) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """(The bullets in the appendix's order, what was left out because it is flagged).

    Rows of the appendix and headline measures; context figures are in the table alone.
    """
    found = book(record)
    said: list[tuple[str, str]] = []
    left: list[str] = []
    for name, cohort in found.ordered:
        group, measure = found.cohort(name, cohort), found.measure(name)
        value = found.latest(name, cohort)
        if value is None or not (group.serial or measure.headline):
            continue
        if value.trusted:
            said.append(bullet(found, value))
            continue
        flag = next(iter(flags.of_value(found, value)), None)
        shown = telling.figure(found, value)
        lead = f"{group.serial} {group.title}".strip()
        left.append(
            f"{lead}, {shown.period_long}: {shown.text}, {flag.text if flag else 'flagged'}"
        )
    return tuple(said), tuple(left)
