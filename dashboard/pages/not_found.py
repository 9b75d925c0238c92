"""The page for an address that leads nowhere, with the ways back."""

from __future__ import annotations

from typing import Any

from dash import html


def layout() -> list[Any]:
    """Said with status 404."""
    return [
        html.H1("There is no page at this address"),
        html.P(
            "It may have been mistyped, or the measure may have another name now.",
            className="lede",
        ),
        html.Ul(
            [
                html.Li(html.A("The overview lists every measure", href="/")),
                html.Li(html.A("About the figures", href="/about")),
            ]
        ),
    ]
