"""Shares with some cases left out (exceptions), where only the counts with all cases are printed.

Three things hold whatever was left out: no more cases are left than there were, no more of
them on time, and no more of them late. So a whole number `n` of cases and `k` of them in time
must be found with k <= K, n <= N, n - k <= N - K and k of n rounding to the printed share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache

from etl.checks.book import Book, Line, number
from etl.checks.shares import outside
from etl.checks.wording import decimals, printed, slack, subject, worked_out
from etl.model import Finding, Observation, Span

# More pairs than this are not tried: with so many plans nearly every share is possible.
_MOST = 5_000
_TO_DATE: Span = "calendar_year_to_date"


@dataclass(frozen=True)
class Case:
    """A share, and the counts with nothing left out: all cases and those of them in time."""

    share: Observation
    whole: Observation
    part: Observation

    @property
    def counts(self) -> tuple[int, int]:
        return int(number(self.whole)), int(number(self.part))


def _cases(book: Book, line: Line) -> tuple[Case, ...]:
    """The figures of a share whose own counts are not printed, but those they were taken from."""
    of = line.cohort.share_of
    if of is None:
        return ()
    taken = [book.cohort(ref).taken_from for ref in (of.whole, of.part)]
    if None in taken:
        return ()
    found = []
    for share in line.figures:
        if book.beside(of.whole, share) and book.beside(of.part, share):
            continue  # then the share is held against its own counts
        whole, part = (book.beside(ref, share) for ref in taken)
        if whole and part and 0 <= number(part) <= number(whole) and number(whole) >= 1:
            found.append(Case(share, whole, part))
    return tuple(found)


@lru_cache(maxsize=4096)
def options(whole: int, part: int, share: Decimal, places: int) -> tuple[tuple[int, int], ...]:
    """Every (n, k) that gives `share` to `places` decimals, as the module says."""
    unit = 10**places
    shown = int(share * unit)
    late = whole - part
    found = []
    for n in range(1, whole + 1):
        least = -(-(2 * shown - 1) * n // (200 * unit))
        most = (2 * shown + 1) * n // (200 * unit)
        for k in range(max(least, 0, n - late), min(most, part, n) + 1):
            found.append((n, k))
    return tuple(found)


def _options(line: Line, case: Case) -> tuple[tuple[int, int], ...]:
    places = decimals(case.share, line.measure.decimals)
    return options(*case.counts, number(case.share), places)


def possible(line: Line, case: Case) -> bool:
    """Whether any whole numbers give the share; sought from the most cases down."""
    whole, part = case.counts
    unit = 10 ** decimals(case.share, line.measure.decimals)
    shown, late = int(number(case.share) * unit), whole - part
    for n in range(whole, 0, -1):
        least = -(-(2 * shown - 1) * n // (200 * unit))
        most = (2 * shown + 1) * n // (200 * unit)
        if max(least, 0, n - late) <= min(most, part, n):
            return True
    return False


def alone(book: Book) -> Iterator[Finding]:
    """Shares that no whole numbers give."""
    for line in book.lines.values():
        for case in _cases(book, line):
            if not possible(line, case):
                yield book.finding(
                    "no-whole-numbers",
                    f"{subject(book, case.share)}: printed {printed(case.share)}, but no whole "
                    f"number of cases taken from the {printed(case.whole)}, with "
                    f"{printed(case.part)} of them in time, can give that.",
                    [case.share],
                    case.whole,
                    case.part,
                )


def together(book: Book) -> Iterator[Finding]:
    """Months' shares that give no whole numbers together with the quarter and the year to date."""
    for line in book.lines.values():
        if line.key.span != "month" or line.cohort.share_of is None:
            continue
        to_date = book.lines.get((line.key.measure, line.key.cohort, _TO_DATE))
        if to_date is None:
            continue
        quarters = book.lines.get((line.key.measure, line.key.cohort, "quarter"))
        years: dict[int, dict[int, Case]] = defaultdict(dict)
        for case in _cases(book, line):
            years[case.share.period.end.year][case.share.period.end.month] = case
        for year in sorted(years):
            yield from _year(book, line, to_date, quarters, years[year])


def _year(
    book: Book, line: Line, to_date: Line, quarters: Line | None, months: dict[int, Case]
) -> Iterator[Finding]:
    """Follows every possible (n, k) of the year to date from January on."""
    states: set[tuple[int, int, int, int]] = {(0, 0, 0, 0)}
    for last in range(1, 13):
        case = months.get(last)
        if case is None:
            return
        ways = _options(line, case)
        if not ways or len(ways) * len(states) > _MOST:
            return  # `alone` speaks of the first; the second is more than can be tried
        if last % 3 == 1:
            states = {(n, k, 0, 0) for n, k, _, _ in states}
        summed = {(n + a, k + b, m + a, j + b) for n, k, m, j in states for a, b in ways}
        end = case.share.period.end
        year_so_far = to_date.at(end, case.share)
        quarter = quarters.at(end, case.share) if quarters else None
        states = summed
        for limit, first in ((year_so_far, 0), (quarter, 2)):
            if limit is None:
                continue
            kept = {s for s in states if _gives(limit, line, s[first], s[first + 1])}
            if not kept:
                if not outside(line, _around(line, to_date, months, last, first), limit):
                    yield _apart(book, case, limit, summed, first)
                return
            states = kept


def _around(
    line: Line, to_date: Line, months: dict[int, Case], last: int, first: int
) -> list[Observation]:
    """Between which shares the quarter or the year to date lies in any case.

    Where it does not, that is told already, and in plainer words.
    """
    share = months[last].share
    if first == 2:
        return [months[number].share for number in range(last - 2, last + 1)]
    before = to_date.at(share.period.start - timedelta(days=1), share)
    return [share, before] if before and last > 1 else [share]


def _gives(share: Observation, line: Line, cases: int, in_time: int) -> bool:
    apart = abs(100 * in_time - number(share) * cases)
    return apart <= slack(share, line.measure.decimals) * cases


def _apart(
    book: Book, case: Case, limit: Observation, summed: set[tuple[int, int, int, int]], first: int
) -> Finding:
    shares = [Decimal(100 * s[first + 1]) / s[first] for s in summed]
    what = "quarter" if limit.period.span == "quarter" else "year to date"
    return book.finding(
        "no-whole-numbers-together",
        f"{subject(book, case.share)}: printed {printed(case.share)}, and the {what} "
        f"{printed(limit)}. With the months before, no whole numbers of cases give both: the "
        f"{what} would lie between {worked_out(min(shares), 'percent', 2)} and "
        f"{worked_out(max(shares), 'percent', 2)}. One of the months or the {what} is wrong.",
        [case.share, limit],
        case.whole,
        case.part,
    )
