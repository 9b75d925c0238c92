"""Correcting a single published figure, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from flask import Blueprint, redirect, request, url_for

from dashboard.officer import contents as drafted
from dashboard.officer import page, review_view, saving, session, typed
from dashboard.officer.contents import Correction
from dashboard.officer.grid import judged
from etl import appendix, cells, officers_workbook, periods
from etl.model import MeasureRef, Observation, Registry, Span
from etl.record import Record
from etl.store.drafts import DraftChanged
from etl.store.store import Store

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
    fault, _ = judged(value, registry.measures[measure])
    if fault:
        found["value"] = f"{value!r} is {fault}"
    if isinstance(cells.parse(value), cells.Blank):
        found["value"] = "Give the right figure; nil or NA where there is none"
    if not reason:
        found["reason"] = "Give the reason; it is kept in the history and is not public"
    return found


def add_routes(blueprint: Blueprint, store: Store) -> None:
    """`/officer/drafts/N/correct`."""

    def shown(number: int, errors: dict[str, str] | None = None, status: int = 0) -> Any:
        draft = saving.open_draft(store, number)
        rows = tuple(correctable(store.record(scheduled=True)))
        asked = request.values
        row = next((r for r in rows if r.key == asked.get("row", "")), None)
        month = _month(asked.get("month", ""))
        figure = next((f for f in row.figures if f.period.end == month), None) if row else None
        return page.render(
            "correct", status or (400 if errors else 200), title="Correct a figure",
            nav="officer.home", errors=errors or {}, draft=draft, rows=rows, row=row,
            month=month, figure=figure, shown=review_view.shown, given=request.form,
        )  # fmt: skip

    @blueprint.get("/drafts/<int:number>/correct")
    @session.needs("editor")
    def correct(number: int) -> Any:
        return shown(number)

    @blueprint.post("/drafts/<int:number>/correct")
    @session.needs("editor")
    def correct_figure(number: int) -> Any:
        draft = saving.open_draft(store, number)
        rows = correctable(store.record(scheduled=True))
        row = next((r for r in rows if r.key == request.form.get("row", "")), None)
        month = _month(request.form.get("month", ""))
        figure = next((f for f in row.figures if f.period.end == month), None) if row else None
        if row is None or month is None or figure is None:
            return shown(number, {"row": "Choose a published figure"})
        wrong: dict[str, str] = {}
        value = typed.line(request.form, "value", wrong, 200)
        reason = typed.line(request.form, "reason", wrong)
        wrong = faults(store.registry, row.ref.measure, value, reason) | wrong
        if wrong:
            return shown(number, wrong)
        one = Correction(*row.ref, row.span, month, row.table, review_view.shown(figure), value,
                         reason)  # fmt: skip
        held = drafted.of(draft)
        others = tuple(
            c for c in held.corrections
            if (c.measure, c.cohort, c.span, c.month, c.table) != (*row.ref, row.span, month,
                                                                   row.table)
        )  # fmt: skip
        try:
            saving.save(store, draft, replace(held, corrections=(*others, one)))
        except DraftChanged as error:
            return shown(number, {"content": str(error)}, 409)
        page.say("The correction is in the draft.")
        return redirect(url_for("officer.draft", number=number), code=303)
