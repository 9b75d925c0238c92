"""Running totals, quarters and years to date against their months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from etl.checks.book import Book, Line, number
from etl.checks.months import month_ends
from etl.checks.slips import slip
from etl.checks.wording import month, printed, subject, when, worked_out
from etl.model import Finding, Observation, Span

_RUNNING: tuple[Span, ...] = ("financial_year_to_date", "calendar_year_to_date")


def falls(book: Book) -> Iterator[Finding]:
    """A running total below an earlier one of the same year."""
    for line in book.lines.values():
        if line.measure.unit != "count" or line.key.span not in _RUNNING:
            continue
        for figures in line.tables.values():
            yield from _falls(book, figures)


def _falls(book: Book, figures: tuple[Observation, ...]) -> Iterator[Finding]:
    peak: Observation | None = None
    for position, figure in enumerate(figures):
        if peak is None or figure.period.start != peak.period.start:
            peak = figure
            continue
        if number(figure) >= number(peak):
            peak = figure
            continue
        yield book.finding(
            "total-falls",
            f"{subject(book, figure)}: the running total falls from {printed(peak)} in "
            f"{month(peak)} to {printed(figure)}, which it can only do at the start of a year. "
            f"{_which(figures, position, peak)}",
            [peak, figure],
        )
        if _recovers(figures, position, peak):
            continue  # the dip is the odd one: later figures go on from the peak
        peak = figure


def _recovers(figures: tuple[Observation, ...], position: int, peak: Observation) -> bool:
    after = figures[position + 1] if position + 1 < len(figures) else None
    if after is None:
        return False
    return after.period.start == peak.period.start and number(after) >= number(peak)


def _which(figures: tuple[Observation, ...], position: int, peak: Observation) -> str:
    if _recovers(figures, position, peak):
        return (
            f"Later months go on from {printed(peak)}, so the lower figure is the likely mistake."
        )
    return "One of the two is wrong."


def against_parts(book: Book) -> Iterator[Finding]:
    """A quarter, a year to date or a running total against the months that it adds up.

    Where a running total is held for two months and the months between are held too, the
    growth is compared; so one wrong total is named once, not in every month after.
    """
    for line in book.lines.values():
        if line.measure.unit != "count" or line.measure.nature not in ("flow", "cumulative"):
            continue
        months = book.lines.get((line.key.measure, line.key.cohort, "month"))
        if months is None or line is months:
            continue
        for figures in line.tables.values():
            if figures[0].table != "stated":
                yield from _against(book, line, months, figures)


def _against(
    book: Book, line: Line, months: Line, figures: tuple[Observation, ...]
) -> Iterator[Finding]:
    off: Decimal | None = None
    before: Observation | None = None
    for figure in figures:
        if before and before.period.start != figure.period.start:
            off, before = None, None
        parts = [
            months.at(day, figure) for day in month_ends(figure.period.start, figure.period.end)
        ]
        found = [part for part in parts if part]
        total = sum((number(part) for part in found), Decimal())
        if len(found) == len(parts):
            apart = number(figure) - total
            # The same difference as at the month before is the same mistake.
            if apart != 0 and apart != off:
                yield _finding(book, figure, found, total)
            off = apart if line.key.span in _RUNNING else None
        elif before is not None and line.key.span in _RUNNING:
            yield from _growth(book, months, before, figure)
            off = None
        before = figure


def _growth(
    book: Book, months: Line, before: Observation, figure: Observation
) -> Iterator[Finding]:
    """The growth between two running totals against the months between, where all are held."""
    parts = [
        months.at(day, figure)
        for day in month_ends(before.period.end + timedelta(days=1), figure.period.end)
    ]
    found = [part for part in parts if part]
    if len(found) < len(parts) or not found:
        return
    total = sum((number(part) for part in found), number(before))
    if total != number(figure):
        yield book.finding(
            "total-against-parts",
            f"{subject(book, figure)}: printed {printed(figure)}, but {printed(before)} in "
            f"{month(before)} and the months since make {worked_out(total, 'count')}. "
            f"One of these is wrong.",
            [figure],
            before,
            *found,
        )


def _finding(book: Book, figure: Observation, parts: list[Observation], total: Decimal) -> Finding:
    apart = number(figure) - total
    way = "many" if apart > 0 else "few"
    if len(parts) == 1:
        return book.finding(
            "total-against-parts",
            f"{subject(book, figure)}: printed {printed(figure)}, but its only month so far, "
            f"{month(parts[0])}, is printed {printed(parts[0])}. One of the two is wrong.",
            [figure],
            *parts,
        )
    reason = slip(book, figure, total) or "One of these is wrong."
    return book.finding(
        "total-against-parts",
        f"{subject(book, figure)}: printed {printed(figure)}, but its months "
        f"({when(parts[0].period)} to {month(parts[-1])}) add up to {worked_out(total, 'count')}, "
        f"so it is {worked_out(abs(apart), 'count')} too {way}. {reason}",
        [figure],
        *parts,
    )
