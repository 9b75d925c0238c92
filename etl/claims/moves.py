"""What a running total grew by, how a figure changed, which share it is: against the record."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product

from etl import periods
from etl.claims import say
from etl.claims.book import Book, before
from etl.claims.fit import fits
from etl.claims.months import index, month_of
from etl.model import MeasureRef, Period, Statement
from etl.text.numbers import rounded


def growth(statement: Statement, book: Book, period: Period) -> Statement:
    own, *others = (
        book.growth(ref, statement.authority, period, statement.published)
        for ref in say.refs(statement)
    )
    for grown in (own, *others):
        if grown is not None and fits(statement, grown) == "yes":
            said = f"By the record {say.number(grown)} were added in {periods.label(period)}."
            return replace(
                statement, verdict="supported", about="increase", period=period, explanation=said
            )
    if own is None:
        return say.unchecked(
            statement, f"The record does not hold what {periods.label(period)} alone added."
        )
    said = f"by the record {say.number(own)} were added in {periods.label(period)}"
    if not statement.certain or fits(statement, own) == "perhaps":
        return say.unchecked(
            statement, f"{say.capital(said)}, but the words leave open what is meant."
        )
    return say.differs(statement, f"{said}: the report says {say.away(statement, own)}.", book)


def change(statement: Statement, book: Book) -> Statement:
    period, since = statement.period, statement.since
    assert period is not None
    assert statement.value is not None
    if since is None:
        return say.unchecked(statement, "It names no month to compare with.")
    measure = book.record.registry.measures[statement.measure]
    restarts = measure.nature == "cumulative" and period.start != since.start
    gaps: list[tuple[Decimal, Decimal, Decimal]] = []
    own = say.refs(statement)[0]
    for ref in say.refs(statement):
        pairs = product(
            book.levels(ref, statement.authority, period, statement.published),
            book.levels(ref, statement.authority, since, statement.published),
        )
        unit = measure.unit
        for later, earlier in pairs:
            now = say.in_unit(later.value, unit, statement.unit)
            then = say.in_unit(earlier.value, unit, statement.unit)
            if ref == own:
                gaps.append((now, then, now - then))
            tried = [now - then, rounded(now) - rounded(then)]
            if statement.unit == "percent" and then:
                relative = 100 * (now - then) / then
                tried = [relative] if measure.unit != "percent" else [*tried, relative]
            if not statement.certain:
                tried += [-value for value in tried]  # the words may not say which way
            if any(fits(statement, value) == "yes" for value in tried):
                said = say.capital(_from_to(now, then, period, since))
                return replace(statement, verdict="supported", explanation=f"{said}.")
    if not gaps:
        missing = (
            since
            if book.level(say.refs(statement)[0], statement.authority, period, None) is not None
            else period
        )
        return say.unchecked(statement, f"No figure is held for {periods.label(missing)}.")
    now, then, gap = gaps[0]
    said = _from_to(now, then, period, since)
    mixed = (
        statement.unit == "percent" and measure.unit == "percent" and "point" not in statement.raw
    )
    if not statement.certain or restarts or mixed or statement.hedge:
        return say.unchecked(
            statement, f"{say.capital(said)}, but the words leave open what is meant."
        )
    if statement.unit == "percent" and measure.unit != "percent" and then:
        gap = rounded(100 * gap / then, 1)
        return say.differs(statement, f"{said}: a change of {say.number(gap)}%.", book)
    return say.differs(statement, f"{said}: a change of {say.number(gap)}.", book)


def _from_to(now: Decimal, then: Decimal, period: Period, since: Period) -> str:
    return (
        f"the record has {say.number(then)} for {periods.label(since)} and "
        f"{say.number(now)} for {periods.label(period)}"
    )


def rate(statement: Statement, book: Book) -> Statement:
    """A share that no measure prints: the part held of the whole held."""
    period = statement.period
    assert period is not None
    measure = book.record.registry.measures[statement.measure]
    whole = measure.cohorts[statement.cohort].part_of
    if whole is None:
        return say.unchecked(statement, "No measure says of what it is a share")
    near: list[str] = []
    for one in [period] if statement.certain else [period, *before(period)]:
        part = book.level(say.refs(statement)[0], statement.authority, one, statement.published)
        total = book.level(whole.whole, statement.authority, one, statement.published)
        if part is None or not total:
            continue
        rate = 100 * part / total
        said = _shares(part, total, one)
        fit = fits(statement, rate)
        if fit == "yes":
            return replace(statement, verdict="supported", explanation=f"By the record {said}.")
        if statement.certain and fit == "no":
            return say.differs(statement, f"by the record {said}.", book)
        near.append(said)
    near = near or _rates_beside(statement, whole.whole, period, book)
    also = f" By the record {'; '.join(near)}." if near else ""
    return say.unchecked(statement, f"No share is held for {periods.label(period)}.{also}")


def _rates_beside(statement: Statement, whole: MeasureRef, period: Period, book: Book) -> list[str]:
    """The shares of the months just before and after, for the officer to judge by."""
    said = []
    for away in (-1, 1):
        one = periods.for_span(
            period.span, *month_of(index((period.end.year, period.end.month)) + away)
        )
        part = book.level(say.refs(statement)[0], statement.authority, one, None)
        total = book.level(whole, statement.authority, one, None)
        if part is not None and total:
            said.append(_shares(part, total, one))
    return said


def _shares(part: Decimal, total: Decimal, period: Period) -> str:
    share = rounded(100 * part / total, 1)
    return f"{say.number(part)} of {say.number(total)} in {periods.label(period)} are {share}%"
