"""Whose figure a sentence gives: the council's own, England's, another area's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.claims.claim import Claim
from etl.model import Registry

_NATION = re.compile(r"\b(?:national|(?<!published )nationally|England)\b", re.IGNORECASE)


_REGION = re.compile(r"\b(?:regional|regionally|the region)\b", re.IGNORECASE)


_OTHERS = re.compile(
    r"\b(?:statistical neighbours?|neighbouring|other (?:councils|authorities|areas|counties)"
    r"|elsewhere|across (?:the country|the UK|Britain))\b",
    re.IGNORECASE,
)


NOWHERE = "?"


def areas(registry: Registry) -> list[tuple[re.Pattern[str], str]]:
    """What names another area in a sentence -> its code; an unknown one has no code."""
    council = registry.council
    named = [
        (re.compile(rf"\b{re.escape(name)}\b"), code)
        for code, name in council.areas.items()
        if code != council.authority and "(" not in name
    ]
    return [
        (_OTHERS, NOWHERE),
        (_NATION, council.country),
        (_REGION, council.region),
        *named,
        (
            re.compile(rf"\b(?:{re.escape(council.short_name)}|our|the council|we)\b"),
            council.authority,
        ),
    ]


def area(claim: Claim, known: Sequence[tuple[re.Pattern[str], str]], council: str) -> str:
    """The area whose figure it is: named in the figure's own words, or before any figure."""
    figure = claim.figure
    own = [(start, min(end, len(claim.sentence))) for start, end in claim.stretches]
    for spans in (own, [(0, figure.start)]):
        nearest: tuple[int, str] | None = None
        for pattern, code in known:
            for match in pattern.finditer(claim.sentence):
                if not any(start <= match.start() < end for start, end in spans):
                    continue
                away = (
                    figure.start - match.end()
                    if match.end() <= figure.start
                    else match.start() - figure.end
                )
                if nearest is None or away < nearest[0]:
                    nearest = (away, code)
        if nearest is not None:
            return "" if nearest[1] == council else nearest[1]
    return ""
