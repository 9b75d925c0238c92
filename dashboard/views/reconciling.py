"""Why a report's own words give another number than the figure shown here: the other basis."""

from __future__ import annotations

from dashboard import words
from dashboard.views.telling import BASIS
from etl.analysis.book import Book, Value, printed_decimals
from etl.analysis.change import whole_year
from etl.analysis.targets import other_basis
from etl.model import Statement
from etl.text.numbers import rounded

# A report's own words for a level: not its targets, nor the rows of its tables.
_SAID = ("sentence", "bullet", "summary_table")


def said_otherwise(book: Book, value: Value) -> str:
    """The report that says the share on the other basis, in a sentence; empty where none does.

    "The report of 18 March 2022 says 54%: that is 54.2%, leaving out those with permitted
    exceptions." Only where the words fit the other basis to their own decimals, and not this.
    """
    shown = value.point.shown
    name = other_basis(book, shown.measure)
    if name is None or value.value is None:
        return ""
    twin = book.at(shown.series._replace(measure=name), value.period)
    if twin is None or twin.value is None or not twin.trusted:
        return ""
    measure = book.measure(name)
    for claim in reversed(book.record.statements):
        if claim.value is None or claim.published is None or not _of_the_same(book, claim, value):
            continue
        if shown.measure not in _named(claim) and name not in _named(claim):
            continue
        places = printed_decimals(claim.value)
        if rounded(value.value, places) != claim.value == rounded(twin.value, places):
            said = words.figure(claim.value, measure.unit)
            meant = words.figure(twin.value, measure.unit)
            return (
                f"The report of {words.day(claim.published)} says {said}: that is {meant}, "
                f"{BASIS[measure.basis]}."
            )
    return ""


def _named(claim: Statement) -> set[str]:
    return {claim.measure, *(ref.measure for ref in claim.others)}


def _of_the_same(book: Book, claim: Statement, value: Value) -> bool:
    """Whether a report's words are of the council's own level in just this period."""
    if claim.kind not in _SAID or claim.about != "level" or claim.period is None:
        return False
    if claim.authority not in ("", book.own) or claim.cohort != value.point.shown.cohort:
        return False
    same_year = whole_year(claim.period) and whole_year(value.period)
    return claim.period == value.period or (same_year and claim.period.end == value.period.end)
