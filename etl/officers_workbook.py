"""How the officer's workbook is laid out: what `template` writes and the import reads.

Figures are found by a row's key and a column's month, never by a cell's address, so that a
workbook that somebody has sorted or widened still reads the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import get_args

from etl import periods
from etl.model import REVISIONS_SHEET, Measure, MeasureRef, Period, Registry, Span, TableName, Unit

MARK = "SEND performance figures: officer's workbook"
START, FIGURES, OUTTURN = "Start here", "Appendix 1", "Outturn"
REVISIONS = REVISIONS_SHEET
STATED, ROWS, LISTS = "Given in words", "What the rows mean", "Lists"
MEETING = "Date of meeting"
COUNCIL = "Council"

KEY, SERIAL, LABEL, MONTH = "Key", "Serial", "Measure Description", "Month"
REVISION_COLUMNS = (
    KEY,
    "Span",
    "Table",
    SERIAL,
    "Measure",
    MONTH,
    "Published value",
    "Published on",
    "Revised value",
    "Reason",
)
STATED_COLUMNS = ("Measure", "Cohort", "Period", "Value", "Place")

_GROUPS: dict[Span, str] = {
    "month": "Month by month",
    "quarter": "Quarterly",
    "calendar_year_to_date": "Cumulative",
}


@dataclass(frozen=True)
class Column:
    """A column of the outturn sheet: the measure and span of its figures."""

    ref: MeasureRef
    span: Span
    measure: Measure

    @property
    def heading(self) -> str:
        assert self.measure.outturn is not None
        return f"{_GROUPS[self.span]}: {self.measure.outturn.headings[0]}"

    def period(self, month_end: date) -> Period | None:
        """What a figure in the row of this month covers; None where the row has none."""
        found = periods.for_span(self.span, month_end.year, month_end.month)
        return found if found.end == month_end else None


def outturn_columns(registry: Registry) -> tuple[Column, ...]:
    """The columns of the outturn sheet: each span's group, as the yearly table prints them."""
    held = [m for m in registry.measures.values() if m.outturn is not None]
    order = {m.id: _counts_before_shares(m) for m in held}
    return tuple(
        Column(MeasureRef(m.id, "all"), span, m)
        for span in _GROUPS
        for m in sorted(held, key=lambda m: order[m.id])
        if m.outturn is not None and span in m.outturn.spans
    )


def _counts_before_shares(measure: Measure) -> tuple[int, int]:
    kinds = get_args(Unit)
    return kinds.index(measure.unit), measure.cohorts["all"].order


_ONS_CODE = re.compile(r"\(([EKNSW][0-9]{8})\)")


def council(registry: Registry) -> str:
    """How the workbook says whose it is: "Westmere County Council (E1...)"."""
    return f"{registry.council.name} ({registry.council.authority})"


def code_of(text: str) -> str:
    """The ONS code in what `council` gives; empty where there is none."""
    found = _ONS_CODE.search(text)
    return found[1] if found else ""


def key(ref: MeasureRef) -> str:
    """How a row is called for the import: children_missing_education/all."""
    return f"{ref.measure}/{ref.cohort}"


def span_of(text: str) -> Span | None:
    found = [span for span in get_args(Span) if span == text.strip()]
    return found[0] if found else None


def table_of(sheet: TableName) -> TableName:
    """What a figure typed counts as.

    Beside Appendix 1 it is `officer`. The outturn table is a publication of its own, whose
    days differ from those of row 3; typed figures of it stay apart from that row's.
    """
    return "outturn" if sheet == "outturn" else "officer"
