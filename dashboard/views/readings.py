"""What can be read at a point: an observation in words, field by field. No other place does it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise

from dashboard import words
from dashboard.views import changes, flags
from dashboard.views.chart import Reading
from dashboard.views.counting import cases
from dashboard.views.types import Flag
from etl.analysis.book import Book, Value, displayed
from etl.analysis.change import break_between, year_earlier
from etl.analysis.corrected import history, said
from etl.analysis.rounding import confirms
from etl.model import Measure, Observation, Period, Unit


def text(value: Value, measure: Measure) -> str:
    """The figure as a table prints it, or why there is none."""
    if value.value is None:
        status = words.STATUSES[value.point.shown.status]
        if value.cases is None:
            return status
        return f"{status} ({words.many(value.cases, 'case') if value.cases else 'no cases'})"
    return words.figure(value.value, measure.unit)


def cell(value: Value, measure: Measure) -> str:
    """The figure as a chart's table prints it, with its flag."""
    return text(value, measure) + (" (flagged)" if doubted(value) else "")


def doubted(value: Value) -> bool:
    """Whether it has a number that an unanswered finding doubts."""
    return value.value is not None and not value.trusted


def reading(book: Book, value: Value, series: str) -> Reading:
    """What the reading card says of one observation under the name `series`."""
    shown = value.point.shown
    return Reading(
        words.period(value.period),
        series,
        text(value, book.measure(shown.measure)),
        _count(book, value),
        _change(book, value),
        place(shown),
        words.day(shown.published),
        _revised(book, value),
        "; ".join(_flag(flag) for flag in flags.of_value(book, value)),
    )


def place(figure: Observation) -> str:
    """The publication and the place in it."""
    return f"{figure.source}: {figure.locator}"


def published(values: Iterable[Value]) -> str:
    """The day on which all that a figure is worked out from had been published."""
    return words.day(max(value.point.shown.published for value in values))


def places(values: Iterable[Value]) -> str:
    """The publications that a figure is worked out from, each with its place."""
    by_source: dict[str, list[str]] = {}
    for value in values:
        by_source.setdefault(value.point.shown.source, []).append(value.point.shown.locator)
    return "; ".join(f"{source}: {words.together(at)}" for source, at in by_source.items())


def _flag(flag: Flag) -> str:
    """That a figure does not add up, with the reason: the flag's few words if they give it."""
    bare = flag.text in (flags.MISPRINT, flags.UNEXPLAINED)
    return f"{flags.UNEXPLAINED}: {flag.detail if bare else flag.text}"


def _count(book: Book, value: Value) -> str:
    """How many of how many cases, or from how many; empty where that is not known."""
    if value.value is None or value.cases is None:
        return ""
    if value.part is not None and value.cases:
        return f"{words.count(value.part)} of {cases(book, value)}"
    return f"from {cases(book, value)}{' only' if value.few else ''}"


def _change(book: Book, value: Value) -> str:
    """The change on the same period a year before, or why that says nothing."""
    change = changes.year_before(book, value)
    if change.why_not == changes.NO_CHANGE["break"]:
        return f"not comparable with the year before ({change.versus})"
    if change.why_not == changes.NO_CHANGE["before_doubted"]:
        return "not compared: the figure a year before is flagged"
    return change.words


def change_between(
    book: Book, measure: str, period: Period, values: Mapping[Period, Decimal], unit: Unit = "count"
) -> str:
    """As `_change`, of figures worked out here: `values` by the period that each is of."""
    before = year_earlier(period)
    if before not in values:
        return ""
    if event := break_between(book, measure, before, period):
        return f"not comparable with the year before ({event.title})"
    months = words.period(before)
    when = "in the same months a year before" if " to " in months else words.within(before)
    return words.than(values[period] - values[before], unit, when, values[before])


def _revised(book: Book, value: Value) -> str:
    """What publications before gave, each until the day of the one that gave another."""
    measure = book.measure(value.point.shown.measure)
    return ", then ".join(
        f"was {_given(old, measure)} until {words.day(new.published)}"
        for old, new in pairwise(history(book.record, value.point))
        if said(old) != said(new) and not confirms(old, new)
    )


def _given(figure: Observation, measure: Measure) -> str:
    if figure.value is None:
        return words.STATUSES[figure.status].lower()
    return words.figure(displayed(measure, figure.value), measure.unit)
