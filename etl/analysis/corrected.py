"""Which published figures were wrong and have been put right: they never speak again.

Every version stays in the record. But what a correction replaced is no revision, no change
since the last report and no "was": it never was so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from etl.analysis.keep import Kept
from etl.analysis.rounding import confirms
from etl.model import Flag, Observation, Period, Point, SeriesKey, Status, TableName
from etl.record import Record


class Cell(NamedTuple):
    """One period of a series in one kind of table."""

    series: SeriesKey
    period: Period
    table: TableName


Said = tuple[Decimal | None, Status]


class Replaced(NamedTuple):
    """A version, and the next of its kind of table that gives something else."""

    old: Observation
    new: Observation


_kept = Kept(1)


def said(figure: Observation) -> Said:
    """What a version gives, however it is printed."""
    return figure.value, figure.status


def cell(figure: Observation) -> Cell:
    """Where a version stands."""
    return Cell(figure.series, figure.period, figure.revises)


def replacements(point: Point) -> Iterator[Replaced]:
    """Each change of a period's figure, by kind of table, oldest first."""
    for standing in point.standing:
        versions = [v for v in point.versions if v.revises == standing.revises]
        for old, new in pairwise(versions):
            if said(old) != said(new) and not confirms(old, new):
                yield Replaced(old, new)


def corrected(record: Record) -> Mapping[Cell, frozenset[Said]]:
    """What was put right of the council's own figures, by where it stood.

    A figure was wrong if an officer corrected it with a reason, if its own publication was
    read again and gives another, or if it was flagged when another took its place.
    """
    return _kept.get(record, "corrected", lambda: _corrected(record))


def _corrected(record: Record) -> Mapping[Cell, frozenset[Said]]:
    wrong: dict[Cell, frozenset[Said]] = {}
    for old in _wrong(record):
        wrong[cell(old)] = wrong.get(cell(old), frozenset()) | {said(old)}
    return wrong


def _wrong(record: Record) -> Iterator[Observation]:
    open_: list[Replaced] = []
    for key, series in record.series.items():
        if key.authority != record.registry.council.authority:
            continue
        for point in series.points:
            for change in replacements(point) if len(point.versions) > 1 else ():
                if change.new.corrects or change.new.published == change.old.published:
                    yield change.old
                else:
                    open_.append(change)
    if open_ and record.judge:
        yield from record.judge.flagged(record, open_)


def replaced_as_wrong(record: Record, figure: Observation) -> bool:
    """Whether another figure has ever taken the place of what this one gives, as it was wrong."""
    return said(figure) in corrected(record).get(cell(figure), ())


def put_right(record: Record, figure: Observation) -> bool:
    """Whether another figure stands in this one's place because it was wrong."""
    return replaced_as_wrong(record, figure) and all(
        said(standing) != said(figure)
        for point in record.series[figure.series].points
        if point.period == figure.period
        for standing in point.standing
        if standing.revises == figure.revises
    )


def flag(record: Record, figure: Observation) -> Flag | None:
    """What the tidy table warns of beside a version: as `Record.flag`, and of one that was put
    right that it is a misprint, for the findings speak only of what took its place.
    """
    return record.flag(figure) or ("misprint" if put_right(record, figure) else None)


def history(record: Record, point: Point) -> Sequence[Observation]:
    """What publication after publication gave in the table shown, without what was put right.

    What was put right and has come back is told by a finding: nothing lies between.
    """
    versions = point.history
    if len(versions) == 1:
        return versions
    wrong = corrected(record).get(cell(point.shown), frozenset())
    if said(point.shown) in wrong:
        return tuple(v for v in versions if said(v) == said(point.shown))
    return tuple(v for v in versions if said(v) not in wrong)


def revised(record: Record, point: Point) -> bool:
    """Whether publications differ in what the table shown says, corrections apart."""
    return any(
        said(old) != said(new) and not confirms(old, new)
        for old, new in pairwise(history(record, point))
    )
