"""The types that a figure travels in, from a file to a page. Imports nothing of ours.

A figure's way: file -> Document (Table, Cell) -> Reading -> Observation -> store
-> Series -> view. Everything here is frozen: a revision is a new Observation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

Status = Literal["reported", "nil", "not_applicable", "not_available", "withheld"]
Unit = Literal[
    "count",
    "percent",
    "days",
    "weeks",
    "rate_per_100",
    "rate_per_1000",
    "rate_per_10000",
    "rate_per_100000",
    "pounds",
]
Span = Literal[
    "month",
    "quarter",
    "calendar_year_to_date",
    "financial_year_to_date",
    "calendar_year",
    "term",
    "academic_year",
    "academic_year_to_date",
    "financial_year",
    "rolling_12_months",
    "point_in_time",
]
TABLES = ("appendix_1", "outturn", "dfe", "officer", "stated")
"""The tables that this software names itself; any other is a layout's id."""
TableName = str
Severity = Literal["error", "warning", "note"]
Flag = Literal["open", "misprint", "unexplained"]
About = Literal["level", "increase", "change", "rate", "target", "limit"]


# How the places of corrections begin: typed one by one, or on a sheet of the officers' workbook.
CORRECTION, REVISIONS_SHEET = "officers' correction", "Revisions"
CORRECTIONS = (CORRECTION, f"{REVISIONS_SHEET}!")


class UserError(Exception):
    """What a user can mend: one or two plain lines that name the file and the place.

    `exit_code` is the command's answer: 1 refused, 2 wrong usage or a file that
    cannot be opened, 3 read to the end without a performance table.
    """

    exit_code = 2

    @property
    def in_full(self) -> str:
        """The message for a command and the log, which may name what a page must not."""
        return str(self)


class Refused(UserError):
    """An import that was read but not accepted; nothing is stored."""

    exit_code = 1


class NoDate(UserError):
    """A file that could be read but for the date of its publication, which it does not say."""


class NoTable(UserError):
    """A file that was read to the end and holds no performance table."""

    exit_code = 3


