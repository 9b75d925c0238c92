"""Record -> what does not add up, what was answered, revised, claimed, and is missing."""

from __future__ import annotations

import re
from datetime import date

from dashboard import words
from dashboard.views import claims, flags, judgements, tables
from dashboard.views.overview import as_at_words, as_of
from dashboard.views.record_types import FindingRow, MissingRow, QualityView
from dashboard.views.rows import row_url, stopped
from etl.analysis.book import Book, book
from etl.analysis.keep import Kept
from etl.model import Answer, Finding, Observation
from etl.record import Judged, Record

_KEPT_OUT = "The figure stays out of sentences and verdicts."
# What an officer revised and why, as the workbook's sheet says it: kept with the release. Readers
# are told of revisions in a table of their own, and of what was put right not at all.
_OFFICERS_OWN = ("revision-reason",)
_kept = Kept(4)


def _figure(found: Book, figure: Observation) -> str:
    """A figure as a reader knows it: row, period, as printed."""
    measure = found.registry.measures.get(figure.measure)
    title = measure.cohorts[figure.cohort].title if measure else figure.measure
    printed = figure.reading.raw or "no figure"
    return f"{title}, {words.period(figure.period)}: {printed} ({words.day(figure.published)})"


# What stands in a cell of an officer's own workbook, quoted by its reader.
_QUOTED = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")


def public(finding: Finding) -> str:
    """A finding's message without words that an officer wrote in a workbook or a form.

    What a published pack prints is public and stays; officers' reasons and notes are kept
    with the release, for officers.
    """
    message = finding.message
    if any("!" in place for place in finding.places):
        return _QUOTED.sub("what stands there", message)
    return message


def _finding(found: Book, judged: Judged, place: int) -> FindingRow:
    first = next(iter(judged.finding.figures), None)
    known = first is not None and first.measure in found.registry.measures
    out = judged.doubts and bool(judged.finding.figures)
    return FindingRow(
        flags.anchors(found.record)[place],
        public(judged.finding),
        judged.finding.places,
        tuple(_figure(found, figure) for figure in judged.finding.figures),
        judged.finding.severity,
        _verdict(judged.answer, out) if judged.answer else "",
        out,
        row_url(found, first.measure, first.cohort) if first and known else "",
    )


def _verdict(answer: Answer, out: bool) -> str:
    return f"{judgements.verdict(answer)} {_KEPT_OUT}" if out else judgements.verdict(answer)


def _missing(found: Book, today: date) -> tuple[MissingRow, ...]:
    """Meetings whose report is not held, rows without a figure, series that have stopped."""
    rows = [
        MissingRow(f"Meeting of {words.day(m.day)}", m.note)
        for m in found.registry.meetings
        if not m.held
        and m.note
        and m.day not in found.reports
        and (found.record.as_at is None or m.day <= found.record.as_at)
    ]
    ended: dict[str, list[str]] = {}
    for name, cohort in found.ordered:
        group = found.cohort(name, cohort)
        if not group.labels:
            continue
        value = found.latest(name, cohort)
        title = f"{group.title} (row {group.serial})" if group.serial else group.title
        ended.setdefault(stopped(value, today) if value else "No figure is held", []).append(title)
    rows += [
        MissingRow(why, f"{words.together(titles)}.")
        for why, titles in sorted(ended.items())
        if why
    ]
    for name, measure in found.registry.measures.items():
        for cohort in measure.cohorts:
            line = found.line(name, cohort, "calendar_year")
            years = [str(v.period.end.year) for v in line if v.value is None]
            if years:
                why = f"DfE gives no figure for {words.together(years)}."
                rows.append(MissingRow(measure.title, why, row_url(found, name, cohort)))
    return tuple(rows)


def _came(findings: int, kept_out: int) -> str:
    """How many findings the checks gave, and how many of them keep a figure out."""
    if not findings:
        return "No finding came of it."
    out = "figure out of sentences, changes and verdicts."
    if not kept_out:
        out = "No figure is kept out of sentences, changes and verdicts."
    elif kept_out == findings:
        out = f"{'It keeps a' if findings == 1 else 'Each keeps a'} {out}"
    else:
        out = f"{kept_out} of them {'keeps' if kept_out == 1 else 'keep'} a {out}"
    return f"{words.many(findings, 'finding')} came of it. {out}"


def quality(record: Record, today: date | None = None) -> QualityView:
    """What the quality page says of `record`: public words only, no names, no officers' reasons."""
    now = as_of(record, today)
    return _kept.get(record, now, lambda: _make(record, now))


def _make(record: Record, today: date) -> QualityView:
    found = book(record)
    rows = [
        (judged, _finding(found, judged, i))
        for i, judged in enumerate(record.judged)
        if judged.finding.code not in _OFFICERS_OWN
    ]
    still = tuple(row for judged, row in rows if judged.open)
    unexplained, answered = (
        tuple(
            row
            for judged, row in rows
            if judged.answer and (judged.answer.verdict == "unexplained") is wanted
        )
        for wanted in (True, False)
    )
    notes = tuple(row for judged, row in rows if not judged.open and judged.answer is None)
    revised = tables.revisions(found)
    reports = claims.claims(found)
    own = sum(1 for o in record.observations if o.authority == found.own)
    kept_out = sum(1 for _, row in rows if row.kept_out)
    return QualityView(
        judgements.counted(record.judged) or "Nothing was found that does not add up",
        f"{own:,} published figures of {found.registry.council.short_name} are checked against "
        f"each other. {_came(len(still) + len(unexplained) + len(answered), kept_out)} Published "
        "figures are never mended here: they stay as printed, with a flag.",
        still,
        unexplained,
        answered,
        notes,
        revised,
        "" if revised else "No figure held has been revised by a later publication.",
        reports,
        claims.lede(reports),
        _missing(found, today),
        as_at_words(record),
    )
