"""A month's column that is another month's: pasted twice, left over, or slid by a row.

A table's months are compared column by column. How much an equal cell says depends on how
often its row repeats itself: an average of days to a decimal hardly ever does, a count of 3
may every month. The evidence is a log likelihood ratio in bits: how much likelier the cells
are if one column was copied from the other than if each month was counted anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise
from math import log2
from typing import NamedTuple

from etl import periods
from etl.checks import stale_cells
from etl.checks.book import Book
from etl.checks.month_tables import Row, published, tables
from etl.checks.wording import listed, printed, row
from etl.model import Finding, Observation
from etl.tidy import shortest

# Chosen on the two real packs (no alarm) and on tables made up with and without a stale
# column; see tests/etl/checks/test_repeated_columns.py.
_EVIDENCE_BITS = 13.0  # as prior odds: about one column in 250 is stale, and 30 to 1 wanted
_SLIDE_BITS = 3.0  # what a slid column needs beyond that: it is rarer
_OTHER_UNIT_BITS = 2.0  # a cell without its row's unit, as the row it came from prints it
_COPIED_CELL_EQUAL = 0.85  # in a pasted column a cell or two may have been typed over
_LEAST_EQUAL_CELLS = 3
_TELLING = 0.25  # a cell that two months share more often than this tells nothing
_OFTEN = 6  # a figure that a row prints in more months than this tells nothing
_PRIOR_MONTHS = 4  # what the guess from a figure's digits weighs beside the row's own past
_CHANCE_BY_DIGITS = {0: 0.5, 1: 0.3, 2: 0.08}  # of two months printing the same figure
_CHANCE_OF_MORE_DIGITS = 0.02
_CHANCE_OF_SAMPLE_SIZE = 0.05
_SAMPLE_SIZE_TELLS = 10  # fewer cases are often the same by chance


class _Pair(NamedTuple):
    """A month whose column may repeat another's, `slide` rows further down."""

    stale: date
    origin: date
    slide: int


class _Copy(NamedTuple):
    """A column that repeats another, `slide` rows further down, and what speaks for it."""

    stale: date
    origin: date
    slide: int
    bits: float
    equal: tuple[Observation, ...]
    compared: int
    copied: tuple[Observation, ...]  # the cells of `origin` that those are equal to


def copied(book: Book) -> Iterator[Finding]:
    """The council's monthly columns whose cells, most of them or a telling few, are another's."""
    if not book.own:
        return
    for rows in tables(book).values():
        likeliest: dict[date, _Copy] = {}
        for copy in _copies(rows):
            best = likeliest.get(copy.stale)
            if best is None or copy.bits > best.bits:
                likeliest[copy.stale] = copy
        yield from (_finding(book, likeliest[stale]) for stale in sorted(likeliest))
        yield from stale_cells.left(book, rows, likeliest)


def _copies(rows: Sequence[Row]) -> Iterator[_Copy]:
    ends = sorted({end for one in rows for end in one.cells})
    for (first, second, slide), telling in _candidates(rows).items():
        if telling < _LEAST_EQUAL_CELLS:
            continue
        newer = published(rows, first) > published(rows, second)
        stale, origin = (first, second) if newer and not slide else (second, first)
        for day in _days(rows, stale):
            copy = _weigh(rows, ends, _Pair(stale, origin, slide), day)
            if copy is not None:
                yield copy


def _days(rows: Sequence[Row], end: date) -> list[date | None]:
    """The days of publications that a month's cells come from, and None for all together."""
    days = {one.cells[end].published for one in rows if end in one.cells}
    return [None, *sorted(days)] if len(days) > 1 else [None]


def _candidates(rows: Sequence[Row]) -> Counter[tuple[date, date, int]]:
    """How many telling cells two months share, in the same row or in neighbouring ones."""
    counted: Counter[tuple[date, date, int]] = Counter()
    by_value = [_ends_by_value(one) for one in rows]
    for one, values in zip(rows, by_value, strict=True):
        if not one.derived:
            for ends in values.values():
                counted.update((a, b, 0) for a, b in combinations(ends, 2))
    for upper, lower in pairwise(by_value):
        for value in upper.keys() & lower.keys():
            for above in upper[value]:
                for below in lower[value]:
                    if above < below:  # slid down: the later month's cell stands a row lower
                        counted[above, below, 1] += 1
                    elif below < above:
                        counted[below, above, -1] += 1
    return counted


def _ends_by_value(one: Row) -> Mapping[Decimal, list[date]]:
    ends: dict[Decimal, list[date]] = defaultdict(list)
    for end, figure in sorted(one.cells.items()):
        if figure.value is not None and _chance(figure) < _TELLING:
            ends[figure.value].append(end)
    return {value: at for value, at in ends.items() if len(at) <= _OFTEN}


