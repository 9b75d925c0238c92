"""Lists told in order: "complaints received and upheld were 111 and 61 respectively"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.claims.figures import Figure, Span
from etl.claims.vocabulary import Words

_SAID = re.compile(r"\brespectively\b", re.IGNORECASE)
_JOINS = re.compile(
    r"\s*+(?:,|and|, and|to|or|days|weeks|%)*\s*+(?:and\s+)?(?:(?:to|from)\s+)?", re.IGNORECASE
)
_PARTS = re.compile(r",\s*(?:and\s+)?|\s+and\s+|(?<!\s)\s*&\s*")


def chain(text: str, figures: Sequence[Figure]) -> range:
    """The places of the figures that "respectively" ends; empty where they are no list."""
    said = _SAID.search(text)
    if said is None:
        return range(0)
    last = max((place for place, one in enumerate(figures) if one.end <= said.start()), default=-1)
    first = last
    while first > 0 and _JOINS.fullmatch(text[figures[first - 1].end : figures[first].start]):
        first -= 1
    return range(first, last + 1) if last > first else range(0)


def parts(text: str, figures: Sequence[Figure], words: Sequence[Words]) -> dict[int, Span]:
    """For each figure of such a list the part of the words before it that it is of.

    None where the words before do not fall into as many parts that name different things.
    """
    places = chain(text, figures)
    if not places:
        return {}
    begin = figures[places[0] - 1].end if places[0] else 0
    head = text[begin : figures[places[0]].start]
    begin += max((match.end() for match in re.finditer(r"[;:]", head)), default=0)
    ends = [begin]
    for match in _PARTS.finditer(text, begin, figures[places[0]].start):
        ends += [match.start(), match.end()]
    ends.append(figures[places[0]].start)
    spans = list(zip(ends[::2], ends[1::2], strict=True))
    named = [
        (span, frozenset(w.phrase for w in words if span[0] <= w.start and w.end <= span[1]))
        for span in spans
    ]
    telling = [(span, phrases) for span, phrases in named if phrases]
    if len(telling) != len(places) or len({phrases for _, phrases in telling}) < len(telling):
        return {}
    return {place: span for place, (span, _) in zip(places, telling, strict=True)}
