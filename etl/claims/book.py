"""The record's figures as claims ask for them: a level, a growth, a change, a share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from etl import periods
from etl.analysis.corrected import put_right, said
from etl.claims.months import index, month_of
from etl.model import MeasureRef, Observation, Period, Point, Span
from etl.record import Record

_BACK = 3  # months that "to date" and "latest" may lie behind


@dataclass(frozen=True)
class Held:
    """A value that the record gives: for which series and period, and of which publication.

    `older`: the same table of a later publication (or an officer) gives another.
    """

    ref: MeasureRef
    period: Period
    value: Decimal
    published: date
    printed: str = ""
    older: bool = False


@dataclass(frozen=True)
class Book:
    """A record to look claims up in."""

    record: Record

    def levels(self, ref: MeasureRef, area: str, period: Period, by: date | None) -> list[Held]:
        """Every version held of a period, those published `by` then first and newest first.

        What was wrong and has been put right is not among them. A calendar year is also the
        year to its December, a year to December the year.
        """
        found: list[Held] = []
        for span in _spans(period):
            series = self.record.of(ref.measure, ref.cohort, span, area)
            for point in series.points if series else ():
                if point.period.end == period.end:
                    found += _versions(ref, self._right(point))
        found.sort(
            key=lambda one: (by is not None and one.published > by, -one.published.toordinal())
        )
        return found

    def _right(self, point: Point) -> tuple[Observation, ...]:
        """The versions of a period, without those that a correction replaced."""
        if len(point.versions) == 1:
            return point.versions
        return tuple(v for v in point.versions if not put_right(self.record, v))

    def put_right(self, ref: MeasureRef, area: str, period: Period, by: date | None) -> list[Held]:
        """What stood for a period on the day `by`, was wrong and has been put right since."""
        wrong: list[Held] = []
        for span in _spans(period):
            series = self.record.of(ref.measure, ref.cohort, span, area)
            for point in series.points if series and by else ():
                right = self._right(point) if point.period.end == period.end else point.versions
                for at, version in enumerate(point.versions):
                    others = (v for v in point.versions[at:] if v.revises == version.revises)
                    until = next((v.published for v in others if said(v) != said(version)), None)
                    stood = by and until and version.published <= by <= until
                    if stood and version not in right:
                        wrong += _versions(ref, (version,))
        return wrong

    def periods(self, ref: MeasureRef, area: str, span: Span) -> list[Held]:
        """The figure shown of each period that has a value, in order."""
        series = self.record.of(ref.measure, ref.cohort, span, area)
        return [
            held
            for point in (series.points if series else ())
            for held in _versions(ref, (point.shown,))
        ]

    def level(self, ref: MeasureRef, area: str, period: Period, by: date | None) -> Decimal | None:
        found = self.levels(ref, area, period, by)
        return found[0].value if found else None

    def growth(self, ref: MeasureRef, area: str, period: Period, by: date | None) -> Decimal | None:
        """What whole months added: of a running total the difference, of a flow the sum."""
        measure = self.record.registry.measures[ref.measure]
        if measure.nature == "cumulative":
            return self._grown(ref, area, period, by, measure.span)
        first, last = (
            index((period.start.year, period.start.month)),
            index((period.end.year, period.end.month)),
        )
        total = Decimal(0)
        for number in range(first, last + 1):
            value = self.level(ref, area, periods.for_span("month", *month_of(number)), by)
            if value is None:
                return None
            total += value
        return total

    def _grown(
        self, ref: MeasureRef, area: str, period: Period, by: date | None, span: Span
    ) -> Decimal | None:
        """Year by year, since a running total starts again."""
        total = Decimal(0)
        month = index((period.end.year, period.end.month))
        first = index((period.start.year, period.start.month))
        while month >= first:
            year = periods.for_span(span, *month_of(month))
            opened = index((year.start.year, year.start.month))
            value = self.level(ref, area, year, by)
            if value is None:
                return None
            total += value
            if opened < first:
                before = self.level(ref, area, periods.for_span(span, *month_of(first - 1)), by)
                return None if before is None else total - before
            month = opened - 1
        return total


def _spans(period: Period) -> Iterator[Span]:
    yield period.span
    if period.span == "calendar_year":
        yield "calendar_year_to_date"
    elif period.span == "calendar_year_to_date" and period.end.month == 12:
        yield "calendar_year"


def _versions(ref: MeasureRef, versions: tuple[Observation, ...]) -> list[Held]:
    newest = {one.revises: one.value for one in versions}
    return [
        Held(
            ref,
            one.period,
            one.value,
            one.published,
            one.reading.raw,
            one.value != newest[one.revises],
        )
        for one in reversed(versions)
        if one.value is not None
    ]


def before(period: Period) -> list[Period]:
    last = index((period.end.year, period.end.month))
    if period.span not in ("month", "calendar_year_to_date", "financial_year_to_date"):
        return []
    return [
        periods.for_span(period.span, *month_of(last - back))
        for back in range(1, _BACK + 1)
        if period.span == "month" or month_of(last - back)[0] == period.end.year
    ]
