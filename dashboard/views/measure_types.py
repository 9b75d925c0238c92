"""What a measure's page says and shows, before anything draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import words
from dashboard.views.chart import ChartView
from dashboard.views.types import Choice, Flag, Link, RevisionRow, Section, Shape, Tone


@dataclass(frozen=True)
class Fact:
    """One of the four facts under the heading: small label, large value, small detail."""

    label: str
    value: str
    detail: str
    shape: Shape = ""
    tone: Tone = "neutral"


@dataclass(frozen=True)
class Caution:
    """A box beside the chart where one is due: a bold lead and a sentence or two."""

    lead: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class EventNote:
    """An event or an officer's explanation: its date in words, title, text, source."""

    when: str
    title: str
    text: str
    source: str


@dataclass(frozen=True)
class TargetNote:
    """A target with its kind, basis, dates and who set it; `used` says if it is held here."""

    label: str
    kind: str
    form: str
    basis: str
    approver: str
    source: str
    used: str


@dataclass(frozen=True)
class Takes:
    """What it would take to reach the year's target: a lead, and plain sentences below it."""

    lead: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class FigureTable:
    """Every figure held of one span, newest last, as text.

    `columns` are period, figure, status words, number of cases, published, where it
    stands, revised; `rows` follow them. Percent and days carry their unit in the text.
    `figures` are those rows that have a number.
    """

    caption: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    figures: int = 0

    @property
    def summary(self) -> str:
        """What it holds: "By month: 12 figures", "By month: 4 entries, none with a figure"."""
        if self.figures == len(self.rows):
            return f"{self.caption}: {words.many(self.figures, 'figure')}"
        entries = words.many(len(self.rows), "entry", "entries")
        return f"{self.caption}: {entries}, {self.figures or 'none'} with a figure"


@dataclass(frozen=True)
class ShownView:
    """The part of a measure's page that a choice changes: one view of it, and the choices.

    `chart` is the chosen view of `views` (each a Choice whose url carries all other choices
    too); `bases` are the same measure on the other basis (empty where there is none) and
    `cohorts` its rows. `years` are those a view of one year can show (empty for other views).
    `instead` is what can be seen where the view or the year asked for cannot: `chart` says why.
    `heading` states the finding. `query` are the filters that give its figures from the API
    ("measure=...&cohort=...&as_at=..."). `name` is a file name's stem for downloads:
    "1a_children-missing-education".
    """

    measure: str
    cohort: str
    view: str
    heading: str
    views: tuple[Choice, ...]
    years: tuple[Choice, ...]
    cohorts: tuple[Choice, ...]
    bases: tuple[Choice, ...]
    chart: ChartView
    instead: Link | None
    query: str
    name: str
    as_at: str


@dataclass(frozen=True)
class MeasureView(ShownView):
    """A measure's page in one view.

    `lede` says the finding in more words. `blocks` are the definition, meant to stand beside
    the chart, never behind a click. `stopped` is a sentence, or empty. `related` are the rows
    that this one is made of or belongs with, each with its own page.
    """

    title: str
    detail: str
    breadcrumb: tuple[Link, ...]
    lede: str
    facts: tuple[Fact, ...]
    tables: tuple[FigureTable, ...]
    blocks: tuple[Section, ...]
    events: tuple[EventNote, ...]
    explanations: tuple[EventNote, ...]
    targets: tuple[TargetNote, ...]
    revisions: tuple[RevisionRow, ...]
    cautions: tuple[Caution, ...]
    flags: tuple[Flag, ...]
    takes: Takes | None
    stopped: str
    glossary: tuple[tuple[str, str, str], ...]
    previous: Link | None
    next: Link | None
    related: tuple[Link, ...] = ()
