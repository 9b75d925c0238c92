"""The quality page: what does not add up, what was answered, revised, claimed, missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import html

from dashboard.address import keeping
from dashboard.components import revisions, shape, standing_part, table
from dashboard.pages.page import Asked, Page
from dashboard.views.quality import quality
from dashboard.views.record_types import ClaimRow, FindingRow, MissingRow, QualityView


def page(asked: Asked) -> Page:
    """What is wrong with the figures held, in words."""
    view = quality(asked.record, asked.today)
    return Page(
        "Data quality",
        layout(view, asked.choices.as_at),
        "/quality",
        as_at_words=view.as_at,
        nav="/quality",
        description=view.lede,
    )


def layout(view: QualityView, as_at: date | None) -> list[Any]:
    parts = (
        (
            "Waiting for an answer",
            "open",
            lambda: _findings(view.open, as_at, "No finding waits for an answer."),
        ),
        (
            "Not explained",
            "unexplained",
            lambda: _findings(view.unexplained, as_at, "No finding is left unexplained."),
        ),
        (
            "Judged a misprint, or right",
            "answered",
            lambda: _findings(view.answered, as_at, "No finding has been judged."),
        ),
        ("Notes", "notes", lambda: _findings(view.notes, as_at, "There are no notes.")),
        ("Revisions", "revisions", lambda: _revisions(view)),
        ("Claims held against the figures", "claims", lambda: _claims(view)),
        ("What is not held", "missing", lambda: _missing(view.missing, as_at)),
    )
    contents = html.Nav(
        html.Ul([html.Li(html.A(title, href=f"#{anchor}")) for title, anchor, _ in parts]),
        className="contents",
        **{"aria-label": "On this page"},
    )
    return [
        html.H1(view.headline),
        html.P(view.lede, className="lede"),
        contents,
        *(
            html.Section([html.H2(title, id=anchor), standing_part(title, make)])
            for title, anchor, make in parts
        ),
    ]


def _findings(rows: Sequence[FindingRow], as_at: date | None, nothing: str) -> Any:
    if not rows:
        return html.P(nothing)
    return html.Ol([_finding(row, as_at) for row in rows], className="findings")


def _finding(row: FindingRow, as_at: date | None) -> html.Li:
    said = f"{row.severity.capitalize()}. {row.verdict}".strip()
    if row.kept_out and not row.verdict:
        said += " The figure is kept out of sentences and verdicts."
    return html.Li(
        [
            html.P([shape("flag") if row.kept_out else None, html.Strong(row.message)]),
            html.P(said, className="small"),
            html.Ul(
                [html.Li(f"Figure: {figure}") for figure in row.figures]
                + [html.Li(f"Where: {place}") for place in row.places],
                className="small",
            ),
            html.P(
                html.A(
                    "The measure's page",
                    href=keeping(row.url, as_at),
                    **{"aria-label": f"The measure's page, finding {row.anchor}"},
                )
            )
            if row.url
            else None,
        ],
        id=row.anchor,
    )


def _revisions(view: QualityView) -> Any:
    if not view.revisions:
        return html.P(view.revisions_empty)
    return revisions(view.revisions, "Figures that a later publication changed")


def _claims(view: QualityView) -> list[Any]:
    """Report by report: what differs in full, the rest folded away."""
    parts: list[Any] = [html.P(view.claims_lede)]
    for report in view.claims:
        differing = report.differing
        parts += [
            html.H3(report.report),
            html.Ol([_claim(row) for row in differing], className="findings")
            if differing
            else html.P("None differs."),
            _folded(report.unchecked, "could not be checked", report.report),
            _folded(report.agreeing, "agree with the tables", report.report),
        ]
    return parts


def _claim(row: ClaimRow) -> html.Li:
    return html.Li(
        [html.P(html.Strong(row.explanation)), html.P(f"{row.place}.", className="small")]
    )


def _folded(rows: Sequence[ClaimRow], how: str, report: str) -> Any:
    if not rows:
        return None
    columns = ("Claimed", "About", "What the record says", "Where")
    cells = [(row.claimed, row.about, row.explanation, row.place) for row in rows]
    said = f"{len(rows)} {how.replace('agree ', 'agrees ') if len(rows) == 1 else how}"
    return html.Details([html.Summary(said), table(f"{report}: {said}", columns, cells)])


def _missing(rows: Sequence[MissingRow], as_at: date | None) -> Any:
    if not rows:
        return html.P("Nothing is known to be missing.")
    items = []
    for row in rows:
        title = html.A(row.title, href=keeping(row.url, as_at)) if row.url else row.title
        items += [html.Dt(title), html.Dd(row.text)]
    return html.Dl(items, className="events")
