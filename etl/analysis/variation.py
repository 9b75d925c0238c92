"""Usual variation (statistical process control), only where its conditions hold.

Sources: W. A. Shewhart, Economic Control of Quality (1931); D. J. Wheeler, Understanding
Variation (2000): individual values and moving ranges, limits at the mean +/- 2.66 times
the mean moving range. D. B. Laney, Improved Control Charts for Attributes, Quality
Engineering 14(4), 2002: the P' chart for shares whose denominators are large or vary.
Conditions: docs/rules.md, 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from etl.analysis.book import Book, Line, Value, last_number
from etl.analysis.change import at, breaks, year_earlier
from etl.model import Measure

# The least number of consecutive months from which limits may be made.
BASELINE = 13
# 3 / 1.128: three sigma from the mean moving range of two neighbours.
XMR = Decimal("2.66")
_D2 = Decimal("1.128")

Signal = Literal["outside", "two_of_three", "seven", ""]
Reason = Literal[
    "stock",
    "cumulative",
    "unknown_stock",
    "too_few",
    "flat",
    "few_cases",
    "uncounted",
    "doubted",
    "none",
]
Left = Literal["doubted", "few_cases", "uncounted"]


@dataclass(frozen=True)
class Judgement:
    """One point against its limits. `high` says on which side a signal lies."""

    value: Value
    number: Decimal
    lower: Decimal
    upper: Decimal
    signal: Signal
    high: bool


@dataclass(frozen=True)
class Variation:
    """The limits of a series and every point held against them, oldest first.

    `method` is "xmr" or "p_prime"; `differences` says that each number is the change on
    the same month a year before. `baseline` are the first and last month the limits are
    made from; they stay until a dated break in the registry starts a new one. `left_out` are
    the months since that are not held against them, and why.
    """

    method: Literal["xmr", "p_prime"]
    differences: bool
    centre: Decimal
    points: tuple[Judgement, ...]
    baseline: tuple[date, date]
    left_out: tuple[tuple[Value, Left], ...] = ()


@dataclass(frozen=True)
class Unsaid:
    """Why usual variation cannot be said. Of usable months, `months` in a row are held up to
    the newest, `wanted` are needed.
    """

    reason: Reason
    months: int = 0
    wanted: int = BASELINE


def _month(value: Value) -> int:
    return value.period.end.year * 12 + value.period.end.month


def months_in_a_row(line: Line) -> int:
    """How many consecutive months, up to the newest, have a trusted figure."""
    count, last = 0, 0
    for value in reversed([v for v in line if v.trusted]):
        if count and _month(value) != last - 1:
            break
        count, last = count + 1, _month(value)
    return count


def _is_stock(book: Book, measure: Measure, cohort: str) -> bool | None:
    """Whether it counts what is there rather than what happened in the month; None: unknown."""
    if measure.nature == "stock":
        return True
    if measure.nature != "share":
        return False
    made = measure.cohorts[cohort].share_of
    if made is None:
        return None
    return any(book.measure(ref.measure).nature == "stock" for ref in (made.part, made.whole))


def _first_run(numbers: list[tuple[Value, Decimal]]) -> list[tuple[Value, Decimal]]:
    """The first stretch of at least BASELINE consecutive months, cut to BASELINE."""
    run: list[tuple[Value, Decimal]] = []
    for item in numbers:
        if run and _month(item[0]) != _month(run[-1][0]) + 1:
            run = []
        run.append(item)
        if len(run) == BASELINE:
            return run
    return []


def _mean(numbers: list[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0)) / len(numbers)


def _ranges(items: list[tuple[Value, Decimal]]) -> list[Decimal]:
    """Moving ranges of adjacent months only."""
    return [abs(b[1] - a[1]) for a, b in pairwise(items) if _month(b[0]) == _month(a[0]) + 1]


def _judge(
    numbers: list[tuple[Value, Decimal]],
    centre: Decimal,
    spread: list[Decimal],
    low: Decimal | None,
    high: Decimal | None,
) -> tuple[Judgement, ...]:
    """Each number against centre +/- 3 sigma; `spread` is each point's own sigma."""
    found: list[Judgement] = []
    for i, (value, number) in enumerate(numbers):
        over = number > centre

        def beyond(j: int, sigmas: int, side: bool = over) -> bool:
            away = numbers[j][1] - centre
            return (away if side else -away) > sigmas * spread[j]

        back = i
        while back and _month(numbers[back][0]) == _month(numbers[back - 1][0]) + 1:
            back -= 1
        signal: Signal = ""
        if beyond(i, 3):
            signal = "outside"
        elif beyond(i, 2) and any(beyond(j, 2) for j in range(max(back, i - 2), i)):
            signal = "two_of_three"
        elif i - back >= 6 and all(beyond(j, 0) for j in range(i - 6, i + 1)):
            signal = "seven"
        lower, upper = centre - 3 * spread[i], centre + 3 * spread[i]
        lower = lower if low is None else max(low, lower)
        upper = upper if high is None else min(high, upper)
        found.append(Judgement(value, number, lower, upper, signal, over))
    return tuple(found)


