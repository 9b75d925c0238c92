"""A figure far outside its own past, so far that a slip is likelier than a change.

Deliberately slow to speak: what varies from month to month, by season or by chance of small
numbers is not a fault. The figures are looked at on a scale where equal steps are equally
likely (roots of counts, logarithms of times, points of a share).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from math import log, sqrt
from statistics import median
from typing import NamedTuple

from etl.checks.book import Book, Line, number
from etl.checks.parts import cases_of
from etl.checks.wording import month, printed, subject, worked_out
from etl.model import Finding, MeasureRef, Observation

_WINDOW = 24
_ENOUGH = 6
_SIGMAS = 6.0
_MAD_TO_SIGMA = 1.4826

Scale = Callable[[float], float]

# By unit: the scale, the least standard deviation on it, and the step that is never unusual.
# Counts: chance alone moves the root by 0.5; a step of 2.5 roots is 100 to 156, or 1 to 12.
_SCALES: dict[str, tuple[Scale, float, float]] = {
    "count": (lambda x: sqrt(x) if x > 0 else 0.0, 0.6, 2.5),
    "days": (lambda x: log(x + 1) if x > -1 else 0.0, 0.12, log(2.5)),
    "weeks": (lambda x: log(x + 1) if x > -1 else 0.0, 0.12, log(2.5)),
    "percent": (lambda x: x, 2.0, 20.0),
}
# And a count must be this many times more, or less, than its neighbours.
_TIMES = 2.2


class Stray(NamedTuple):
    """A value far from its past: where it stands, what it is held against, in which spreads."""

    position: int
    past: tuple[int, ...]
    distance: float


def far_from_past(book: Book) -> Iterator[Finding]:
    """Monthly figures, and the monthly growth of running totals, far from their own past."""
    for line in book.lines.values():
        if _held_elsewhere(book, line):
            continue
        if line.key.span == "month":
            for figures in line.tables.values():
                yield from _unusual(book, line, figures, [float(number(f)) for f in figures])
        elif line.key.span in ("financial_year_to_date",) and line.measure.unit == "count":
            for figures in line.tables.values():
                yield from _unusual(book, line, figures, _growth(figures))


def _held_elsewhere(book: Book, line: Line) -> bool:
    """Whether a share is held against its own counts, or the same share on another basis."""
    of = line.cohort.share_of
    sibling = book.siblings.get(MeasureRef(line.key.measure, line.key.cohort))
    counts = of and book.line(of.part, line.key.span) and book.line(of.whole, line.key.span)
    return bool(counts or book.line(sibling, line.key.span))


def _growth(figures: tuple[Observation, ...]) -> list[float]:
    """What a running total grew by a month, since the figure before or the year's start."""
    rates = []
    for position, figure in enumerate(figures):
        before = figures[position - 1] if position else None
        if before is None or before.period.start != figure.period.start:
            since, base = figure.period.start, 0.0
        else:
            since, base = before.period.end, float(number(before))
        months = (figure.period.end - since).days / 30.4
        rates.append((float(number(figure)) - base) / max(months, 0.9))
    return rates


def _unusual(
    book: Book, line: Line, figures: tuple[Observation, ...], values: list[float]
) -> Iterator[Finding]:
    unit = line.measure.unit
    spread = [_chance(book, figure, unit) for figure in figures]
    for stray in strays(figures, values, unit, spread):
        yield _finding(book, line, figures[stray.position], values, stray)


def strays(
    figures: Sequence[Observation],
    values: Sequence[float],
    unit: str,
    spread: Sequence[float] = (),
) -> Iterator[Stray]:
    """The values that lie far from their own past and are neither a lasting step nor seasonal.

    `values` are those of `figures`, oldest first, in `unit`; `spread` is the standard
    deviation that chance alone gives each of them, on the unit's scale.
    """
    if len(values) <= _ENOUGH:
        return
    scale, least, step = _SCALES[unit]
    scaled = [scale(value) for value in values]
    for position, here in enumerate(scaled):
        near = [scaled[i] for i in (position - 1, position + 1) if 0 <= i < len(scaled)]
        if any(abs(here - beside) < step for beside in near):
            continue  # a step that stays, or ordinary movement
        if unit == "count" and not _times(values, position):
            continue
        past = list(range(max(0, position - _WINDOW), position))
        if len(past) < _ENOUGH:
            past += list(range(position + 1, len(values)))[: 2 * _ENOUGH - len(past)]
        if len(past) < _ENOUGH:
            continue
        usual = [scaled[i] for i in past]
        middle = median(usual)
        sigma = max(least, _MAD_TO_SIGMA * median(abs(value - middle) for value in usual))
        sigma = max(sigma, spread[position] if spread else 0.0)
        distance = abs(here - middle) / sigma
        if distance < _SIGMAS or min(usual) <= here <= max(usual):
            continue
        if _as_last_year(figures, scaled, position, step):
            continue
        yield Stray(position, tuple(past), distance)


def _chance(book: Book, figure: Observation, unit: str) -> float:
    """The standard deviation, on its scale, that chance alone gives an average of few cases."""
    cases, _ = cases_of(book, figure) if unit != "count" else (None, None)
    if not cases or cases <= 0:
        return 0.0
    # The time to a plan varies about as much as it is long; a share the most at a half.
    return (50.0 if unit == "percent" else 0.8) / sqrt(float(cases))


def _times(values: Sequence[float], position: int) -> bool:
    """Whether a count is many times its neighbours, or they it; 3 more never is."""
    here = values[position]
    for beside in (position - 1, position + 1):
        if 0 <= beside < len(values):
            low, high = sorted((here, values[beside]))
            if high < _TIMES * max(low, 1.0):
                return False
    return True


def _as_last_year(
    figures: Sequence[Observation], scaled: list[float], position: int, step: float
) -> bool:
    """Whether the same month of another year was like it."""
    end = figures[position].period.end
    return any(
        figures[i].period.end.month == end.month
        and i != position
        and abs(scaled[i] - scaled[position]) < step
        for i in range(len(figures))
    )


def _finding(
    book: Book, line: Line, figure: Observation, values: list[float], stray: Stray
) -> Finding:
    unit = line.measure.unit
    low, high, middle = (worked_out(Decimal(str(v)), unit) for v in usual_range(values, stray))
    what = "" if line.key.span == "month" else " a month"
    shown = printed(figure)
    if what:
        shown += f" (up {worked_out(Decimal(str(values[stray.position])), unit)} a month)"
    return book.finding(
        "unusual",
        f"{subject(book, figure)}: printed {shown}, where the {len(stray.past)} nearest figures "
        f"lay between {low} and {high}{what}, half of them below {middle}. That is "
        f"{stray.distance:.0f} times as far from the middle as its figures usually stray. A slip "
        f"is likely; if not, say what happened in {month(figure)}.",
        [figure],
    )


def usual_range(values: Sequence[float], stray: Stray) -> tuple[float, float, float]:
    """The least, the greatest and the middle of the values that a stray is held against."""
    past = [values[i] for i in stray.past]
    return min(past), max(past), median(past)
