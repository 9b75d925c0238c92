"""The yearly outturn table in running text -> a table of cells, where nothing has to be guessed.

Either spaces keep its columns under each other, each under a heading that the registry knows;
or a converter has printed cell after cell, and then each row's numbers must bear one another
out: a share is its counts', a running total grows by its month.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from etl import periods
from etl.model import Cell, Finding, Place, Table
from etl.recognise import outturn_flowing
from etl.recognise.doubts import warning
from etl.recognise.outturn_heading import (
    GROUP,
    NUMBER,
    ROWS,
    Found,
    Head,
    first_month,
    month_of,
    repeats,
    spread,
    stream,
    unplaced,
)
from etl.recognise.outturn_rows import TARGET_ROW, YEAR_ROW
from etl.recognise.words import Stretch, TextLine, Word, stretch
from etl.text.signs import squash

_DASHES = ("-", "\u2013")


def tables(lines: Sequence[Cell], headings: Mapping[str, object]) -> Found:
    """The outturn tables among lines of text; `headings` are the registry's, squashed."""
    found = Found()
    text = stretch([replace(c, text="") if "\t" in c.text or "|" in c.text else c for c in lines])
    at = 0
    while (first := first_month(text, at)) is not None:
        head = spread(text, first, headings) or stream(text, first, headings)
        at = first + 1
        if head is None:
            continue
        made = (
            _rows_apart(text, head, found)
            if head.spans
            else outturn_flowing.rows(text, head, found)
        )
        if made is None:
            continue
        rows, at = made
        place = Place(line=text.lines[head.first].number)
        found.tables.append(Table((*_above(head, place), *rows), head.title, place))
        found.lines |= {line.number for line in text.lines[head.first : at]}
    return found


def stray(lines: Sequence[Cell], headings: Mapping[str, object]) -> list[Finding]:
    """A finding where an outturn table's headings and months stand, but no table was made out."""
    months = [line for line in lines if periods.month_number(line.text)]
    text = squash(" ".join(line.text for line in lines)) if len(months) >= ROWS else ""
    if sum(heading in text for heading in headings) < ROWS:
        return []
    place = str(months[0].place)
    message = (
        f"{place}: the yearly table's columns are lost in this text; nothing of it is read. "
        "Import the PDF, or a table with its columns kept."
    )
    return [warning("outturn-lost", message, place)]


def _above(head: Head, place: Place) -> list[tuple[Cell, ...]]:
    """The rows of groups and of headings, each group over the first of its columns."""
    groups = [""] * len(head.columns)
    for at, group in zip(repeats(head.columns), head.groups, strict=True):
        groups[at] = group
    alone = [n for n in range(len(groups)) if n >= len(head.groups) * GROUP]
    for n in alone:
        groups[n] = head.columns[n]
    rows = ([head.title, *groups], ["", *head.columns])
    return [tuple(Cell(text, place) for text in row) for row in rows]


def _is_row(line: TextLine) -> bool:
    text = line.text
    return bool(month_of(line) or YEAR_ROW.match(text) or TARGET_ROW.match(text))


def _rows_apart(
    text: Stretch, head: Head, found: Found
) -> tuple[list[tuple[Cell, ...]], int] | None:
    """The rows below, each number in the one column that it stands under."""
    middles = [(a[1] + b[0]) / 2 for a, b in pairwise(head.spans)]
    rows: list[tuple[Cell, ...]] = []
    at = head.last
    for at in range(head.last, len(text.lines)):
        line = text.lines[at]
        if not _is_row(line):
            if len(rows) > 0 and any(word.foreign for word in line.words) and _prose(line, head):
                return rows, at
            continue
        place = Place(line=line.number)
        label = [word for word in line.words if word.end < head.spans[0][0] or not _figure(word)]
        held: list[list[Word]] = [[] for _ in head.columns]
        sure = not any(NUMBER.fullmatch(w.text) for w in label[1:]) or not month_of(line)
        for word in line.words:
            if word in label:
                continue
            column = sum(middle <= (word.start + word.end) / 2 for middle in middles)
            low, high = head.spans[column]
            sure = sure and word.start < high + 1 and word.end > low - 1 and not held[column]
            held[column].append(word)
        if not sure:
            found.findings.append(unplaced(line))
            continue
        name = " ".join(word.text for word in label)
        values = [" ".join(word.text for word in part) for part in held]
        rows.append(tuple(Cell(value, place) for value in (name, *values)))
    return (rows, at + 1) if len(rows) >= ROWS else None


def _prose(line: TextLine, head: Head) -> bool:
    """Whether a line runs on under the columns as a sentence does."""
    return line.words[-1].end > head.spans[0][1] and len(line.words) > GROUP


def _figure(word: Word) -> bool:
    return bool(NUMBER.fullmatch(word.text)) or word.text in _DASHES
