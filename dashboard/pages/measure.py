"""A measure's page: the finding, four facts, the chart with its choices, the definition."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from dash import html

from dashboard.address import Choices, keeping
from dashboard.components import flag, link, revisions, section, shape, standing_part, table
from dashboard.markup import Raw
from dashboard.pages import island
from dashboard.pages.fits import guessed
from dashboard.pages.page import ISLAND, Asked, Page
from dashboard.views.measure import measure as measure_view
from dashboard.views.measure_types import EventNote, Fact, MeasureView, TargetNote
from etl.record import Record


def view_of(
    record: Record, name: str, chosen: Choices, today: date | None = None
) -> MeasureView | None:
    """The view that the address asks for; None where no such measure is declared."""
    return measure_view(
        record,
        name,
        chosen.cohort,
        chosen.view,
        year=chosen.year,
        first=chosen.first,
        last=chosen.last,
        today=today,
    )


def page(asked: Asked) -> Page | None:
    """The page of one measure as at the chosen meeting; None where there is none."""
    view = view_of(asked.record, asked.measure, asked.choices, asked.today)
    if view is None:
        return None
    as_at = asked.choices.as_at
    return Page(
        title=view.heading,
        body=_layout(view, as_at),
        path=f"/measure/{view.measure}",
        as_at_words=view.as_at,
        island=island.island(view, as_at, guessed(asked.narrow)).parts,
        scripts=not view.chart.empty,
        description=f"{view.heading}. {view.lede}",
    )


def _layout(view: MeasureView, as_at: date | None) -> list[Any]:
    crumbs = [
        part for at, to in enumerate(view.breadcrumb) for part in (" › " if at else "", link(to))
    ]
    cautions = [
        html.P(
            [
                html.Strong(f"{c.lead} "),
                c.text,
                " ",
                html.A("More", href=keeping(c.url, as_at)) if c.url else None,
            ],
            className="caution",
        )
        for c in view.cautions
    ]
    return [
        html.Nav(crumbs, className="crumbs", **{"aria-label": "Where this page stands"}),
        html.H1(view.heading),
        html.P(view.lede, className="lede"),
        html.P(view.stopped + ".", className="stopped-note") if view.stopped else None,
        _facts(view.facts),
        html.Div(
            [
                html.Div(
                    [
                        Raw(ISLAND),
                        *cautions,
                        _takes(view),
                        standing_part("More on these figures", lambda: _more(view, as_at)),
                    ],
                    className="main-column",
                ),
                html.Aside(
                    [
                        html.H2("Definition", className="unseen"),
                        *(section(s, as_at, html.H3) for s in view.blocks),
                        _related(view, as_at),
                        _terms(view),
                    ],
                    className="definition",
                    **{"aria-label": "Definition"},
                ),
            ],
            className="columns",
        ),
        _beside(view, as_at),
    ]


def _facts(facts: Iterable[Fact]) -> html.Dl:
    return html.Dl(
        [
            html.Div(
                [
                    html.Dt(fact.label),
                    html.Dd([shape(fact.shape), fact.value], className="value"),
                    html.Dd(fact.detail, className="small") if fact.detail else None,
                ]
            )
            for fact in facts
        ],
        className="facts",
    )


def _terms(view: MeasureView) -> Any:
    if not view.glossary:
        return None
    items = [
        part
        for term, meaning, url in view.glossary
        for part in (html.Dt(html.A(term, href=url)), html.Dd(meaning))
    ]
    return html.Section([html.H3("Words used here"), html.Dl(items, className="terms")])


def _related(view: MeasureView, as_at: date | None) -> Any:
    if not view.related:
        return None
    items = [html.Li(link(to, as_at)) for to in view.related]
    return html.Section([html.H3("Rows that belong with this one"), html.Ul(items)])


def _takes(view: MeasureView) -> Any:
    if view.takes is None:
        return None
    return html.Section(
        [
            html.H2("What it would take", id="takes"),
            html.P(html.Strong(view.takes.lead)),
            *(html.P(sentence) for sentence in view.takes.sentences),
        ],
        className="takes",
    )


# --- below the chart -------------------------------------------------------------------


def _more(view: MeasureView, as_at: date | None) -> list[Any]:
    return [
        _flags(view, as_at),
        _targets(view.targets),
        _notes("Events that matter here", "events", view.events),
        _notes("Explanations", "explanations", view.explanations),
        html.Section(
            [
                html.H2("What was reported then, and what is held now", id="revisions"),
                revisions(view.revisions, "Figures that a later publication changed"),
            ]
        )
        if view.revisions
        else None,
        html.Section(
            [
                html.H2("Every figure held", id="figures"),
                *(
                    html.Details(
                        [
                            html.Summary(t.summary),
                            table(f"{view.title}: {t.caption}", t.columns, t.rows),
                        ]
                    )
                    for t in view.tables
                ),
            ]
        )
        if view.tables
        else None,
    ]


def _flags(view: MeasureView, as_at: date | None) -> Any:
    if not view.flags:
        return None
    return html.Section(
        [
            html.H2("Published figures in doubt", id="flags"),
            html.Ul(
                [html.Li([flag(f, as_at), " ", f.detail]) for f in view.flags], className="plain"
            ),
        ]
    )


def _targets(notes: tuple[TargetNote, ...]) -> Any:
    if not notes:
        return None
    columns = ("Target", "Kind and form", "Basis", "Set by", "Held against the latest figure")
    rows = [
        (n.label, f"{n.kind}; {n.form}", n.basis, f"{n.approver} ({n.source})", n.used)
        for n in notes
    ]
    return html.Section([html.H2("Targets", id="targets"), table("Targets", columns, rows)])


def _notes(title: str, anchor: str, notes: tuple[EventNote, ...]) -> Any:
    if not notes:
        return None
    items = [
        part
        for n in notes
        for part in (
            html.Dt(f"{n.when}: {n.title}"),
            html.Dd([n.text, " ", html.Span(n.source, className="quiet")]),
        )
    ]
    return html.Section([html.H2(title, id=anchor), html.Dl(items, className="events")])


def _beside(view: MeasureView, as_at: date | None) -> html.Nav:
    return html.Nav(
        [
            html.Span(["Before: ", link(view.previous, as_at)]) if view.previous else html.Span(),
            html.Span(["Next: ", link(view.next, as_at)]) if view.next else html.Span(),
        ],
        className="beside",
        **{"aria-label": "The rows beside this one"},
    )
