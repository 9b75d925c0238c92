"""What the parts of a page say, in words and numbers, before anything draws them.

Everything is frozen and textual: a page, a picture, Word and the briefing print the
same words. A `tone` or `shape` always comes with words that say the same: colour and
shape are never the only sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

# What a mark beside words looks like: met (tick), short (diamond), unsaid (open ring),
# usual (short bar), better and worse (arrowheads in the sense of the words, not of the value).
Shape = Literal["met", "short", "unsaid", "usual", "better", "worse", ""]
Tone = Literal["good", "bad", "neutral"]


@dataclass(frozen=True)
class Link:
    """Where a reader can go next; `url` is a path of this site, with its choices in it."""

    label: str
    url: str


@dataclass(frozen=True)
class Choice:
    """One of several ways to see the same thing (a view, a cohort, a basis, a meeting).

    `value` is what stands in the address; `why_not` says in plain words why the choice
    cannot be taken (it is then shown without a link), empty where it can.
    """

    value: str
    label: str
    url: str
    chosen: bool = False
    why_not: str = ""


@dataclass(frozen=True)
class Figure:
    """A value as printed large, its unit small beside it, its period small below.

    `number` is "495", "53.3%", "208.4"; `unit` "" or "days" or "weeks"; `period` the short
    form ("Dec 2021", "year 2021"), `period_long` the form for sentences.
    """

    number: str
    unit: str
    period: str
    period_long: str

    @property
    def text(self) -> str:
        return f"{self.number} {self.unit}".strip()


@dataclass(frozen=True)
class Change:
    """A change, always with what it is compared with printed under it.

    `number` is "−100", "+2.8 days", "+8 points" or "No change"; `versus` "595 in Dec 2020".
    Where nothing can be said `number` is empty and `why_not` says why ("Not reported then").
    `words` is the same for a sentence: "100 fewer than in December 2020 (595)".
    `amount` is the change itself in the measure's unit (percentage points for percent).
    """

    number: str = ""
    versus: str = ""
    words: str = ""
    why_not: str = ""
    amount: float | None = None
    tone: Tone = "neutral"


@dataclass(frozen=True)
class Standing:
    """Where a figure stands against a target, or why no target is held against it.

    `words` "6.7 points short", `detail` "60% by the end of 2021, agreed"; without a
    standing `shape` is empty and `words` the reason ("No target is set").
    """

    words: str
    detail: str = ""
    shape: Shape = ""
    tone: Tone = "neutral"


@dataclass(frozen=True)
class Verdict:
    """Whether the latest figure lies beyond usual variation, or why that cannot be said.

    `words` is short ("Too few months in a row to say"), `detail` the reason in a sentence.
    """

    words: str
    detail: str = ""
    shape: Shape = "unsaid"
    tone: Tone = "neutral"


@dataclass(frozen=True)
class Flag:
    """A published figure that does not add up: shown beside it unless it was found to be right.

    `text` is short ("as printed; 12 of 495 is 2.4%"); `detail` the finding's sentence;
    `url` leads to it on the quality page.
    """

    text: str
    detail: str
    url: str
    code: str


@dataclass(frozen=True)
class Spark:
    """A small line: a value or a gap a month (or a year), oldest first; all rows share `start`.

    `target` is a level to draw as a dashed rule; `flagged` the indexes of doubted points;
    `alt` says it in words.
    """

    points: tuple[tuple[date, float | None], ...]
    alt: str
    target: float | None = None
    flagged: tuple[int, ...] = ()


# --- the overview ------------------------------------------------------------------


@dataclass(frozen=True)
class Sentence:
    """A sentence about one figure. `strong` are the parts of it to set in bold, in order."""

    text: str
    url: str = ""
    strong: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One row of Appendix 1 come alive: a measure's cohort.

    `id` is "measure.cohort" (unique, fit for an HTML id once the dot is replaced);
    `serial` may be empty; `detail` says what the title leaves out ("year to date, including
    exceptions"); `small` warns of few cases ("from 4 pupils"); `stopped` says "No figure
    since January 2022" where the series has stopped.
    """

    id: str
    serial: str
    title: str
    detail: str
    measure: str
    cohort: str
    url: str
    figure: Figure | None
    missing: str
    year_before: Change
    last_report: Change
    spark: Spark
    standing: Standing
    variation: Verdict
    flags: tuple[Flag, ...] = ()
    small: str = ""
    stopped: str = ""

    @property
    def yearly(self) -> bool:
        """Whether its small line has a point a year, on a time of its own."""
        return self.detail.startswith("calendar year")


@dataclass(frozen=True)
class Group:
    """The rows under one of the Ombudsman's questions."""

    id: str
    title: str
    question: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Overview:
    """The first page. `sentences` are a handful, of figures without a flag.

    `past` are those of rows that have stopped, kept apart from what is said of now; `past_lead`
    says since when, and is empty where there are none.

    `last_report` names the column ("On the last report held, Sept 2021"), `spark_heading`
    the small lines' span ("July 2020 to January 2022"); `as_at` the state shown in words.
    `empty` says what to do where nothing is held; all else is empty then.
    """

    headline: str
    sentences: tuple[Sentence, ...]
    notes: tuple[str, ...]
    groups: tuple[Group, ...]
    spark_heading: str
    last_report: str
    as_at: str
    meetings: tuple[Choice, ...]
    empty: str = ""
    past_lead: str = ""
    past: tuple[Sentence, ...] = ()

    @property
    def months(self) -> tuple[date, date] | tuple[()]:
        """The first and the last month of its small lines, so that all share one time."""
        rows = (row for group in self.groups for row in group.rows if not row.yearly)
        days = [day for row in rows for day, _ in row.spark.points]
        return (min(days), max(days)) if days else ()


# --- shared by several pages -------------------------------------------------------------


@dataclass(frozen=True)
class RevisionRow:
    """A figure that a later publication changed: what was reported then, what is held now."""

    title: str
    period: str
    then: str
    then_source: str
    now: str
    now_source: str
    url: str


@dataclass(frozen=True)
class Section:
    """A heading, paragraphs, and a list or links where there are any; `id` for its address."""

    id: str
    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