def _weigh(
    rows: Sequence[Row], ends: Sequence[date], pair: _Pair, day: date | None
) -> _Copy | None:
    """The evidence that a column is a copy of the other; None where it is too little.

    Of the column's cells that were published on `day`, where one is given.
    """
    stale, origin, slide = pair
    bits, compared = 0.0, 0
    equal: list[Observation] = []
    copied: list[Observation] = []
    pairs = zip(rows[max(slide, 0) :], rows[max(-slide, 0) :], strict=False)
    for here, there in pairs if slide else ((one, one) for one in rows if not one.derived):
        figure, other = here.cells.get(stale), there.cells.get(origin)
        if figure is None or other is None or day not in (None, figure.published):
            continue
        compared += 1
        chance = _chance(figure) if slide else _chance_in(here, figure, other)
        if figure.value == other.value:
            bits += log2(_COPIED_CELL_EQUAL / chance) + _sample_size_bits(figure, other)
            bits += _OTHER_UNIT_BITS if slide and _unit_of_other(here, figure, other) else 0.0
            equal.append(figure)
            copied.append(other)
        else:
            bits += log2((1 - _COPIED_CELL_EQUAL) / (1 - chance))
    telling = sum(_chance(figure) < _TELLING for figure in equal)
    if (
        bits < _needed(ends, stale, origin, slide)
        or telling < _LEAST_EQUAL_CELLS
        or 2 * len(equal) <= compared
    ):
        return None
    return _Copy(stale, origin, slide, bits, tuple(equal), compared, tuple(copied))


def _needed(ends: Sequence[date], stale: date, origin: date, slide: int) -> float:
    """The evidence that a finding wants: the more months could have been copied, the more.

    The month before in the table, and the same month of last year, are what is pasted most.
    """
    next_to = abs(ends.index(stale) - ends.index(origin)) == 1
    year_apart = stale.month == origin.month and abs(stale.year - origin.year) == 1
    others = 1.0 if next_to or year_apart else log2(2 * len(ends))
    return _EVIDENCE_BITS + others + (_SLIDE_BITS if slide else 0.0)


def _chance(figure: Observation) -> float:
    """How likely another month prints the same figure, judged by its digits alone."""
    assert figure.value is not None
    digits = len(shortest(abs(figure.value)).replace(".", "").lstrip("0"))
    return _CHANCE_BY_DIGITS.get(digits, _CHANCE_OF_MORE_DIGITS)


def _chance_in(one: Row, figure: Observation, other: Observation) -> float:
    """The same, with how often the row's other months agree with each other."""
    count = len(one.cells) - 2
    pairs = count * (count - 1) / 2
    agree = _agreeing(one, figure, other) / pairs if pairs > 0 else 0.0
    # Pairs of the same months are not independent: they weigh as much as there are months.
    weight = count if pairs > 0 else 0
    chance = (agree * weight + _chance(figure) * _PRIOR_MONTHS) / (weight + _PRIOR_MONTHS)
    return min(chance, _COPIED_CELL_EQUAL)


def _agreeing(one: Row, figure: Observation, other: Observation) -> float:
    """How many pairs of the row's other months print the same."""
    left = Counter({figure.value: 1}) + Counter({other.value: 1})
    agreeing = sum(n * (n - 1) for n in one.months_by_value.values())
    for value, gone in left.items():
        had = one.months_by_value[value]
        agreeing += (had - gone) * (had - gone - 1) - had * (had - 1)
    return agreeing / 2


def _sample_size_bits(figure: Observation, other: Observation) -> float:
    """What the same number of cases in both cells adds."""
    size = figure.reading.sample_size
    if size is None or size < _SAMPLE_SIZE_TELLS or size != other.reading.sample_size:
        return 0.0
    return log2(_COPIED_CELL_EQUAL / _CHANCE_OF_SAMPLE_SIZE)


def _unit_of_other(one: Row, figure: Observation, other: Observation) -> bool:
    """Whether a cell lacks the unit that its row prints, as a row of another unit does."""
    if figure.reading.unit == other.reading.unit or not _bare(figure):
        return False
    return _bare(other) and 2 * sum(_bare(cell) for cell in one.cells.values()) < len(one.cells)


def _bare(figure: Observation) -> bool:
    return figure.value is not None and figure.reading.raw == shortest(figure.value)


def _finding(book: Book, copy: _Copy) -> Finding:
    telling = sorted(copy.equal, key=lambda f: (_chance(f), f.reading.unit != "days"))
    named = listed(f"{printed(figure)} ({row(book, figure)})" for figure in telling[:3])
    where = "of" if not copy.slide else f"one row {'above' if copy.slide > 0 else 'below'} in"
    stale, origin = (periods.months(end, end) for end in (copy.stale, copy.origin))
    return book.finding(
        "column-repeated",
        f"{stale}: {len(copy.equal)} of the {copy.compared} figures that can be compared are "
        f"those {where} {origin}, such as {named}. Most likely a column was pasted twice, or an "
        f"old one was left in.",
        copy.equal,
        *(copy.copied if copy.slide else ()),
    )
