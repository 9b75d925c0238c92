"""What else in the record a figure that does not fit is: a month beside it, another row."""

from __future__ import annotations

from decimal import Decimal

from etl import periods
from etl.claims import say
from etl.claims.book import Book, Held
from etl.claims.fit import decimals
from etl.claims.months import index
from etl.model import MeasureRef, Period, Statement

_TELLING = 10  # a smaller count is found somewhere by chance


def matches(statement: Statement, book: Book) -> str:
    """In words the one figure of the record that a claim most likely means; else nothing.

    Looked for in this order: the months beside, the same month of another year, other
    months, other cohorts and then other measures of the theme in the same month.
    """
    period, value = statement.period, statement.value
    if period is None or value is None or statement.hedge or abs(value) < _TELLING:
        return ""
    measures = book.record.registry.measures
    same = [held for ref in _refs(statement) for held in _same_series(statement, ref, book, period)]
    if same:
        nearest = min(same, key=lambda held: _rank(held.period, period))
        away = index((nearest.period.end.year, nearest.period.end.month)) - index(
            (period.end.year, period.end.month)
        )
        name = {1: "the month after, ", -1: "the month before, "}.get(away, "")
        basis = measures[nearest.ref.measure].basis if statement.others else ""
        return f"the figure of {name}{periods.label(nearest.period)}" + (
            f", {basis} exceptions" if basis else ""
        )
    theme = measures[statement.measure].theme
    for measure in measures.values():
        if measure.unit != measures[statement.measure].unit or measure.theme != theme:
            continue
        for cohort in measure.cohorts:
            ref = MeasureRef(measure.id, cohort)
            one = (
                Period(measure.span, period.start, period.end)
                if period.span != "month"
                else periods.for_span(measure.span, period.end.year, period.end.month)
            )
            for held in book.levels(ref, statement.authority, one, None):
                if ref not in _refs(statement) and _fits(statement, held.value):
                    row = say.name(measure, cohort)
                    return f"the figure of another row, {row}, for {periods.label(held.period)}"
    return ""


def months(statement: Statement, book: Book) -> set[Period]:
    """The other periods of its own series whose figure is just the one claimed."""
    period = statement.period
    if period is None:
        return set()
    ref = MeasureRef(statement.measure, statement.cohort)
    return {held.period for held in _same_series(statement, ref, book, period)}


def _refs(statement: Statement) -> list[MeasureRef]:
    return [MeasureRef(statement.measure, statement.cohort), *statement.others]


def _same_series(statement: Statement, ref: MeasureRef, book: Book, period: Period) -> list[Held]:
    return [
        held
        for held in book.periods(ref, statement.authority, period.span)
        if held.period.end != period.end and _fits(statement, held.value)
    ]


def _fits(statement: Statement, value: Decimal) -> bool:
    assert statement.value is not None
    return abs(statement.value - value) <= Decimal("0.5").scaleb(-decimals(statement))


def _rank(found: Period, wanted: Period) -> tuple[int, int]:
    away = index((found.end.year, found.end.month)) - index((wanted.end.year, wanted.end.month))
    return (0 if abs(away) == 1 else 1 if away % 12 == 0 else 2, abs(away))
