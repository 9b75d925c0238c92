"""Figures that are none of the council's actual ones -> what is said of them, once a role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.layouts.agreement import Figure
from etl.layouts.facets import OWN, Column
from etl.layouts.fit import Taken
from etl.layouts.words import Words
from etl.model import Finding, Severity
from etl.recognise.other_words import COMPARATOR, HOLD, NOT_ACTUAL

_OURS = ("actual", "total", "numerator", "denominator")
_KEPT = ("target", "floor", "previous", "comparator")  # as statements of what was printed
_NAMED = 6  # areas that a finding lists


def doubts(figures: Sequence[Figure], taken: Taken, words: Words) -> Iterator[Finding]:
    """A finding for each role that the council's figures have besides the actual.

    A note where the actual figures stand beside them; else somebody should look whether the
    word over the table is meant so. Nothing of a layout
    that says itself which of its figures repeat others.
    """
    if taken.layout is None or taken.layout.totals or taken.layout.summary:
        return
    own = any(one.role in _OURS and one.area == OWN for one in figures)
    severity: Severity = "note" if own else "warning"
    for role in dict.fromkeys(one.role for one in figures if one.area == OWN):
        if role in _OURS:
            continue
        first = next(one for one in figures if one.role == role and one.area == OWN)
        what = HOLD["comparison" if role == "comparator" else role]
        fate = "kept as printed" if role in _KEPT else "not read"
        message = (
            f"{first.locator}: figures here are {what}, not the council's actual figures; "
            f"they are {fate}{_because(taken) if not own else ''}."
        )
        yield Finding(NOT_ACTUAL, severity, message, (first.locator,))


def areas(
    figures: Sequence[Figure], left: Sequence[Column], taken: Taken, words: Words
) -> Iterator[Finding]:
    """A note of the other areas in a table of the council's own figures: those whose figures are
    kept as printed, and those of columns `left` out since nothing says of which period they are."""
    others = {_name(one.area, words): one.locator for one in figures if one.area != OWN}
    if not any(one.role in _OURS and one.area == OWN for one in figures):
        others = {}
    head = taken.block.head[-1] if taken.block.head else ()
    others |= {c.heading: str(head[min(c.at, len(head) - 1)].place) for c in left if head}
    if not others:
        return
    names, places = list(others), tuple(others.values())
    more = f" and {len(names) - _NAMED} more" if names[_NAMED:] else ""
    message = (
        f"{places[0]}: the figures of {', '.join(names[:_NAMED])}{more} in this table are not "
        f"{words.registry.council.name}'s; what of them has a period is kept as printed."
    )
    yield Finding(COMPARATOR, "note", message, places)


def _because(taken: Taken) -> str:
    """Which words over the table say so, where its captions do."""
    printed = taken.over.role_said
    return f", since “{printed}” stands over them" if printed else ""


def _name(area: str, words: Words) -> str:
    names = (one.name for one in words.registry.areas if one.code == area)
    return next(names, area)
