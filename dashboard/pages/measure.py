"""A measure's page: the finding, four facts, the chart with its definition beside it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from dash import dcc, html

from dashboard import charts, ids
from dashboard.components import (
    choices,
    figure_table,
    flag,
    revisions,
    section,
    shape,
    table,
    trail,
)
from dashboard.views.measure_types import EventNote, Fact, MeasureView, TargetNote

# The mode bar would offer to send the chart to Plotly's cloud.
_CONFIG = {"displayModeBar": False, "responsive": True, "showSendToCloud": False}


def _fact(of: Fact) -> Any:
    return html.Div(
        [
            html.Dt(of.label),
            html.Dd([shape(of.shape, of.tone), html.Span(of.value)], className="value"),
            html.Dd(of.detail, className="detail"),
        ]
    )


def _chart(view: MeasureView, narrow: bool) -> Any:
    chart = view.chart
    figures = {"page": charts.figure(chart, "page"), "narrow": charts.figure(chart, "narrow")}
    first = figures["narrow" if narrow else "page"]
    notes = [html.Span(f"{note} ") for note in chart.notes]
    return html.Figure(
        [
            html.P(chart.subtitle, className="chart-subtitle"),
            html.Div(
                dcc.Graph(id=ids.GRAPH, figure=first, config=_CONFIG, className="chart"),
                role="img",
                className="chart-frame",
                **{"aria-label": chart.alt},
            ),
            dcc.Store(id=ids.FIGURES, data=figures),
            html.Figcaption([*notes, f"Source: {chart.source}. {chart.as_at}."]),
        ],
        className="chart-figure",
    )


def picture_query(view: MeasureView) -> str:
    """The query of the address that gives this chart as a picture's figure."""
    asked = {"measure": view.measure, "cohort": view.cohort, "view": view.view}
    as_at = [part for part in view.query.split("&") if part.startswith("as_at=")]
    return "&".join([urlencode(asked), *as_at])


def _downloads(view: MeasureView) -> Any:
    items = [
        html.Button(
            "Picture (PNG)",
            id=ids.PICTURE,
            className="plain-link needs-script",
            **{
                "data-figure": f"/api/picture.json?{picture_query(view)}",
                "data-name": f"{view.name}_{view.view}",
            },
        ),
        html.A("Figures (XLSX)", href=f"/api/observations.xlsx?{view.query}"),
        html.A("Figures (CSV)", href=f"/api/observations.csv?{view.query}"),
        html.A("Figures (JSON)", href=f"/api/observations.json?{view.query}"),
    ]
    return html.Div(
        [
            html.Ul([html.Li(item) for item in items], className="downloads"),
            html.P(id=ids.PICTURE_STATUS, role="status", className="quiet"),
        ],
        className="screen-only",
    )


def _cautions(view: MeasureView) -> list[Any]:
    return [
        html.Div(
            [
                html.Strong(of.lead),
                " ",
                of.text,
                *([" ", html.A("More", href=of.url)] * bool(of.url)),
            ],
            className="caution",
        )
        for of in view.cautions
    ]


def _targets(of: tuple[TargetNote, ...]) -> Any:
    return table(
        "Targets",
        ("Target", "Kind", "Form", "Basis", "Set by", "Source", "Held against this figure?"),
        ((t.label, t.kind, t.form, t.basis, t.approver, t.source, t.used) for t in of),
    )


def _notes(heading: str, of: tuple[EventNote, ...]) -> Any:
    return html.Section(
        [
            html.H2(heading),
            html.Ul(
                [
                    html.Li(
                        [html.Strong(f"{note.when}: {note.title}. "), note.text,
                         html.Small(f" {note.source}") if note.source else ""]
                    )
                    for note in of
                ]
            ),
        ]
    )  # fmt: skip


def _more(view: MeasureView) -> list[Any]:
    """What stands below the chart, each part only where there is something to say."""
    parts: list[Any] = []
    if view.takes:
        parts.append(
            html.Section(
                [html.H2("What it would take"), html.P(html.Strong(view.takes.lead)),
                 *(html.P(text) for text in view.takes.sentences)],
                className="takes",
            )
        )  # fmt: skip
    if view.explanations:
        parts.append(_notes("In the officers' words", view.explanations))
    if view.events:
        parts.append(_notes("Worth knowing", view.events))
    if view.targets:
        parts.append(html.Section([html.H2("Targets"), _targets(view.targets)]))
    if view.revisions:
        parts.append(
            html.Section(
                [html.H2("Revised since"),
                 revisions(view.revisions, "What was reported then, and what is held now")]
            )
        )  # fmt: skip
    if view.tables:
        parts.append(
            html.Section(
                [html.H2("All figures, and where each stands")]
                + [html.Details([html.Summary(of.caption), figure_table(of)]) for of in view.tables]
            )
        )
    if view.glossary:
        parts.append(
            html.Section(
                [html.H2("Words used here"),
                 html.Dl([part for word, meaning, anchor in view.glossary
                          for part in (html.Dt(html.A(word, href=f"/about#{anchor}")),
                                       html.Dd(meaning))])]
            )
        )  # fmt: skip
    return parts


def _onward(view: MeasureView) -> Any:
    links = [("Before: ", view.previous), ("Next: ", view.next)]
    return html.Nav(
        [html.P([lead, html.A(link.label, href=link.url)]) for lead, link in links if link],
        className="onward",
        **{"aria-label": "Other measures"},
    )


def layout(view: MeasureView, narrow: bool = False) -> list[Any]:
    """The page of `view`; `narrow` draws the chart for a telephone first."""
    shown = view.chart
    figures = html.Details(
        [html.Summary("The figures of this chart"), table(shown.title, shown.columns, shown.rows)],
        className="chart-table",
    )
    if view.empty:
        body: list[Any] = [html.P(view.empty, className="lede")]
    else:
        body = [_chart(view, narrow), figures, _downloads(view)]
    ways = [choices("Views of this measure", view.views)]
    if len(view.cohorts) > 1:
        ways.append(choices("Which children", view.cohorts))
    if view.bases:
        ways.append(choices("Basis", view.bases))
    return [
        trail(view.breadcrumb),
        html.H1(view.heading),
        html.P(view.lede, className="lede"),
        *([html.P(view.stopped, className="stopped")] if view.stopped else []),
        *(flag(found) for found in view.flags),
        html.Dl([_fact(of) for of in view.facts], className="facts"),
        html.Div(
            [
                html.Div([html.Div(ways, className="ways screen-only"), *body, *_cautions(view)],
                         className="main-column"),
                html.Aside([section(of, html.H2) for of in view.blocks],
                           className="definition", **{"aria-label": "What this measure is"}),
            ],
            className="columns",
        ),
        *_more(view),
        _onward(view),
    ]  # fmt: skip
