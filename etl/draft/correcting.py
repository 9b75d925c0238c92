"""Correcting a single published figure, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from etl import appendix, cells, officers_workbook, periods
from etl.draft import typed
from etl.draft.contents import Contents, Correction
from etl.draft.naming import shown
from etl.model import MeasureRef, Observation, Registry, Span
from etl.record import Record

Kind = Literal["officer", "outturn"]


@dataclass(frozen=True)
class Correctable:
    """A row of Appendix 1 or a column of the outturn table, and its published figures."""

    key: str
    title: str
    ref: MeasureRef
    span: Span
    table: Kind
    figures: tuple[Observation, ...]


def correctable(record: Record) -> Iterator[Correctable]:
    """Everything published of the council's own that an officer may correct."""
    registry = record.registry
    for row in appendix.rows(registry):
        yield from _one(record, row.ref, row.span, "officer", row.name)
    for column in officers_workbook.outturn_columns(registry):
        yield from _one(record, column.ref, column.span, "outturn", f"Outturn: {column.heading}")


def _one(
    record: Record, ref: MeasureRef, span: Span, table: Kind, title: str
) -> Iterator[Correctable]:
    series = record.of(ref.measure, ref.cohort, span)
    tables = appendix.TABLES if table == "officer" else ("outturn",)
    figures = tuple(
        versions[-1]
        for point in (series.points if series else ())
        if (versions := [v for v in point.versions if v.table in tables])
    )
    if figures:
        yield Correctable(f"{table}|{ref.measure}/{ref.cohort}|{span}", title, ref, span, table,
                          figures)  # fmt: skip


def _month(text: str) -> date | None:
    found = periods.parse(text) if text else None
    return found[1] if found else None


def faults(registry: Registry, measure: str, value: str, reason: str) -> dict[str, str]:
    """What is wrong with a correction's new value and reason."""
    found = {}
    read = cells.parse(value, registry.measures[measure].unit)
    if isinstance(read, cells.Unreadable):
        found["value"] = f"{value!r} is not read: {read.reason}"
    if isinstance(read, cells.Blank):
        found["value"] = "Give the right figure; nil or NA where there is none"
    if not reason:
        found["reason"] = "Give the reason; it is kept in the history and is not public"
    return found


def chosen(form: Mapping[str, str], rows: Iterable[Correctable]) -> tuple[
    Correctable | None, date | None, Observation | None
]:  # fmt: skip
    """The row, the month and the published figure that a form names."""
    row = next((r for r in rows if r.key == form.get("row", "")), None)
    month = _month(form.get("month", ""))
    figure = next((f for f in row.figures if f.period.end == month), None) if row else None
    return row, month, figure


def correction(
    form: Mapping[str, str], held: Contents, record: Record
) -> tuple[Contents, dict[str, str]]:
    """The contents with a correction (row, month, value, reason), or what is wrong."""
    row, month, figure = chosen(form, correctable(record))
    if row is None or month is None or figure is None:
        return held, {"row": "Choose a published figure"}
    wrong: dict[str, str] = {}
    value = typed.line(form, "value", wrong, 200)
    reason = typed.line(form, "reason", wrong)
    wrong = faults(record.registry, row.ref.measure, value, reason) | wrong
    if wrong:
        return held, wrong
    one = Correction(*row.ref, row.span, month, row.table, shown(figure), value, reason)
    about = (*row.ref, row.span, month, row.table)
    others = tuple(
        c for c in held.corrections if (c.measure, c.cohort, c.span, c.month, c.table) != about
    )
    return replace(held, corrections=(*others, one)), {}
