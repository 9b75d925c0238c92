"""Findings in the light of each other: what one explains, another need not say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from etl.analysis.corrected import put_right
from etl.checks.book import Book
from etl.model import Finding, Observation

Check = Callable[[Book], Iterable[Finding]]

_CHANGED = ("revised", "contradicted")
# What is said of a fraction besides that it is one.
_ITSELF = ("share-as-fraction", "correction-undone")


def settle(book: Book, findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings of one authority without those that others explain.

    A figure doubted for a stated reason is not called unusual as well. What was given as a
    fraction of one contradicts its counts and its parts, too: that is told once. What an
    officer corrected contradicts nobody: it was asked of before. A figure that was put right
    is not told as a revision, and one that came back is told as that alone.
    """
    fractions = {
        figure
        for finding in findings
        if finding.code == "share-as-fraction"
        for figure in finding.figures
    }
    doubted = {
        figure
        for finding in findings
        if finding.severity != "note" and finding.code != "unusual"
        for figure in finding.figures
    }
    undone = {f.figures[0] for f in findings if f.code == "correction-undone"}
    for finding in findings:
        if finding.code == "unusual" and doubted.issuperset(finding.figures):
            continue
        explained = bool(finding.figures) and fractions.issuperset(finding.figures)
        if explained and finding.code not in _ITSELF and finding.severity != "error":
            continue
        if finding.code in _CHANGED and book.own:
            (new,) = finding.figures
            old = _replaced(book, new)
            if new.corrects or new in undone or (old and put_right(book.record, old)):
                continue
        yield finding


def _replaced(book: Book, new: Observation) -> Observation | None:
    """The printing that `new` takes the place of."""
    point = book.lines[new.measure, new.cohort, new.period.span].points[new.period.end]
    older = [
        version
        for version in point.versions
        if version.revises == new.revises and version.published < new.published
    ]
    return older[-1] if older else None
