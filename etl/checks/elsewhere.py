"""DfE's figure for a year against the council's own, basis with basis."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from etl.checks.book import Book, number
from etl.checks.wording import month, printed, slack, subject, worked_out
from etl.model import Finding, Observation

# A count may differ by a twentieth, a share by two points, before it asks for a reason.
_USUAL = Decimal("0.05")
_USUAL_POINTS = Decimal(2)


def differs(book: Book) -> Iterator[Finding]:
    """A calendar year of DfE against the council's year to date at December.

    The same measure is the same basis, so bases never mix.
    """
    if not book.own:
        return
    for line in book.lines.values():
        if line.key.span != "calendar_year":
            continue
        own = book.lines.get((line.key.measure, line.key.cohort, "calendar_year_to_date"))
        for theirs in line.tables.get("dfe", ()):
            point = own.points.get(theirs.period.end) if own else None
            ours = point.shown if point else None
            if ours is None or ours.value is None or theirs.value is None:
                continue
            usual = line.measure.decimals
            apart = abs(theirs.value - ours.value)
            if apart > slack(theirs, usual) + slack(ours, usual):
                yield _finding(book, ours, theirs, apart)


def _finding(book: Book, ours: Observation, theirs: Observation, apart: Decimal) -> Finding:
    share = ours.reading.unit == "percent"
    large = apart > (_USUAL_POINTS if share else _USUAL * abs(number(ours)))
    unit = " percentage points" if share else ""
    why = (
        "That is more than later corrections usually change; it should be explained."
        if large
        else "A difference this small is usual: DfE collects after the council has corrected "
        "its records."
    )
    return book.finding(
        "elsewhere-differs",
        f"{subject(book, ours)}: the council printed {printed(ours)} to {month(ours)}, DfE "
        f"{printed(theirs)} for the same year and basis, {worked_out(apart, 'count')}{unit} apart. "
        f"{why}",
        [ours],
        theirs,
        severity="warning" if large else "note",
    )