def _p_prime(
    numbers: list[tuple[Value, Decimal]], base: list[tuple[Value, Decimal]]
) -> tuple[Decimal, list[Decimal]] | None:
    """Laney's P': the share's centre and each point's sigma, in percent; all have counts.

    The root of centre * (1 - centre), by which each distance is divided and each sigma
    multiplied, cancels out: 1 / root(cases) is left.
    """
    made = [_counts(v) for v, _ in base]
    centre = sum((p for p, _ in made), Decimal(0)) / sum((n for _, n in made), Decimal(0))
    if not 0 < centre < 1:
        return None
    z = [(v, (p / n - centre) * n.sqrt()) for (v, _), (p, n) in zip(base, made, strict=True)]
    sigma_z = _mean(_ranges(z)) / _D2
    return centre * 100, [sigma_z * 100 / _counts(v)[1].sqrt() for v, _ in numbers]


def _counted(value: Value) -> bool:
    """Whether the counts that a share is made of are known."""
    return value.part is not None and bool(value.cases)


def _counts(value: Value) -> tuple[Decimal, Decimal]:
    """Part and cases of a share whose counts are known."""
    assert value.part is not None
    assert value.cases is not None
    return value.part, Decimal(value.cases)


def examine(book: Book, measure: str, cohort: str) -> Variation | Unsaid:
    """Whether a month's figures lie within their usual variation, or why that is not said.

    Only for what happens in a month (no stock, no running total); a yearly pattern is
    taken out by comparing each month with its own month a year before; limits are made
    from the first 13 consecutive months since the last declared break, and stay.
    """
    declared = book.measure(measure)
    if declared.nature == "cumulative":
        return Unsaid("cumulative")
    stock = _is_stock(book, declared, cohort)
    if stock is not False:
        return Unsaid("stock" if stock else "unknown_stock")
    line = book.line(measure, cohort, "month")
    newest = last_number(line)
    if newest is None:
        return Unsaid("none")
    if not newest.trusted:
        return Unsaid("doubted")
    if newest.few:
        return Unsaid("few_cases")
    started = [e.start for e in breaks(book, measure)]
    since = max((day for day in started if day <= newest.period.end), default=date.min)
    held = [v for v in line if v.trusted and not v.few and v.period.end >= since]
    numbers: list[tuple[Value, Decimal]] = []
    for value in held:
        assert value.value is not None
        if not declared.seasonal:
            numbers.append((value, value.value))
            continue
        before = at(line, year_earlier(value.period))
        comparable = before and before.trusted and not before.few and before.period.end >= since
        if comparable and before and before.value is not None:
            numbers.append((value, value.value - before.value))
    base = _first_run(numbers)
    if not base or numbers[-1][0] is not newest:
        wanted = BASELINE + 12 if declared.seasonal else BASELINE
        return Unsaid("too_few", months_in_a_row(tuple(held)), wanted)
    left: list[tuple[Value, Left]] = [
        (v, "few_cases" if v.trusted else "doubted")
        for v in line
        if v.value is not None and v.period.end >= since and (v.few or not v.trusted)
    ]
    # A share is held against limits that know its cases, wherever a baseline of it has them.
    counted = [item for item in numbers if _counted(item[0])]
    made = None
    if declared.nature == "share" and not declared.seasonal and _first_run(counted):
        made = _p_prime(counted, _first_run(counted))
    if made:
        if not _counted(newest):
            return Unsaid("uncounted")
        left += [(v, "uncounted") for v, _ in numbers if not _counted(v)]
        numbers, base = counted, _first_run(counted)
        centre, spread = made
    else:
        centre = _mean([number for _, number in base])
        spread = [XMR / 3 * _mean(_ranges(base))] * len(numbers)
    if not any(spread):
        return Unsaid("flat")
    low = None if declared.seasonal else Decimal(0)
    high = Decimal(100) if low is not None and declared.unit == "percent" else None
    return Variation(
        "p_prime" if made else "xmr",
        declared.seasonal,
        centre,
        _judge(numbers, centre, spread, low, high),
        (base[0][0].period.start, base[-1][0].period.end),
        tuple(sorted(left, key=lambda item: item[0].period.end)),
    )
