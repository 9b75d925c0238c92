"""Correcting a single published figure, with the reason."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for

from dashboard.officer import page, saving, session
from etl.draft import contents as drafted
from etl.draft import correcting, naming
from etl.draft.contents import Contents
from etl.model import Refused
from etl.record import Record
from etl.store.drafts import DraftChanged
from etl.store.store import Store


def _until(record: Record, made: Contents) -> str:
    """That a correction is dated before a newer publication of its figure; else empty."""
    again = correcting.newer(record, made.corrections[-1], made.meeting)
    if again is None or made.meeting is None:
        return ""
    return (
        f" The figure was published again on {again.day} {again:%B %Y}: dated "
        f"{made.meeting.day} {made.meeting:%B %Y}, the correction changes only what was shown "
        "until then."
    )


def add_routes(blueprint: Blueprint, store: Store) -> None:
    """`/officer/drafts/N/correct`."""

    def shown(number: int, errors: dict[str, str] | None = None, status: int = 0) -> Any:
        draft = saving.open_draft(store, number)
        rows = tuple(correcting.correctable(store.record(scheduled=True)))
        row, month, figure = correcting.chosen(request.values, rows)
        return page.render(
            "correct",
            status or (400 if errors else 200),
            title="Correct a figure",
            nav="officer.home",
            errors=errors or {},
            draft=draft,
            rows=rows,
            row=row,
            month=month,
            figure=figure,
            shown=naming.shown,
            given=request.form,
        )

    @blueprint.get("/drafts/<int:number>/correct")
    @session.needs("editor")
    def correct(number: int) -> Any:
        unchosen = "row" in request.args and not request.args["row"]
        return shown(number, {"row": "Choose a row"} if unchosen else None)

    @blueprint.post("/drafts/<int:number>/correct")
    @session.needs("editor")
    def correct_figure(number: int) -> Any:
        draft = saving.open_draft(store, number)
        record = store.record(scheduled=True)
        try:
            made, wrong = correcting.correction(request.form, drafted.of(draft), record)
        except Refused as error:
            return shown(number, {"value": str(error)})
        if wrong:
            return shown(number, wrong)
        try:
            saving.save(store, draft, made)
        except DraftChanged as error:
            return shown(number, {"content": str(error)}, 409)
        page.say("The correction is in the draft." + _until(record, made))
        return redirect(url_for("officer.draft", number=number), code=303)
