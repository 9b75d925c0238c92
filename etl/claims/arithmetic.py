"""Claims that are right, or far off, by reckoning: shares of their parts, many times a figure."""

from __future__ import annotations

from dataclasses import replace

from etl import periods
from etl.claims import say
from etl.claims.book import Book, Held
from etl.claims.fit import fits
from etl.model import Period, Statement, Unit

_SMALL, _TIMES = 40, 4  # a number so many times another one is hardly a slip of it


def reckoned(statement: Statement, period: Period, book: Book) -> Statement | None:
    """Supported, where a share is just what its own part and whole make, if not what is printed."""
    ref = say.refs(statement)[0]
    share = book.record.registry.measures[ref.measure].cohorts[ref.cohort].share_of
    if share is None or statement.hedge:
        return None
    part, whole = (
        book.level(one, statement.authority, period, statement.published)
        for one in (share.part, share.whole)
    )
    if part is None or not whole or fits(statement, 100 * part / whole) != "yes":
        return None
    said = f"{say.number(part)} of {say.number(whole)} in {periods.label(period)}"
    return replace(
        statement,
        verdict="supported",
        explanation=f"By the record it is {said}, though printed otherwise.",
    )


def far(statement: Statement, found: Held, unit: Unit) -> bool:
    """Whether a figure is so unlike the one held that the words hardly mean it."""
    assert statement.value is not None
    value = say.in_unit(found.value, unit, statement.unit)
    low, high = sorted((abs(value), abs(statement.value)))
    if statement.unit == "percent" or high < _SMALL:
        return False
    return low * _TIMES < high
