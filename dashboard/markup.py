"""Dash components -> HTML text, for pages that are documents and for a page's first paint.

One tree serves both: what the server writes into the page is what Dash then draws.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from dash.development.base_component import Component

_NAMES = {
    "className": "class",
    "htmlFor": "for",
    "colSpan": "colspan",
    "rowSpan": "rowspan",
    "tabIndex": "tabindex",
    "hrefLang": "hreflang",
    "autoComplete": "autocomplete",
}
_VOID = {"br", "hr", "img", "input", "wbr"}


class Raw(str):
    """Markup that is written as it stands: an inline SVG, a native control."""


def html_of(node: Any) -> str:
    """A component, text, number, None, or a list of these as HTML; text is escaped.

    Components that draw themselves in the browser (a dcc.Graph) become an empty element
    with their id and class: what stands beside them says what is coming.
    """
    parts: list[str] = []
    _write(node, parts)
    return "".join(parts)


def _write(node: Any, parts: list[str]) -> None:
    if node is None or node == "":
        return
    if isinstance(node, Raw):
        parts.append(node)
    elif isinstance(node, Component):
        _element(node, parts)
    elif isinstance(node, Iterable) and not isinstance(node, str):
        for child in node:
            _write(child, parts)
    else:
        parts.append(escape(str(node), quote=False))


def _element(node: Component, parts: list[str]) -> None:
    named = node.to_plotly_json()
    props = named["props"]
    own = named["namespace"] == "dash_html_components"
    name = named["type"].lower() if own else "div"
    parts.append(f"<{name}")
    for prop, value in props.items():
        plain = _NAMES.get(prop, prop)
        if prop == "children" or value is None or value is False:
            continue
        if not own and prop not in ("id", "className"):
            continue
        if value is True and not plain.startswith(("aria-", "data-")):
            parts.append(f" {plain}")
        else:
            text = str(value).lower() if value is True else str(value)
            parts.append(f' {plain}="{escape(text)}"')
    parts.append(">")
    if name in _VOID:
        return
    if own:
        _write(props.get("children"), parts)
    parts.append(f"</{name}>")
