"""A figure that a report or minutes give only in words, with its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from flask import Blueprint, redirect, request, url_for

from dashboard.officer import contents as drafted
from dashboard.officer import entry, page, review_view, saving, session, typed
from dashboard.officer.contents import Contents, Stated
from etl.model import Registry, UserError
from etl.store.drafts import DraftChanged
from etl.store.store import Store

_FIELDS = {"value-missing": "value", "cell-unreadable": "value", "place-missing": "place",
           "period-unreadable": "period", "cohort-unknown": "row",
           "measure-unknown": "row"}  # fmt: skip


def options(registry: Registry) -> tuple[tuple[str, str], ...]:
    """Every measure's cohorts to choose from: key, and serial and title."""
    found = []
    for measure in registry.measures.values():
        for cohort, group in measure.cohorts.items():
            title = group.title if group.labels else f"{measure.title}: {group.title}"
            found.append((group.order, f"{measure.id}/{cohort}", f"{group.serial} {title}".strip()))
    return tuple((key, title) for _, key, title in sorted(found))


def row_of(text: str, registry: Registry) -> tuple[str, str] | None:
    """The measure and cohort that a choice names."""
    measure, _, cohort = text.partition("/")
    known = registry.measures.get(measure)
    return (measure, cohort) if known and cohort in known.cohorts else None


def faults(one: Stated, registry: Registry) -> dict[str, str]:
    """What is wrong with it, by field: read by the very door it will come in."""
    found = {}
    if not one.value:
        found["value"] = "Give the figure"
    if not one.place:
        found["place"] = "Say where the sentence stands"
    if not one.period:
        found["period"] = "Give the period"
    if found:
        return found
    try:
        (read,) = entry.typed(Contents(stated=(one,)), registry, date.today())
    except UserError as error:
        return {"value": str(error)}
    return {
        _FIELDS.get(finding.code, "value"): finding.message.partition(": ")[2] or finding.message
        for finding in read.findings
        if finding.severity != "note"
    }


def add_routes(blueprint: Blueprint, store: Store) -> None:
    """`/officer/drafts/N/state`."""

    def shown(number: int, errors: dict[str, str] | None = None, status: int = 0) -> Any:
        return page.render(
            "state", status or (400 if errors else 200), title="A figure given in words",
            nav="officer.home", errors=errors or {}, draft=saving.open_draft(store, number),
            rows=options(store.registry), given=request.form, name=review_view.name,
        )  # fmt: skip

    @blueprint.get("/drafts/<int:number>/state")
    @session.needs("editor")
    def state(number: int) -> Any:
        return shown(number)

    @blueprint.post("/drafts/<int:number>/state")
    @session.needs("editor")
    def state_figure(number: int) -> Any:
        draft = saving.open_draft(store, number)
        row = row_of(request.form.get("row", ""), store.registry)
        if row is None:
            return shown(number, {"row": "Choose a measure"})
        wrong: dict[str, str] = {}
        said = {n: typed.line(request.form, n, wrong, 300) for n in ("period", "value", "place")}
        one = Stated(*row, **said)
        wrong = wrong or faults(one, store.registry)
        if wrong:
            return shown(number, wrong)
        held = drafted.of(draft)
        try:
            saving.save(store, draft, replace(held, stated=(*held.stated, one)))
        except DraftChanged as error:
            return shown(number, {"content": str(error)}, 409)
        page.say("The figure is in the draft.")
        return redirect(url_for("officer.draft", number=number), code=303)
