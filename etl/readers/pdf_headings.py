"""The heading of an unruled table: months that stand side by side -> where its columns are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from etl import periods
from etl.readers.pdf_grid import Char, lines_of, text_of

_MONTH = re.compile(
    rf"{periods.MONTH_LIKE}\.?[\s\-–/'’]{{0,9}}(?:20)?\d\d",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    rf"{periods.MONTH_LIKE}\.?[\s\-–/'’]*\d{{0,4}}$",
    re.IGNORECASE,
)
_RIVER = 1.5  # points of white between two columns, all the way down, that part them
_FEWEST = 3  # months that make a line a header
_FLUSH = 3.0  # points within which one heading is flush with another
_APART = 0.6  # of the letter's size: wider gaps part two cells


@dataclass
class Phrase:
    chars: list[Char]

    @property
    def left(self) -> float:
        return float(self.chars[0]["x0"])

    @property
    def right(self) -> float:
        return float(max(char["x1"] for char in self.chars))

    @property
    def text(self) -> str:
        return " ".join(text_of(line) for line in lines_of(self.chars))


@dataclass(frozen=True)
class Columns:
    """Where the columns of an unruled table begin and end; the first ones are its labels."""

    bands: tuple[tuple[float, float], ...]
    labels: int


def phrases(line: Sequence[Char]) -> list[Phrase]:
    """A line's letters, parted where the gap is wider than one between words."""
    found: list[Phrase] = []
    for char in line:
        if not char["text"].strip():
            continue
        if found and char["x0"] - found[-1].right <= _APART * char["size"]:
            found[-1].chars.append(char)
        else:
            found.append(Phrase([char]))
    return found


def is_month(text: str) -> bool:
    """Whether a text is a month with its year and nothing else."""
    return bool(_MONTH.fullmatch("".join(text.split())))


def months_in(text: str) -> int:
    """How many months with their year a text names, if it names hardly anything else."""
    found = _MONTH.findall(text)
    return len(found) if sum(map(len, found)) > 0.6 * len(text) else 0


def header_at(lines: Sequence[list[Char]], at: int) -> tuple[list[Phrase], int] | None:
    """The phrases of a header of months that begins on this line, and how many lines it takes.

    Narrow columns break `Sept-21` over two or three lines: what stands under the beginning of
    a month belongs to it, and every column must then be a month.
    """
    top = phrases(lines[at])
    if columns_of(top) or divided(top, lines, at + 1):
        return top, 1
    begun = [phrase for phrase in top if _BEGUN.match(phrase.text)]
    if len(begun) < 3:
        return None
    for count in (2, 3):
        below = [phrase for line in lines[at + 1 : at + count] for phrase in phrases(line)]
        whole = [
            Phrase([c for one in (phrase, *_under(phrase, below)) for c in one.chars])
            for phrase in begun
        ]
        used = [id(char) for phrase in whole for char in phrase.chars]
        right = begun[0].left - 1
        rest = [p for p in below if p.left >= right and id(p.chars[0]) not in used]
        if not rest and len(set(used)) == len(used) and columns_of(whole):
            return [*(p for p in top if p.left < right), *whole], count
    return None


def _under(phrase: Phrase, below: Sequence[Phrase]) -> list[Phrase]:
    return [p for p in below if p.left < phrase.right and p.right > phrase.left]


def columns_of(header: list[Phrase]) -> Columns | None:
    """The bands of a header line of at least three months, else None."""
    months = _months(header)
    return _bands(header[: -len(months)], months) if len(months) >= _FEWEST else None


def _months(header: list[Phrase]) -> list[Phrase]:
    """The months with which a header line ends, where it names no other."""
    months = [phrase for phrase in header if is_month(phrase.text)]
    return months if months and header[-len(months) :] == months else []


