"""What a measure is: a file of data/england/measures, or of a council."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from etl.model.vocabulary import Span, Unit


class MeasureRef(NamedTuple):
    """A measure's cohort, written `[measure, cohort]` in the files."""

    measure: str
    cohort: str


@dataclass(frozen=True)
class ShareOf:
    """The two counts that a share is made of."""

    part: MeasureRef
    whole: MeasureRef


@dataclass(frozen=True)
class PartOf:
    """A count that lies within another; `lag` where the part may lawfully come later."""

    whole: MeasureRef
    lag: bool = False


@dataclass(frozen=True)
class Cohort:
    """One row of Appendix 1 (or a series without a row): whom it counts, how it is printed.

    `labels` are how tables print it, `prose` how sentences name it
    (data/england/measures/README.md).
    `titled` says that the council does not say how it prints the row: its title is the label.
    `taken_from` is the same count before some cases were left out of it (plans with
    permitted exceptions): this one never lies above it. `within` are further counts that it
    never lies above (children of statutory age among those of all ages). `population` are
    the pupils of whom a rate per 1,000 is worked out.
    """

    title: str
    labels: tuple[str, ...] = ()
    titled: bool = False
    serial: str = ""
    order: int = 1000
    says: str = ""
    prose: tuple[str, ...] = ()
    part_of: PartOf | None = None
    share_of: ShareOf | None = None
    denominator: MeasureRef | None = None
    population: MeasureRef | None = None
    same_as: tuple[MeasureRef, ...] = ()
    taken_from: MeasureRef | None = None
    within: tuple[MeasureRef, ...] = ()

    @property
    def relations(self) -> tuple[MeasureRef, ...]:
        """The counts and shares that this one's figures are held against."""
        refs = [*self.same_as, *self.within]
        refs += [self.part_of.whole] if self.part_of else []
        refs += [self.share_of.part, self.share_of.whole] if self.share_of else []
        refs += [ref for ref in (self.denominator, self.taken_from) if ref]
        return tuple(refs)


@dataclass(frozen=True)
class Clock:
    """When the counting of time starts and ends, and in which days."""

    starts: str = ""
    ends: str = ""
    days: str = ""


@dataclass(frozen=True)
class TargetRule:
    """Whether a target may be held against the measure, and if not, why not."""

    held: bool = False
    why_not: str = "No target is set"


@dataclass(frozen=True)
class Outturn:
    """The heading of this measure's columns in the yearly outturn table, and their spans."""

    headings: tuple[str, ...]
    spans: tuple[Span, ...] = ("month", "quarter", "calendar_year_to_date")


@dataclass(frozen=True)
class DfeColumns:
    """The names this measure's column has had in DfE's files, newest first.

    `file` is how that file is called in a release, without ending; `since` the reporting year
    of the first release that has the column; `publication` the series of releases.
    """

    file: str
    columns: tuple[str, ...]
    since: int = 0
    publication: str = "Education, health and care plans"


@dataclass(frozen=True)
class Band:
    """A measure's part in a group that says how long cases took.

    Shares of one group and basis are drawn together, in `order`, each named by `label`; a
    mean of the group is their average time.
    """

    group: str
    label: str = ""
    order: int = 0


@dataclass(frozen=True)
class Measure:
    """What a measure is. The file's name is its `id`; see data/england/measures/README.md.

    `note` is a caution that stands in every picture of it; `cases` are what it counts or
    rests on, in the plural (plans, children).
    """

    id: str
    title: str
    theme: str
    unit: Unit
    cohorts: Mapping[str, Cohort]
    better: Literal["higher", "lower", "none"]
    nature: Literal["stock", "flow", "mean", "share", "cumulative"]
    counts: str
    why: str
    short_title: str = ""
    basis: Literal["including", "excluding", ""] = ""
    span: Span = "month"
    decimals: int = 0
    seasonal: bool = True
    accumulates: Literal["financial_year", "calendar_year", ""] = ""
    clock: Clock = Clock()
    duty: str = ""
    caveats: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    next_due: str = ""
    target: TargetRule = TargetRule()
    outturn: Outturn | None = None
    dfe: DfeColumns | None = None
    headline: bool = False
    note: str = ""
    cases: str = "cases"
    band: Band | None = None

    @property
    def cautions(self) -> tuple[str, ...]:
        """What to read it with: the note of every picture, then the rest."""
        return (self.note, *self.caveats) if self.note else self.caveats


@dataclass(frozen=True)
class Theme:
    """One of the Ombudsman's questions, under which the measures stand."""

    id: str
    title: str
    question: str
