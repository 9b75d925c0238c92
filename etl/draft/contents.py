"""What a draft holds besides its files: all that an officer typed, and the answers so far."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from pydantic import TypeAdapter

from etl import aliases
from etl.aliases import Names
from etl.model import Event, Finding, MeasureRef, Registry, Span, Target
from etl.record import Explanation
from etl.store.drafts import StoredDraft

Verdict = Literal["stands", "misprint", "unexplained"]


@dataclass(frozen=True)
class Correction:
    """A published figure that is to be another: which one, the new text, and why."""

    measure: str
    cohort: str
    span: Span
    month: date
    table: Literal["officer", "outturn"]
    was: str
    value: str
    reason: str


@dataclass(frozen=True)
class Stated:
    """A figure given only in words, with the place of the words."""

    measure: str
    cohort: str
    period: str
    value: str
    place: str


@dataclass(frozen=True)
class Given:
    """An officer's answer to one finding."""

    verdict: Verdict
    reason: str


@dataclass(frozen=True)
class Contents:
    """A draft's contents. `typed` are the grid's cells by `cell_key`, as they were typed;
    `left_out` the SHA-256 of files that were taken out again; `answers` by `fingerprint`."""

    meeting: date | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    stated: tuple[Stated, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    events: tuple[Event, ...] = ()
    targets: tuple[Target, ...] = ()
    answers: Mapping[str, Given] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    @property
    def declarations(self) -> tuple[Explanation | Event | Target, ...]:
        """The words beside figures."""
        return (*self.explanations, *self.events, *self.targets)

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.typed or self.corrections or self.stated or self.declarations)


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Contents]:
    return TypeAdapter(Contents)


def packed(contents: Contents) -> dict[str, Any]:
    """Contents as JSON holds them."""
    found: dict[str, Any] = _adapter().dump_python(contents, mode="json")
    return found


def of(draft: StoredDraft) -> Contents:
    """The inverse of `packed`."""
    return _adapter().validate_python(dict(draft.contents))


def cell_key(ref: MeasureRef, month: date) -> str:
    """How a cell of the grid is called: children_missing_education/all@2022-02."""
    return f"{ref.measure}/{ref.cohort}@{month:%Y-%m}"


def cell_of(key: str, registry: Registry) -> tuple[MeasureRef, int, int] | None:
    """The row, year and month of a cell; None for one that no registry knows."""
    name, _, when = key.partition("@")
    ref = aliases.ref_of(name, registry)
    year, _, month = when.partition("-")
    digits = year.isascii() and year.isdigit() and month.isascii() and month.isdigit()
    if ref is None or not digits or len(when) != 7:
        return None
    if not (2000 <= int(year) <= 2100 and 1 <= int(month) <= 12):
        return None
    return ref, int(year), int(month)


def fingerprint(finding: Finding) -> str:
    """What a finding is known by from one look at a draft to the next."""
    said = "\0".join((finding.code, finding.message, *finding.places))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def answered(contents: Contents, findings: Iterable[Finding], names: Names) -> Contents:
    """The contents with the answers that were given before a name changed, by today's."""
    answers = dict(contents.answers)
    for finding in findings if names else ():
        if (now := fingerprint(finding)) in answers:
            continue
        for before in map(fingerprint, names.as_before(finding)):
            if before in answers:
                answers[now] = answers.pop(before)
                break
    return replace(contents, answers=answers)


def without(contents: Contents, kind: str, at: int) -> Contents:
    """The contents without one entry of a kind (`corrections`, `stated`, `events` ...)."""
    if kind not in ("corrections", "stated", "explanations", "events", "targets"):
        raise ValueError(kind)
    kept = getattr(contents, kind)
    less: dict[str, Any] = {kind: (*kept[:at], *kept[at + 1 :])}
    return replace(contents, **less)
