"""What is kept apart of a document's tables -> printed targets, and a finding for each part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from etl import roles
from etl.model import Finding, Severity, Table
from etl.recognise import captions, grids, rows
from etl.recognise.apart import Apart
from etl.recognise.labels import Labels
from etl.recognise.other_words import HOLD, NOT_ACTUAL, SPANS
from etl.recognise.rows import Block, Figure
from etl.roles import Reason

NOT_A_MONTH = "not-a-month"
UNCLEAR = "heading-unclear"
_WHERE = {
    "caption": "the caption",
    "sheet": "the sheet's name",
    "section": "the section's heading",
    "row": "the row",
    "heading": "the heading",
}
# Which spans of a measure a word over its column or table goes with.
_GO_WITH = {
    "month": {"month"},
    "quarter": {"quarter"},
    "year_to_date": {"financial_year_to_date", "calendar_year_to_date"},
    "rolling_12_months": set[str](),
}


def fits(span: str, figure: Figure, labels: Labels) -> bool:
    """Whether figures of the span that words name are those of the figure's measure."""
    return labels.measure(figure.ref).span in _GO_WITH[span]


@dataclass
class Others:
    """What is not plainly actual: figures whose words name their own span, so that they are
    after all; targets; why the rest is not read. `tables` counts the parts.
    """

    actual: list[Figure] = field(default_factory=list)
    targets: list[Figure] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    tables: int = 0


def read(parts: Iterable[Apart], blocks: Iterable[Block], labels: Labels, *, exact: bool) -> Others:
    """Of the parts of tables that are kept apart, and the blocks that have a reason."""
    found = Others()
    for part in parts:
        if not part.tables:  # columns, seen to hold figures
            found.findings.append(finding(part.reason, beside=True, kept=False))
            found.tables += 1
        else:
            held = list(grids.blocks(part.tables, labels, exact=exact))
            _add(found, part.reason, held, labels, beside=part.beside)
    for block in blocks:
        if block.reason:
            _add(found, block.reason, [block], labels, beside=block.reason.level == "heading")
    return found


def _add(
    found: Others, reason: Reason, blocks: Sequence[Block], labels: Labels, *, beside: bool
) -> None:
    figures, findings = rows.figures(blocks, labels)
    if not (figures or findings or any(block.refused or block.findings for block in blocks)):
        return
    found.tables += 1
    if reason.doubt or reason.meaning.other:
        found.findings.append(finding(reason, beside=beside))
        if reason.meaning.role == "target" and not reason.doubt:
            found.targets += figures
        return
    span = reason.meaning.span
    fitting = [one for one in figures if fits(span, one, labels)]
    left = [one.row.name for one in figures if one not in fitting]
    found.actual += fitting
    found.findings += findings if fitting else []
    found.findings += [finding(reason, left)] if left else []


def of_their_span(
    figures: Sequence[Figure], labels: Labels, findings: list[Finding]
) -> list[Figure]:
    """The figures without those of rows whose own label names another span than the measure's:
    a rolling year is no month's figure."""
    kept: list[Figure] = []
    odd: dict[tuple[str, str], list[Figure]] = {}
    for one in figures:
        span = roles.of_label(one.row.label)
        if not span or fits(span, one, labels):
            kept.append(one)
        else:
            odd.setdefault((one.row.label, span), []).append(one)
    for (label, span), rest in odd.items():
        place = str(rest[0].row.place)
        held = labels.measure(rest[0].ref).span.replace("_", " ")
        message = (
            f"{place}: the row {label!r} holds figures of {SPANS[span]}, but its measure is "
            f"declared to hold those of a {held}; they are not read."
        )
        findings.append(Finding(NOT_A_MONTH, "warning", message, (place,)))
    return kept


def split(tables: Sequence[Table]) -> tuple[list[Table], list[Finding]]:
    """Tables of other layouts without those that a caption or a sheet's name says are no actual
    ones, and why."""
    kept: list[Table] = []
    findings: list[Finding] = []
    for table in tables:
        sheet = table.place.sheet
        meaning, text = captions.of_rows([], sheet) if sheet else captions.over(table.above)
        if not meaning.other or meaning.role == roles.MIXED:
            kept.append(table)
            continue
        place = f"sheet {sheet}" if sheet else str(table.place)
        reason = Reason(meaning, "sheet" if sheet else "caption", place, text)
        findings.append(finding(reason, kept=False))
    return kept, findings


def finding(
    reason: Reason, names: Iterable[str] = (), *, beside: bool = False, kept: bool = True
) -> Finding:
    """Why figures are not read, with the place and the word.

    A note where the actual figures stand beside them; else somebody should look.
    """
    meaning, place = reason.meaning, reason.place
    severity: Severity = "note" if beside and not reason.doubt else "warning"
    where = f"{_WHERE[reason.level]} {reason.printed!r}" if reason.printed else "a column"
    if reason.doubt:
        message = f"{place}: {where}: {reason.doubt}; they are not read."
        return Finding(UNCLEAR, "warning", message, (place,))
    if meaning.role == roles.MIXED:
        message = (
            f"{place}: {where} names actual figures and others, and nothing in the table tells "
            "which is which; none of them is read."
        )
        return Finding(UNCLEAR, "warning", message, (place,))
    if meaning.other:
        what = HOLD.get(meaning.role, "something else")
        fate = "kept as printed targets" if kept and meaning.role == "target" else "not read"
        says = "" if reason.level == "heading" else f" says “{meaning.word}”"
        message = (
            f"{place}: {where}{says}: its figures are {what}, not the council's actual figures; "
            f"they are {fate}."
        )
        return Finding(NOT_ACTUAL, severity, message, (place,))
    named = ", ".join(dict.fromkeys(names))
    message = (
        f"{place}: {where} says “{meaning.word}”: figures of {SPANS[meaning.span]}, which the "
        f"rows {named} do not hold; they are not read."
    )
    return Finding(NOT_A_MONTH, "warning", message, (place,))
