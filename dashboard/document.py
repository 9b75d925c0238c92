"""A page -> a whole HTML document: head, header with the meetings, footer, paper's foot."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from dash import html

from dashboard import words
from dashboard.address import keeping
from dashboard.markup import Raw, html_of
from dashboard.pages.page import ISLAND, SLOT, Page
from dashboard.views.types import Choice
from etl import licences
from etl.model import Council

ASSETS = Path(__file__).resolve().parent / "assets"
_NAVIGATION = (("/", "Overview"), ("/quality", "Data quality"), ("/about", "About the figures"))


@lru_cache(maxsize=32)
def asset(name: str) -> str:
    """The address of an asset; it changes with the content, so that it can be kept a year."""
    digest = hashlib.sha256((ASSETS / name).read_bytes()).hexdigest()[:12]
    return f"/assets/{name}?v={digest}"


def document(
    page: Page,
    council: Council,
    meetings: Sequence[Choice],
    query: Mapping[str, str],
    where: str = "",
    dash: Mapping[str, str] | None = None,
    canonical: str = "",
) -> str:
    """The document as text. `where` is the page's address, for paper, `canonical` for engines.

    `dash` are the tags that Dash needs (config, scripts, renderer, preload), for a page
    with an island; without it a page is a document and loads no script of Dash.
    """
    name = f"{council.short_name} SEND performance"
    title = escape(f"{page.title} - {name}", quote=False)
    body = html_of(page.body)
    tail = ""
    head = ""
    if page.island is not None:
        first = html_of(page.island)
        if dash is not None:
            # Dash's place is within the chart's: page.js takes it along to a chosen view.
            first = first.replace(
                SLOT, '<div class="slot"><div id="react-entry-point"></div></div>'
            )
        body = body.replace(
            ISLAND,
            f'<div id="view">{first}</div><p class="unseen" id="said" role="status"></p>',
        )
        if dash is not None:
            head = dash["preload"]
            tail = f"{dash['config']}{dash['scripts']}{dash['renderer']}"
    foot = f"{page.as_at_words}. {where}" if page.as_at_words else where
    if canonical:
        head = f'<link rel="canonical" href="{escape(canonical)}">{head}'
    quoted = foot.replace("\\", "").replace('"', "'").replace("<", "")
    return (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light">'
        f'<meta name="description" content="{escape(page.description)}">'
        f"<title>{title}</title>"
        f'<link rel="icon" href="{asset("icon.svg")}" type="image/svg+xml">'
        f'<link rel="stylesheet" href="{asset("site.css")}">{head}'
        f'<style media="print">@page{{@bottom-left{{content:"{quoted}"}}}}</style>'
        "</head><body>"
        '<a class="skip" href="#content">Skip to the content</a>'
        f"{html_of(_header(page, name, meetings, query))}"
        f'<main id="content" tabindex="-1">{body}</main>'
        f"{html_of(_footer(page, council, foot))}"
        # Before Dash's scripts, which look for what it says.
        f'<script src="{asset("page.js")}"></script>{tail}</body></html>'
    )


def _day(text: str) -> str:
    """A day of an address in words, where it is one."""
    try:
        return words.day(date.fromisoformat(text))
    except ValueError:
        return escape(text)


def _header(
    page: Page, name: str, meetings: Sequence[Choice], query: Mapping[str, str]
) -> html.Header:
    as_at = query.get("as_at", "")

    def here(path: str) -> str:
        return f"{path}?as_at={as_at}" if as_at else path

    links = [
        html.Li(
            html.A(label, href=here(path), **({"aria-current": "page"} if page.nav == path else {}))
        )
        for path, label in _NAVIGATION
    ]
    return html.Header(
        html.Div(
            [
                html.A(name, href=here("/"), className="brand"),
                html.Nav(html.Ul(links), **{"aria-label": "Main"}),
                _meetings(page, meetings, query) if page.as_at_words and meetings else None,
            ],
            className="bar",
        ),
        className="top",
    )


def _meetings(page: Page, meetings: Sequence[Choice], query: Mapping[str, str]) -> Raw:
    """The meeting that is shown: a plain form, so that it works before any script has come."""
    chosen = query.get("as_at", "")
    options = [
        f'<option value="{escape(m.value)}"{" selected" if m.value == chosen else ""}>'
        f"{escape(m.label, quote=False)}</option>"
        for m in meetings
    ]
    if chosen and chosen not in {m.value for m in meetings}:
        options.append(f'<option value="{escape(chosen)}" selected>{_day(chosen)}</option>')
    kept = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in query.items()
        if name != "as_at"
    )
    return Raw(
        f'<form class="as-at" action="{escape(page.path)}" method="get">'
        f'<label for="as-at">As reported at</label>'
        f'<select id="as-at" name="as_at">{"".join(options)}</select>{kept}'
        '<button type="submit">Show</button></form>'
    )


def _footer(page: Page, council: Council, foot: str) -> html.Footer:
    terms: list[Any] = []
    for whose, licence in licences.parts(council):
        named = html.A(licence.name, href=licence.url) if licence.url else licence.name
        terms += [f"{whose}: ", named, ". "]
    return html.Footer(
        html.Div(
            [
                html.P(
                    "Management information, not official statistics; not a publication of "
                    f"{council.name} until the council adopts it."
                ),
                html.P([*terms, council.alternative_formats]),
                html.P(
                    [
                        html.A("Glossary", href=keeping("/about#glossary", None)),
                        " ",
                        html.A("Accessibility", href="/about#accessibility"),
                        " ",
                        html.A("Data to take away", href="/about#data"),
                    ],
                    className="foot-links",
                ),
                html.P(foot, className="paper"),
            ],
            className="bar",
        )
    )
