"""Files into a draft: read first, kept only where they can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from flask import Blueprint, redirect, request, url_for

from dashboard import words
from dashboard.officer import page, saving, session
from etl.draft import contents as drafted
from etl.draft import entry
from etl.draft.contents import Contents
from etl.model import Refused, UserError
from etl.store.drafts import DraftChanged
from etl.store.store import Store

FILES_AT_ONCE = 10


def add_routes(blueprint: Blueprint, store: Store) -> None:
    """`/officer/upload` (a new draft) and `/officer/drafts/N/upload`."""

    def form(errors: dict[str, str], number: int | None, status: int = 200) -> Any:
        draft = saving.open_draft(store, number) if number else None
        return page.render(
            "upload",
            status,
            title="Upload figures",
            errors=errors,
            draft=draft,
            meetings=store.registry.meetings,
            given=request.form,
        )

    def taken(meeting: date | None) -> tuple[list[tuple[str, bytes]], date | None, str]:
        """The files sent, the date that they state, and what is wrong with them."""
        sent = [file for file in request.files.getlist("files") if file.filename]
        if not sent:
            return [], None, "Choose a file"
        if len(sent) > FILES_AT_ONCE:
            return [], None, f"Send at most {FILES_AT_ONCE} files at once"
        kept, dates = [], []
        for file in sent:
            name, content = entry.shown_name(file.filename or ""), file.read()
            try:
                found = entry.read_bytes(name, content, store.registry, meeting)
                dates += [found.source.published] if found.source.published else []
            except UserError as error:
                if meeting is not None or not entry.needs_date(error):
                    return [], None, str(error)
            kept.append((name, content))
        return kept, max(dates, default=None), ""

    @blueprint.get("/upload")
    @session.needs("editor")
    def upload() -> Any:
        return form({}, None)

    @blueprint.post("/upload")
    @session.needs("editor")
    def upload_new() -> Any:
        return _take(None)

    @blueprint.get("/drafts/<int:number>/upload")
    @session.needs("editor")
    def upload_more(number: int) -> Any:
        return form({}, number)

    @blueprint.post("/drafts/<int:number>/upload")
    @session.needs("editor")
    def upload_into(number: int) -> Any:
        return _take(number)

    def _take(number: int | None) -> Any:
        from dashboard.officer.drafts import meeting_of

        try:
            meeting = meeting_of(request.form.get("meeting", ""))
        except Refused as error:
            return form({"meeting": str(error)}, number, 400)
        draft = saving.open_draft(store, number) if number else None
        held = drafted.of(draft) if draft else Contents(meeting)
        files, stated, wrong = taken(held.meeting)
        if wrong:
            return form({"files": wrong}, number, 400)
        if draft is None:
            officer = session.officer()
            assert officer is not None, "the guard lets only officers in"
            day = held.meeting or stated
            title = f"Figures for {words.day(day)}" if day else files[0][0]
            draft = store.drafts.create(
                officer.name, title, drafted.packed(held), store.version(), files
            )
        else:
            back = tuple(s for s in held.left_out if s not in _digests(files))
            try:
                saving.save(store, draft, replace(held, left_out=back), attached=files)
            except DraftChanged as error:
                return form({"files": str(error)}, number, 409)
        return redirect(url_for("officer.draft", number=draft.id), code=303)


def _digests(files: list[tuple[str, bytes]]) -> set[str]:
    import hashlib

    return {hashlib.sha256(content).hexdigest() for _, content in files}
