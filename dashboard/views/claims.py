"""Record -> what its reports claim outside their tables, report by report, with the verdicts."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from dashboard import words
from dashboard.views.record_types import ClaimRow, ReportClaims
from etl.analysis.book import Book
from etl.model import MeasureRef, Statement

_KINDS = {
    "sentence": "in a sentence",
    "bullet": "in a list",
    "summary_table": "in a summary table",
    "yearly_row": "in a yearly row of a table",
    "printed_target": "printed as a target",
}
_ABOUT = {
    "level": "",
    "increase": "added",
    "change": "change",
    "rate": "share of all",
    "target": "target",
    "limit": "the law's limit",
}


def lede(reports: tuple[ReportClaims, ...]) -> str:
    """What the section holds, with the counts over all reports."""
    said = sum(len(r.differing) + len(r.unchecked) + len(r.agreeing) for r in reports)
    rows = sum(len(report.differing) for report in reports)
    differing = sum(report.differences for report in reports)
    if not said:
        return "No figure given in words, summaries or yearly rows is held."
    return (
        "A report gives its figures in tables, and some of them again in words, summaries and "
        f"yearly rows. {words.capital(words.many(said, 'figure'))} given in that way "
        f"{'is' if said == 1 else 'are'} held against the tables; "
        f"{differing or 'none'} {'differ' if differing > 1 else 'differs'}"
        f"{', a column under one wrong heading counted once.' if rows > differing else '.'}"
    )


def claims(found: Book) -> tuple[ReportClaims, ...]:
    """The claims of each report, newest report first, each in the order of its pages."""
    from etl.claims import held  # not at start: reading sentences takes much

    reports: dict[tuple[date, str], list[Statement]] = defaultdict(list)
    for statement in held(found.record):
        reports[statement.published or date.min, statement.source].append(statement)
    return tuple(
        _report(found, source, sorted(statements, key=_order))
        for (_, source), statements in sorted(reports.items(), reverse=True)
    )


def _report(found: Book, source: str, statements: list[Statement]) -> ReportClaims:
    def rows(verdict: str) -> tuple[ClaimRow, ...]:
        return tuple(_row(found, s) for s in statements if s.verdict == verdict)

    from etl.claims.columns import differences  # not at start: reading sentences takes much

    return ReportClaims(
        source,
        rows("differs"),
        rows("unchecked"),
        rows("supported"),
        len(differences(statements)),
    )


def _order(statement: Statement) -> tuple[int, int, int]:
    place = statement.place
    return place.page or 0, place.line or place.table or 0, place.row or 0


def _row(found: Book, claim: Statement) -> ClaimRow:
    said = claim.raw
    if not said and claim.value is not None and claim.unit:
        said = words.figure(claim.value, claim.unit)
    where = f"{claim.place}, {_KINDS[claim.kind]}" if str(claim.place) else _KINDS[claim.kind]
    return ClaimRow(said, _about(found, claim), words.capital(where), claim.explanation)


def _about(found: Book, claim: Statement) -> str:
    """Of which row, area and period: "Children missing education, December 2021"."""
    measure = found.registry.measures.get(claim.measure)
    if measure is None or claim.cohort not in measure.cohorts:
        return ""
    about = "target" if claim.kind == "printed_target" else claim.about
    area = found.registry.council.areas.get(claim.authority, "") if claim.authority else ""
    parts = (
        _title(found, claim),
        area,
        _ABOUT[about],
        words.period(claim.period) if claim.period else "",
    )
    return ", ".join(part for part in parts if part)


def _title(found: Book, claim: Statement) -> str:
    """The row's title; without its basis where the words name none and none was found to fit."""
    measure = found.registry.measures[claim.measure]
    either = claim.verdict != "supported" and any(
        found.registry.measures[ref.measure].short_title == measure.short_title
        for ref in claim.others
        if ref != MeasureRef(claim.measure, claim.cohort)
    )
    if either and measure.short_title:
        return measure.short_title
    return measure.cohorts[claim.cohort].title
