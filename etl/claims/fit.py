"""Whether a figure as prose gives it is a figure of the record, rounding allowed for."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from etl.model import Statement

Fit = Literal["yes", "no", "perhaps"]

_LOOSE = re.compile(
    r"\b(?:half|thirds?|quarters?|fifths?|sixths?|eighths?|tenths?|in|out of)\b", re.IGNORECASE
)
_HALF = Decimal("0.5")
_FAR = Decimal("0.3")


def decimals(statement: Statement) -> int:
    """How many decimals the figure was printed with."""
    printed = re.search(r"\.([0-9]+)", statement.raw)
    return len(printed[1]) if printed else 0


def fits(statement: Statement, held: Decimal) -> Fit:
    """How a claimed value stands to the one held, both in the claim's unit.

    Without words such as "about" it fits when the figure held rounds to it, either way at a
    half (193.5 is 193 or 194). "Over" and "under" must be on their side, and are left open
    where they are far off; "about" within a twentieth, and between that and a tenth it is left
    open, as are round numbers.
    """
    claimed = statement.value
    assert claimed is not None, "a claim has a value"
    if _rounds(claimed, held, decimals(statement)):
        return "yes"
    if statement.unit == "percent" and _LOOSE.search(statement.raw):
        # Half, two thirds: words for shares are loose, "just over" them too.
        away = abs(claimed - held)
        if away <= Decimal("3.5"):
            return "yes"
        if statement.hedge == "about":
            return "perhaps" if away <= 10 else "no"
    if statement.hedge in ("over", "under"):
        if (held > claimed) != (statement.hedge == "over"):
            return "no"
        return "yes" if abs(held - claimed) <= abs(claimed) * _FAR else "perhaps"
    away, size = abs(claimed - held), max(abs(held), Decimal(1))
    if statement.hedge == "about":
        if statement.unit == "percent":
            return "yes" if away <= Decimal("3.5") else "perhaps" if away <= 10 else "no"
        return "yes" if away <= size / 20 else "perhaps" if away <= size / 10 else "no"
    zeros = len(str(int(abs(claimed)))) - len(str(int(abs(claimed))).rstrip("0"))
    if statement.unit == "count" and zeros >= 2 and away <= _HALF * 10**zeros:
        return "yes" if away * 200 <= size else "perhaps" if away * 50 <= size else "no"
    return "no"


def _rounds(claimed: Decimal, held: Decimal, places: int) -> bool:
    return abs(claimed - held) <= _HALF.scaleb(-places)


def coarse(statement: Statement, held: Decimal, printed: str) -> bool:
    """Whether the record was printed with fewer decimals than the claim and agrees in those."""
    found = re.search(r"[0-9]+(?:\.([0-9]+))?", printed)
    places = len(found[1] or "") if found else 0
    if statement.value is None or statement.unit == "count" or places >= decimals(statement):
        return False
    return abs(statement.value - held) <= _HALF.scaleb(-places)
