"""Words that a converter has run together -> the cells they fell out of, if only one way fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from etl import cells, roles
from etl.model import Reading, Unit

_LONGEST = 9  # parts of one cell: "173", "days", "(only", "2", "LAC", "in", "calc)" and more
_ENOUGH = 200  # ways counted before a row is given up as ambiguous
_BARE = "0"
_MARKED = re.compile(r"(.*[0-9%]) (\([a-z' ]+\))", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9][0-9.,]*")


@lru_cache(maxsize=20_000)
def form(text: str, unit: Unit | None) -> str | None:
    """What kind of cell a text is: "" for a dash or NA, None for no whole cell of this unit."""
    marked = _MARKED.fullmatch(text)
    # A cell all the same: what it says is told when it is read.
    read = cells.parse(marked[1] if marked and roles.beside_figure(marked[2]) else text, unit)
    if isinstance(read, cells.Unreadable):
        return None
    if isinstance(read, cells.Blank):
        return "" if text.strip() and len(text.split()) == 1 else None
    if read.status == "nil" or read.value is None:
        return ""
    return _shape(read)


def _shape(reading: Reading) -> str:
    """A figure's form: the words around its numbers, sample size left out."""
    bare = reading.raw.split("(")[0] if reading.sample_size is not None else reading.raw
    return " ".join(_DIGITS.sub("0", bare).lower().split())


Text = Callable[[int, int], str]


def ways(parts: int, count: int, unit: Unit | None, text: Text) -> list[tuple[int, ...]]:
    """Every way to cut `parts` parts into exactly `count` whole cells, as the cells' ends.

    `text` gives the text of the parts from one to before another. Where several ways fit,
    those in which every figure has one form come first.
    """

    @cache
    def ends(start: int) -> list[int]:
        last = min(start + _LONGEST, parts)
        return [
            end for end in range(start + 1, last + 1) if form(text(start, end), unit) is not None
        ]

    # For each number of cells left, from where the rest can be cut to the very end.
    possible: list[set[int]] = [{parts}]
    for _ in range(count):
        open_ends = possible[-1]
        possible.append({start for start in range(parts) if open_ends.intersection(ends(start))})
    found: list[tuple[int, ...]] = []

    def cut(start: int, left: int, so_far: tuple[int, ...]) -> None:
        if left == 0:
            found.append(so_far)
            return
        for end in ends(start):
            if end in possible[left - 1] and len(found) < _ENOUGH:
                cut(end, left - 1, (*so_far, end))

    if 0 in possible[count]:
        cut(0, count, ())
    if len(found) < _ENOUGH:
        found = [way for way in found if _mix(_forms(way, unit, text))]
    if 1 < len(found) < _ENOUGH:
        return [way for way in found if len(_forms(way, unit, text)) < 2] or found
    return found


def _mix(forms: set[str]) -> bool:
    """Whether one row may hold these forms.

    A bare number stands beside "37.1 days" (the unit is left off now and then), but not
    beside "263.3 days 37.6 weeks" or "55% in time": there it is a piece of such a cell.
    """
    return _BARE not in forms or forms <= {_BARE, "0 days"}


def _forms(way: Sequence[int], unit: Unit | None, text: Text) -> set[str]:
    """The forms of the figures that a way to cut gives; dashes and NA have none."""
    return {form(text(a, b), unit) or "" for a, b in pairwise((0, *way))} - {""}


def one_way(
    parts: int, count: int, units: Iterable[Unit], text: Text
) -> tuple[tuple[int, ...] | None, int]:
    """The one way that fits whichever of `units` the row has, and how many ways there are."""
    found = {way for unit in units for way in ways(parts, count, unit, text)}
    return (next(iter(found)) if len(found) == 1 else None), len(found)
