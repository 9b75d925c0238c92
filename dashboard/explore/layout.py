"""What Explore shows: the controls, the chart, its words, its table, what to take away.

Only native controls (dash-bootstrap-components' Select, RadioItems, Checklist, and plain
HTML): `dcc.Dropdown`, `dcc.Tabs` and `dcc.DatePickerRange` fail WCAG 2.2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard import words
from dashboard.explore.axes import lettered
from dashboard.explore.controls import CONTROLS, Control
from dashboard.explore.state import Selection
from dashboard.views.chart import ChartView, EventMark

# A picture must survive alone, with its title and source: the server's does, the mode bar's
# would not. Nothing is sent to a cloud.
GRAPH: dict[str, Any] = {
    "displaylogo": False,
    "displayModeBar": True,
    "showSendToCloud": False,
    "showEditInChartStudio": False,
    "modeBarButtonsToRemove": ["toImage", "select2d", "lasso2d", "autoScale2d"],
    "responsive": True,
    "locale": "en",
}


def layout() -> html.Div:
    """The app's layout; the callbacks fill it from the address."""
    return html.Div(
        [
            dcc.Location(id="url", refresh=False),
            dcc.Store(id="drawn"),
            html.H1("Explore the figures", id="title"),
            html.P(id="subtitle", className="explore-subtitle"),
            html.Div(
                [
                    html.Section(
                        [
                            *(field(control) for control in CONTROLS),
                            html.P(id="notice", role="status"),
                        ],
                        className="explore-controls",
                        **{"aria-label": "What is shown"},
                    ),
                    html.Section(
                        [
                            html.P(id="problem", className="caution", role="alert", hidden=True),
                            html.Div(
                                [
                                    dcc.Graph(id="chart", config=GRAPH, className="explore-chart"),
                                    html.Div(id="chart-words"),
                                    html.P(id="links", className="downloads"),
                                    html.Div(id="table"),
                                ],
                                id="shown",
                            ),
                            html.P(id="status", role="status", className="unseen"),
                        ],
                        className="explore-shown",
                        **{"aria-label": "The chart and its figures"},
                    ),
                ],
                className="explore-columns",
            ),
        ]
    )


def field(control: Control) -> html.Div:
    """A control with its label, empty until the first callback."""
    if control.kind == "select":
        return html.Div(
            [html.Label(control.label, htmlFor=control.id), dbc.Select(id=control.id, options=[])],
            id=control.field,
            className="explore-field",
            hidden=True,
        )
    if control.kind == "radio":
        # By their name a browser knows that they are one choice: one stop of the Tab key.
        several = dbc.RadioItems(id=control.id, name=control.id, options=[])
    else:
        several = dbc.Checklist(id=control.id, options=[])
    return html.Div(
        html.Fieldset([html.Legend(control.label), several]),
        id=control.field,
        className="explore-field",
        hidden=True,
    )


def chart_words(chart: ChartView) -> list[Any]:
    """What stands under the chart: events by their letters, source, notes."""
    events = [
        part
        for letter, event in lettered(chart)
        for part in (html.Dt(letter), html.Dd(_event(event)))
    ]
    stopped = [line.stopped for line in chart.lines]
    said = [f"{text.removesuffix('.')}." for text in (*stopped, chart.source, chart.as_at) if text]
    return [
        html.Dl(events, className="explore-events") if events else None,
        html.P(" ".join([*said, *chart.notes]), className="explore-notes"),
    ]


def _event(event: EventMark) -> str:
    """An event's name and time; the time once, where the name has it."""
    start, end = (
        words.day(at) if not isinstance(at, str | None) else at for at in (event.start, event.end)
    )
    when = f"{start} to {end}" if end and end != start else f"{start}"
    return event.label if when in event.label else f"{event.label}: {when}"


def table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Any:
    """The plotted figures as a table, in the words of the documents; None where there are none."""
    if not rows:
        return None
    # A row is named by its first cell that no row leaves empty.
    name = next((at for at in range(len(columns)) if all(row[at] for row in rows)), 0)
    head = html.Thead(html.Tr([html.Th(column, scope="col") for column in columns]))
    body = html.Tbody(
        [
            html.Tr(
                [
                    html.Th(cell, scope="row") if at == name else html.Td(cell)
                    for at, cell in enumerate(row)
                ]
            )
            for row in rows
        ]
    )
    return html.Div(
        html.Table([html.Caption(caption), head, body], className="figures"),
        className="explore-table",
        tabIndex="0",
        role="region",
        **{"aria-label": caption},
    )


def links(selection: Selection) -> list[Any]:
    """The document, and what to take away: all of the state that is shown."""
    state, view = selection.state, selection.view
    shown = {"measure": view.measure, "cohort": view.cohort, "view": view.view}
    asked = {name: value for name, value in {**state.of_documents, **shown}.items() if value}
    row: dict[str, str] = {
        name: asked[name] for name in ("measure", "cohort", "from", "to", "as_at") if name in asked
    }
    page = {name: value for name, value in asked.items() if name != "measure"}
    found = [
        html.A("This view as a page", href=f"/measure/{view.measure}{_query(page)}"),
        html.A("Link to this view", href=f"/explore/{state.search}", id="link"),
    ]
    if not view.chart.empty:
        found.append(
            html.A("Picture (PNG)", href=f"/api/picture.png{_query(asked)}", download=True)
        )
    found.append(html.A("Figures (CSV)", href=f"/api/observations.csv{_query(row)}"))
    return found


def _query(names: Mapping[str, str]) -> str:
    return f"?{urlencode(names)}"
