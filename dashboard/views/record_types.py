"""What the quality page and the about page say, before anything draws them."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.views.types import RevisionRow, Section


@dataclass(frozen=True)
class FindingRow:
    """A finding in words. `verdict` is the public answer in sentences, empty while it is open."""

    anchor: str
    message: str
    places: tuple[str, ...]
    figures: tuple[str, ...]
    severity: str
    verdict: str
    kept_out: bool
    url: str = ""


@dataclass(frozen=True)
class ClaimRow:
    """A figure claimed in words or in a summary, held against the record."""

    claimed: str
    about: str
    place: str
    explanation: str


@dataclass(frozen=True)
class ReportClaims:
    """What one report claims outside its tables, by verdict.

    `differences` counts causes: a column under one wrong heading differs once.
    """

    report: str
    differing: tuple[ClaimRow, ...]
    unchecked: tuple[ClaimRow, ...]
    agreeing: tuple[ClaimRow, ...]
    differences: int


@dataclass(frozen=True)
class MissingRow:
    """What is not held: for which months or rows, and why, as far as it is known."""

    title: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class QualityView:
    """What is wrong, what was answered, what was revised, what is missing.

    A finding is `open`, looked into and `unexplained`, `answered`, or one of the `notes`.
    """

    headline: str
    lede: str
    open: tuple[FindingRow, ...]
    unexplained: tuple[FindingRow, ...]
    answered: tuple[FindingRow, ...]
    notes: tuple[FindingRow, ...]
    revisions: tuple[RevisionRow, ...]
    revisions_empty: str
    claims: tuple[ReportClaims, ...]
    claims_lede: str
    missing: tuple[MissingRow, ...]
    as_at: str


@dataclass(frozen=True)
class AboutView:
    """Method, sources, licence, revisions, standing, accessibility, contact, glossary.

    `glossary` is (term, meaning, anchor), in alphabetical order; `sources` are (day, title,
    how many figures, licence).
    """

    headline: str
    lede: str
    sections: tuple[Section, ...]
    glossary: tuple[tuple[str, str, str], ...]
    sources: tuple[tuple[str, str, str, str], ...]
