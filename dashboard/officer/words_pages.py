"""Words beside figures, one by one: what is said, and taking it back with a reason."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for

from dashboard.officer import page, session
from dashboard.officer.history_pages import told
from dashboard.officer.reasons import carried_out
from etl import appendix
from etl.draft import naming
from etl.model import Event, Registry
from etl.record import Explanation, Release
from etl.store.history import SAID, UNSAID
from etl.store.store import Store
from etl.store.words import Word


def about(word: Word, registry: Registry) -> str:
    """What a word is about, in words."""
    said = word.said
    if isinstance(said, Explanation):
        when = f", {appendix.heading(said.period_end)}" if said.period_end else ""
        return f"{naming.name(registry, said.measure, said.cohort)}{when}"
    if isinstance(said, Event):
        named = [registry.measures[m].title for m in said.measures if m in registry.measures]
        return ", ".join(named) or "All measures"
    return naming.target(registry, said)


def state(word: Word, releases: dict[int, Release], now: str) -> str:
    """What becomes of a word now, in a few words."""
    release = releases[word.release]
    if word.hidden:
        return "taken back"
    if release.withdrawn:
        return "taken back with its release"
    if word.replaced:
        return "replaced by a newer one"
    if release.visible_from > now:
        return f"shows from {page.local(release.visible_from)}"
    return "public"


def add_routes(blueprint: Blueprint, store: Store) -> None:
    """`/officer/words` and the acts on each."""

    def row(word: Word) -> tuple[Word, str, str]:
        releases = {release.number: release for release in store.releases()}
        return word, about(word, store.registry), state(word, releases, store.clock())

    def one(number: int) -> Word:
        found = next((word for word in store.words() if word.id == number), None)
        return found or abort(404)

    def shown(number: int, errors: dict[str, str] | None = None) -> Any:
        found = one(number)
        acts = [
            act
            for act in store.history.all(release=found.release)
            if act.what in (UNSAID, SAID) and (act.detail or {}).get("word") == number
        ]
        return page.render(
            "word",
            400 if errors else 200,
            title=f"{found.kind.capitalize()} {number}",
            nav="officer.words",
            errors=errors or {},
            row=row(found),
            given=request.form,
            told=[(act, told(act)) for act in acts],
        )

    @blueprint.get("/words")
    def words() -> Any:
        return page.render("words", title="Words beside figures", rows=map(row, store.words()))

    @blueprint.get("/words/<int:number>")
    def word(number: int) -> Any:
        return shown(number)

    def act(number: int, hidden: bool) -> Any:
        done = store.take_back_word if hidden else store.say_word_again
        refused = carried_out(partial(done, number), partial(shown, number))
        if refused is not None:
            return refused
        said = "taken back: nothing public shows it" if hidden else "said again"
        page.say(f"The {one(number).kind} is {said}.")
        return redirect(url_for("officer.word", number=number), code=303)

    @blueprint.post("/words/<int:number>/take-back")
    @session.needs("publisher")
    def take_back_word(number: int) -> Any:
        return act(number, True)

    @blueprint.post("/words/<int:number>/say-again")
    @session.needs("publisher")
    def say_word_again(number: int) -> Any:
        return act(number, False)
