"""A measure's page: the finding, four facts, the chart with its choices, the definition."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from dash import dcc, html

from dashboard import ids
from dashboard.address import Choices, keeping, with_choice
from dashboard.charts import figure
from dashboard.components import (
    chooser,
    flag,
    link,
    revisions,
    section,
    shape,
    standing_part,
    table,
)
from dashboard.markup import Raw
from dashboard.pages.page import Asked, Page
from dashboard.views.measure import measure as measure_view
from dashboard.views.measure_types import EventNote, Fact, MeasureView, TargetNote
from etl.record import Record

SIZES = ("page", "medium", "narrow")
# The mode bar would offer to upload the chart to a cloud; nothing here needs it.
CONFIG = {"displayModeBar": False, "showSendToCloud": False, "locale": "en"}


def view_of(
    record: Record, name: str, chosen: Choices, today: date | None = None
) -> MeasureView | None:
    """The view that the address asks for; None where no such measure is declared."""
    return measure_view(
        record, name, chosen.cohort, chosen.view,
        year=chosen.year, first=chosen.first, last=chosen.last, today=today,
    )  # fmt: skip


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
        island=island(view, as_at, "narrow" if asked.narrow else "page"),
        scripts=not view.chart.empty,
        description=f"{view.heading}. {view.lede}",
    )


def _layout(view: MeasureView, as_at: date | None) -> list[Any]:
    crumbs = [
        part for at, to in enumerate(view.breadcrumb) for part in (" › " if at else "", link(to))
    ]
    cautions = [
        html.P(
            [html.Strong(f"{c.lead} "), c.text,
             html.A(" More", href=keeping(c.url, as_at)) if c.url else None],
            className="caution",
        )
        for c in view.cautions
    ]  # fmt: skip
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
                    [html.H2("Definition", className="unseen"),
                     *(section(s, as_at, html.H3) for s in view.blocks), _terms(view)],
                    className="definition", **{"aria-label": "Definition"},
                ),
            ],
            className="columns",
        ),
        _beside(view, as_at),
    ]  # fmt: skip


ISLAND = "<!-- the part that Dash draws -->"


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
    items = [part for term, meaning, url in view.glossary
             for part in (html.Dt(html.A(term, href=url)), html.Dd(meaning))]  # fmt: skip
    return html.Section([html.H3("Words used here"), html.Dl(items, className="terms")])


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


# --- the part that Dash takes over -----------------------------------------------------


def island(view: MeasureView, as_at: date | None, size: str = "page") -> list[Any]:
    """The choices, the chart, its caption, its figures as a table, and the downloads."""
    return [
        chooser("Group", view.cohorts, "page", quiet=True),
        chooser("Basis", view.bases, "page", quiet=True),
        chooser("View", view.views, "view"),
        chooser("Year", view.years, "view", quiet=True),
        standing_part("The chart", lambda: _chart(view, size)),
        _downloads(view, as_at),
    ]


def _chart(view: MeasureView, size: str) -> html.Figure:
    shown = view.chart
    figures = table(f"{shown.title}: figures", shown.columns, shown.rows) if shown.rows else None
    # The page's heading may be the chart's: then it is not shown twice.
    said = "unseen" if shown.title == view.heading else "chart-title"
    parts: list[Any] = [html.H2(shown.title, className=said),
                        html.P(shown.subtitle, className="chart-subtitle")]  # fmt: skip
    if shown.empty:
        parts.append(html.P(shown.empty, className="caution"))
    else:
        graph = dcc.Graph(id=ids.CHART, figure=figure(shown, size), config=CONFIG,
                          className="chart", responsive="auto")  # fmt: skip
        parts += [
            html.Div(
                graph, role="img", className=f"drawn drawn-{size}", **{"aria-label": shown.alt}
            ),
            # Another width than the one guessed at is asked for by the browser.
            dcc.Store(id=ids.FIGURES, data={"size": size, "url": _picture(view)}),
        ]
    caption = [
        f"Source: {_bare(shown.source)}. ",
        f"{_bare(shown.as_at)}. ",
        *(f"{note} " for note in shown.notes),
    ]
    return html.Figure(
        [
            *parts,
            html.Figcaption(caption),
            html.Details([html.Summary("The chart's figures as a table"), figures])
            if figures else None,
        ]
    )  # fmt: skip


def _picture(view: MeasureView) -> str:
    """The address of this chart as a figure, with all that was chosen; `size` is added to it."""
    here = next((choice.url for choice in view.views if choice.chosen), "")
    query = here.partition("?")[2]
    return with_choice(f"/api/picture.json?{query}", measure=view.measure, cohort=view.cohort)


def _bare(text: str) -> str:
    return text.removeprefix("Source: ").removesuffix(".")


def _downloads(view: MeasureView, as_at: date | None) -> html.P:
    stem = f"{view.name}{'' if view.view in ('', 'trend') else '_' + view.view}"
    picture = html.Button(
        "Picture (PNG)", type="button", className="as-link needs-script",
        **{"data-figure": _picture(view), "data-file": f"{_stamp(as_at)}{stem}"},
    )  # fmt: skip
    copied = html.Button("Copy the description", type="button", className="as-link needs-script",
                         **{"data-copy": view.chart.alt})  # fmt: skip
    return html.P(
        [
            picture if not view.chart.empty else None,
            html.A("Figures (XLSX)", href=f"/api/observations.xlsx?{view.query}"),
            html.A("Figures (CSV)", href=f"/api/observations.csv?{view.query}"),
            html.A("Figures (JSON)", href=f"/api/observations.json?{view.query}"),
            copied,
        ],
        className="downloads",
    )  # fmt: skip


def _stamp(as_at: date | None) -> str:
    return f"{as_at.isoformat()}_" if as_at else ""


# --- below the chart -------------------------------------------------------------------


def _more(view: MeasureView, as_at: date | None) -> list[Any]:
    return [
        _flags(view, as_at),
        _targets(view.targets),
        _notes("Events that matter here", "events", view.events),
        _notes("Explanations", "explanations", view.explanations),
        html.Section(
            [html.H2("What was reported then, and what is held now", id="revisions"),
             revisions(view.revisions, "Figures that a later publication changed")]
        ) if view.revisions else None,
        html.Section(
            [
                html.H2("Every figure held", id="figures"),
                *(html.Details([html.Summary(f"{t.caption}: {len(t.rows)} figures"),
                                table(f"{view.title}: {t.caption}", t.columns, t.rows)])
                  for t in view.tables),
            ]
        ) if view.tables else None,
    ]  # fmt: skip


def _flags(view: MeasureView, as_at: date | None) -> Any:
    if not view.flags:
        return None
    return html.Section(
        [
            html.H2("Published figures that do not add up", id="flags"),
            html.Ul(
                [html.Li([flag(f, as_at), " ", f.detail]) for f in view.flags], className="plain"
            ),
        ]
    )  # fmt: skip


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
        part for n in notes
        for part in (html.Dt(f"{n.when}: {n.title}"),
                     html.Dd([n.text, " ", html.Span(n.source, className="quiet")]))
    ]  # fmt: skip
    return html.Section([html.H2(title, id=anchor), html.Dl(items, className="events")])


def _beside(view: MeasureView, as_at: date | None) -> html.Nav:
    return html.Nav(
        [
            html.Span(["Before: ", link(view.previous, as_at)]) if view.previous else html.Span(),
            html.Span(["Next: ", link(view.next, as_at)]) if view.next else html.Span(),
        ],
        className="beside", **{"aria-label": "The rows beside this one"},
    )  # fmt: skip
