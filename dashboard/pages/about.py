"""The about page: method, sources, licence, accessibility, contact, glossary."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components import section, table
from dashboard.views.record_types import AboutView


def layout(view: AboutView) -> list[Any]:
    """The page of `view`."""
    return [
        html.H1(view.headline),
        html.P(view.lede, className="lede"),
        *(section(of) for of in view.sections),
        html.Section(
            [html.H2("Sources"),
             table("Publications held", ("Publication", "Published", "What is held"), view.sources)],
            id="sources",
        ),
        html.Section(
            [html.H2("Glossary"),
             html.Dl([part for word, meaning, anchor in view.glossary
                      for part in (html.Dt(word, id=anchor), html.Dd(meaning))])],
            id="glossary",
        ),
    ]  # fmt: skip
