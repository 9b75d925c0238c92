"""The heading of an outturn table in running text: its columns and the groups above them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from etl import periods
from etl.model import Finding, Place, Table
from etl.recognise.doubts import warning
from etl.recognise.words import Stretch, TextLine
from etl.text.signs import squash

_LINES = 40  # of a heading above its first month
_ABOVE = 6  # lines above a heading in which its groups are named
PIECES = 60  # lines of one row's cells, each perhaps on a line of its own
ROWS = 3
_GROUPS = re.compile(
    r"month by(?: month)?|monthly|quarterly|cumulative|year to date", re.IGNORECASE
)
NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?%?")
GROUP = 4  # number, on time, and its shares: with exceptions, without

Span = tuple[int, int]


@dataclass
class Found:
    """The tables made out, the lines they take up, and what could not be placed."""

    tables: list[Table] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Head:
    """A heading: its columns' texts, where they stand (if they do), the words above, its end."""

    columns: tuple[str, ...]
    spans: tuple[Span, ...]
    groups: tuple[str, ...]
    title: str
    first: int
    last: int


def first_month(text: Stretch, at: int) -> int | None:
    """The next line that begins with January, or another month's row with figures."""
    for place in range(at, len(text.lines)):
        if month_of(text.lines[place]) and any(
            month_of(line) for line in text.lines[place + 1 : place + PIECES]
        ):
            return place
    return None


def month_of(line: TextLine) -> int | None:
    """1 to 12 where the line begins with a month's name and goes on, if at all, as a row does."""
    number = periods.month_number(line.words[0].text)
    words = [word.text for word in line.words[1:]]
    return None if number and words and re.fullmatch(r"(?:19|20)\d\d\W?", words[0]) else number


def repeats(columns: Sequence[str]) -> list[int]:
    """Where each group of columns begins: wherever its first heading stands again."""
    return [at for at, column in enumerate(columns) if squash(column) == squash(columns[0])]


def _head(
    text: Stretch, columns: Sequence[str], spans: Sequence[Span], first: int, last: int
) -> Head | None:
    """The heading, if as many groups are named above it as its columns repeat."""
    above = [line.text for line in text.lines[max(0, first - _ABOVE) : first]]
    at = next((n for n in range(len(above)) if _GROUPS.search(above[n])), len(above))
    named = (found.lower() for line in above[at:] for found in _GROUPS.findall(line))
    groups = tuple("month by month" if group.startswith("month") else group for group in named)
    begun = repeats(columns)
    even = all(b - a == GROUP for a, b in pairwise(begun))
    if len(groups) != len(begun) or not even or len(set(groups)) < len(groups):
        return None
    begins = max(0, first - len(above) + at - 1)
    title = " ".join(line.text for line in text.lines[begins:first])
    return Head(tuple(columns), tuple(spans), groups, title, begins, last)


def spread(text: Stretch, first: int, headings: Mapping[str, object]) -> Head | None:
    """A heading whose columns spaces keep apart, straight above the first month."""
    for count in range(1, ROWS * GROUP):
        lines = text.lines[max(0, first - count) : first]
        for apart in (2, 1):
            strips: list[Span] = []
            for start, end in sorted((w.start, w.end) for line in lines for w in line.words):
                if strips and start < strips[-1][1] + apart:
                    strips[-1] = (strips[-1][0], max(strips[-1][1], end))
                else:
                    strips.append((start, end))
            columns = [
                " ".join(w.text for line in lines for w in line.words if a <= w.start < b)
                for a, b in strips
            ]
            if len(columns) > GROUP and all(squash(column) in headings for column in columns):
                return _head(text, columns, strips, first - len(lines), first)
    return None


def stream(text: Stretch, first: int, headings: Mapping[str, object]) -> Head | None:
    """A heading whose words follow each other, column after column."""
    for begin in range(max(0, first - _LINES), first):
        columns = _cut("".join(squash(line.text) for line in text.lines[begin:first]), headings)
        if columns and len(columns) > GROUP:
            return _head(text, columns, (), begin, first)
    return None


def _cut(text: str, headings: Mapping[str, object]) -> list[str] | None:
    """The known headings that a text is made of, or None."""
    found: list[str] = []
    while text:
        known = max((h for h in headings if text.startswith(h)), key=len, default="")
        if not known:
            return None
        found.append(known)
        text = text[len(known) :]
    return found


def unplaced(line: TextLine) -> Finding:
    place = str(Place(line=line.number))
    message = (
        f"{place}: the columns of the row {line.text[:60]!r} cannot be told for certain; nothing "
        "of it is read."
    )
    return warning("outturn-lost", message, place)
