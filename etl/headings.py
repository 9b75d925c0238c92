"""The heading of months in wrapped text, on one line or on many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl import periods
from etl.rows import Kind, Month
from etl.words import Stretch, Word

_MONTH = re.compile(periods.MONTH_NAME + r"|[0-9]{4}-[0-9]{2}", re.IGNORECASE)
_NEARLY = re.compile(r"[^\W\d_]{2,}[-'\u2019/.\u2013]?(?:[0-9]{2}|[0-9]{4})")
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

    @property
    def last(self) -> int:
        return self.last_word.at

    @property
    def spread(self) -> bool:
        """Whether spaces keep the columns apart, so that places on the line mean something."""
        return all(b[0] - a[1] > 1 for a, b in zip(self.spans, self.spans[1:], strict=False))

    @property
    def twice(self) -> frozenset[int]:
        """The columns whose month another column names too."""
        days = [month and (month.first, month.last) for month in self.columns]
        return frozenset(at for at, day in enumerate(days) if day and days.count(day) > 1)

    @property
    def one_line(self) -> bool:
        return self.first == self.last

    def same(self, other: Heading) -> bool:
        return [m and (m.first, m.last) for m in self.columns] == [
            m and (m.first, m.last) for m in other.columns
        ]


def find(stretch: Stretch) -> Iterator[Heading]:
    """Every run of two or more months; what follows decides whether it heads a table."""
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


def _month(words: Sequence[Word], first: int) -> tuple[tuple, int] | None:  # type: ignore[type-arg]
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
