"""Views -> HTML parts that more than one page shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dash import dcc, html

from dashboard.views.measure_types import FigureTable
from dashboard.views.types import Choice, Flag, Link, RevisionRow, Section

# A mark beside words; the words say the same, so it is hidden from screen readers.
_SHAPES = {
    "met": "✓", "short": "◆", "unsaid": "○", "usual": "–", "better": "▲", "worse": "▼",
}  # fmt: skip


def shape(name: str, tone: str = "neutral") -> Any:
    """The mark before a standing or verdict; nothing where there is none."""
    if name not in _SHAPES:
        return None
    return html.Span(
        _SHAPES[name], className=f"shape shape-{name} {tone}", **{"aria-hidden": "true"}
    )


def bold(text: str, strong: Iterable[str]) -> list[Any]:
    """`text` with the named parts of it set in bold, in order."""
    parts: list[Any] = []
    for part in strong:
        before, found, after = text.partition(part)
        if not found:
            continue
        parts += [before, html.Strong(part)]
        text = after
    return [part for part in [*parts, text] if part]


def flag(of: Flag) -> Any:
    """A figure's flag, linked to its finding."""
    return html.A(
        [html.Span("⚑ ", **{"aria-hidden": "true"}), of.text],
        href=of.url,
        className="flag",
        title=of.detail,
    )


def table(
    caption: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    hidden_caption: bool = False,
) -> Any:
    """A real table: caption, column headings, and the first cell of each row as its heading."""
    head = html.Tr([html.Th(text, scope="col") for text in columns])
    body = [
        html.Tr([html.Th(row[0], scope="row"), *(html.Td(cell) for cell in row[1:])])
        for row in rows
    ]
    return html.Div(
        html.Table(
            [
                html.Caption(caption, className="for-readers" if hidden_caption else ""),
                html.Thead(head),
                html.Tbody(body),
            ],
            className="figures",
        ),
        className="scrolls",
        tabIndex="0",
        role="region",
        **{"aria-label": caption},
    )


def figure_table(of: FigureTable) -> Any:
    """All figures held of one span."""
    return table(of.caption, of.columns, of.rows)


def revisions(rows: Iterable[RevisionRow], caption: str) -> Any:
    """What was reported then, beside what is held now."""
    return table(
        caption,
        ("Measure", "Period", "Reported then", "In", "Held now", "From"),
        (
            (html.A(row.title, href=row.url) if row.url else row.title, row.period, row.then,
             row.then_source, row.now, row.now_source)
            for row in rows
        ),
    )  # fmt: skip


def choices(label: str, of: Sequence[Choice], *, same_page: bool = True) -> Any:
    """Ways to see the same thing, as links; one that cannot be taken says why."""
    link = dcc.Link if same_page else html.A
    items = []
    for choice in of:
        if choice.why_not:
            items.append(
                html.Li(
                    [
                        html.Span(choice.label, className="choice closed"),
                        html.Span(f" {choice.why_not}", className="why-not"),
                    ],
                    className="unavailable",
                )
            )
            continue
        current = {"aria-current": "true"} if choice.chosen else {}
        name = "choice chosen" if choice.chosen else "choice"
        items.append(html.Li(link(choice.label, href=choice.url, className=name, **current)))
    return html.Nav(html.Ul(items, className="choices"), **{"aria-label": label})


def section(of: Section, level: Any = html.H2) -> Any:
    """A heading with its paragraphs, points and links."""
    parts: list[Any] = [level(of.title)]
    parts += [html.P(paragraph) for paragraph in of.paragraphs]
    if of.items:
        parts.append(html.Ul([html.Li(item) for item in of.items]))
    if of.links:
        parts.append(html.Ul([html.Li(html.A(link.label, href=link.url)) for link in of.links]))
    return html.Section(parts, id=of.id)


def trail(of: Sequence[Link]) -> Any:
    """The breadcrumb."""
    return html.Nav(
        html.Ol([html.Li(html.A(link.label, href=link.url) if link.url else link.label)
                 for link in of]),
        className="trail",
        **{"aria-label": "Breadcrumb"},
    )  # fmt: skip


def failed(what: str) -> Any:
    """The place of a part that could not be made; the rest of the page stands."""
    return html.Div(
        [
            html.Strong(f"{what} cannot be shown."),
            " Something went wrong here, and it has been noted. The rest of the page holds.",
        ],
        className="caution",
        role="alert",
    )