# --- what a reader gives -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing stands in its file, in that form's own terms; counts start at 1."""

    line: int | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sheet: str = ""
    cell: str = ""
    paragraph: str = ""

    def __str__(self) -> str:
        if self.sheet:
            return f"{self.sheet}!{self.cell}" if self.cell else f"sheet {self.sheet}"
        numbered = (
            (name, getattr(self, name)) for name in ("page", "line", "table", "row", "column")
        )
        parts = [f"{name} {number}" for name, number in numbered if number is not None]
        if self.paragraph:
            parts.append(f"paragraph {self.paragraph}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell (or a line of text) as printed: tags removed, white space collapsed.

    `problem` says in plain words why a reader could not give the text for certain
    (a formula with no saved value, `#REF!`); such a cell is a finding, never a figure.
    `wide` is over how many columns it is merged, itself among them.
    """

    text: str
    place: Place = Place()
    problem: str = ""
    wide: int = 1


@dataclass(frozen=True)
class Table:
    """Rows of cells, header rows included, as the file has them; rows may differ in length.

    `title` is what stands just above (or the sheet's name). Continuations of one
    printed table may arrive as several tables in a row: recognition joins them.
    `hidden` is a sheet that its owner hid: the guard against personal data looks at
    it, recognition does not (it may be an older copy of the same table). `above` are the
    lines that stand between it and the table before, the last of them perhaps its `title`.
    `wrapped`: a row's label may go on in the rows below it.
    """

    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    place: Place = Place()
    hidden: bool = False
    above: tuple[str, ...] = ()
    wrapped: bool = False


@dataclass(frozen=True, eq=False)
class TextFrame:
    """A file of many rows, all of it text: one of a release's CSV files.

    `names` are its columns as printed (a name may stand twice). `data` has the columns' places,
    from 0, as labels and the rows' lines in the file, from 1, as index.
    """

    title: str
    names: tuple[str, ...]
    data: pd.DataFrame


@dataclass(frozen=True)
class Source:
    """The file that was read. `title` is what the tidy table prints as its source."""

    name: str
    sha256: str
    form: Literal["text", "pdf", "word", "excel", "csv", "dfe", "grid", "html"]
    published: date | None = None
    title: str = ""


@dataclass(frozen=True)
class Document:
    """What a reader found, knowing nothing of measures.

    `lines` are a text file's lines as they stand (spaces kept, tags removed), for
    tables whose cells the converter has wrapped; other forms leave it empty.
    `paragraphs` are the prose, for claims; `place.paragraph` carries a printed number.
    `findings` are what the reader itself must tell (hidden columns that were read);
    recognition passes them on. `front` are the lines of the front page, before any table,
    where `lines` do not hold them; `running` the headers and footers of its pages;
    `properties` what the file says of itself (title, author, company), by name; `spaced` are
    tables whose columns only spaces keep apart, for layouts alone; `frames` files of too many
    rows to be tables of cells.
    """

    source: Source
    tables: tuple[Table, ...] = ()
    paragraphs: tuple[Cell, ...] = ()
    lines: tuple[Cell, ...] = ()
    findings: tuple[Finding, ...] = ()
    front: tuple[Cell, ...] = ()
    running: tuple[Cell, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    spaced: tuple[Table, ...] = ()
    frames: tuple[TextFrame, ...] = ()


# --- figures -----------------------------------------------------------------------


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


# --- the registry ------------------------------------------------------------------


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


@dataclass(frozen=True)
class Target:
    """A level that was set: by whom, in which form, on which basis, from when to when."""

    id: str
    measures: tuple[MeasureRef, ...]
    value: Decimal
    unit: Unit
    kind: Literal["statutory", "agreed", "stretch", "guidance"]
    form: Literal["by_date", "annual", "monthly", "limit"]
    basis: Literal["including", "excluding", "not_stated", "not_applicable"]
    start: date
    end: date
    label: str
    approver: str
    source: str
    agreed: date | None = None


@dataclass(frozen=True)
class Event:
    """Something that readers of a chart should know of, on a date or between two."""

    id: str
    start: date
    title: str
    text: str
    source: str
    end: date | None = None
    kind: Literal["break", "rule_change", "note"] = "note"
    measures: tuple[str, ...] = ()


EDITORS, COUNCIL = "the editors of this site", "the council"
"""In whose judgement a finding is answered: a file's under data/, or an officer's."""


@dataclass(frozen=True)
class Answer:
    """A finding answered. It names what it expects to find, and fails loudly when that is gone.

    `expects` are the figures as printed, in the order of the finding's figures (or the
    text of an unreadable cell), `beside` those that they are held against: where another one
    stands there now, nobody has judged that. `stands` lets the figure back into sentences,
    `misprint` and `unexplained` keep its flag. `by` says in whose judgement, `dated` on which
    day; readers are told both and the verdict, and the reason where it is not the council's,
    whose officers give theirs for each other. What is
    left empty is not looked at. `published` names the publication that prints the figures:
    where that one is not held, the answer has nothing to fail for.
    """

    code: str
    expects: tuple[str, ...]
    verdict: Literal["stands", "misprint", "unexplained"]
    reason: str
    measure: str = ""
    cohort: str = ""
    period_end: date | None = None
    span: Span | None = None
    authority: str = ""
    published: date | None = None
    beside: tuple[str, ...] = ()
    by: str = ""
    dated: date | None = None


@dataclass(frozen=True)
class Meeting:
    """A committee meeting, and what of its reports is held."""

    day: date
    committee: str
    held: str = ""
    note: str = ""


@dataclass(frozen=True)
class Alias:
    """A name that was changed, and since when: of a measure ("id", or "id/cohort"), a table, a
    finding's code or a seed. What was stored or linked under the old one is read as the new one."""

    kind: Literal["measure", "table", "code", "seed"]
    old: str
    new: str
    since: date


@dataclass(frozen=True)
class DfeRelease:
    """A release of DfE's whose date is known: its title as the files give it.

    `id` is what it is known by for good, and the folder under data/england/dfe in which the
    tables of its totals stand (README there). `columns` are measures by the name of the column
    that holds them, where no measure declares it under `dfe`. `gathered`: put together from
    several of DfE's files, so that none is named. `transcribed`: typed by hand, so that no rank
    may rest on it.
    """

    title: str
    published: date
    id: str
    covers: str = ""
    date_note: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    gathered: bool = False
    transcribed: bool = False


@dataclass(frozen=True)
class DfeListing:
    """`releases.yaml`: DfE's releases, and under which licence their figures stand here."""

    releases: tuple[DfeRelease, ...]
    attribution: str = ""
    licence: str = ""
    licence_url: str = ""
    url: str = ""


@dataclass(frozen=True)
class NeighbourList:
    """The statistical neighbours in force from a date on, nearest first."""

    start: date
    areas: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Council:
    """Whose figures these are, whom they are compared with, and whom to ask.

    `region` and the names in `areas` come from data/england/areas.csv, `neighbours` from
    neighbours.csv beside it; what the council's file has in `areas` and `neighbours` stands
    before these. `districts` are places in its area with councils of their own. `store` is
    its database's file in the data folder, where that is not `stores/NAME.db`.
    """

    authority: str
    name: str
    short_name: str
    contact: Mapping[str, str]
    committee: str = ""
    country: str = "E92000001"
    neighbours: tuple[NeighbourList, ...] = ()
    region: str = ""
    districts: tuple[str, ...] = ()
    store: str = ""
    areas: Mapping[str, str] = field(default_factory=dict)
    licence: Mapping[str, str] = field(default_factory=dict)
    alternative_formats: str = ""
    accessibility: Accessibility = field(default_factory=lambda: Accessibility())


@dataclass(frozen=True)
class Accessibility:
    """What a council says of itself in the accessibility statement; all of it has a default.

    `scope` are the pages that it is about, `status` "fully", "partially" or "not" compliant;
    `not_accessible` is what does not meet the standard, each with its reason and alternative.
    """

    scope: str = ""
    status: Literal["fully", "partially", "not"] = "partially"
    not_accessible: tuple[str, ...] = ()
    prepared: date | None = None
    reviewed: date | None = None
    tested: date | None = None
    tested_by: str = ""


@dataclass(frozen=True)
class Licence:
    """How a publication may be used, in a few words, and where the terms stand if they do."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Area:
    """An authority, a region or the country, as data/england/areas.csv has it (README there).

    `spellings` name it by themselves, `only_with_council` only beside "Council" and the like.
    """

    code: str
    name: str
    type: Literal["country", "region", "county", "unitary", "metropolitan", "london_borough"]
    dfe_number: str = ""
    region: str = ""
    start: date | None = None
    end: date | None = None
    successors: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    only_with_council: str = ""

    @property
    def authority(self) -> bool:
        """Whether a council governs it."""
        return self.type not in ("country", "region")


FacetName = Literal["measure", "area", "period", "role"]


@dataclass(frozen=True)
class Layout:
    """How a kind of table lies: what its row headings and its column headings name.

    `rows` and `columns` name what every such heading says (of rows: their first columns
    together), `may` what columns may say besides.
    `title` is a pattern that its caption, title or sheet's name must match. `measure` or
    `period` is "caption" where the caption alone says it. `spans` are words over a group of
    columns that say what each figure covers; `totals` a pattern of rows that repeat the others'
    sum and are kept as statements; `cells` the forms of its cells beside the usual ones.
    `continues`: a table without a heading that follows it, as wide and of known rows, is its rest.
    `summary`: its figures repeat those of other tables, so they are kept as statements.
    `origin` is the file and line it stands at; docs/layouts.md explains each key.
    """

    layout: str
    rows: FacetName | tuple[FacetName, ...]
    columns: tuple[FacetName, ...] = ()
    may: tuple[FacetName, ...] = ()
    table: str = ""
    title: str = ""
    measure: Literal["", "caption"] = ""
    period: Literal["", "caption"] = ""
    spans: Mapping[str, Span] = field(default_factory=dict)
    totals: str = ""
    cells: tuple[str, ...] = ()
    year: Literal["", "financial", "academic", "calendar"] = ""
    continues: bool = False
    summary: bool = False
    origin: str = ""

    @property
    def id(self) -> str:
        """What its figures' table is called."""
        return self.table or self.layout

    @property
    def row_facets(self) -> tuple[FacetName, ...]:
        return (self.rows,) if isinstance(self.rows, str) else self.rows


@dataclass(frozen=True)
class PrintedLabel:
    """What a row, a column or a caption of one council's papers stands for."""

    measure: str
    cohort: str = "all"
    span: Span | Literal[""] = ""


@dataclass(frozen=True)
class HeadingWords:
    """What words of a heading, section or caption say in one council's papers."""

    role: str = ""
    area: Literal["", "own", "part"] = ""
    span: Span | Literal[""] = ""
    year: Literal["", "financial", "academic", "calendar"] = ""


@dataclass(frozen=True)
class Paper:
    """How one council's papers print their tables: its `layouts.yaml`.

    `labels` are rows as printed ("group | row" where the row alone does not say it), `words`
    what other printed words mean, `areas` the council's own names and those of its parts,
    `sections` headings among the rows that change nothing, `periods` forms of a period beside
    the usual ones, `no_value` what stands where there is no figure, `card` the form of a line
    that prints a KPI's figures ("Latest: {actual} Target: {target}"), `card_period` that of the
    words above which say its period ("Quarter {quarter} {split_year}").
    """

    layouts: tuple[Layout, ...] = ()
    labels: Mapping[str, str | PrintedLabel | tuple[str | PrintedLabel, ...]] = field(
        default_factory=dict
    )
    words: Mapping[str, HeadingWords] = field(default_factory=dict)
    areas: Mapping[Literal["own", "part"], tuple[str, ...]] = field(default_factory=dict)
    sections: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    numerators: tuple[str, ...] = ()
    denominators: tuple[str, ...] = ()
    no_value: tuple[str, ...] = ()
    card: str = ""
    card_period: str = ""

    def labelled(self, label: str) -> tuple[PrintedLabel, ...]:
        """What a label stands for; "measure/cohort" is short for a PrintedLabel."""
        said = self.labels[label]
        return tuple(
            PrintedLabel(*one.split("/", 1)[:2]) if isinstance(one, str) else one  # type: ignore[arg-type]
            for one in (said if isinstance(said, tuple) else (said,))
        )


@dataclass(frozen=True)
class Registry:
    """Everything under `data/` that is declared rather than published.

    `licences` are those that source files state, by the publication's title. `layouts` are the
    council's own, then the shipped ones; `table_words` the vocabulary of tables, by list.
    """

    council: Council
    measures: Mapping[str, Measure]
    themes: tuple[Theme, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    targets: tuple[Target, ...] = ()
    events: tuple[Event, ...] = ()
    answers: tuple[Answer, ...] = ()
    glossary: Mapping[str, str] = field(default_factory=dict)
    licences: Mapping[str, Licence] = field(default_factory=dict)
    areas: tuple[Area, ...] = ()
    dfe_releases: tuple[DfeRelease, ...] = ()
    aliases: tuple[Alias, ...] = ()
    layouts: tuple[Layout, ...] = ()
    paper: Paper = field(default_factory=Paper)
    table_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def dfe_columns(self) -> tuple[DfeColumns, ...]:
        """The columns of DfE's files that measures declare."""
        return tuple(measure.dfe for measure in self.measures.values() if measure.dfe)
