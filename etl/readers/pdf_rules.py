"""Where a page's drawn lines leave a table open: a row that the page's end cuts in two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

_NEAR = 3.0  # points within which two lines meet
_LEAST = 3  # uprights that must end together: an open row has an edge left and right of a cell

Rule = dict[str, Any]  # a drawn line as pdfplumber describes it


def open_ends(edges: Iterable[Rule]) -> list[Rule]:
    """The flat lines that a page leaves out where all columns of a table end together.

    Some programs do not close a row that goes on overleaf: its uprights run on below the
    last flat line, or begin above the first, and its figures would stand in no cell. Takes
    and gives edges as pdfplumber has them, in points.
    """
    flat: list[Rule] = []
    upright: list[Rule] = []
    for edge in edges:
        (flat if edge["orientation"] == "h" else upright).append(edge)
    found = []
    for side in ("top", "bottom"):
        levels: dict[int, list[Rule]] = defaultdict(list)
        for edge in upright:
            levels[round(edge[side])].append(edge)
        for level, ending in levels.items():
            left, right = min(e["x0"] for e in ending), max(e["x0"] for e in ending)
            columns = {round(e["x0"]) for e in ending}
            if len(columns) < _LEAST or _passes(upright, level, left, right):
                continue
            if not _closed(flat, level, left, right):
                found.append(_flat(level, left, right))
    return found


def _closed(flat: Iterable[Rule], level: float, left: float, right: float) -> bool:
    """Whether a flat line is drawn at this level somewhere between left and right."""
    return any(
        abs(e["top"] - level) <= _NEAR and e["x0"] < right - _NEAR and e["x1"] > left + _NEAR
        for e in flat
    )


def _passes(upright: Iterable[Rule], level: float, left: float, right: float) -> bool:
    """Whether an upright within the table runs through this level: the table goes on."""
    return any(
        e["top"] < level - _NEAR < level + _NEAR < e["bottom"]
        and left - _NEAR <= e["x0"] <= right + _NEAR
        for e in upright
    )


def _flat(level: float, left: float, right: float) -> Rule:
    return {
        "object_type": "line",
        "orientation": "h",
        "x0": left,
        "x1": right,
        "top": level,
        "bottom": level,
        "width": right - left,
        "height": 0,
    }
