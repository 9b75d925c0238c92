"""Words beside figures: explanations, events and targets, through the same draft and review."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for

from dashboard.officer import page, saving, session
from etl.draft import contents as drafted
from etl.draft import naming
from etl.draft.declaring import MAKE
from etl.draft.kinds import EVENT_KINDS, TARGET_BASES, TARGET_FORMS, TARGET_KINDS
from etl.draft.rows import options
from etl.model import Registry
from etl.store.drafts import DraftChanged
from etl.store.store import Store

TITLES = {"explanation": "Explain a figure", "event": "Add an event", "target": "Set a target"}


def measures(registry: Registry) -> tuple[tuple[str, str], ...]:
    """The measures to choose from, by title; the first choice is all of them."""
    named = sorted((m.title, m.id) for m in registry.measures.values())
    return (("", "All measures"), *((name, title) for title, name in named))


def add_routes(blueprint: Blueprint, store: Store) -> None:
    """`/officer/drafts/N/add/KIND`."""

    def shown(number: int, kind: str, errors: dict[str, str] | None = None, status: int = 0) -> Any:
        record = store.record(scheduled=True)
        return page.render(
            "declare",
            status or (400 if errors else 200),
            title=TITLES[kind],
            nav="officer.home",
            kind=kind,
            errors=errors or {},
            draft=saving.open_draft(store, number),
            given=request.form,
            rows=options(store.registry),
            measures=measures(store.registry),
            targets=[
                (t.id, naming.said(store.registry, t))
                for t in record.targets
                if t.kind != "statutory"
            ],
            events=record.events,
            target_kinds=TARGET_KINDS,
            target_forms=TARGET_FORMS,
            target_bases=TARGET_BASES,
            event_kinds=EVENT_KINDS,
        )

    @blueprint.get("/drafts/<int:number>/add/<kind>")
    @session.needs("editor")
    def declare(number: int, kind: str) -> Any:
        return shown(number, kind) if kind in MAKE else abort(404)

    @blueprint.post("/drafts/<int:number>/add/<kind>")
    @session.needs("editor")
    def declare_it(number: int, kind: str) -> Any:
        if kind not in MAKE:
            abort(404)
        draft = saving.open_draft(store, number)
        made, errors = MAKE[kind](request.form, drafted.of(draft), store.record(scheduled=True))
        if errors:
            return shown(number, kind, errors)
        try:
            saving.save(store, draft, made)
        except DraftChanged as error:
            return shown(number, kind, {"content": str(error)}, 409)
        page.say(f"The {kind} is in the draft.")
        return redirect(url_for("officer.draft", number=number), code=303)
