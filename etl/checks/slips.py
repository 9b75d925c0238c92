"""The likely reason for a wrong figure: the slips that people make with numbers."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from etl.checks.book import Book, number
from etl.checks.wording import month, printed, slack
from etl.model import Observation


def slip(book: Book, figure: Observation, right: Decimal) -> str:
    """A sentence on how `figure` may have come instead of `right`; empty if nothing explains it."""
    value = number(figure)
    line = book.lines[figure.measure, figure.cohort, figure.period.span]
    rounding = slack(figure, line.measure.decimals)
    for factor, words in ((10, "too far left"), (100, "too far left")):
        if abs(value * factor - right) <= rounding * factor:
            return f"The decimal point stands {words}."
        if abs(value / factor - right) <= rounding:
            return f"The decimal point stands {words.replace('left', 'right')}."
    if transposed(value, right, rounding):
        return "Two digits have changed places."
    ends = list(line.points)
    position = ends.index(figure.period.end)
    for neighbour in (position - 1, position + 1):
        if 0 <= neighbour < len(ends):
            other = line.at(ends[neighbour], figure)
            if other is not None and other.value == value:
                return f"It is the figure of {month(other)}, {printed(other)}, printed once more."
    return ""


def transposed(value: Decimal, right: Decimal, rounding: Decimal) -> bool:
    """Whether two neighbouring digits of `value`, changed about, give `right`."""
    text = format(value, "f")
    digits = [position for position, sign in enumerate(text) if sign.isdigit()]
    for a, b in pairwise(digits):
        swapped = list(text)
        swapped[a], swapped[b] = swapped[b], swapped[a]
        if swapped != list(text) and abs(Decimal("".join(swapped)) - right) <= rounding:
            return True
    return False
