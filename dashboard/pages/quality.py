"""The quality page: what does not add up, what was answered, revised, claimed, is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.components import revisions, table
from dashboard.views.record_types import FindingRow, QualityView


def _finding(of: FindingRow) -> Any:
    parts: list[Any] = [html.P([html.Strong(of.message)])]
    told = []
    if of.figures:
        told.append(f"As printed: {', '.join(of.figures)}.")
    if of.verdict:
        told.append(of.verdict)
    if of.kept_out:
        told.append("Left out of sentences, changes and verdicts.")
    if told:
        parts.append(html.P(" ".join(told)))
    if of.places:
        parts.append(html.Ul([html.Li(place) for place in of.places], className="places"))
    if of.url:
        parts.append(html.P(html.A("See the measure", href=of.url)))
    return html.Li(parts, id=of.anchor, className=of.severity)


def _findings(heading: str, lede: str, of: Sequence[FindingRow], none: str) -> Any:
    shown = html.Ol([_finding(row) for row in of], className="findings") if of else html.P(none)
    return html.Section([html.H2(f"{heading} ({len(of)})"), html.P(lede), shown])


def layout(view: QualityView) -> list[Any]:
    """The page of `view`."""
    return [
        html.H1(view.headline),
        html.P(view.lede, className="lede"),
        _findings(
            "Waiting for an answer",
            "These figures take no part in sentences, changes and verdicts until they are answered.",
            view.open,
            "Nothing waits for an answer.",
        ),
        _findings(
            "Answered",
            "Found by the checks, looked at, and kept as published.",
            view.answered,
            "Nothing has been answered yet.",
        ),
        html.Section(
            [
                html.H2("Revised figures"),
                revisions(view.revisions, "What was reported then, and what is held now")
                if view.revisions
                else html.P(view.revisions_empty),
            ]
        ),
        html.Section(
            [
                html.H2("Figures given in words"),
                html.P(view.claims_lede),
                table(
                    "Figures stated in reports, held against the record",
                    ("Claimed", "About", "Where", "Verdict", "Why"),
                    ((c.claimed, c.about, c.place, c.verdict, c.explanation) for c in view.claims),
                )
                if view.claims
                else "",
            ]
        ),
        html.Section(
            [
                html.H2("What is missing"),
                html.Ul(
                    [
                        html.Li(
                            [html.Strong(html.A(m.title, href=m.url) if m.url else m.title),
                             f": {m.text}"]
                        )
                        for m in view.missing
                    ]
                ),
            ]
        ),
        _findings("Also noticed", "For information; nothing is left out for these.", view.notes,
                  "Nothing else was noticed."),
    ]  # fmt: skip
