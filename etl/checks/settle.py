"""Findings in the light of each other: what one explains, another need not say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from etl.checks.book import Book, books
from etl.checks.codes import CODES
from etl.model import Finding, Observation
from etl.record import assemble

Check = Callable[[Book], Iterable[Finding]]


def settle(book: Book, findings: Sequence[Finding], checks: Sequence[Check]) -> list[Finding]:
    """The findings of one authority without those that others explain.

    A figure doubted for a stated reason is not called unusual as well. A later figure that
    contradicts an earlier one which was itself doubted is its correction: a note.
    """
    doubted = {
        figure
        for finding in findings
        if finding.severity != "note" and finding.code != "unusual"
        for figure in finding.figures
    }
    settled = []
    earlier: dict[date, set[Observation]] = {}
    for finding in findings:
        if finding.code == "unusual" and doubted.issuperset(finding.figures):
            continue
        if finding.code == "contradicted":
            (new,) = finding.figures
            if new.published not in earlier:
                earlier[new.published] = _doubted_before(book, new.published, checks)
            if _replaced(book, new) in earlier[new.published]:
                said = finding.message.partition(". ")[0]
                finding = replace(
                    finding,
                    code="revised",
                    severity=CODES["revised"].severity,
                    message=f"{said}. The earlier figure was flagged; this one corrects it.",
                )
        settled.append(finding)
    return settled


def _replaced(book: Book, new: Observation) -> Observation | None:
    """The printing that `new` takes the place of."""
    point = book.lines[new.measure, new.cohort, new.period.span].points[new.period.end]
    older = [
        version
        for version in point.versions
        if version.revises == new.revises and version.published < new.published
    ]
    return older[-1] if older else None


def _doubted_before(book: Book, day: date, checks: Sequence[Check]) -> set[Observation]:
    """What stood under doubt in this authority's figures before a day's publications."""
    figures = (
        figure
        for figure in book.record.observations
        if figure.authority == book.authority and figure.published < day
    )
    observations, series = assemble(enumerate(figures))
    then = replace(book.record, observations=observations, series=series)
    return {
        figure
        for earlier in books(then)
        for check in checks
        for finding in check(earlier)
        if finding.severity != "note"
        for figure in finding.figures
    }