def _bands(before: Sequence[Phrase], heads: Sequence[Phrase]) -> Columns | None:
    """Columns under headings that stand side by side, the labels' `before` them."""
    gaps = [b.left - a.right for a, b in pairwise(heads)]
    if not gaps or min(gaps) <= 0:
        return None
    inner = [a.right + gap / 2 for a, gap in zip(heads, gaps, strict=False)]
    left, right = heads[0].left - gaps[0] / 2, heads[-1].right + gaps[-1] / 2
    values = list(zip([left, *inner], [*inner, right], strict=True))
    starts = [phrase.left - 1 for phrase in before][-2:] or [0.0]
    starts[0] = 0.0
    labels = list(zip(starts, [*starts[1:], left], strict=True))
    return Columns((*labels, *values), len(labels))


def divided(
    header: list[Phrase], lines: Sequence[list[Char]], at: int
) -> tuple[list[Phrase], Columns] | None:
    """The headings on the line below that divide each month's column, as Target and Actual do,
    and the columns under them; None where that line is none of these.
    """
    months = _months(header)
    if len(months) < 2 or at >= len(lines):
        return None
    before = header[: -len(months)]
    reach = max((phrase.right for phrase in before), default=0.0)
    below = [phrase for phrase in phrases(lines[at]) if phrase.left > reach]
    each, rest = divmod(len(below), len(months))
    if each < 2 or rest or any(sign.isdigit() for one in below for sign in one.text):
        return None
    groups = [below[n : n + each] for n in range(0, len(below), each)]
    over = zip(months, groups, strict=True)
    if not all(g[0].left - _FLUSH <= (m.left + m.right) / 2 <= g[-1].right for m, g in over):
        return None
    columns = _bands(before, below)
    return ([*before, *below], columns) if columns else None


def grouped(header: list[Phrase], lines: Sequence[list[Char]], at: int) -> bool:
    """Whether the line above a header groups its months, as Target and Actual over them do: two
    headings or more, without a number, each flush with a month."""
    months = _months(header)
    if at < 0 or len(months) < _FEWEST:
        return False
    left = months[0].left - _FLUSH
    over = [phrase for phrase in phrases(lines[at]) if phrase.left >= left]
    words = not any(sign.isdigit() for one in over for sign in one.text)
    flush = all(any(abs(one.left - m.left) <= _FLUSH for m in months) for one in over)
    return 2 <= len(over) < len(months) and words and flush


def parted(columns: Columns, header: Sequence[Phrase], body: Sequence[Sequence[Char]]) -> Columns:
    """The same columns, parted where white runs down between them through all lines.

    A long cell, set flush with its heading, reaches over the middle between two headings.
    """
    heads = header[-(len(columns.bands) - columns.labels) :]
    held = [phrase for line in body for phrase in phrases(line)]
    bands = list(columns.bands)
    for n, (a, b) in enumerate(pairwise(heads), columns.labels):
        low, high = (a.left + a.right) / 2, (b.left + b.right) / 2
        ends = sorted(
            (max(p.left, low), min(p.right, high))
            for p in [*held, a, b]
            if p.right > low and p.left < high
        )
        reach, gaps = low, []
        for left, right in [*ends, (high, high)]:
            gaps.append((left - reach, (left + reach) / 2))
            reach = max(reach, right)
        width, edge = max(gaps)
        if width >= _RIVER:
            bands[n], bands[n + 1] = (bands[n][0], edge), (edge, bands[n + 1][1])
    return Columns(tuple(bands), columns.labels)


def fitted(columns: Columns, body: list[list[Phrase]]) -> Columns:
    """The same columns, the labels' right edge set where the labels themselves end."""
    at = columns.labels
    first = columns.bands[at]
    width = first[1] - first[0]
    labels = [p.right for line in body for p in line if p.left < first[0] - width * 0.2]
    ends = [right for right in labels if right < first[1] - width * 0.5]
    figures = [p.left for line in body for p in line if first[0] <= p.left < first[1]]
    if not ends or not figures or max(ends) >= min(figures):
        return columns
    edge = (max(ends) + min(figures)) / 2
    bands = list(columns.bands)
    bands[at - 1], bands[at] = (bands[at - 1][0], edge), (edge, first[1])
    return Columns(tuple(bands), at)
