"""Correcting a single published figure, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from etl import appendix, cells, officers_workbook, periods
from etl.compare import same
from etl.draft import typed
from etl.draft.contents import Contents, Correction
from etl.draft.naming import shown
from etl.model import MeasureRef, Observation, Reading, Refused, Registry, Span
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
        yield Correctable(
            f"{table}|{ref.measure}/{ref.cohort}|{span}", title, ref, span, table, figures
        )


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


def chosen(
    form: Mapping[str, str], rows: Iterable[Correctable]
) -> tuple[Correctable | None, date | None, Observation | None]:
    """The row, the month and the published figure that a form names."""
    row = next((r for r in rows if r.key == form.get("row", "")), None)
    month = _month(form.get("month", ""))
    figure = next((f for f in row.figures if f.period.end == month), None) if row else None
    return row, month, figure


def _corrects(
    record: Record, row: Correctable, figure: Observation, value: str, meeting: date | None
) -> Observation:
    """The version that stands on the day of the meeting.

    Refused where the new value is what it gives, or where nothing was published by then.
    """
    versions = [
        version
        for point in record.series[figure.series].points
        if point.period == figure.period
        for version in point.versions
        if version.revises == figure.revises
    ]
    known = [v for v in versions if meeting is None or v.published <= meeting]
    where = f"{row.title}, {periods.label(figure.period)}"
    if not known:
        first = versions[0].published
        raise Refused(
            f"{where}: first published on {periods.day(first)}; a correction as of "
            f"{meeting} would change nothing. Give that day or a later one"
        )
    read = cells.parse(value, record.registry.measures[row.ref.measure].unit)
    if isinstance(read, Reading) and same(replace(known[-1], reading=read), known[-1]):
        raise Refused(f"{where}: {shown(known[-1])} is published already; nothing would change")
    return known[-1]


def newer(record: Record, one: Correction, meeting: date | None) -> date | None:
    """When the figure was published again after the day of a correction, if it was."""
    series = record.of(one.measure, one.cohort, one.span)
    table = "appendix_1" if one.table == "officer" else one.table
    later = (
        version.published
        for point in (series.points if series else ())
        if point.period.end == one.month
        for version in point.versions
        if version.revises == table and meeting is not None and version.published > meeting
    )
    return min(later, default=None)


def correction(
    form: Mapping[str, str], held: Contents, record: Record
) -> tuple[Contents, dict[str, str]]:
    """The contents with a correction (row, month, value, reason), or what is wrong.

    Refused where it would change nothing on the day of the draft's meeting.
    """
    row, month, figure = chosen(form, correctable(record))
    if row is None or month is None or figure is None:
        return held, {"row": "Choose a published figure"}
    wrong: dict[str, str] = {}
    value = typed.line(form, "value", wrong, 200)
    reason = typed.line(form, "reason", wrong)
    wrong = faults(record.registry, row.ref.measure, value, reason) | wrong
    if wrong:
        return held, wrong
    old = _corrects(record, row, figure, value, held.meeting)
    one = Correction(*row.ref, row.span, month, row.table, shown(old), value, reason)
    about = (*row.ref, row.span, month, row.table)
    others = tuple(
        c for c in held.corrections if (c.measure, c.cohort, c.span, c.month, c.table) != about
    )
    return replace(held, corrections=(*others, one)), {}
