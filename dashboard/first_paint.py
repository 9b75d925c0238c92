"""Dash components -> plain HTML, so that a page can be read before any script has come.

The browser shows it at once, a reader without scripts keeps it, and it is taken away when
Dash has drawn the same page (assets/first-paint.js).
"""

from __future__ import annotations

from html import escape
from typing import Any

from dash.development.base_component import Component

_NAMES = {"className": "class", "htmlFor": "for", "colSpan": "colspan", "tabIndex": "tabindex"}
_VOID = {"img", "input", "br", "hr"}
# What only means something to Dash.
_SKIPPED = {"children", "key", "n_clicks", "disable_n_clicks", "style"}


def render(part: Any) -> str:
    """The HTML of a component, of text, or of a list of both."""
    if part is None or isinstance(part, bool):
        return ""
    if isinstance(part, list | tuple):
        return "".join(render(child) for child in part)
    if not isinstance(part, Component):
        return escape(str(part))
    kind = type(part).__name__
    if kind in ("Graph", "Store", "Location"):
        return ""
    name = {"Link": "a", "Input": "input"}.get(kind, kind.lower())
    given = part.to_plotly_json()["props"]
    if kind == "Select":
        return _select(part, given)
    attributes = "".join(_attribute(key, value) for key, value in given.items())
    if name in _VOID:
        return f"<{name}{attributes}>"
    return f"<{name}{attributes}>{render(given.get('children'))}</{name}>"


def _attribute(key: str, value: Any) -> str:
    if key in _SKIPPED or value is None or value is False:
        return ""
    name = _NAMES.get(key, key)
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


def _select(part: Component, given: dict[str, Any]) -> str:
    """HTML marks the chosen option itself; React has the value on the select."""
    chosen = given.get("value")
    options = "".join(
        f'<option value="{escape(str(option.value))}"'
        f"{' selected' if option.value == chosen else ''}>{render(option.children)}</option>"
        for option in given.get("children") or []
    )
    kept = {key: value for key, value in given.items() if key != "value"}
    return f"<select{''.join(_attribute(k, v) for k, v in kept.items())}>{options}</select>"
