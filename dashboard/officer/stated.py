"""A figure that a report or minutes give only in words, with its place."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for

from dashboard.officer import page, saving, session
from etl.draft import contents as drafted
from etl.draft import naming, rows, stating
from etl.store.drafts import DraftChanged
from etl.store.store import Store


def add_routes(blueprint: Blueprint, store: Store) -> None:
    """`/officer/drafts/N/state`."""

    def shown(number: int, errors: dict[str, str] | None = None, status: int = 0) -> Any:
        return page.render(
            "state",
            status or (400 if errors else 200),
            title="A figure given in words",
            nav="officer.home",
            errors=errors or {},
            draft=saving.open_draft(store, number),
            rows=rows.options(store.registry),
            given=request.form,
            name=naming.name,
        )

    @blueprint.get("/drafts/<int:number>/state")
    @session.needs("editor")
    def state(number: int) -> Any:
        return shown(number)

    @blueprint.post("/drafts/<int:number>/state")
    @session.needs("editor")
    def state_figure(number: int) -> Any:
        draft = saving.open_draft(store, number)
        made, wrong = stating.stated(request.form, drafted.of(draft), store.record(scheduled=True))
        if wrong:
            return shown(number, wrong)
        try:
            saving.save(store, draft, made)
        except DraftChanged as error:
            return shown(number, {"content": str(error)}, 409)
        page.say("The figure is in the draft.")
        return redirect(url_for("officer.draft", number=number), code=303)
