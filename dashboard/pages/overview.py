"""The overview: the finding, four sentences, then Appendix 1 come alive."""

from __future__ import annotations

from datetime import date
from typing import Any

from dash import html

from dashboard.address import keeping
from dashboard.components import flag, shape, standing_part, with_strong
from dashboard.markup import Raw
from dashboard.pages.page import Asked, Page
from dashboard.sparkline import sparkline
from dashboard.views.overview import overview
from dashboard.views.types import Change, Group, Overview, Row


def page(asked: Asked) -> Page:
    """The overview of what is held as at the chosen meeting."""
    view = overview(asked.record, asked.today)
    return Page(
        title="Overview",
        body=layout(view, asked.choices.as_at),
        path="/",
        as_at_words=view.as_at,
        nav="/",
        description=view.headline,
    )


def layout(view: Overview, as_at: date | None) -> list[Any]:
    if view.empty:
        return [html.H1(view.headline), html.P(view.empty, className="lede")]
    return [
        html.H1(view.headline),
        html.P(
            [part for s in view.sentences for part in (html.Span(with_strong(s)), " ")],
            className="lede",
        ),
        html.Div([html.P(note) for note in view.notes], className="notes"),
        standing_part("The table of measures", lambda: _table(view, as_at)),
        _downloads(as_at),
    ]


def _downloads(as_at: date | None) -> html.P:
    names = (("Figures (CSV)", "csv"), ("Figures (XLSX)", "xlsx"), ("Figures (JSON)", "json"))
    return html.P(
        [
            html.A(label, href=keeping(f"/api/observations.{form}", as_at))
            for label, form in names
        ],
        className="downloads",
    )  # fmt: skip


def _table(view: Overview, as_at: date | None) -> html.Table:
    heads = (
        ("no", html.Span("Row of the appendix", className="unseen")),
        ("name", "Measure"), ("line", view.spark_heading), ("latest", "Latest"),
        ("change", "On a year before"), ("change", view.last_report),
        ("target", "Against the target"), ("usual", "Beyond usual variation?"),
    )  # fmt: skip
    days = [day for group in view.groups for row in group.rows
            if not row.detail.startswith("calendar year") for day, _ in row.spark.points]  # fmt: skip
    bounds = (min(days), max(days)) if days else None
    return html.Table(
        [
            html.Caption("Each measure in the order of Appendix 1", className="unseen"),
            html.Thead(html.Tr([html.Th(text, scope="col", className=f"c-{name}")
                                for name, text in heads])),
            *(_group(group, bounds, as_at, view) for group in view.groups),
        ],
        className="appendix",
    )  # fmt: skip


def _group(
    group: Group, bounds: tuple[date, date] | None, as_at: date | None, view: Overview
) -> html.Tbody:
    heading = html.Tr(
        html.Th(
            [html.H2(group.title, id=group.id), html.Span(group.question, className="question")],
            colSpan=8, scope="rowgroup",
        ),
        className="group",
    )  # fmt: skip
    return html.Tbody([heading, *(_row(row, bounds, as_at, view) for row in group.rows)])


def _row(row: Row, bounds: tuple[date, date] | None, as_at: date | None, view: Overview) -> html.Tr:
    yearly = row.detail.startswith("calendar year")
    svg = sparkline(row.spark, *(() if yearly or not bounds else bounds))
    name = [
        html.A(row.title, href=keeping(row.url, as_at)),
        html.Span(row.detail, className="small") if row.detail else None,
        *(flag(found, as_at) for found in row.flags),
    ]
    return html.Tr(
        [
            html.Td(row.serial, className="c-no"),
            html.Th(name, scope="row", className="c-name"),
            html.Td(Raw(svg), className="c-line"),
            html.Td(_latest(row), className="c-latest"),
            html.Td(_change(row.year_before), className="c-change",
                    **{"data-label": "On a year before"}),
            html.Td(_change(row.last_report), className="c-change",
                    **{"data-label": view.last_report}),
            html.Td(_said(row.standing.shape, row.standing.words, row.standing.detail),
                    className="c-target", **{"data-label": "Against the target"}),
            html.Td(_said(row.variation.shape, row.variation.words, ""), className="c-usual",
                    title=row.variation.detail, **{"data-label": "Beyond usual variation?"}),
        ]
    )  # fmt: skip


def _latest(row: Row) -> Any:
    if row.figure is None:
        return html.Span(row.missing, className="small")
    unit = html.Span(f" {row.figure.unit}", className="unit") if row.figure.unit else None
    below = [row.figure.period, row.small, row.missing]
    return [
        html.Span([row.figure.number, unit], className="figure"),
        *(html.Span(text, className="small") for text in below if text),
        html.Span(row.stopped, className="small stopped") if row.stopped else None,
    ]


def _change(change: Change) -> Any:
    if not change.number:
        return html.Span(change.why_not, className="quiet")
    return [html.Span(change.number), html.Span(change.versus, className="small")]


def _said(mark: str, words: str, detail: str) -> Any:
    if not mark:
        return [html.Span(words, className="quiet"),
                html.Span(detail, className="small") if detail else None]  # fmt: skip
    return html.Div(
        [shape(mark), html.Div([html.Span(words),
         html.Span(detail, className="small") if detail else None])],
        className="said",
    )  # fmt: skip
