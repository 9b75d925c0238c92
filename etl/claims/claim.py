"""A figure of a sentence with its series and month, before its period is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl import periods
from etl.claims.dates import When
from etl.claims.figures import Figure
from etl.claims.meaning import Choice
from etl.claims.territory import Land
from etl.model import About, Measure, Period, Span


@dataclass(frozen=True)
class Chosen:
    """A figure, the series chosen for it, the words it stands in, and its month if it has one."""

    figure: Figure
    choice: Choice
    land: Land
    when: When | None = None


@dataclass(frozen=True)
class Claim:
    """A figure with its series and month, and the sentence they stand in."""

    figure: Figure
    choice: Choice
    when: When | None
    words: str
    sentence: str
    levels: tuple[tuple[Figure, When], ...]
    whens: tuple[When, ...]
    now: bool
    anchor: When | None = None
    stretches: tuple[tuple[int, int], ...] = ()
    beside: tuple[tuple[Figure, When], ...] = ()
    first: When | None = None


Timed = tuple[About, Period | None, Period | None, bool]


def listed(claim: Claim, measure: Measure) -> Iterator[When | None]:
    """The month of a claim, and those listed with it: "61% in November and December".

    What a running total grew by in several months is one claim, of the last of them.
    """
    when = claim.when
    if measure.nature == "cumulative" and when is not None and len(claim.levels) < 2:
        place = claim.whens.index(when)
        while claim.whens[place].linked and place + 1 < len(claim.whens):
            place += 1
        yield claim.whens[place]
        return
    yield when
    if when is None or claim.choice.about == "change" or when.start < claim.figure.end:
        return
    place = claim.whens.index(when)
    before = place - 1
    ahead = place
    taken = {other for figure, other in claim.levels if figure is not claim.figure}
    while (
        before >= 0 and claim.whens[before].linked and claim.whens[before].start >= claim.figure.end
    ):
        if claim.whens[before] not in taken:
            yield claim.whens[before]
        before -= 1
    while claim.whens[ahead].linked and ahead + 1 < len(claim.whens):
        ahead += 1
        if claim.whens[ahead] not in taken:
            yield claim.whens[ahead]


_VAGUE = re.compile(
    r"\b(?:(?:first|last|past|previous|next|other|second) (?:\w+ )?(?:months|weeks|terms?|half)"
    r"|half of|academic year|school year"
    r"|(?:autumn|spring|summer|winter) term|rolling|half[- ]year)\b",
    re.IGNORECASE,
)


def close(claim: Claim, when: When | None) -> bool:
    """Whether a figure and its month stand side by side, with nothing that may part them."""
    if when is None:
        return False
    left, right = sorted(((claim.figure.start, claim.figure.end), (when.start, when.end)))
    between = claim.sentence[left[1] : right[0]]
    return len(between) < 36 and not re.search(r"[,;0-9]", between)


def vague(claim: Claim, when: When | None) -> bool:
    """Whether the sentence names a stretch of time that is not understood, and no month."""
    return bool(_VAGUE.search(claim.sentence)) and (when is None or when.grain != "month")


def at(when: When, period: Period, measure: Measure) -> Period:
    """The period of the same span, as a claim of this measure at another time would have it."""
    span = (
        period.span
        if when.grain == "month"
        else "calendar_year"
        if when.grain == "year"
        else "quarter"
    )
    return period_of(measure.span if measure.nature == "cumulative" else span, when.month)


def period_of(span: Span, month: tuple[int, int]) -> Period:
    return periods.for_span(span, *month)
