"""The average of a group against the average of all, from the numbers of both."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from etl.checks.book import Book, Line, number
from etl.checks.parts import cases_of, cases_words
from etl.checks.wording import printed, row, slack, subject, worked_out
from etl.model import Finding, MeasureRef, Observation


class Average(NamedTuple):
    """An average, the cases it rests on, their own cell if they have one, and the rounding."""

    figure: Observation
    cases: Decimal
    counted: Observation | None
    rounding: Decimal

    @property
    def least(self) -> Decimal:
        """The least that all its cases can make together."""
        return (number(self.figure) - self.rounding) * self.cases

    @property
    def most(self) -> Decimal:
        """The most that all its cases can make together."""
        return (number(self.figure) + self.rounding) * self.cases


def means_of_groups(book: Book) -> Iterator[Finding]:
    """A group whose cases make more together than all cases do.

    The days of a group's pupils are among the days of all pupils, so the number of pupils
    times their average cannot be more than that of all. Where the group is everybody, both
    averages are one.
    """
    for line in book.lines.values():
        if line.measure.nature != "mean":
            continue
        all_cases = _all_of(book, line)
        whole_line = book.line(all_cases, line.key.span)
        if whole_line is None:
            continue
        for figure in line.figures:
            whole_figure = whole_line.at(figure.period.end, figure)
            group = _average(book, line, figure)
            whole = _average(book, whole_line, whole_figure) if whole_figure else None
            if group is None or whole is None or group.cases > whole.cases:
                continue  # a group above its whole is told as that
            everybody = group.cases == whole.cases
            if group.least > whole.most or (everybody and group.most < whole.least):
                yield _finding(book, group, whole)


def _all_of(book: Book, line: Line) -> MeasureRef | None:
    """The same average over the cases that this one's are part of."""
    counted = line.cohort.denominator
    part_of = book.cohort(counted).part_of if counted else None
    if part_of is None:
        return None
    return next(
        (
            MeasureRef(line.measure.id, name)
            for name, cohort in line.measure.cohorts.items()
            if cohort.denominator == part_of.whole
        ),
        None,
    )


def _average(book: Book, line: Line, figure: Observation) -> Average | None:
    cases, cell = cases_of(book, figure)
    if cases is None or cases <= 0:
        return None
    return Average(figure, cases, cell, slack(figure, line.measure.decimals))


def _finding(book: Book, group: Average, whole: Average) -> Finding:
    unit = group.figure.reading.unit
    total = worked_out(number(group.figure) * group.cases, unit, 0)
    most = worked_out(number(whole.figure) * whole.cases, unit, 0)
    reason = (
        "Both count the same cases, so both averages should be the same. "
        if group.cases == whole.cases
        else f"The group alone would make {total}, more than the {most} of all. "
    )
    return book.finding(
        "group-average",
        f"{subject(book, group.figure)}: printed {printed(group.figure)} for "
        f"{cases_words(group.cases)}, but {row(book, whole.figure)} is printed "
        f"{printed(whole.figure)} for {cases_words(whole.cases)}. {reason}"
        f"One of the averages or of the numbers is wrong.",
        [group.figure, whole.figure],
        *(one.counted for one in (group, whole) if one.counted),
    )
