"""Whose figure a sentence gives: the council's own, England's, another area's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.claims import english
from etl.claims.figures import Figure, Span
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
    elsewhere = {*english.words("other_places"), *council.districts} | {
        name
        for area in registry.areas
        if area.authority and area.code != council.authority
        for name in (area.name, *area.spellings)
        if name != area.only_with_council
    }
    elsewhere -= {*council.areas.values(), council.short_name}
    unknown = "|".join(map(re.escape, sorted(elsewhere, key=lambda name: (-len(name), name))))
    return [
        (_OTHERS, NOWHERE),
        (re.compile(rf"\b(?:{unknown})\b"), NOWHERE),
        (_NATION, council.country),
        (_REGION, council.region),
        *named,
        (
            re.compile(rf"\b(?:{re.escape(council.short_name)}|our|the council|we)\b"),
            council.authority,
        ),
    ]


def of(
    sentence: str,
    figure: Figure,
    stretches: Sequence[Span],
    known: Sequence[tuple[re.Pattern[str], str]],
    council: str,
) -> str:
    """The area whose figure it is: named in the figure's own words, or before any figure.

    Its code, "" for the council itself.
    """
    own = [(start, min(end, len(sentence))) for start, end in stretches]
    found = _named(sentence, known)
    beside = [one for one in found if re.fullmatch(r"\s*\(", sentence[one.end : figure.start])]
    if beside:  # "Cornwall (94.5%), Devon (54.2%)"
        return "" if beside[0].code == council else beside[0].code
    for spans in (own, [(0, figure.start)]):
        inside = [one for one in found if any(start <= one.start < end for start, end in spans)]
        if inside:
            nearest = min(inside, key=lambda one: one.away(figure))
            return "" if nearest.code == council else nearest.code
    return ""


@dataclass(frozen=True)
class _Name:
    start: int
    end: int
    code: str

    def away(self, figure: Figure) -> int:
        return figure.start - self.end if self.end <= figure.start else self.start - figure.end


def _named(text: str, known: Sequence[tuple[re.Pattern[str], str]]) -> list[_Name]:
    """The areas that a sentence names: "East of England" is not England."""
    found = [
        _Name(match.start(), match.end(), code)
        for pattern, code in known
        for match in pattern.finditer(text)
    ]
    return [
        one
        for one in found
        if not any(
            other.start <= one.start
            and one.end <= other.end
            and other.end - other.start > one.end - one.start
            for other in found
        )
    ]
