"""Pages that say plainly why there is no page: unknown address, odd choice, our own fault."""

from __future__ import annotations

from dash import html

from dashboard.pages.page import Page


def not_found(path: str) -> Page:
    """No page has this address: a real 404 that says where to go."""
    return Page(
        "Page not found",
        [
            html.H1("There is no page at this address"),
            html.P(
                "If you typed the address, check it. If you followed a link, it may be old: "
                "the measures keep their names, so the overview leads to all of them.",
                className="lede",
            ),
            html.P(html.A("Go to the overview", href="/")),
        ],
        path,
        status=404,
    )


def bad_choice(path: str, why: str) -> Page:
    """The address holds a choice that means nothing."""
    return Page(
        "A choice in the address means nothing",
        [
            html.H1("A choice in the address means nothing"),
            html.P(f"{why}.", className="lede"),
            html.P(html.A("See this page without choices", href=path)),
        ],
        path,
        status=400,
    )


def out_of_order(path: str) -> Page:
    """The database does not answer; what is published is safe in it."""
    return Page(
        "The figures cannot be reached just now",
        [
            html.H1("The figures cannot be reached just now"),
            html.P(
                "The database does not answer. Nothing is lost. Try again in a minute; if it "
                "lasts, tell the council.",
                className="lede",
            ),
            html.P(html.A("Try again", href=path)),
        ],
        path,
        status=503,
    )


def failed(path: str) -> Page:
    """The page could not be computed; said without a traceback."""
    return Page(
        "This page cannot be shown just now",
        [
            html.H1("This page cannot be shown just now"),
            html.P(
                "Something went wrong in this software, not in the figures. It has been noted. "
                "The other pages and the data still stand.",
                className="lede",
            ),
            html.P(
                [
                    html.A("Overview", href="/"),
                    " · ",
                    html.A("All figures (CSV)", href="/api/observations.csv"),
                ]
            ),
        ],
        path,
        status=500,
    )
