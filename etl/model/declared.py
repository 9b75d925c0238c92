"""What is declared beside figures: targets, events, answers, meetings, changed names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from etl.model.measures import MeasureRef
from etl.model.vocabulary import Span, Unit


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
