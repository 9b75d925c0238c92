"""The heading of months in wrapped text, on one line or on many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from etl import periods
from etl.recognise.rows import Kind, Month
from etl.recognise.words import Stretch, Word
from etl.roles import Meaning, Reason
from etl.text.signs import squash

_MONTH = re.compile(periods.MONTH_NAME + r"|[0-9]{4}-[0-9]{2}", re.IGNORECASE)
_NEARLY = re.compile(r"[^\W\d_]{2,}[-'\u2019/.\u2013]?(?:[0-9]{2}|[0-9]{4})")
_STARTS = re.compile(periods.MONTH_NAME + r"(?![^\W\d_])", re.IGNORECASE)
_YEAR = re.compile(r"[0-9]+")
_PIECE = re.compile(
    periods.MONTH_NAME + r"(?![^\W\d_])[-\s'\u2019/.\u2013]*([0-9]{0,4})(?![0-9])", re.IGNORECASE
)
_BROKEN = re.compile(r"[^\W\d_]\s+[^\W\d_]|[0-9]\s+[0-9]")
_NAMES = "serialmeasuredescription"
_WHOLE_NAMES = tuple(sorted(name) for name in (_NAMES, "measuredescription"))
_NAME_LINES = 6  # lines over which narrow columns break these names
_BASELINE = re.compile(r"baseline\W*", re.IGNORECASE)


@dataclass(frozen=True)
class Heading:
    """A heading: its columns (None where it is no month), where it begins and ends."""

    kind: Kind
    columns: tuple[Month | None, ...]
    printed: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    first: int
    last_word: Word
    end: int
    stacked: bool = False
    # Where words beside the months say what the columns hold: each one's month, and meaning.
    months: tuple[Month | None, ...] = ()
    meanings: tuple[Meaning, ...] = ()
    doubt: str = ""
    said: Reason | None = None  # what stands over the whole table

    def only(self, role: str, span: str = "") -> Heading:
        """The heading with no months but those of one role and span."""
        kept = tuple(
            month if (said.role, said.span) == (role, span) else None
            for month, said in zip(self.months, self.meanings, strict=True)
        )
        return replace(self, columns=kept)

    @property
    def last(self) -> int:
        return self.last_word.at

    @property
    def spread(self) -> bool:
        """Whether spaces keep the columns apart, so that places on the line mean something."""
        if not self.stacked and self.first != self.last:
            return False
        return all(b[0] - a[1] > 1 for a, b in zip(self.spans, self.spans[1:], strict=False))

    @property
    def broken(self) -> bool:
        """Whether a month was broken within its letters or digits: so may be a figure."""
        return any(_BROKEN.search(_BASELINE.sub("", printed)) for printed in self.printed)

    @property
    def twice(self) -> frozenset[int]:
        """The columns whose month another column names too."""
        days = [month and (month.first, month.last) for month in self.columns]
        return frozenset(at for at, day in enumerate(days) if day and days.count(day) > 1)

    def same(self, other: Heading) -> bool:
        return [m and (m.first, m.last) for m in self.columns] == [
            m and (m.first, m.last) for m in other.columns
        ]


def find(stretch: Stretch) -> list[Heading]:
    """Every run of two or more months; what follows decides whether it heads a table."""
    stacked = list(_stacked(stretch))
    covered = {at for one in stacked for at in range(one.first, one.last + 1)}
    flat = [one for one in _flat(stretch) if one.first not in covered]
    return sorted([*stacked, *flat], key=lambda one: one.first)


def stray(stretch: Stretch, at: int, heading: Heading) -> bool:
    """Whether a line holds nothing but months printed as the heading prints them, or pieces.

    Such a line near the table says that the converter has torn the heading apart.
    """
    years = {
        len(_YEAR.findall(printed)[-1]) for printed in heading.printed if _YEAR.search(printed)
    }
    text = stretch.lines[at].text
    pieces = _PIECE.findall(text)
    if not pieces or _PIECE.sub("", text).strip():
        return False
    return any(not year or len(year) in years or len(year) == 1 for year in pieces)


def named_below(stretch: Stretch, heading: Heading) -> range:
    """The lines straight below a heading that only end its "Serial" and "Measure Description".

    Narrow columns break these words over lines. Their letters, in whatever pieces, must
    make up the two names.
    """
    left = min(span[0] for span in heading.spans)
    lines = range(heading.first, heading.last + 1)
    words = [word for at in lines for word in stretch.lines[at].words if word.start < left]
    letters = "".join(squash(word.text) for word in words)
    end = heading.last + 1
    for at in range(end, min(end + _NAME_LINES, len(stretch.lines))):
        pieces = [squash(word.text) for word in stretch.lines[at].words]
        if not all(piece and piece in _NAMES for piece in pieces):
            break
        letters += "".join(pieces)
        if sorted(letters) in _WHOLE_NAMES:
            end = at + 1
    return range(heading.last + 1, end)


def _stacked(stretch: Stretch) -> Iterator[Heading]:
    """Headings whose columns a converter has broken over two or three lines, spaces kept.

    Every column of the lines must be a month, and more than the one line alone gives.
    """
    position = 0
    while position < len(stretch.lines):
        line = stretch.lines[position]
        named = [word for word in line.words if _STARTS.match(word.text)]
        found = None
        if len(named) > 1:
            found = _over(stretch, position, named[0].start)
        if found:
            yield found
            position = found.last
        position += 1


def _over(stretch: Stretch, at: int, left: int) -> Heading | None:
    alone = _columns(stretch, range(at, at + 1), left)
    for before, after in ((0, 2), (1, 1), (1, 2), (0, 3)):
        lines = range(at - before, at + after)
        if lines[0] < 0 or lines[-1] >= len(stretch.lines):
            continue
        numbers = [stretch.lines[one].number for one in lines]
        if numbers[-1] - numbers[0] >= len(lines):  # a blank line between them
            continue
        columns = _columns(stretch, lines, left)
        if columns is None or len(columns) < 2 or (alone and len(alone) >= len(columns)):
            continue
        months = tuple(month for _, month in columns)
        return Heading(
            "appendix_1",
            months,
            tuple(month.printed for month in months),
            tuple(span for span, _ in columns),
            lines[0],
            stretch.lines[lines[-1]].words[-1],
            0,
            stacked=True,
        )
    return None


def _columns(
    stretch: Stretch, lines: range, left: int
) -> list[tuple[tuple[int, int], Month]] | None:
    """The months that stand under each other on these lines, right of `left`."""
    words = [[w for w in stretch.lines[at].words if w.start >= left - 1] for at in lines]
    spans: list[tuple[int, int]] = []
    for start, end in sorted((w.start, w.end) for line in words for w in line):
        if spans and start < spans[-1][1] + 2:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    columns = []
    for start, end in spans:
        text = " ".join(w.text for line in words for w in line if start <= w.start < end)
        period = periods.parse(text)
        if period is None:
            return None
        columns.append(((start, end), Month(*period, text)))
    return columns


def _flat(stretch: Stretch) -> Iterator[Heading]:
    """Runs of months in the order of the words."""
    position = 0
    words = stretch.words(0, len(stretch.lines))
    while position < len(words):
        if not (_MONTH.search(words[position].text) or _BASELINE.fullmatch(words[position].text)):
            position += 1
            continue
        found = _heading(words, position)
        if found:
            yield found
        position = found.end if found else position + 1


def _heading(words: Sequence[Word], start: int) -> Heading | None:
    columns: list[tuple[Month | None, int, int]] = []
    position, baselines = start, 0
    while position < len(words):
        baseline = bool(_BASELINE.fullmatch(words[position].text))
        first = position + baseline
        used = _month(words, first)
        if used:
            period, end = used
            text = " ".join(word.text for word in words[position:end])
            columns.append((Month(*period, text), position, end))
            baselines += baseline
            position = end
            continue
        odd = _odd(words, position)
        if not odd or not columns:
            break
        columns.append((None, position, odd))
        position = odd
    while columns and columns[-1][0] is None and not _NEARLY.fullmatch(words[columns[-1][1]].text):
        columns.pop()
    months = sum(month is not None for month, _, _ in columns)
    if months < 2:
        return None
    # A mistyped month before the first one that can be read.
    before = words[start - 1] if start else None
    if before and before.at == words[start].at and _NEARLY.fullmatch(before.text):
        columns.insert(0, (None, start - 1, start))
    kind: Kind = "summary_table" if baselines == months else "appendix_1"
    ends = columns[-1][2]
    return Heading(
        kind,
        tuple(month for month, _, _ in columns),
        tuple(" ".join(w.text for w in words[a:b]) for _, a, b in columns),
        tuple((words[a].start, words[b - 1].end) for _, a, b in columns),
        words[columns[0][1]].at,
        words[ends - 1],
        ends,
    )


def _month(words: Sequence[Word], first: int) -> tuple[tuple[date, date], int] | None:
    """The month that one to three words from `first` name, and where they end."""
    for count in (1, 2, 3):
        text = " ".join(word.text for word in words[first : first + count])
        if (period := periods.parse(text)) and len(words) >= first + count:
            return period, first + count
        if not _MONTH.search(words[first].text if first < len(words) else ""):
            return None
    return None


def _odd(words: Sequence[Word], position: int) -> int | None:
    """Where one column's heading ends that is no month, on the line of the month before it."""
    if position == 0 or words[position].at != words[position - 1].at:
        return None
    following = words[position + 1 : position + 2]
    if following and re.fullmatch(r"[0-9]{2}|20[0-9]{2}", following[0].text):
        return position + 2
    return position + 1
