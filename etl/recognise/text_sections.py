"""Running text -> the lines of each table that a caption gives to somebody, and the rest.

A heading of months repeated on the next page goes on with its table; a caption that names an
area begins another one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from etl import periods
from etl.model import Cell, Place
from etl.recognise import heading_words
from etl.recognise.ownership import NOBODY, Owners, Whose
from etl.recognise.sections import Divider
from etl.recognise.table_headings import caption, corner

_ABOVE = 15  # lines above a heading of months that may be its caption
_MONTH = re.compile(rf"\b{periods.MONTH_NAME}[-\s'\u2019/.\u2013]{{0,3}}[0-9]{{2,4}}\b", re.I)
_APART = re.compile(r"\s{2,}|\t|\|")
_MONTHS = 2
_NEAR = 3  # lines above a heading among which a new table's number stands


def months_in(text: str) -> tuple[str, ...]:
    """The months that a line prints, if there are as many as head a table."""
    found = _MONTH.findall(text) if len(text) < 2_000 else []
    return tuple(found) if len(found) >= _MONTHS else ()


def split(lines: Sequence[Cell], owners: Owners) -> Iterator[tuple[Whose, Sequence[Cell]]]:
    """The lines in their order, parted where a table begins whose caption says that it is
    another's, and where that ends; with what the caption says."""
    start, whose = 0, NOBODY
    printed: tuple[str, ...] = ()
    for at, line in enumerate(lines):
        months = months_in(line.text)
        if not months:
            continue
        above = lines[max(start, at - _ABOVE) : at]
        before = _MONTH.split(line.text, maxsplit=1)[0]
        said = corner(_APART.split(before.strip()), owners)
        if not said.verdict:
            said = caption([one.text for one in above], owners)
        others = {whose.verdict, said.verdict} - {"", "own"}
        numbered = any(heading_words.is_numbered(one.text) for one in above[-_NEAR:])
        if others and (said.verdict or numbered or months != printed):
            begin = at - _height(above, said)
            yield whose, lines[start:begin]
            start, whose = begin, said
        printed = months
    yield whose, lines[start:]


def ours(
    lines: Sequence[Cell], divider: Divider, holds: Callable[[Sequence[Cell]], bool]
) -> list[Sequence[Cell]]:
    """The stretches of a text that may hold the council's tables; a finding for each other one
    of which `holds` says that it has a table."""
    parts = list(split(lines, divider.owners))
    if len(parts) == 1:
        return [lines]
    kept = []
    for said, part in parts:
        table = holds(part)
        if not table or divider.keeps(said, _place(part)):
            kept.append(part)
    return kept


def _place(part: Sequence[Cell]) -> Place:
    """The first line that is filled: the caption."""
    return next((line.place for line in part if line.text.strip()), part[0].place)


def _height(above: Sequence[Cell], said: Whose) -> int:
    """How many lines above its heading a table's caption begins."""
    for count, line in enumerate(reversed(above), 1):
        text = " ".join(line.text.split())
        if text and (said.printed.startswith(text) or heading_words.is_numbered(text)):
            return count
    return 0
