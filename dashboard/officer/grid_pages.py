"""The grid's page: typing, pasting, saving; nobody's cells overwrite another's unseen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from flask import Blueprint, redirect, request, url_for

from dashboard.officer import due, grid, page, pasting, saving, session
from dashboard.officer.pasting import Pasted
from etl import periods, set_time
from etl.draft import contents as drafted
from etl.draft.contents import Contents, cell_of
from etl.model import UserError
from etl.store.drafts import DraftChanged, StoredDraft
from etl.store.store import Store

_LONGEST = 200
_TRIES = 20
_CELL = "c:"


def _first(text: str) -> date | None:
    found = periods.parse(text) if text else None
    return found[0] if found else None


def _until(contents: Contents) -> date:
    return due.last_over(min(set_time.today(), contents.meeting or set_time.today()))


def typed_in(form: Mapping[str, str]) -> dict[str, str]:
    """The cells of a form by their key, as typed."""
    return {
        name.removeprefix(_CELL): " ".join(text.split())[:_LONGEST]
        for name, text in form.items()
        if name.startswith(_CELL)
    }


def merged(
    held: Mapping[str, str], opened: Mapping[str, str], sent: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The cells that were changed in the form, put into what the draft holds now.

    `opened` is what the form showed when it was opened. The second part are cells that were
    changed both here and elsewhere: what is held of them now.
    """
    mine = {key: text for key, text in sent.items() if text != opened.get(key, "")}
    clashes = {
        key: held.get(key, "")
        for key, text in mine.items()
        if held.get(key, "") not in (opened.get(key, ""), text)
    }
    found = {**held, **mine}
    return {key: text for key, text in found.items() if text}, clashes


def add_routes(blueprint: Blueprint, store: Store) -> None:
    """`/officer/drafts/N/grid`."""

    def shown(
        draft: StoredDraft,
        first: date | None,
        *,
        typed: Mapping[str, str] | None = None,
        errors: dict[str, str] | None = None,
        clashes: Mapping[str, str] | None = None,
        status: int = 0,
    ) -> Any:
        held = drafted.of(draft)
        record = store.record(scheduled=True)
        made = grid.grid(record, held.typed if typed is None else typed, _until(held), first)
        keys = [entry.key for line in made.lines for entry in line.entries if not entry.held]
        return page.render(
            "grid",
            status or (400 if errors else 200),
            title="Type new months",
            nav="officer.home",
            errors=errors or {},
            draft=draft,
            contents=held,
            grid=made,
            clashes=clashes or {},
            opened=json.dumps({k: held.typed[k] for k in keys if k in held.typed}),
            pasted=request.form.get("pasted", "") if errors else "",
        )

    @blueprint.get("/drafts/<int:number>/grid")
    @session.needs("editor")
    def grid_page(number: int) -> Any:
        draft = saving.open_draft(store, number)
        if draft.state != "open":
            return redirect(url_for("officer.draft", number=number))
        return shown(draft, _first(request.args.get("from", "")))

    @blueprint.post("/drafts/<int:number>/grid")
    @session.needs("editor")
    def grid_save(number: int) -> Any:
        first = _first(request.form.get("from", ""))
        sent = {k: v for k, v in typed_in(request.form).items() if cell_of(k, store.registry)}
        try:
            opened = json.loads(request.form.get("opened", "") or "{}")
        except ValueError:
            opened = {}
        draft = saving.open_draft(store, number)
        errors: dict[str, str] = {}
        passed: tuple[str, ...] = ()
        if request.form.get("pasted", "").strip():
            try:
                pasted = _pasted(draft)
                sent |= pasted.cells
                passed = pasted.passed
            except UserError as error:
                errors["pasted"] = str(error)
        for _ in range(_TRIES):
            draft = saving.open_draft(store, number)
            held = drafted.of(draft)
            typed, clashes = merged(held.typed, opened, sent)
            if clashes:
                return shown(draft, first, typed=typed, clashes=clashes, status=409)
            if typed == dict(held.typed):
                break
            try:
                draft = store.drafts.save(
                    number, draft.revision, drafted.packed(replace(held, typed=typed))
                )
                break
            except DraftChanged:  # somebody saved in this very moment: put ours into theirs
                continue
        else:
            return shown(draft, first, typed=typed, errors={"grid": saving.TAKEN}, status=409)
        if errors:
            return shown(draft, first, errors=errors)
        go = request.form.get("go", "")
        if go == "review":
            return redirect(url_for("officer.draft", number=number), code=303)
        if passed:
            page.say(
                "Left out, being published already, before the months to type or no actual "
                f"figures: {'; '.join(passed[:10])}{'; and others' * (len(passed) > 10)}. "
                "A published figure is changed by a correction."
            )
        page.say("Saved.")
        wanted = _first(request.form.get("month", "")) if go == "month" else _first(go)
        start = wanted or first
        where: dict[str, Any] = {"from": f"{start:%Y-%m}"} if start else {}
        return redirect(url_for("officer.grid_page", number=number, **where), code=303)

    def _pasted(draft: StoredDraft) -> Pasted:
        """The pasted cells, into the months above them or from the chosen one on."""
        record = store.record(scheduled=True)
        everything = grid.months(record, _until(drafted.of(draft)))
        start = _first(request.form.get("pasted-month", ""))
        if start is None or start > everything[-1]:
            raise UserError("Choose the month of the pasted column")
        held = grid.published(record)
        return pasting.spread(request.form["pasted"], store.registry, everything, held, start)
