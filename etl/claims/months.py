"""Months as running numbers, to count with; apart from the words that name months (`dates`),
whose patterns take longer to compile than a record to be judged."""

from __future__ import annotations


def index(month: tuple[int, int]) -> int:
    """The running number of a year and a month."""
    return month[0] * 12 + month[1] - 1


def month_of(number: int) -> tuple[int, int]:
    """The year and the month of a running number."""
    return number // 12, number % 12 + 1
