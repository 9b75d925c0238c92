"""The heading of a table of months in running text: its columns, and the groups above them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl import periods
from etl.layouts.facets import Stands
from etl.layouts.words import Words
from etl.model import Layout
from etl.recognise.words import Stretch, TextLine
from etl.text.signs import squash

# Chosen for tables of up to 14 columns, each heading broken over three lines.
LINES = 40  # of a heading above its first month
_ABOVE = 6  # lines above a heading in which its groups are named
_YEAR = re.compile(r"(?:19|20)[0-9]{2}\W?")


@dataclass(frozen=True)
class Head:
    """A heading: its columns as printed and what they stand for, the groups over them (each with
    its span and its columns), the lines above; `last` is the line behind it."""

    columns: tuple[str, ...]
    stands: tuple[Stands, ...]
    groups: tuple[tuple[str, str, range], ...]
    above: tuple[str, ...]
    first: int
    last: int


def month(line: TextLine) -> int:
    """1 to 12 where the line begins with a month's name, not with a month and its year."""
    number = periods.month_number(line.words[0].text) or 0
    dated = number and len(line.words) > 1 and _YEAR.fullmatch(line.words[1].text)
    return 0 if dated else number


def heading(text: Stretch, first: int, words: Words, layout: Layout) -> Head | None:
    """The heading that ends above a line: known labels and nothing else, after its groups."""
    for begin in range(max(0, first - LINES), first):
        printed = " ".join(line.text for line in text.lines[begin:first])
        columns = _labels(printed, words)
        if len(columns) > 1:
            return _head(text, columns, begin, first, words, layout)
    return None


def _labels(text: str, words: Words) -> tuple[str, ...]:
    """The known labels that a text is made of, one after another; none where it is not."""
    parts, found, begin = text.split(), [], 0
    while begin < len(parts):
        ends = range(len(parts), begin, -1)
        end = next((n for n in ends if words.label(" ".join(parts[begin:n]))), 0)
        if not end:
            return ()
        found.append(" ".join(parts[begin:end]))
        begin = end
    return tuple(found)


def _head(
    text: Stretch, columns: tuple[str, ...], begin: int, first: int, words: Words, layout: Layout
) -> Head | None:
    """The heading, if a group is named above it for each repetition of its columns and for each
    column behind them."""
    stands = [words.label(one) for one in columns]
    starts = [n for n, name in enumerate(columns) if squash(name) == squash(columns[0])]
    if any(len(one) != 1 for one in stands) or len(starts) < 2:
        return None
    long = starts[1] - starts[0]
    blocks = [range(at, at + long) for at in starts]
    names = [[squash(columns[n]) for n in block if n < len(columns)] for block in blocks]
    blocks += [range(n, n + 1) for n in range(blocks[-1].stop, len(columns))]
    above = [line.text for line in text.lines[max(0, begin - _ABOVE) : begin]]
    spans = {name.casefold(): span for name, span in layout.spans.items()}
    pattern = "|".join(re.escape(name) for name in sorted(spans, key=len, reverse=True))
    named = [m[0] for line in above for m in re.finditer(rf"\b(?:{pattern})\b", line, re.I)]
    named = named[-len(blocks) :]
    if any(one != names[0] for one in names) or len(set(map(str.casefold, named))) < len(blocks):
        return None
    groups = tuple(
        (name, spans[name.casefold()], block) for name, block in zip(named, blocks, strict=True)
    )
    return Head(columns, tuple(one[0] for one in stands), groups, tuple(above), begin, first)
