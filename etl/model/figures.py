"""A figure from its cell to a series, and what is stated or found of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from etl.model.measures import MeasureRef
from etl.model.places import Place
from etl.model.vocabulary import CORRECTIONS, About, Severity, Span, Status, TableName, Unit


class Period(NamedTuple):
    """What a figure covers; both dates inclusive."""

    span: Span
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell understood. `value` is None where the status gives no number.

    Percent is 0 to 100. `sample_size` is the number of cases the cell itself names.
    `note` is what the cell prints beyond value, unit and sample size.
    """

    value: Decimal | None
    unit: Unit | None
    status: Status = "reported"
    sample_size: int | None = None
    note: str = ""
    raw: str = ""


class SeriesKey(NamedTuple):
    """What makes a series: figures with one key form one line."""

    authority: str
    measure: str
    cohort: str
    span: Span


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure as one publication printed it in one table. The tidy table's row."""

    authority: str
    measure: str
    cohort: str
    period: Period
    reading: Reading
    published: date
    source: str
    table: TableName
    locator: str

    @property
    def series(self) -> SeriesKey:
        return SeriesKey(self.authority, self.measure, self.cohort, self.period.span)

    @property
    def value(self) -> Decimal | None:
        return self.reading.value

    @property
    def status(self) -> Status:
        return self.reading.status

    @property
    def revises(self) -> TableName:
        """The kind of table whose figures it revises, and is revised by.

        What an officer types is Appendix 1 by another door.
        """
        return "appendix_1" if self.table == "officer" else self.table

    @property
    def corrects(self) -> bool:
        """Whether an officer put it in the place of a published figure, with a reason.

        On the page or by the command *correct*, or on the workbook's sheet of revisions.
        """
        return self.locator.startswith(CORRECTIONS)


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series: the figure shown, and every other version of it held.

    `shown` is the newest publication's (Appendix 1 before other tables of the same
    publication); `versions` are all, oldest publication first, `shown` among them.
    `releases` are the numbers of the releases that gave them, which count up in the order
    of publishing: what is dated back comes later than its day.
    """

    shown: Observation
    versions: tuple[Observation, ...]
    releases: tuple[int, ...]

    @property
    def period(self) -> Period:
        return self.shown.period

    @property
    def value(self) -> Decimal | None:
        return self.shown.reading.value

    @property
    def standing(self) -> tuple[Observation, ...]:
        """The newest version in each kind of table, the one shown first."""
        if len(self.versions) == 1:
            return self.versions
        newest: dict[TableName, Observation] = {}
        for version in reversed(self.versions):
            newest.setdefault(version.revises, version)
        return tuple(newest.values())

    @property
    def history(self) -> tuple[Observation, ...]:
        """What publication after publication gave in this kind of table, oldest first."""
        return tuple(v for v in self.versions if v.revises == self.shown.revises)


@dataclass(frozen=True)
class Series:
    """The points of one key, in order of their period."""

    key: SeriesKey
    points: tuple[Point, ...]

    @property
    def latest(self) -> Point | None:
        """The newest point that has a value."""
        return next((p for p in reversed(self.points) if p.value is not None), None)


@dataclass(frozen=True)
class Statement:
    """A figure claimed outside the tables of figures.

    In a sentence, a bullet, a summary table, a yearly row, or as a printed target, floor,
    earlier figure or another area's (`comparator`: as this council printed it). The
    sentence itself is never kept: only the figure, its place and the verdict.

    `about` says what of the measure is claimed: its level, what it grew by within the
    period (of a running total), its change since the period `since`, the share that it is
    of what it is part of, a target, or the law's limit. `others` are series that the words
    fit as well (the other basis, another row), `nearby` other periods that it names,
    `readings` those that the words for its own may mean as well. What is not `certain` is
    never said to differ. Without an `authority` it is the council's own. `published` and
    `source` are those of the publication it stands in. The store keeps it without a
    verdict: `claims.held` gives that, of a whole record.
    """

    kind: Literal[
        "sentence",
        "bullet",
        "summary_table",
        "yearly_row",
        "printed_target",
        "printed_floor",
        "previous",
        "comparator",
    ]
    value: Decimal | None
    unit: Unit | None
    place: Place
    measure: str = ""
    cohort: str = ""
    period: Period | None = None
    raw: str = ""
    verdict: Literal["supported", "differs", "unchecked"] = "unchecked"
    explanation: str = ""
    published: date | None = None
    source: str = ""
    about: About = "level"
    authority: str = ""
    since: Period | None = None
    hedge: Literal["", "about", "over", "under"] = ""
    others: tuple[MeasureRef, ...] = ()
    nearby: tuple[Period, ...] = ()
    readings: tuple[Period, ...] = ()
    certain: bool = True


@dataclass(frozen=True)
class Finding:
    """Something that does not add up: what, where, by how much, and the likely reason.

    `figures` are the observations it casts doubt on (each carries the flag), `places`
    every place to look at, in words. An unreadable cell has a place and no figure. `beside`
    are the observations that those are held against, which it casts no doubt on.
    """

    code: str
    severity: Severity
    message: str
    places: tuple[str, ...] = ()
    figures: tuple[Observation, ...] = ()
    beside: tuple[Observation, ...] = ()
