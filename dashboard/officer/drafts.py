"""A draft: begun, looked at, given its meeting and title, discarded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, redirect, request, url_for

from dashboard import words
from dashboard.officer import due, page, saving, session, typed
from dashboard.officer.publishing import review_page
from etl import appendix, periods, set_time
from etl.draft import contents as drafted
from etl.draft import naming
from etl.draft.contents import Contents
from etl.draft.review import Reviews
from etl.model import Refused, Registry
from etl.store.drafts import DraftChanged
from etl.store.store import Store


def meeting_of(text: str) -> date | None:
    """A form's date; None where it is empty. Refused where it is none that can be meant."""
    if not text.strip():
        return None
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        raise Refused("Give the meeting as a date, such as 2022-03-18")
    today = set_time.today()
    if not date(2000, 1, 1) <= found <= today + timedelta(days=1500):
        from etl.checks.meetings import doubtful  # not at start: the checks are large

        raise Refused(" ".join(one.message for one in doubtful([found], today)))
    return found


def _title(meeting: date | None) -> str:
    return f"Figures for {words.day(meeting)}" if meeting else "New figures"


def _cells(contents: Contents, registry: Registry) -> Iterator[tuple[str, str]]:
    """What was typed into the grid, each cell by its row's name and its month."""
    for key, text in contents.typed.items():
        if found := drafted.cell_of(key, registry):
            ref, year, month = found
            when = appendix.heading(periods.month(year, month)[1])
            yield f"{naming.name(registry, *ref)}, {when}", text


def add_routes(blueprint: Blueprint, store: Store, reviews: Reviews) -> None:
    """`/officer/drafts/...`"""

    def begin_page(errors: dict[str, str], status: int = 200) -> Any:
        return page.render(
            "begin",
            status,
            title="Begin a draft",
            errors=errors,
            meetings=due.meetings_due(store.record(scheduled=True), set_time.today()),
            given=request.form,
        )

    @blueprint.get("/drafts/new")
    @session.needs("editor")
    def begin() -> Any:
        return begin_page({})

    @blueprint.post("/drafts/new")
    @session.needs("editor")
    def begin_draft() -> Any:
        errors: dict[str, str] = {}
        meeting = None
        try:
            meeting = meeting_of(request.form.get("meeting", ""))
        except Refused as error:
            errors["meeting"] = str(error)
        title = typed.line(request.form, "title", errors, typed.NAME) or _title(meeting)
        if errors:
            return begin_page(errors, 400)
        officer = session.officer()
        assert officer is not None, "the guard lets only officers in"
        made = store.drafts.create(
            officer.name, title, drafted.packed(Contents(meeting)), store.version()
        )
        return redirect(url_for("officer.draft", number=made.id), code=303)

    @blueprint.get("/drafts/<int:number>")
    def draft(number: int) -> Any:
        found = saving.open_draft(store, number)
        if found.state != "open":
            return page.render(
                "draft_closed",
                title=f"Draft {number}: {found.title}",
                draft=found,
                contents=drafted.of(found),
                registry=store.registry,
                name=naming.name,
                target=naming.target,
                cells=tuple(_cells(drafted.of(found), store.registry)),
            )
        return review_page(store, reviews.of(found))

    @blueprint.post("/drafts/<int:number>/meeting")
    @session.needs("editor")
    def set_meeting(number: int) -> Any:
        found = saving.open_draft(store, number)
        held = drafted.of(found)
        try:
            meeting = meeting_of(request.form.get("meeting", ""))
            errors: dict[str, str] = {}
            title = typed.line(request.form, "title", errors, typed.NAME) or found.title
            if errors:
                return review_page(store, reviews.of(found), errors=errors)
            if title == _title(held.meeting):
                title = _title(meeting)
            saving.save(store, found, replace(held, meeting=meeting), title=title)
        except (Refused, DraftChanged) as error:
            return review_page(store, reviews.of(found), errors={"meeting": str(error)})
        page.say("Saved.")
        return redirect(url_for("officer.draft", number=number), code=303)

    @blueprint.post("/drafts/<int:number>/take-out")
    @session.needs("editor")
    def take_out(number: int) -> Any:
        found = saving.open_draft(store, number)
        held = drafted.of(found)
        sha256 = request.form.get("sha256", "")
        kind, at = request.form.get("kind", ""), request.form.get("at", "")
        try:
            if sha256:
                left = tuple(dict.fromkeys((*held.left_out, sha256)))
                held = replace(held, left_out=left)
            else:
                held = drafted.without(held, kind, int(at))
            saving.save(store, found, held)
        except (ValueError, AttributeError):
            return page.problem("Nothing was changed", "There is no such entry.", 400)
        except DraftChanged as error:
            return review_page(store, reviews.of(found), errors={"content": str(error)})
        page.say("Taken out of the draft.")
        return redirect(url_for("officer.draft", number=number), code=303)

    @blueprint.post("/drafts/<int:number>/discard")
    @session.needs("editor")
    def discard(number: int) -> Any:
        saving.open_draft(store, number)
        try:
            store.drafts.close(number, saving.revision(), "discarded")
        except DraftChanged as error:
            found = saving.open_draft(store, number)
            return review_page(store, reviews.of(found), errors={"content": str(error)})
        page.say(f"Draft {number} is discarded. Nothing of it was published.")
        return redirect(url_for("officer.home"), code=303)
