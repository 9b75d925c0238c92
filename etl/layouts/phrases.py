"""Words of headings that every council's tables share: units, marks, and what roles.yaml knows."""

from __future__ import annotations

import re

from etl import roles
from etl.layouts.facets import Facets
from etl.model import Unit
from etl.text import signs

# Roles of roles.yaml by the names that figures have here.
_ROLES = {"comparison": "comparator"}
_SPANS: dict[str, str] = {"year_to_date": "to_date"}
_MARKS = re.compile(
    r"[*\u2020\u2021^]+|\((?:provisional|prov|p|revised|r|final)\.?\)", re.IGNORECASE
)
_UNITS: dict[str, Unit] = {
    "%": "percent",
    "percent": "percent",
    "per cent": "percent",
    "percentage": "percent",
    "number": "count",
    "no": "count",
    "no.": "count",
    "#": "count",
    "count": "count",
    "days": "days",
    "weeks": "weeks",
    "\u00a3": "pounds",
    "pounds": "pounds",
    "cost": "pounds",
    "rate per 100": "rate_per_100",
    "rate per 1,000": "rate_per_1000",
    "rate per 1000": "rate_per_1000",
    "rate per 10,000": "rate_per_10000",
    "rate per 10000": "rate_per_10000",
    "rate per 100,000": "rate_per_100000",
}


def unit_of(text: str) -> Unit | str:
    """The unit that a text names as a whole; "" where it names none."""
    return _UNITS.get(plain_text(text), "")


def meaning(text: str) -> Facets | None:
    """The role, span or unit that words name; None where one of them is not understood."""
    told = roles.of_heading(text)
    if not told.told or told.role == roles.MIXED:
        return None
    span = _SPANS.get(told.span, told.span)
    if told.role == "unit":
        unit = unit_of(text)
        return Facets(span=span, unit=unit) if unit else None
    return Facets(role=_ROLES.get(told.role, told.role), span=span)


def plain_text(text: str) -> str:
    """A text for comparison: small letters, plain dashes and quotes, single blanks."""
    return signs.collapsed(signs.straight(signs.hyphens(text)).casefold())


def without_marks(text: str) -> str:
    """A text without footnote marks and words such as "(provisional)"."""
    return _MARKS.sub("", text).strip()
