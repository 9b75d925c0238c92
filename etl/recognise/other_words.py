"""A row's label or a column's heading that says why its figures are none of the council's actual
ones: what it names, and the note that tells so."""

from __future__ import annotations

import re

from etl import roles
from etl.model import Finding
from etl.roles import NOTHING, Meaning

NOT_ACTUAL = "not-actual"
COMPARATOR = "comparator-left-out"
HOLD = {
    "target": "targets",
    "floor": "a floor",
    "trajectory": "a course that is planned",
    "forecast": "forecasts",
    "previous": "an earlier period's figures",
    "comparison": "figures to compare with",
    "aggregate": "averages or totals of several figures",
    "difference": "differences",
    "rating": "ratings",
}
SPANS = {
    "rolling_12_months": "twelve months",
    "year_to_date": "a year so far",
    "quarter": "a quarter",
    "month": "one month",
}
_PARTS = re.compile(r"\s[-\u2013\u2014]\s|[():;|]")
_MEAN = re.compile(r"\b(?:average|avg|mean)\b", re.IGNORECASE)
_FIRST = re.compile(r"(?P<word>[^\W\d_]+) (?:for|of)\b")


def of_column(printed: str, place: str) -> Finding | None:
    """The note for a column without a month whose heading says what it holds."""
    meaning = roles.of_heading(printed, strict=False)
    if not _tells(meaning):
        meaning = roles.of_caption(printed)
    if _tells(meaning) or meaning.span not in ("", "month"):
        return _note(meaning, f"{place}: the column {printed!r}", place)
    return None


def of_row(label: str, place: str) -> Finding | None:
    """The note for an unknown row, a part of whose label says so and nothing else: "(planned)".

    A word among others does not: "Number of EHC plans" may be a row that got a new name.
    """
    parts = [_MEAN.sub(" ", part).strip() for part in _PARTS.split(label)]
    first = _FIRST.match(label)
    if first and roles.of_caption(label).other:
        parts.append(first["word"])
    for part in parts:
        if _tells(meaning := roles.of_heading(part)):
            return _note(meaning, f"{place}: the row {label!r}", place)
    return None


def _tells(meaning: Meaning = NOTHING) -> bool:
    return meaning.role in HOLD


def _note(meaning: Meaning, where: str, place: str) -> Finding:
    hold = HOLD.get(meaning.role) or f"figures of {SPANS[meaning.span]}"
    code = COMPARATOR if meaning.role == "comparison" else NOT_ACTUAL
    message = f"{where} holds {hold}, not the council's figures of a month; they are not read."
    return Finding(code, "note", message, (place,))
