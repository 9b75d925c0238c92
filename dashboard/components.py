"""View -> html: the parts that several pages share."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from typing import Any

from dash import html

from dashboard.address import keeping
from dashboard.markup import Raw
from dashboard.views.types import Choice, Flag, Link, RevisionRow, Section, Sentence

log = logging.getLogger(__name__)

# A shape before a word: drawn, not a letter, so that no font or voice garbles it.
_SHAPES = {
    "met": '<path d="M1.5 7.5 5 11l6.5-8.5" fill="none" stroke-width="2.2"/>',
    "short": '<path d="M6.5 .8 12.2 6.5 6.5 12.2 .8 6.5Z" class="full"/>',
    "unsaid": '<circle cx="6.5" cy="6.5" r="4.7" fill="none" stroke-width="1.8"/>',
    "usual": '<path d="M1.5 6.5h10" fill="none" stroke-width="2.6"/>',
    "better": '<path d="M6.5 1.5 11.8 11H1.2Z" class="full"/>',
    "worse": '<path d="M6.5 11.5 1.2 2h10.6Z" class="full"/>',
    "flag": '<path d="M2.5 12.5V1.2h7.8L8 4l2.3 2.8H2.5" fill="none" stroke-width="1.6"/>',
}


def shape(name: str) -> Raw:
    """A small mark that stands before the words which say the same; silent for voices."""
    if name not in _SHAPES:
        return Raw("")
    return Raw(
        f'<svg class="shape shape-{name}" width="13" height="13" viewBox="0 0 13 13" '
        f'aria-hidden="true" focusable="false">{_SHAPES[name]}</svg>'
    )


def with_strong(sentence: Sentence) -> list[Any]:
    """A sentence with its telling parts in bold."""
    parts: list[Any] = []
    rest = sentence.text
    for strong in sentence.strong:
        before, found, after = rest.partition(strong)
        if not found:
            continue
        parts += [before, html.Strong(strong)]
        rest = after
    return [*parts, rest]


def flag(found: Flag, as_at: date | None) -> html.A:
    """The mark beside a published figure that does not add up."""
    return html.A(
        [shape("flag"), html.Span("Flagged: ", className="unseen"), found.text],
        href=keeping(found.url, as_at),
        className="flag",
    )


def link(to: Link, as_at: date | None = None, **more: Any) -> html.A:
    return html.A(to.label, href=keeping(to.url, as_at), **more)


def chooser(label: str, offered: Sequence[Choice], kind: str = "", *, quiet: bool = False) -> Any:
    """Links to the same thing seen otherwise; one that cannot be taken says why."""
    if len(offered) < 2:
        return None
    items, reasons = [], []
    for choice in offered:
        if choice.why_not:
            # Why it cannot be taken stands beside it, to be read by whoever cannot point at it.
            reasons.append(
                html.P(f"{choice.label} is not shown. {choice.why_not}", className="small why-not")
            )
            items.append(
                html.Li(
                    html.Span(
                        [choice.label, html.Span(": cannot be shown", className="unseen")],
                        className="choice off",
                    )
                )
            )
            continue
        chosen = {"aria-current": "true"} if choice.chosen else {}
        items.append(
            html.Li(
                html.A(
                    choice.label,
                    href=choice.url,
                    className="choice",
                    **{"data-choice": kind},
                    **chosen,
                )
            )
        )
    name = "choices quiet-choices" if quiet else "choices"
    return html.Nav(
        [
            html.Span(label, className="choices-label" if quiet else "unseen"),
            html.Ul(items),
            *reasons,
        ],
        className=name,
        **{"aria-label": label},
    )


def table(
    caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, shown: bool = False
) -> Raw:
    """A real table that scrolls by itself where it is wider than the page.

    Written at once: a component a cell takes longer than all else of a view.
    """
    head = "".join(f'<th scope="col">{_plain(column)}</th>' for column in columns)
    body = "".join(
        f'<tr><th scope="row">{_plain(row[0])}</th>'
        f"{''.join(f'<td>{_plain(cell)}</td>' for cell in row[1:])}</tr>"
        for row in rows
    )
    name = "" if shown else ' class="unseen"'
    return Raw(
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table class="figures"><caption{name}>{_plain(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _plain(text: str) -> str:
    return escape(text, quote=False)


def section(found: Section, as_at: date | None, level: type = html.H2) -> html.Section:
    """A heading with paragraphs, a list and links."""
    return html.Section(
        [
            level(found.title, id=found.id),
            *(html.P(text) for text in found.paragraphs),
            html.Ul([html.Li(item) for item in found.items]) if found.items else None,
            html.P([part for to in found.links for part in (link(to, as_at), " ")])
            if found.links
            else None,
        ],
        **{"aria-labelledby": found.id},
    )


def revisions(rows: Sequence[RevisionRow], caption: str) -> Raw:
    """What was reported then, and what is held now."""
    columns = ("Figure", "Period", "Reported then", "In", "Held now", "In")
    return table(
        caption,
        columns,
        [(r.title, r.period, r.then, r.then_source, r.now, r.now_source) for r in rows],
        shown=True,
    )


def standing_part(name: str, make: Callable[[], Any]) -> Any:
    """A part of a page; where it cannot be made the page says so and the rest stands."""
    try:
        return make()
    except Exception:
        log.exception("the part %r of a page could not be made", name)
        return html.Div(
            [
                html.Strong(f"{name} cannot be shown just now. "),
                "Something went wrong in this software, not in the figures; it has been noted. "
                "The rest of the page stands.",
            ],
            className="caution",
            role="note",
        )
