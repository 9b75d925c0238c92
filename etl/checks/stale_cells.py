"""Cells that were left from the month before in a column that was typed over only in part.

An average to a decimal and a number of cases hardly ever come out the same two months
running. How rarely follows from how far the row's own months lie apart: of differences of
standard deviation d, printed in steps of s, about s / (d * sqrt(2 pi)) are none. A step is
what one more day does to the average: a decimal, or a day among the cases, if that is more.

Only the newest month of a publication is looked at: it is the column that was typed. Of all
the months of many years some two will be so alike by chance: in made-up records that are
right, one month in 1,000 is (6,480 months of tests/etl/checks/made_up.py, before it was made to
leave such months out).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import pairwise
from math import log2, pi, sqrt
from typing import NamedTuple

from etl import periods
from etl.checks.book import Book, number
from etl.checks.month_tables import Row, published
from etl.checks.parts import cases_of
from etl.checks.wording import decimals, listed, printed, row
from etl.model import Finding, Observation

# Two cells that agree by chance once in some 4,000 months (12 bits), where each cell of a
# stale column was typed over as likely as not (a bit each).
_EVIDENCE_BITS = 10.0
_CELL_LEFT = 0.5
_LEAST_EQUAL = 2
_ENOUGH = 6  # differences between months that a row must have, besides the two compared
_LEAST_CASES = 20  # fewer are often the same by chance
_RAREST = 0.0005


class _Equal(NamedTuple):
    """What two months' cells of a row have in common, in words, and how rare that is."""

    figure: Observation
    words: str
    chance: float


def left(book: Book, rows: Sequence[Row], told: Collection[date]) -> Iterator[Finding]:
    """Columns, but those `told` of already, with cells of the month before in the table."""
    ends = sorted({end for one in rows for end in one.cells})
    for before, after in pairwise(ends):
        newer = published(rows, before) > published(rows, after)
        stale, origin = (before, after) if newer else (after, before)
        if stale in told or origin in told or not _newest(rows, stale):
            continue
        rest = [one for one in rows if not one.derived]
        equal = [same for one in rest for same in _equal(book, one, stale, origin)]
        bits = sum(log2(_CELL_LEFT / same.chance) for same in equal)
        # Averages of few cases agree by chance: a number of cases must agree as well.
        cases = any(same.words.endswith(" cases") for same in equal)
        if cases and len(equal) >= _LEAST_EQUAL and bits >= _EVIDENCE_BITS:
            yield _finding(book, equal, stale, origin)


def _newest(rows: Sequence[Row], end: date) -> bool:
    """Whether no later month is of the publication that the month's cells come from."""
    day = published(rows, end)
    return all(
        later <= end or cell.published != day for one in rows for later, cell in one.cells.items()
    )


def _equal(book: Book, one: Row, stale: date, origin: date) -> Iterator[_Equal]:
    """The average that both months of a row give, and the number of cases."""
    figure, other = one.cells.get(stale), one.cells.get(origin)
    if figure is None or other is None:
        return
    others = [cell for end, cell in sorted(one.cells.items()) if end not in (stale, origin)]
    averages = one.line.measure.unit in ("days", "weeks")
    if averages and number(figure) == number(other):
        step = 10.0 ** -decimals(figure, one.line.measure.decimals)
        cases, _ = cases_of(book, figure)
        if cases:
            step = max(step, 1 / float(cases))
        chance = _chance([float(number(cell)) for cell in others], step)
        if chance is not None:
            yield _Equal(figure, printed(figure), chance)
    size = figure.reading.sample_size
    if size is not None and size >= _LEAST_CASES and size == other.reading.sample_size:
        sizes = [cell.reading.sample_size for cell in others]
        chance = _chance([float(cases) for cases in sizes if cases is not None], 1.0)
        if chance is not None:
            yield _Equal(figure, f"{size} cases", chance)


def _chance(values: Sequence[float], step: float) -> float | None:
    """How likely two months running are the same; None where too few months can tell."""
    apart = [b - a for a, b in pairwise(values)]
    if len(apart) < _ENOUGH:
        return None
    deviation = sqrt(sum(difference * difference for difference in apart) / len(apart))
    rare = step / (max(deviation, step) * sqrt(2 * pi))
    ties = sum(abs(difference) < step / 2 for difference in apart)
    return max(_RAREST, rare, ties / (len(apart) + 1))


def _finding(book: Book, equal: Sequence[_Equal], stale: date, origin: date) -> Finding:
    named = listed(f"{same.words} ({row(book, same.figure)})" for same in equal)
    months, others = (periods.months(end, end) for end in (stale, origin))
    return book.finding(
        "column-repeated",
        f"{months}: {named} are exactly what {others} has. Averages and numbers of cases seldom "
        "come out the same two months running: most likely an old column was typed over only in "
        "part.",
        dict.fromkeys(same.figure for same in equal),
    )
