"""Findings and the answers given to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

from etl.checks.codes import CODES
from etl.model import Answer, Finding, Observation, SeriesKey
from etl.record import Judged, Record
from etl.tidy import shortest

# Findings about a statement rather than a figure: which kind of statement.
_KINDS = {
    "summary-label": ("summary_table",),
    "summary-differs": ("summary_table",),
    "target-not-in-force": ("printed_target",),
    "year-row-differs": ("yearly_row",),
    "claim-differs": ("sentence", "bullet"),
}

# Findings that are sums of the figures beside them, so that those are judged as well. Elsewhere
# they are a series' past, which goes on.
_SUMS = frozenset(
    {"share-against-counts", "part-above-whole", "total-against-parts", "total-falls"}
    | {"average-of-none", "average-not-possible", "group-average"}
)


def as_printed(figure: Observation) -> str:
    """A figure as its publication prints it, as answers expect it."""
    return " ".join(figure.reading.raw.split()) or shortest(figure.value)


def expected(answer: Answer) -> tuple[str, ...]:
    """The figures that an answer speaks of, as printed."""
    return tuple(" ".join(text.split()) for text in answer.expects)


def _matches(answer: Answer, finding: Finding) -> bool:
    """Whether an answer speaks of a finding: same code, same place, same figures as printed,
    its own and those beside it where the answer names them.

    A finding without figures (an unreadable cell, a summary table) is known by its words:
    each expected text stands in its message.
    """
    if answer.code != finding.code:
        return False
    wanted = expected(answer)
    if not finding.figures:
        message = " ".join(finding.message.split())
        return bool(wanted) and all(text in message for text in wanted)
    beside = tuple(as_printed(figure) for figure in finding.beside)
    if answer.beside and beside and answer.beside != beside:
        return False
    first = finding.figures[0]
    named = (
        (answer.authority, first.authority),
        (answer.measure, first.measure),
        (answer.cohort, first.cohort),
        (answer.span, first.period.span),
        (answer.period_end, first.period.end),
    )
    return all(not one or one == found for one, found in named) and wanted == tuple(
        as_printed(figure) for figure in finding.figures
    )


def judge(
    findings: Iterable[Finding], answers: Iterable[Answer], record: Record | None = None
) -> tuple[tuple[Judged, ...], tuple[Finding, ...]]:
    """Each finding with the newest answer that speaks of it, and findings on stale answers.

    An answer is stale when `record` holds the series and period it names (in the
    publication it names, if it does), but none of its versions prints any figure it expects:
    the source was mended, or the answer mistyped. An answer about a statement is stale when
    its publication has such statements and none is found wrong in that way. That a later
    publication corrects the figure makes no answer stale, nor does a record that ends before
    it. Without a record none is stale.
    """
    by_code: dict[str, list[Answer]] = defaultdict(list)
    held = tuple(answers)
    for answer in held:
        by_code[answer.code].append(answer)
    judged = []
    used: set[int] = set()
    for finding in findings:
        found = next(
            (a for a in reversed(by_code.get(finding.code, [])) if _matches(a, finding)), None
        )
        judged.append(Judged(finding, found))
        if found is not None:
            used.add(id(found))
    stale = (
        tuple(_stale(a) for a in held if id(a) not in used and _gone(a, record)) if record else ()
    )
    return tuple(judged), stale


def _gone(answer: Answer, record: Record) -> bool:
    kinds = _KINDS.get(answer.code)
    if kinds is not None:  # no figure is doubted, but a statement of one publication
        return answer.published is not None and any(
            statement.kind in kinds and statement.published == answer.published
            for statement in record.statements
        )
    if not (answer.measure and answer.cohort and answer.span and answer.period_end):
        return False
    authority = answer.authority or record.registry.council.authority
    series = record.series.get(SeriesKey(authority, answer.measure, answer.cohort, answer.span))
    versions = [
        version
        for point in (series.points if series else ())
        if point.period.end == answer.period_end
        for version in point.versions
        if answer.published in (None, version.published)
    ]
    wanted = set(expected(answer))
    return bool(versions) and not any(as_printed(version) in wanted for version in versions)


def _stale(answer: Answer) -> Finding:
    named = (answer.measure, answer.cohort, answer.period_end or answer.published)
    where = ", ".join(str(part) for part in named if part)
    return Finding(
        "answer-stale",
        CODES["answer-stale"].severity,
        f"The answer to '{CODES[answer.code].title if answer.code in CODES else answer.code}' for "
        f"{where} expects {', '.join(answer.expects)}, which is no longer printed there. Remove "
        f"the answer, or correct what it expects.",
        (f"answers: {where}",),
    )


def _judged_beside(finding: Finding) -> tuple[str, ...]:
    shown = finding.beside if finding.code in _SUMS else ()
    return tuple(as_printed(figure) for figure in shown)


def answer_for(
    finding: Finding, verdict: Literal["stands", "misprint", "unexplained"], reason: str
) -> Answer:
    """The answer that speaks of exactly this finding."""
    if not finding.figures:
        return Answer(finding.code, (finding.message,), verdict, reason)
    first = finding.figures[0]
    return Answer(
        code=finding.code,
        expects=tuple(as_printed(figure) for figure in finding.figures),
        beside=_judged_beside(finding),
        verdict=verdict,
        reason=reason,
        measure=first.measure,
        cohort=first.cohort,
        period_end=first.period.end,
        span=first.period.span,
        authority=first.authority,
        published=first.published,
    )
