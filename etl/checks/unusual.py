"""A figure far outside its own past, so far that a slip is likelier than a change.

Deliberately slow to speak: what varies from month to month, by season or by chance of small
numbers is not a fault. The figures are looked at on a scale where equal steps are equally
likely (roots of counts, logarithms of times, angles of shares). A row too short for that, or
that hardly varies, may still tell a decimal point that slipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from math import asin, degrees, inf, log, sqrt
from statistics import median
from typing import NamedTuple

from etl.analysis.book import FEW
from etl.checks.book import Book, Line, number
from etl.checks.parts import cases_of
from etl.checks.shares import contradicts_counts
from etl.checks.wording import month, printed, subject, worked_out
from etl.model import Finding, MeasureRef, Observation
from etl.text.numbers import MAD_TO_SIGMA

_WINDOW = 24
_ENOUGH = 6
_SIGMAS = 6.0

# A decimal slip is told of a row with so many other figures, the highest of which is at most
# this many times the lowest, and which are too large to change tenfold by chance.
_FEW = 3
_HARDLY_VARIES = 1.5
_LARGE = {"count": 10.0, "days": 10.0, "weeks": 2.0, "percent": 1.0}
# Moved back, the figure lies no further beyond the row than the row is wide, or than this.
_LEAST_ROOM = 0.05

Scale = Callable[[float], float]


def _angle(share: float) -> float:
    """A share as an angle, in degrees, on which chance moves all shares of a number alike."""
    return degrees(asin(sqrt(min(max(share, 0.0), 100.0) / 100)))


# The standard deviation of that angle for the share of one case: half a radian.
_ANGLE_OF_ONE = degrees(0.5)

# By unit: the scale, the least standard deviation on it, and the step that is never unusual.
# Counts: chance alone moves the root by 0.5; a step of 2.5 roots is 100 to 156, or 1 to 12.
# Shares: a step of 10 degrees is 50% to 67%, or 2.5% to 10.7%.
_SCALES: dict[str, tuple[Scale, float, float]] = {
    "count": (lambda x: sqrt(x) if x > 0 else 0.0, 0.6, 2.5),
    "days": (lambda x: log(x + 1) if x > -1 else 0.0, 0.12, log(2.5)),
    "weeks": (lambda x: log(x + 1) if x > -1 else 0.0, 0.12, log(2.5)),
    "percent": (_angle, 1.2, 10.0),
}
# And a count must be this many times more, or less, than its neighbours.
_TIMES = 2.2


class Stray(NamedTuple):
    """A value far from its past: where it stands, what it is held against, in which spreads."""

    position: int
    past: tuple[int, ...]
    distance: float


def far_from_past(book: Book) -> Iterator[Finding]:
    """Monthly figures, and the monthly growth of running totals, far from their own past.

    A share that its counts contradict is no past to hold another against.
    """
    for line in book.lines.values():
        if line.key.span == "month":
            for figures in line.tables.values():
                sound = tuple(f for f in figures if not contradicts_counts(book, line, f))
                yield from _unusual(book, line, sound, [float(number(f)) for f in sound])
        elif line.key.span in ("financial_year_to_date",) and line.measure.unit == "count":
            for figures in line.tables.values():
                yield from _unusual(book, line, figures, _growth(figures))


def _held_elsewhere(book: Book, line: Line, figure: Observation) -> bool:
    """Whether a share is held against its counts, or the same share on another basis."""
    of = line.cohort.share_of
    sibling = book.siblings.get(MeasureRef(line.key.measure, line.key.cohort))
    counts = of and book.beside(of.part, figure) and book.beside(of.whole, figure)
    return bool(counts or book.beside(sibling, figure))


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
    spread = [_chance(book, line, figure) for figure in figures]
    told = set()
    for stray in strays(figures, values, unit, spread):
        figure = figures[stray.position]
        if not _held_elsewhere(book, line, figure):
            told.add(figure)
            yield _finding(book, line, figure, values, stray)
    if line.key.span == "month":
        for figure, others in _decimal_slips(figures, unit):
            if figure not in told and not _held_elsewhere(book, line, figure):
                yield _slipped(book, figure, others)


def _decimal_slips(
    figures: Sequence[Observation], unit: str
) -> Iterator[tuple[Observation, Sequence[Decimal]]]:
    """Figures ten times above or below a row that hardly varies, and the row's other figures."""
    for figure in figures:
        others = [number(other) for other in figures if other is not figure]
        if len(others) < _FEW:
            return
        low, high, value = float(min(others)), float(max(others)), float(number(figure))
        if high > _HARDLY_VARIES * low or min(low, value) < _LARGE[unit]:
            continue
        room = max(high - low, _LEAST_ROOM * low)
        if any(low - room <= moved <= high + room for moved in (value * 10, value / 10)):
            yield figure, others


def _slipped(book: Book, figure: Observation, others: Sequence[Decimal]) -> Finding:
    unit = figure.reading.unit
    low, high = worked_out(min(others), unit), worked_out(max(others), unit)
    where = "left" if number(figure) < min(others) else "right"
    return book.finding(
        "unusual",
        f"{subject(book, figure)}: printed {printed(figure)}, where the row's {len(others)} other "
        f"figures lie between {low} and {high}. Most likely the decimal point stands too far "
        f"{where}, or a digit is missing or too many; if not, say what happened in "
        f"{month(figure)}.",
        [figure],
    )


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
        sigma = max(least, float(MAD_TO_SIGMA) * median(abs(value - middle) for value in usual))
        sigma = max(sigma, spread[position] if spread else 0.0)
        distance = abs(here - middle) / sigma
        if distance < _SIGMAS or min(usual) <= here <= max(usual):
            continue
        if _as_last_year(figures, scaled, position, step):
            continue
        yield Stray(position, tuple(past), distance)


def _chance(book: Book, line: Line, figure: Observation) -> float:
    """The standard deviation, on its scale, that chance alone gives an average of few cases."""
    unit = line.measure.unit
    cases, _ = cases_of(book, figure) if unit != "count" else (None, None)
    if cases is None and line.cohort.share_of:
        whole = book.line(line.cohort.share_of.whole, line.key.span)
        cases = median([number(f) for f in whole.figures]) if whole and whole.figures else None
    if not cases or cases <= 0:
        return 0.0
    if unit == "percent" and cases < FEW:
        return inf  # any share is possible: 0 of 5 where 70% is usual comes once in 400 months
    # The time to a plan varies about as much as it is long.
    return (_ANGLE_OF_ONE if unit == "percent" else 0.8) / sqrt(float(cases))


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
