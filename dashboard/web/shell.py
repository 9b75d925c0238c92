"""What every public page has around it, and how a template is rendered."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from flask import Flask, Response, render_template, request
from markupsafe import Markup

from dashboard import words
from dashboard.views.overview import meetings
from dashboard.views.types import Sentence
from dashboard.web import compiled, site_address
from dashboard.web.address import keeping
from dashboard.web.drawings import drawing
from dashboard.web.sparkline import sparkline
from etl import licences, set_time
from etl.store.store import Store

ASSETS = Path(__file__).resolve().parent / "assets"
NAVIGATION = (
    ("/", "Overview"),
    ("/explore/", "Explore"),
    ("/quality", "Data quality"),
    ("/about", "About"),
)


@dataclass(frozen=True)
class Site:
    """A store with its public address ("" where none is named) and the clock of its pages.

    `today` decides whether a series has stopped; without it that is judged from a record's
    own as-at date, where it has one.
    """

    store: Store
    address: str = ""
    today: Callable[[], date] | None = None
    _states: dict[str, tuple[str, str]] = field(default_factory=dict, init=False)

    @property
    def name(self) -> str:
        return f"{self.store.registry.council.short_name} SEND performance"

    def day(self) -> date:
        """The council's day."""
        return self.today() if self.today else set_time.today()

    def public_state(self) -> tuple[str, str]:
        """Names what is public now: equal names, equal content. Raises UserError."""
        version = self.store.version()
        state = self._states.get(version)
        if state is None:
            acts, changed = self.store.history.visible(self.store.clock())
            state = (version.partition(".")[0], f"{acts}.{changed}")
            self._states.clear()  # versions only go forward
            self._states[version] = state
        return state


@lru_cache(maxsize=32)
def asset(name: str) -> str:
    """The address of an asset; it changes with the content, so that it can be kept a year."""
    digest = hashlib.sha256((ASSETS / name).read_bytes()).hexdigest()[:12]
    return f"/assets/{name}?v={digest}"


def day_in_words(text: str) -> str:
    """A day of an address in words, where it is one; else the text itself."""
    try:
        return words.day(date.fromisoformat(text))
    except ValueError:
        return text


def install(server: Flask, site: Site) -> None:
    """What every template may use, officers' ones too."""
    council = site.store.registry.council
    server.jinja_env.trim_blocks = server.jinja_env.lstrip_blocks = True
    server.jinja_env.bytecode_cache = compiled.Templates()
    server.jinja_env.globals.update(
        asset=asset,
        site=site.name,
        council=council,
        licences=licences.parts(council),
        navigation=NAVIGATION,
        drawing=drawing,
        sparkline=lambda spark, *bounds: Markup(sparkline(spark, *bounds)),
        day_in_words=day_in_words,
        part=partial(_part, server),
    )
    server.jinja_env.filters.update(strong=strong, bare=bare)


def strong(sentence: Sentence) -> Markup:
    """A sentence with its telling parts in bold."""
    text = Markup("")
    rest = sentence.text
    for telling in sentence.strong:
        before, there, after = rest.partition(telling)
        if there:
            text += Markup("{}<strong>{}</strong>").format(before, telling)
            rest = after
    return text + rest


def bare(text: str) -> str:
    """A source or an as-at line without the word and the full stop that a picture has."""
    return text.removeprefix("Source: ").removesuffix(".")


def _part(server: Flask, name: str, caller: Callable[[], str]) -> str:
    """A part of a page; where it cannot be made the page says so and the rest stands."""
    try:
        return caller()
    except Exception:
        server.logger.exception("the part %r of a page could not be made", name)
        return Markup(render_template("part_failed.html", name=name))


def render(
    site: Site,
    template: str,
    *,
    title: str,
    status: int = 200,
    as_at: date | None = None,
    as_at_words: str = "",
    **context: Any,
) -> Response:
    """A public page from templates/, with its header, footer and the foot of its print.

    `as_at` is the meeting chosen, `as_at_words` the state of the record shown; "" where a page
    shows none, which then offers no meetings either.
    """
    path = site_address.own_path(request.path)
    where = f"{site.address}{site_address.chosen(path, request.args)}"
    text = render_template(
        template,
        title=title,
        keep=lambda url: keeping(url, as_at),
        meetings=meetings(site.store.record()) if as_at_words else (),
        path=path,
        query=request.args,
        foot=f"{as_at_words}. {where}" if as_at_words else where,
        canonical=site_address.canonical(site.address, path, request.args) if status == 200 else "",
        **context,
    )
    return Response(text, status, mimetype="text/html")
