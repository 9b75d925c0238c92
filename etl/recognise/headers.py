"""A table's heading row of months, and its rows taken apart into serial, label and cells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl import periods
from etl.model import Cell, MeasureRef, Place
from etl.recognise.labels import Labels, serial_of
from etl.recognise.rows import Kind, Month
from etl.text.signs import squash

_WORDS = re.compile(r"\b(?:serial|measure|description|indicator)\b", re.IGNORECASE)
_BASELINE = re.compile(r"(?<!\W)\W*+baseline\W+", re.IGNORECASE)
_LED = re.compile(r"([0-9]{1,2}[a-z]?)[.):]?\s+(.+)", re.IGNORECASE)

Cells = tuple[Cell, ...]


@dataclass(frozen=True)
class Header:
    """A heading row: which of its cells name months (by position), and how wide it is."""

    kind: Kind
    months: tuple[tuple[int, Month], ...]
    row: Cells

    @property
    def first(self) -> int:
        return self.months[0][0]

    def same_months(self, other: Header) -> bool:
        return [(m.first, m.last) for _, m in self.months] == [
            (m.first, m.last) for _, m in other.months
        ]


def bare(text: str) -> str:
    """A heading without the word that makes its month a baseline."""
    return _BASELINE.sub("", text, count=1)


def is_word_of_labels(text: str) -> bool:
    """Whether a text heads a column of labels: "Indicator", "Measure Description"."""
    return _WORDS.search(text) is not None


def worded(row: Cells) -> bool:
    """Whether a word heads the row's measures: "Indicator", "Measure Description"."""
    return any(is_word_of_labels(cell.text) for cell in row)


def header(row: Cells) -> Header | None:
    """The heading row of months that this row is, if it is one.

    Two months or more, or one beside the words that head a table of measures. A table whose
    months are all called a baseline is a summary.
    """
    months, baselines = [], 0
    for position, cell in enumerate(row):
        text = bare(cell.text)
        if period := periods.parse(text):
            months.append((position, Month(*period, cell.text)))
            baselines += text != cell.text
    if len(months) < 2 and not (months and worded(row)):
        return None
    return Header("summary_table" if baselines == len(months) else "appendix_1", tuple(months), row)


@dataclass(frozen=True)
class Line:
    """A data row taken apart: what stands before the months, and the cells under them."""

    serial: str
    label: str
    refs: tuple[MeasureRef, ...]
    column: int | None
    row: Cells

    @property
    def place(self) -> Place:
        return self.row[0].place if self.row else Place()


def line(row: Cells, before: int, labels: Labels) -> Line:
    """The serial and the label among the cells before the first month."""
    left = row[:before]
    serial = ""
    for position, cell in enumerate(left):
        led = _LED.fullmatch(cell.text)
        refs = labels.by_key.get(squash(cell.text), ())
        if not refs and led:
            refs = labels.by_key.get(squash(led[2]), ())
            serial = led[1].lower() if refs else serial
        if refs:
            return Line(serial, led[2] if led else cell.text, refs, position, row)
        serial = serial_of(cell.text) or serial
    texts = [cell.text for cell in left if serial_of(cell.text) is None]
    joined = " ".join(texts)
    return Line(serial, joined, labels.by_key.get(squash(joined), ()), None, row)
