"""A share given as a fraction of one: 0.66 for 66%.

A share below one percent is possible, and some rows hold hardly any others. So the row's own
figures decide, and the figure is questioned, never changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from statistics import median

from etl.checks.book import Book, Line, number
from etl.checks.wording import listed, printed, row, when
from etl.model import Finding, Observation
from etl.tidy import shortest

# 100 times the value lies nearer to a level than the value does, in ratio, from 10 times on.
_NEARER = 10
# What the fraction would mean may be a new high of the row, up to twice what it ever was.
_ROOM = 2


def meant(value: Decimal, figures: Sequence[Decimal]) -> Decimal | None:
    """The percentage that a fraction of one was meant for, judged by the row's other figures.

    None where the value may be what it says, or where there are none to judge by.
    """
    if not 0 < value <= 1 or not figures or median(figures) <= _NEARER * value:
        return None
    found = value * 100
    return found if found <= _ROOM * max(figures) else None


def fractions(book: Book) -> Iterator[Finding]:
    """Percentages that are fractions of one beside the others of their row, by publication."""
    for line in book.lines.values():
        if line.measure.unit != "percent":
            continue
        for figures in line.tables.values():
            yield from _fractions(book, line, figures)


def _fractions(book: Book, line: Line, figures: Sequence[Observation]) -> Iterator[Finding]:
    by_publication: dict[date, list[tuple[Observation, Decimal]]] = defaultdict(list)
    for figure in figures:
        if figure.table == "dfe" or not 0 < number(figure) <= 1:
            continue
        others = [number(other) for other in figures if other is not figure]
        if level := meant(number(figure), others):
            by_publication[figure.published].append((figure, level))
    for found in by_publication.values():
        doubted = [figure for figure, _ in found]
        others = [number(other) for other in figures if other not in doubted]
        periods = listed(when(figure.period) for figure in doubted)
        levels = listed(f"{shortest(level)}%" for _, level in found)
        yield book.finding(
            "share-as-fraction",
            f"{row(book, doubted[0])}, {periods}: printed {listed(map(printed, doubted))}, where "
            f"the row's other figures lie between {shortest(min(others))}% and "
            f"{shortest(max(others))}%. Did you mean {levels}? If it is right as it stands, say "
            "why.",
            doubted,
        )
