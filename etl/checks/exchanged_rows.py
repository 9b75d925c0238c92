"""Two rows of one label whose figures have changed places within a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import log
from statistics import median

from etl.checks.book import Book, Line, number
from etl.checks.wording import month, printed, row
from etl.model import Finding, Observation

_LEAST_MONTHS = 4  # of each row, beside the month in question
_LEAST_APART = log(1.25)  # rows whose usual figures lie nearer than this cannot be told apart


def exchanged(book: Book) -> Iterator[Finding]:
    """Months in which each of two rows printed under one label has what the other usually has.

    Appendix 1 prints a number of pupils and their average of days under one label; only the
    rows' usual figures tell which is which. Both figures must lie outside their own row's
    range and nearer to the other row's middle.
    """
    for lines in _sharing_a_label(book).values():
        for one, other in combinations(lines, 2):
            for table in one.tables.keys() & other.tables.keys():
                yield from _exchanged(book, one.tables[table], other.tables[table])


def _sharing_a_label(book: Book) -> dict[tuple[str, str], list[Line]]:
    """The monthly rows by their serial; rows without one are alone."""
    rows: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in book.lines.values():
        if line.cohort.serial and line.key.span == line.measure.span == "month":
            rows[line.cohort.serial, line.key.cohort].append(line)
    return rows


def _exchanged(
    book: Book, ones: Sequence[Observation], others: Sequence[Observation]
) -> Iterator[Finding]:
    beside = {figure.period.end: figure for figure in others}
    for one in ones:
        other = beside.get(one.period.end)
        if other is None or number(one) <= 0 or number(other) <= 0:
            continue
        past, others_past = (
            [log(number(f)) for f in figures if f.period.end != one.period.end and number(f) > 0]
            for figures in (ones, others)
        )
        if min(len(past), len(others_past)) < _LEAST_MONTHS:
            continue
        here, there = log(number(one)), log(number(other))
        middle, others_middle = median(past), median(others_past)
        if abs(middle - others_middle) < _LEAST_APART:
            continue
        if (
            not min(past) <= here <= max(past)
            and not min(others_past) <= there <= max(others_past)
            and abs(here - others_middle) < abs(here - middle)
            and abs(there - middle) < abs(there - others_middle)
        ):
            yield book.finding(
                "rows-exchanged",
                f"{month(one)}: {printed(one)} in {row(book, one)} and {printed(other)} in "
                f"{row(book, other)}. Each is what the other row usually prints; most likely the "
                f"two have changed places.",
                [one, other],
            )
