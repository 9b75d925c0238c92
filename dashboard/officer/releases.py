"""Releases: what was published, taken back with a reason, published again."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for

from dashboard.officer import page, session
from dashboard.officer.history_pages import told
from dashboard.officer.reasons import carried_out
from etl import withdrawal
from etl.draft import naming
from etl.record import Release
from etl.store.store import Store
from etl.withdrawal import Withdrawal


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
        entry = next(one for one in store.published() if one.release.number == number)
        found = None if release.withdrawn else withdrawal.of(store, number)
        along, of = store.taken_back_with(number)
        chosen = request.form.getlist("along") if errors else None
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
            entry=entry,
            preview=_preview(found, store, chosen) if found else None,
            along=[one(other) for other in along],
            of=one(of) if of else None,
            chosen=chosen,
            given=request.form,
            words=[
                (word, naming.said(store.registry, word.said))
                for word in store.words()
                if word.release == number
            ],
        )

    @blueprint.get("/releases")
    def releases() -> Any:
        now = store.clock()
        return page.render(
            "releases",
            title="Releases",
            rows=[(one, state(one.release, now)) for one in reversed(store.published())],
        )

    @blueprint.get("/releases/<int:number>")
    def release(number: int) -> Any:
        return shown(number)

    def act(number: int, withdrawn: bool) -> Any:
        held = one(number)
        offered: tuple[int, ...] = ()
        if withdrawn and not held.withdrawn:
            rests = withdrawal.of(store, number).corrections
            offered = tuple(correction.release.number for correction in rests)
        elif not withdrawn:
            offered, _ = store.taken_back_with(number)
        chosen = set(request.form.getlist("along"))
        along = tuple(other for other in offered if str(other) in chosen)
        if withdrawn:
            looked_at = request.form.get("looked_at") or None
            done = partial(store.withdraw, number, along=along, based_on=looked_at)
        else:
            done = partial(store.republish, number, along=along)
        refused = carried_out(done, partial(shown, number))
        if refused is not None:
            return refused
        page.say(_said(number, along, offered, withdrawn=withdrawn))
        return redirect(url_for("officer.release", number=number), code=303)

    @blueprint.post("/releases/<int:number>/take-back")
    @session.needs("publisher")
    def take_back(number: int) -> Any:
        return act(number, True)

    @blueprint.post("/releases/<int:number>/publish-again")
    @session.needs("publisher")
    def publish_again(number: int) -> Any:
        return act(number, False)


def _preview(found: Withdrawal, store: Store, chosen: list[str] | None) -> dict[str, Any]:
    """What the page says before a release is taken back.

    A release that corrects and does nothing else is ticked, unless another choice was sent.
    """
    return {
        "version": found.version,
        "summary": withdrawal.summary(found.alone),
        "rows": list(withdrawal.rows(found.alone, store.registry)),
        "corrections": [
            (
                one,
                withdrawal.correction(one),
                not one.others if chosen is None else str(one.release.number) in chosen,
            )
            for one in found.corrections
        ],
        "with_corrections": withdrawal.summary(found.with_corrections),
        "words": [(word, naming.said(store.registry, word.said)) for word in found.words],
        "drafts": found.drafts,
    }


def _said(number: int, along: tuple[int, ...], offered: tuple[int, ...], *, withdrawn: bool) -> str:
    """What was done, with what, and what stays as it was."""
    left = [other for other in offered if other not in along]
    named = ", ".join(map(str, (number, *along)))
    several = len(along) > 0
    be = "are" if several else "is"
    what = f"Release{'s' if several else ''} {named}"
    if withdrawn:
        text = f"{what} {be} taken back: nothing public shows {'them' if several else 'it'}."
        after = "stays public" if len(left) == 1 else "stay public"
    else:
        text = f"{what} {be} published again."
        after = "stays hidden" if len(left) == 1 else "stay hidden"
    if left:
        text += f" Release {', '.join(map(str, left))} {after}."
    return text
