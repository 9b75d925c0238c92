"""Releases: what was published, taken back with a reason, published again."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for

from dashboard.officer import page, session
from dashboard.officer.history_pages import told
from dashboard.officer.reasons import carried_out
from etl.draft import naming
from etl.record import Release
from etl.store.store import Store


def state(release: Release, now: str) -> str:
    """What a release is now, in a word or two."""
    if release.withdrawn:
        return "taken back"
    if release.visible_from > now:
        return f"shows from {page.local(release.visible_from)}"
    return "public"


def add_routes(blueprint: Blueprint, store: Store) -> None:
    """`/officer/releases` and the acts on each."""

    def one(number: int) -> Release:
        found = next((r for r in store.releases() if r.number == number), None)
        if found is None:
            abort(404)
        return found

    def shown(number: int, errors: dict[str, str] | None = None) -> Any:
        release = one(number)
        acts = store.history.all(release=number)
        counts = next((a.detail or {} for a in acts if a.what == "publish"), {})
        return page.render(
            "release",
            400 if errors else 200,
            title=f"Release {number}: {release.title}",
            nav="officer.releases",
            errors=errors or {},
            release=release,
            state=state(release, store.clock()),
            told=[(act, told(act)) for act in acts],
            file=store.files.get(release.sha256) if release.sha256 else None,
            counts=counts,
            given=request.form,
            words=[
                (word, naming.said(store.registry, word.said))
                for word in store.words()
                if word.release == number
            ],
        )

    @blueprint.get("/releases")
    def releases() -> Any:
        held = sorted(store.releases(), key=lambda r: r.number, reverse=True)
        now = store.clock()
        return page.render(
            "releases",
            title="Releases",
            rows=[(release, state(release, now)) for release in held],
        )

    @blueprint.get("/releases/<int:number>")
    def release(number: int) -> Any:
        return shown(number)

    def act(number: int, withdrawn: bool) -> Any:
        one(number)
        done = store.withdraw if withdrawn else store.republish
        refused = carried_out(partial(done, number), partial(shown, number))
        if refused is not None:
            return refused
        said = "taken back: nothing public shows it" if withdrawn else "published again"
        page.say(f"Release {number} is {said}.")
        return redirect(url_for("officer.release", number=number), code=303)

    @blueprint.post("/releases/<int:number>/take-back")
    @session.needs("publisher")
    def take_back(number: int) -> Any:
        return act(number, True)

    @blueprint.post("/releases/<int:number>/publish-again")
    @session.needs("publisher")
    def publish_again(number: int) -> Any:
        return act(number, False)
