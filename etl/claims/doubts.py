"""Whether the words around a figure leave it open what it is a figure of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.claims import areas, deeds
from etl.claims.claim import Chosen
from etl.claims.dates import When
from etl.claims.figures import Figure
from etl.claims.meaning import Context
from etl.claims.memory import Memory

# A number of each of several months is none of their total.
_EACH = re.compile(r"\b(?:each|averag\w+|a month|per month|monthly)\b", re.IGNORECASE)


def doubtful(
    sentence: str,
    one: Chosen,
    chosen: Sequence[Chosen],
    context: Context,
    memory: Memory,
) -> bool:
    """Whether a figure of a sentence may be of something else than the series chosen for it.

    `chosen` are all figures of the sentence. What is doubtful is never said to differ.
    """
    figure, choice, land = one.figure, one.choice, one.land
    measure = memory.vocabulary.measure(choice.ref)
    own = figure.role == "limit"  # the law's words are its own
    return (
        choice.mixed
        or _part_of_itself(sentence, one, chosen, memory)
        or (land.loose and not own)
        or (choice.leans and not context.introduced)
        or (not own and _borrows(sentence, one, chosen, memory))
        or _shares(sentence, one, chosen, memory)
        or (choice.unit == "count" and _MISSED.search(land.text) is not None)
        or (measure.unit == "count" and _EACH.search(land.text) is not None)
        or deeds.unknown(sentence, (figure.start, figure.end), land.stretches, memory.vocabulary)
    )


_MISSED = re.compile(
    r"\b(?:missed|late|later than|outside|failed|breached|not (?:within|on time|in time))\b",
    re.IGNORECASE,
)
_TIGHT = 25  # letters between a figure and the month that is surely its own
_OF_THEM = re.compile(r"\bof (?:whom|which|these|those|them),?\s*$", re.IGNORECASE)
_SOME_OF = re.compile(r"\s+of (?:whom|which|these|those|them)\b", re.IGNORECASE)


_OF_THE = re.compile(r"\b(?:of|among|amongst) (?:all )?(?:the|these|those|our) $", re.IGNORECASE)
_OF_THE_SAME = re.compile(r"\s+of (?:all )?(?:the|these|those|our)\s+(?![0-9])", re.IGNORECASE)


def _part_of_itself(sentence: str, one: Chosen, chosen: Sequence[Chosen], memory: Memory) -> bool:
    """Whether "two of which" would be of the very series that it is a part of."""
    figure = one.figure
    wholes = [
        other.choice.ref
        for other in chosen
        if other.figure.end <= figure.start and _OF_THE.search(sentence[: other.figure.start])
    ]
    part = memory.vocabulary.cohort(one.choice.ref).part_of
    of_it = part is None and _OF_THE_SAME.match(sentence[figure.end :])
    if one.choice.ref in wholes or of_it:
        return one.choice.about == "level" and one.choice.unit == "count"
    if not (_OF_THEM.search(sentence[: figure.start]) or _SOME_OF.match(sentence[figure.end :])):
        return False
    before = [other.choice.ref for other in chosen if other.figure.start < figure.start]
    return one.choice.ref in before


def _shares(sentence: str, one: Chosen, chosen: Sequence[Chosen], memory: Memory) -> bool:
    """Whether a third figure of its series has the same month: more figures than months."""
    alike = [
        other
        for other in chosen
        if other.when is one.when
        and other.choice.ref == one.choice.ref
        and other.choice.about == "level"
        and other.figure.unit == one.figure.unit
        and other.figure.value != one.figure.value
        and areas.of(sentence, other.figure, other.land.stretches, memory.areas, memory.council)
        == areas.of(sentence, one.figure, one.land.stretches, memory.areas, memory.council)
    ]
    when = one.when
    if when is None or not alike or one.choice.about != "level":
        return False
    between = sentence[one.figure.end : when.start] if when.start >= one.figure.end else ""
    return not between or len(between) > _TIGHT


def _borrows(sentence: str, one: Chosen, chosen: Sequence[Chosen], memory: Memory) -> bool:
    """Whether its month is nearer to another figure of the same series: one has none of its own.

    Figures of two areas may well be of the same month.
    """
    when = one.when
    if when is None or not when.end:
        return False
    starts = bool(re.search(r"\bfrom\s+$", sentence[: one.figure.start]))
    area = areas.of(sentence, one.figure, one.land.stretches, memory.areas, memory.council)
    return any(
        (starts or _away(other.figure, when) <= _away(one.figure, when))
        and other is not one
        and other.when is when
        and (other.choice.ref, other.choice.rest) == (one.choice.ref, one.choice.rest)
        and other.figure.value != one.figure.value
        and other.figure.unit == one.figure.unit
        and area
        == areas.of(sentence, other.figure, other.land.stretches, memory.areas, memory.council)
        for other in chosen
    )


def _away(figure: Figure, when: When) -> int:
    return when.start - figure.end if when.start >= figure.end else figure.start - when.end
