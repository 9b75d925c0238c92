"""One authority's figures laid out for checking: lines, what is shown of them, their partners.

A figure that has been replaced is checked no more, and nothing is held against it: that is
how a mistake is corrected. Where several publications print the same figure, all are named
as places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from etl.checks.codes import CODES
from etl.model import (
    Cohort,
    Finding,
    Measure,
    MeasureRef,
    Observation,
    Point,
    Registry,
    Series,
    SeriesKey,
    Severity,
    Span,
    TableName,
)
from etl.record import Record


def printed_on(point: Point, figure: Observation) -> set[date]:
    """The days of the publications that a figure of `point` speaks for.

    Those that print the same of it one after the other; what an officer puts in the place
    of a published figure speaks for that publication, too.
    """
    days = {figure.published}
    before = point.versions[: point.versions.index(figure)]
    for older in reversed([v for v in before if v.revises == figure.revises]):
        officers = figure.corrects or figure.table == "officer"
        if not (officers or same_value(figure, older)):
            break
        days.add(older.published)
        figure = older
    return days


@dataclass(frozen=True)
class Line:
    """One series and what the registry says of it; points by the last day of their period."""

    key: SeriesKey
    measure: Measure
    cohort: Cohort
    points: Mapping[date, Point]

    @cached_property
    def tables(self) -> Mapping[TableName, tuple[Observation, ...]]:
        """The standing figures with a value, by kind of table, in order of their period."""
        found: dict[TableName, list[Observation]] = defaultdict(list)
        for point in self.points.values():
            for figure in point.standing:
                if figure.reading.value is not None:
                    found[figure.revises].append(figure)
        return {table: tuple(figures) for table, figures in found.items()}

    @cached_property
    def figures(self) -> tuple[Observation, ...]:
        """The standing figures with a value, of every table."""
        return tuple(figure for figures in self.tables.values() for figure in figures)

    def at(self, end: date, like: Observation) -> Observation | None:
        """The figure of the period that ends on `end` to hold against `like`, if it has a value.

        The one that pages show, whichever publication or correction gave it. Where that
        publication prints the period in two tables, the one in the table of `like`: two
        tables that differ are a finding of their own. DfE's figures are held against DfE's
        alone.
        """
        point = self.points.get(end)
        if point is None:
            return None
        found: Observation | None = point.shown
        if point.shown.revises != like.revises:
            found = _beside(point, like)
        return found if found is not None and found.reading.value is not None else None


def _beside(point: Point, like: Observation) -> Observation | None:
    """What stands of a period beside a figure of another kind of table than the one shown."""
    dfe = like.table == "dfe"
    standing = [figure for figure in point.standing if (figure.table == "dfe") == dfe]
    if not standing:
        return None
    shown = standing[0]
    alike = next((figure for figure in standing if figure.revises == like.revises), shown)
    return alike if printed_on(point, alike) & printed_on(point, shown) else shown


@dataclass(frozen=True)
class Book:
    """What the checks of one authority work on."""

    record: Record
    authority: str
    lines: Mapping[tuple[str, str, Span], Line]
    siblings: Mapping[MeasureRef, MeasureRef] = field(default_factory=dict)

    @property
    def registry(self) -> Registry:
        return self.record.registry

    @property
    def own(self) -> bool:
        """Whether these are the council's own figures."""
        return self.authority == self.registry.council.authority

    def line(self, ref: MeasureRef | None, span: Span) -> Line | None:
        """The line of a measure's cohort, if any figure of it is held."""
        return self.lines.get((ref.measure, ref.cohort, span)) if ref else None

    def beside(self, ref: MeasureRef | None, figure: Observation) -> Observation | None:
        """The figure of `ref` for the same period as `figure`, to hold against it."""
        line = self.line(ref, figure.period.span)
        return line.at(figure.period.end, figure) if line else None

    def cohort(self, ref: MeasureRef) -> Cohort:
        """What the registry says of a measure's cohort."""
        return self.registry.measures[ref.measure].cohorts[ref.cohort]

    def places(self, *figures: Observation) -> tuple[str, ...]:
        """Where the figures stand, in every publication that prints the same of them."""
        found: dict[str, None] = {}
        for figure in figures:
            key = (figure.measure, figure.cohort, figure.period.span)
            line = self.lines.get(key) if figure.authority == self.authority else None
            point = line.points.get(figure.period.end) if line else None
            same = [
                version
                for version in reversed(point.versions if point else ())
                if version.revises == figure.revises and version.reading == figure.reading
            ]
            for version in same or [figure]:
                found[place(version)] = None
        return tuple(found)

    def finding(
        self,
        code: str,
        message: str,
        doubted: Iterable[Observation],
        *others: Observation,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding of `code` about the doubted figures; `others` are what they are held against.

        What DfE publishes is not the council's to correct: nothing of it stops an import.
        """
        figures = tuple(doubted)
        severity = severity or CODES[code].severity
        if severity == "error" and figures and all(f.table == "dfe" for f in figures):
            severity = "warning"
        return Finding(code, severity, message, self.places(*figures, *others), figures, others)


def same_value(one: Observation, other: Observation) -> bool:
    """Whether two printings give the same figure, however they print it."""
    a, b = one.reading, other.reading
    return (a.value, a.unit, a.status) == (b.value, b.unit, b.status)


def number(figure: Observation) -> Decimal:
    """The value of a figure of a line's `figures`, which all have one."""
    value = figure.reading.value
    assert value is not None
    return value


def place(figure: Observation) -> str:
    """A figure's publication and where it stands in it."""
    return f"{figure.source or figure.published.isoformat()}: {figure.locator}"


def _siblings(registry: Registry) -> dict[MeasureRef, MeasureRef]:
    """Shares whose two counts were taken from those of another share -> that other share."""
    shares: dict[tuple[MeasureRef, MeasureRef], MeasureRef] = {}
    for measure in registry.measures.values():
        for name, cohort in measure.cohorts.items():
            if cohort.share_of:
                of = (cohort.share_of.part, cohort.share_of.whole)
                shares[of] = MeasureRef(measure.id, name)
    found = {}
    for (part, whole), share in shares.items():
        taken = tuple(
            registry.measures[ref.measure].cohorts[ref.cohort].taken_from for ref in (part, whole)
        )
        if taken in shares:
            found[share] = shares[taken]
    return found


def books(record: Record) -> Iterator[Book]:
    """A book for each authority: the council's own first, then the others by code."""
    registry = record.registry
    rank = {
        (measure.id, name): (cohort.order, measure.id, name)
        for measure in registry.measures.values()
        for name, cohort in measure.cohorts.items()
    }
    by_authority: dict[str, list[Series]] = defaultdict(list)
    for key, series in record.series.items():
        if (key.measure, key.cohort) in rank:
            by_authority[key.authority].append(series)
    own = registry.council.authority
    siblings = _siblings(registry)
    for authority in sorted(by_authority, key=lambda code: (code != own, code)):
        ordered: Iterable[Series] = sorted(
            by_authority[authority],
            key=lambda series: (rank[series.key.measure, series.key.cohort], series.key.span),
        )
        lines = {
            (series.key.measure, series.key.cohort, series.key.span): Line(
                series.key,
                registry.measures[series.key.measure],
                registry.measures[series.key.measure].cohorts[series.key.cohort],
                {point.period.end: point for point in series.points},
            )
            for series in ordered
        }
        yield Book(record, authority, lines, siblings)
