"""How a verdict is put into words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from etl import periods, tidy
from etl.claims.book import Book
from etl.claims.fit import decimals
from etl.model import Measure, MeasureRef, Statement, Unit
from etl.text.numbers import rounded
from etl.text.units import suffix


def refs(statement: Statement) -> list[MeasureRef]:
    return [MeasureRef(statement.measure, statement.cohort), *statement.others]


def in_unit(value: Decimal, unit: Unit, wanted: Unit | None) -> Decimal:
    """Days in weeks, weeks in days; all else as it is."""
    if unit == "days" and wanted == "weeks":
        return value / 7
    return value * 7 if unit == "weeks" and wanted == "days" else value


def away(statement: Statement, held: Decimal) -> str:
    assert statement.value is not None
    gap = rounded(statement.value - held, max(2, decimals(statement)))
    unit = " percentage points" if statement.unit == "percent" else suffix(statement.unit)
    return f"{number(abs(gap))}{unit} {'more' if gap > 0 else 'less'}"


def differs(statement: Statement, why: str, book: Book) -> Statement:
    """A sentence that can stand alone: of which row, what the report says, what the record has."""
    row = name(book.record.registry.measures[statement.measure], statement.cohort)
    when = f" for {periods.label(statement.period)}" if statement.period else ""
    area = book.record.registry.council.areas.get(statement.authority, "")
    said = f"{row}{f', {area}' if area else ''}: the report says {figure(statement)}{when}; {why}"
    return replace(statement, verdict="differs", explanation=said)


def unchecked(statement: Statement, why: str) -> Statement:
    return replace(
        statement, verdict="unchecked", explanation=why if why.endswith(".") else f"{why}."
    )


def figure(statement: Statement) -> str:
    assert statement.value is not None, "a claim has a value"
    return statement.raw or number(statement.value)


def words(value: Decimal, book: Book, ref: MeasureRef) -> str:
    unit = book.record.registry.measures[ref.measure].unit
    return f"{number(value)}{suffix(unit)}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def number(value: Decimal) -> str:
    """A number as prose writes it: 117,596 and 53.3."""
    whole, dot, rest = tidy.shortest(value).partition(".")
    return f"{int(whole):,}{dot}{rest}"


def name(measure: Measure, cohort: str) -> str:
    """A row in words: the measure, and whom it counts where that is not everyone."""
    title = measure.short_title or measure.title
    if measure.basis:
        return measure.title
    if cohort == "all" and "all" in measure.cohorts:
        return title
    whom = measure.cohorts[cohort].title
    telling = max(title.split(), key=len).lower()
    return whom if telling in whom.lower() else f"{title}: {whom}"
