"""The about page: method, sources, licence, accessibility, contact, glossary, and the data."""

from __future__ import annotations

from datetime import date
from typing import Any

from dash import html

from dashboard.components import section, standing_part, table
from dashboard.pages.page import Asked, Page
from dashboard.views.about import about
from dashboard.views.record_types import AboutView
from dashboard.views.types import Section
from etl import tidy


def page(asked: Asked) -> Page:
    """What the figures are, and whose."""
    view = about(asked.record)
    return Page(
        "About the figures",
        layout(view, asked.choices.as_at),
        "/about",
        nav="/about",
        description=view.lede,
    )


def layout(view: AboutView, as_at: date | None) -> list[Any]:
    contents = [
        *((s.title, s.id) for s in view.sections if not _part_of_one(s)),
        ("Sources", "sources"),
        ("Data to take away", "data"),
        ("Glossary", "glossary"),
    ]
    return [
        html.H1(view.headline),
        html.P(view.lede, className="lede"),
        html.Nav(
            html.Ul([html.Li(html.A(title, href=f"#{anchor}")) for title, anchor in contents]),
            className="contents",
            **{"aria-label": "On this page"},
        ),
        *(
            section(part, as_at, html.H3 if _part_of_one(part) else html.H2)
            for part in view.sections
        ),
        html.Section(
            [
                html.H2("Sources", id="sources"),
                standing_part(
                    "Sources",
                    lambda: table(
                        "Publications held",
                        ("Published", "Publication", "What it gives", "Licence"),
                        view.sources,
                    ),
                ),
            ]
        ),
        standing_part("Data to take away", _data),
        html.Section(
            [html.H2("Glossary", id="glossary"), html.Dl(_terms(view), className="terms")]
        ),
    ]


def _part_of_one(found: Section) -> bool:
    """Whether a section belongs to the accessibility statement above it."""
    return found.id.startswith("accessibility-")


def _terms(view: AboutView) -> list[Any]:
    return [
        part
        for term, meaning, anchor in view.glossary
        for part in (html.Dt(term, id=anchor), html.Dd(meaning))
    ]


def _data() -> html.Section:
    filters = (
        (
            "measure",
            "a measure's name; several by a comma, or given again",
            "children_missing_education",
        ),
        ("cohort", "all, ehcp or lac", "ehcp"),
        ("authority", "the ONS code of an area", "E92000001"),
        ("from", "periods that end on or after this date or month", "2021-01"),
        ("to", "periods that end on or before this date or month", "2021-12"),
        ("as_at", "what had been published by this date", "2021-09-17"),
        ("all", "1 for every version in every table, not only the newest", "1"),
        ("flag", "figures in doubt: open, misprint, unexplained; none for all others", "none"),
    )
    return html.Section(
        [
            html.H2("Data to take away", id="data"),
            html.P(
                [
                    "All figures in one table: ",
                    html.A("CSV", href="/api/observations.csv"),
                    ", ",
                    html.A("XLSX", href="/api/observations.xlsx"),
                    " or ",
                    html.A("JSON", href="/api/observations.json"),
                    ". The same addresses take the filters below, and answer If-None-Match and "
                    "If-Modified-Since. ",
                    html.A("The columns as a Frictionless Table Schema", href="/api/schema.json"),
                    " with the licences.",
                ]
            ),
            table("Filters of the API", ("Filter", "What it does", "For example"), filters),
            table(
                "Columns of the table",
                ("Column", "Type", "What it holds"),
                [(c.name, c.type, c.description) for c in tidy.COLUMNS],
            ),
        ]
    )
