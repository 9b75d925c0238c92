"""The part of a measure's page that a choice changes: choices, chart, caption, downloads.

The server writes it, chart included, as HTML; a chosen view comes as the same HTML. Plotly
draws the same figure over the server's drawing once it is there, for what a pointer asks.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from dash import html

from dashboard.address import with_choice
from dashboard.components import chooser, standing_part, table
from dashboard.markup import Raw
from dashboard.pages.fits import Fit
from dashboard.pages.page import SLOT, Island
from dashboard.plotted.chart_key import key
from dashboard.plotted.charts import figure
from dashboard.plotted.drawing import svg
from dashboard.views.chart import ChartView
from dashboard.views.measure_types import MeasureView


def island(view: MeasureView, as_at: date | None, fits: Fit) -> Island:
    """The choices, the chart, its caption, its figures as a table, and the downloads."""
    made: list[dict[str, Any]] = []

    def chart() -> html.Figure:
        if not view.chart.empty:
            made.append(figure(view.chart, fits.size))
        return _chart(view, made[0] if made else None, fits)

    parts = [
        chooser("Group", view.cohorts, "page", quiet=True),
        chooser("Basis", view.bases, "page", quiet=True),
        chooser("View", view.views, "view"),
        chooser("Year", view.years, "view", quiet=True),
        standing_part("The chart", chart),
        _downloads(view),
    ]
    return Island(parts, made[0] if made else None)


def _chart(view: MeasureView, drawn: dict[str, Any] | None, fits: Fit) -> html.Figure:
    shown = view.chart
    figures = table(f"{shown.title}: figures", shown.columns, shown.rows) if shown.rows else None
    # The page's heading may be the chart's: then it is not shown twice.
    said = "unseen" if shown.title == view.heading else "chart-title"
    parts: list[Any] = [
        html.H2(shown.title, className=said),
        html.P(shown.subtitle, className="chart-subtitle"),
    ]
    if drawn is None:
        parts.append(html.P(shown.empty, className="caution"))
    else:
        parts.append(
            html.Div(
                [Raw(svg(drawn, fits.width)), Raw(SLOT)],
                role="img",
                className=f"drawn drawn-{fits.size}",
                **{
                    "aria-label": shown.alt,
                    "data-size": fits.size,
                    "data-width": str(fits.width),
                    "data-url": _picture(view),
                },
            )
        )
        parts.append(_key(shown))
    caption = [
        f"Source: {_bare(shown.source)}. " if shown.source else "",
        f"{_bare(shown.as_at)}. ",
        *(f"{note} " for note in shown.notes),
    ]
    return html.Figure(
        [
            *parts,
            html.Figcaption(caption),
            html.Details([html.Summary("The chart's figures as a table"), figures])
            if figures
            else None,
        ]
    )


def _key(shown: ChartView) -> Any:
    """What the letters of a small chart stand for; a larger one prints the words themselves."""
    letters = key(shown, "narrow")
    items = [part for letter, words in letters for part in (html.Dt(letter), html.Dd(words))]
    name = "key key-medium" if key(shown, "medium") else "key"
    return html.Dl(items, className=name) if items else None


def _picture(view: MeasureView) -> str:
    """What names this chart, with all that was chosen, in /api/picture.*."""
    here = next((choice.url for choice in view.views if choice.chosen), "")
    query = here.partition("?")[2]
    return with_choice(f"?{query}", measure=view.measure, cohort=view.cohort)


def _bare(text: str) -> str:
    return text.removeprefix("Source: ").removesuffix(".")


def _downloads(view: MeasureView) -> html.P:
    query = _picture(view)
    pictures = [
        html.A(f"Picture ({kind.upper()})", href=f"/api/picture.{kind}{query}", download="")
        for kind in ("png", "svg")
    ]
    copied = html.Button(
        "Copy the description",
        type="button",
        className="as-link needs-script",
        **{"data-copy": view.chart.alt},
    )
    return html.P(
        [
            *(pictures if not view.chart.empty else ()),
            html.A("Figures (XLSX)", href=f"/api/observations.xlsx?{view.query}"),
            html.A("Figures (CSV)", href=f"/api/observations.csv?{view.query}"),
            html.A("Figures (JSON)", href=f"/api/observations.json?{view.query}"),
            copied,
        ],
        className="downloads",
    )
