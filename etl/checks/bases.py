"""Two bases of one share: with and without the exceptions, which usually move together."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from etl.checks.book import Book, Line, number
from etl.checks.wording import month, printed, subject, worked_out
from etl.model import Finding, MeasureRef, Observation
from etl.text.numbers import MAD_TO_SIGMA

# How far the two bases must part, beyond what they usually do: in robust standard deviations,
# in points, and in cases. Half the months of a year are needed to know what is usual.
_SIGMAS = Decimal(5)
_POINTS = Decimal(10)
_CASES = 6
_ENOUGH = 6


def jumps(book: Book) -> Iterator[Finding]:
    """A share with cases left out that parts from the one with all cases as it never did before.

    The usual distance is the median of the months before; a quarter that holds such a month
    and lies as far off is doubted with it.
    """
    for line in book.lines.values():
        if line.key.span != "month" or line.cohort.share_of is None:
            continue
        sibling = book.siblings.get(MeasureRef(line.key.measure, line.key.cohort))
        other = book.line(sibling, "month")
        if other is None:
            continue
        gaps: list[Decimal] = []
        for share in line.figures:
            beside = other.at(share.period.end, share)
            if beside is None or share.table == "dfe":
                continue
            gap = number(share) - number(beside)
            cases = _all_cases(book, other, beside)
            if len(gaps) >= _ENOUGH and cases and _far(gap, gaps, cases):
                yield _jump(book, line, share, beside, gaps)
            else:
                gaps.append(gap)


def _all_cases(book: Book, line: Line, share: Observation) -> Decimal | None:
    """The number of cases a share is of; a few cases more or less explain a jump of a few."""
    of = line.cohort.share_of
    whole = book.beside(of.whole, share) if of else None
    return whole.value if whole else None


def _far(gap: Decimal, earlier: list[Decimal], cases: Decimal) -> bool:
    if min(earlier) <= gap <= max(earlier):
        return False
    usual = median(earlier)
    sigma = MAD_TO_SIGMA * median(abs(value - usual) for value in earlier)
    return abs(gap - usual) > max(_SIGMAS * sigma, _POINTS, 100 * _CASES / cases)


def _jump(
    book: Book, line: Line, share: Observation, beside: Observation, earlier: list[Decimal]
) -> Finding:
    low, high = min(earlier), max(earlier)
    doubted = [share]
    sibling = book.siblings[MeasureRef(line.key.measure, line.key.cohort)]
    quarters = book.lines.get((line.key.measure, line.key.cohort, "quarter"))
    others = book.line(sibling, "quarter")
    text = ""
    for quarter in quarters.figures if quarters and others else ():
        if not quarter.period.start <= share.period.start <= quarter.period.end:
            continue
        pair = others.at(quarter.period.end, quarter) if others else None
        if pair and not low <= number(quarter) - number(pair) <= high:
            doubted.append(quarter)
            text = f" It pulls the quarter's share to {printed(quarter)} beside {printed(pair)}."
    return book.finding(
        "bases-apart",
        f"{subject(book, share)}: printed {printed(share)} beside {printed(beside)} with all cases "
        f"counted. That is {_points(number(share) - number(beside))}, where the "
        f"{len(earlier)} months before lay between {_points(low)} and {_points(high)}.{text} "
        f"Lawful, but unusual: a slip in typing, or very many exceptions in {month(share)}.",
        doubted,
        beside,
    )


def _points(gap: Decimal) -> str:
    if gap == 0:
        return "no points apart"
    return f"{worked_out(abs(gap), 'count')} points {'above' if gap > 0 else 'below'} it"
