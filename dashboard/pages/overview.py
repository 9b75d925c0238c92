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
from dashboard.views.types import Change, Group, Overview, Row, Verdict


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
        html.P(
            [
                f"{view.past_lead} ",
                *(part for s in view.past for part in (html.Span(with_strong(s)), " ")),
            ],
            className="past",
        )
        if view.past
        else None,
        html.Div([html.P(note) for note in view.notes], className="notes"),
        standing_part("The table of measures", lambda: _table(view, as_at)),
        _downloads(as_at),
    ]


def _downloads(as_at: date | None) -> html.P:
    names = (("Figures (CSV)", "csv"), ("Figures (XLSX)", "xlsx"), ("Figures (JSON)", "json"))
    return html.P(
        [html.A(label, href=keeping(f"/api/observations.{form}", as_at)) for label, form in names],
        className="downloads",
    )


def _table(view: Overview, as_at: date | None) -> html.Table:
    heads = (
        ("no", html.Span("Row of the appendix", className="unseen")),
        ("name", "Measure"),
        ("line", view.spark_heading),
        ("latest", "Latest"),
        ("change", "Change from a year before"),
        ("change", view.last_report),
        ("target", "Against the target"),
        ("usual", "Beyond usual variation?"),
    )
    monthly = [row for group in view.groups for row in group.rows if not _yearly(row)]
    days = [day for row in monthly for day, _ in row.spark.points]
    bounds = (min(days), max(days)) if days else None
    return html.Table(
        [
            html.Caption("Each measure in the order of Appendix 1", className="unseen"),
            html.Thead(
                html.Tr([html.Th(text, scope="col", className=f"c-{name}") for name, text in heads])
            ),
            *(_group(group, bounds, as_at, view) for group in view.groups),
        ],
        className="appendix",
    )


def _yearly(row: Row) -> bool:
    return row.detail.startswith("calendar year")


def _group(
    group: Group, bounds: tuple[date, date] | None, as_at: date | None, view: Overview
) -> html.Tbody:
    heading = html.Tr(
        html.Th(
            [html.H2(group.title, id=group.id), html.Span(group.question, className="question")],
            colSpan=8,
            scope="rowgroup",
        ),
        className="group",
    )
    return html.Tbody([heading, *(_row(row, bounds, as_at, view) for row in group.rows)])


def _row(row: Row, bounds: tuple[date, date] | None, as_at: date | None, view: Overview) -> html.Tr:
    svg = sparkline(row.spark, *(() if _yearly(row) or not bounds else bounds))
    name = [
        html.A(row.title, href=keeping(row.url, as_at)),
        html.Span(row.detail, className="small") if row.detail else None,
        *(flag(found, as_at) for found in row.flags),
    ]
    stand, usual = row.standing, row.variation
    return html.Tr(
        [
            html.Td(row.serial, className="c-no"),
            html.Th(name, scope="row", className="c-name"),
            html.Td(Raw(svg), className="c-line"),
            html.Td(_latest(row), className="c-latest"),
            _cell("Change from a year before", "change", _change(row.year_before)),
            _cell(view.last_report, "change", _change(row.last_report)),
            _cell("Against the target", "target", _said(stand.shape, stand.words, stand.detail)),
            _cell("Beyond usual variation?", "usual", _why(usual)),
        ]
    )


def _cell(label: str, name: str, said: Any) -> html.Td:
    """A cell that carries its column's name, for the rows that a telephone stacks."""
    return html.Td(html.Div(said), className=f"c-{name}", **{"data-label": label})


def _why(usual: Verdict) -> Any:
    """A verdict that opens to its reason, by touch and keyboard too."""
    if not usual.detail:
        return _said(usual.shape, usual.words, "")
    said = html.Summary([shape(usual.shape), html.Span(usual.words)])
    return html.Details([said, html.Span(usual.detail, className="small")], className="why")


def _latest(row: Row) -> Any:
    if row.figure is None:
        return html.Span(row.missing, className="small")
    unit = html.Span(f" {row.figure.unit}", className="unit") if row.figure.unit else None
    # The notes above the table say it in full; each row says it for itself.
    month = f"{row.figure.period}; none since" if row.stopped else row.figure.period
    below = [row.small, row.missing]
    return [
        html.Span([row.figure.number, unit], className="figure"),
        html.Span(month, className="small"),
        *(html.Span(text, className="small") for text in below if text),
    ]


def _change(change: Change) -> Any:
    said = (
        html.Span(change.number)
        if change.number
        else (html.Span(change.why_not, className="quiet"))
    )
    return [said, html.Span(change.versus, className="small") if change.versus else None]


def _said(mark: str, words: str, detail: str) -> Any:
    if not mark:
        return [
            html.Span(words, className="quiet"),
            html.Span(detail, className="small") if detail else None,
        ]
    return html.Div(
        [
            shape(mark),
            html.Div([html.Span(words), html.Span(detail, className="small") if detail else None]),
        ],
        className="said",
    )
