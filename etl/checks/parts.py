"""Parts against their wholes, and averages against the cases they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from etl.checks.book import Book, Line
from etl.checks.wording import printed, row, slack, subject
from etl.model import Finding, MeasureRef, Observation
from etl.text.numbers import rounded


def above_whole(book: Book) -> Iterator[Finding]:
    """A part above its whole, or a count above the one it was taken from.

    An error within one table of one publication; a warning where the part may lawfully
    come later, or where the two stand in different publications.
    """
    for line in book.lines.values():
        for ref, lag in _wholes(line).items():
            if book.line(ref, line.key.span) is None:
                continue
            for part in line.figures:
                whole = book.beside(ref, part)
                if whole is None or part.value is None or whole.value is None:
                    continue
                if part.value > whole.value:
                    yield _above(book, part, whole, lag)


def _wholes(line: Line) -> dict[MeasureRef, bool]:
    """What a count cannot be above, and whether it may lawfully come later than that."""
    of, taken = line.cohort.part_of, line.cohort.taken_from
    wholes = {of.whole: of.lag} if of else {}
    for ref in (taken, *line.cohort.within):
        if ref is not None:
            wholes.setdefault(ref, False)
    return wholes


def _above(book: Book, part: Observation, whole: Observation, lag: bool) -> Finding:
    together = part.published == whole.published and part.revises == whole.revises
    reason = (
        "This can be lawful, as the part may come later than the whole; it should be explained."
        if lag
        else "A part cannot be larger than its whole: one of the two is wrong."
    )
    return book.finding(
        "part-above-whole",
        f"{subject(book, part)}: printed {printed(part)}, but that is part of "
        f"{row(book, whole)}, printed {printed(whole)}. {reason}",
        [part, whole],
        severity=None if together and not lag else "warning",
    )


def cases_of(book: Book, mean: Observation) -> tuple[Decimal | None, Observation | None]:
    """How many cases a mean rests on, and the figure that says so if it is another cell."""
    if mean.reading.sample_size is not None:
        return Decimal(mean.reading.sample_size), None
    cohort = book.registry.measures[mean.measure].cohorts[mean.cohort]
    found = book.beside(cohort.denominator, mean)
    return (found.value, found) if found else (None, None)


def average_of_none(book: Book) -> Iterator[Finding]:
    """An average, or a share, printed although its cell or its row of cases says none."""
    for line in book.lines.values():
        if line.measure.nature not in ("mean", "share"):
            continue
        for mean in line.figures:
            cases, cell = cases_of(book, mean)
            if cases == 0 and mean.value is not None:
                yield book.finding(
                    "average-of-none",
                    f"{subject(book, mean)}: printed {printed(mean)}, but the number of cases "
                    f"it rests on is none.",
                    [mean],
                    *([cell] if cell else []),
                )


def average_not_possible(book: Book) -> Iterator[Finding]:
    """An average of whole days that no whole number of days, shared among the cases, gives.

    Only where it is counted in days, and with so few cases that not every average is
    possible: with ten cases or more every figure of one decimal is. A note where the cases
    stand in a row of their own, which may have been counted on another day.
    """
    for line in book.lines.values():
        if line.measure.nature != "mean" or line.measure.unit != "days":
            continue
        for mean in line.figures:
            cases, cell = cases_of(book, mean)
            value = mean.value
            if not cases or value is None or cases % 1 or cases < 0:
                continue
            rounding = slack(mean, line.measure.decimals)
            if possible(value, rounding, cases):
                continue
            could = [n for n in range(1, 13) if possible(value, rounding, Decimal(n))]
            fits = f" {printed(mean)} would fit {cases_words(could[0])}." if could else ""
            yield book.finding(
                "average-not-possible",
                f"{subject(book, mean)}: printed {printed(mean)} for {cases_words(cases)}, but "
                f"whole days shared among {cases} cannot give that: nearest are "
                f"{_nearest(value, cases)}. The average or the number of cases is wrong.{fits}",
                [mean],
                *([cell] if cell else []),
                severity="note" if cell else None,
            )


def cases_words(number: Decimal | int) -> str:
    """1 case; 2 cases."""
    return f"{number} {'case' if number == 1 else 'cases'}"


def possible(mean: Decimal, rounding: Decimal, cases: Decimal) -> bool:
    """Whether a whole total, shared among `cases`, rounds to `mean`."""
    low = ((mean - rounding) * cases).to_integral_value(ROUND_CEILING)
    return low <= (mean + rounding) * cases


def _nearest(mean: Decimal, cases: Decimal) -> str:
    total = mean * cases
    below = total.to_integral_value(ROUND_FLOOR) / cases
    above = total.to_integral_value(ROUND_CEILING) / cases
    return f"{rounded(below, 1)} and {rounded(above, 1)}"
