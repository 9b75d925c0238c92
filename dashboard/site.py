"""A page as a whole: header, content, footer, title; and what to say when a part fails."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date
from typing import Any

from dash import dcc, html

from dashboard.address import Address
from dashboard.components import failed
from dashboard.pages import about, measure, not_found, overview, quality
from dashboard.views import about as about_view
from dashboard.views import measure as measure_view
from dashboard.views import overview as overview_view
from dashboard.views import quality as quality_view
from etl.record import Record
from etl.store.store import Store

log = logging.getLogger(__name__)

_NAVIGATION = (("overview", "/", "Overview"), ("quality", "/quality", "Data quality"),
               ("about", "/about", "About the figures"))  # fmt: skip
# Choices of an address that stay when another meeting is chosen.
_KEPT = ("cohort", "view", "basis")


@dataclass(frozen=True)
class Page:
    """A page made: its title, its parts, and the HTTP status it is answered with."""

    title: str
    parts: list[Any]
    status: int = 200


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _content(address: Address, record: Record, narrow: bool) -> Page:
    if address.page == "overview":
        return Page("Overview", overview.layout(overview_view.overview(record)))
    if address.page == "quality":
        return Page("Data quality", quality.layout(quality_view.quality(record)))
    if address.page == "about":
        return Page("About the figures", about.layout(about_view.about(record)))
    if address.page == "measure":
        year = address.choice("year")
        found = measure_view.measure(
            record,
            address.measure,
            address.choice("cohort"),
            address.choice("view"),
            year=int(year) if year.isdigit() and len(year) == 4 else None,
            first=_day(address.choice("from")),
            last=_day(address.choice("to")),
        )
        if found is not None:
            return Page(found.heading, measure.layout(found, narrow))
    return Page("Page not found", not_found.layout(), 404)


def _header(address: Address, record: Record, store: Store) -> Any:
    here = {"aria-current": "page"}
    keep = f"?as_at={address.as_at.isoformat()}" if address.as_at else ""
    links = [
        html.Li(html.A(label, href=f"{path}{keep}", **(here if address.page == name else {})))
        for name, path, label in _NAVIGATION
    ]
    council = record.registry.council
    parts: list[Any] = [
        html.A(f"{council.short_name} SEND performance", href=f"/{keep}", className="brand"),
        html.Nav(html.Ul(links), **{"aria-label": "Main"}),
    ]
    if address.page in ("overview", "measure", "quality"):
        parts.append(_meetings(address, store))
    return html.Header(html.Div(parts, className="wide"), className="top screen-only")


def _meetings(address: Address, store: Store) -> Any:
    """The choice of the meeting: a plain form, so that it works before any script has."""
    chosen = address.as_at.isoformat() if address.as_at else ""
    options = [
        html.Option(choice.label, value=choice.value)
        for choice in overview_view.meetings(store.record())
    ]
    kept = [
        dcc.Input(type="hidden", name=name, value=address.choice(name))
        for name in _KEPT
        if address.choice(name)
    ]
    return html.Form(
        [
            html.Label("As reported at", htmlFor="as-at"),
            html.Select(options, name="as_at", id="as-at", value=chosen, key=f"as-at-{chosen}"),
            *kept,
            html.Button("Show", type="submit", className="small-button"),
        ],
        action=address.path,
        method="get",
        className="as-at",
    )


def _footer(address: Address, record: Record) -> Any:
    council = record.registry.council
    return html.Footer(
        html.Div(
            [
                html.P(
                    "Management information, not official statistics; not a publication of "
                    f"{council.name} until the council adopts it."
                ),
                html.P(
                    [
                        html.A("Sources and licence", href="/about#sources"),
                        " · ",
                        html.A("Accessibility", href="/about#accessibility"),
                        " · ",
                        html.A("Glossary", href="/about#glossary"),
                        " · ",
                        html.A("Data for programs", href="/api"),
                    ],
                    className="screen-only",
                ),
                html.P(
                    [f"{overview_view.as_at_words(record)}. ", html.Span(address.path)],
                    className="print-only",
                ),
            ],
            className="wide",
        )
    )


def page(address: Address, store: Store, *, narrow: bool = False) -> Page:
    """The whole page of an address, as published now.

    A part that cannot be made is said to be missing, and logged; the rest stands.
    """
    record = store.record(address.as_at)
    try:
        made = _content(address, record, narrow)
    except Exception:
        log.exception("page %s cannot be made", address.path)
        made = Page("Not available", [html.H1("This page cannot be shown"), failed("It")], 500)
    name = f"{record.registry.council.short_name} SEND performance"
    parts = [
        html.A("Skip to the content", href="#content", className="skip"),
        _header(address, record, store),
        html.Main(html.Div(made.parts, className="wide"), id="content", tabIndex="-1"),
        _footer(address, record),
    ]
    return Page(f"{made.title} - {name}", parts, made.status)
