"""A table of months in running text, cell after cell -> its cells, where numbers bear them out.

Empty cells leave no trace there, so a row is only placed where one way alone satisfies all that
its numbers must: a share is that of its two counts, a year to date grows by its month. Only
layouts with groups of spans are read so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from etl import cells, periods
from etl.layouts import patterns
from etl.layouts.facets import Stands
from etl.layouts.flowing_heading import LINES, Head, heading, month
from etl.layouts.words import Words
from etl.model import Cell, Finding, Layout, Place, Reading, Table
from etl.recognise.doubts import warning
from etl.recognise.words import Stretch, TextLine, stretch
from etl.text.numbers import half_place

# Chosen for tables of up to 14 columns, each cell on a line of its own and each heading on three.
_ROW = 60  # lines of one row's cells
_ROWS = 3  # months that make a table
_HEADINGS = 2  # known headings above them; their words may be apart, a column's below each other
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?%?")
CODE = "columns-lost"


@dataclass
class Flowing:
    """The tables made out, and a finding for each row that cannot be placed."""

    tables: list[Table] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def of(lines: Sequence[Cell], words: Words) -> Flowing:
    """The tables among a text's lines that a layout with groups of spans may take."""
    found = Flowing()
    layouts = [one for one in words.registry.layouts if one.title and one.spans]
    if not layouts:
        return found
    text = _text(lines)
    for layout in layouts:
        at = 0
        while (first := _first_month(text, at)) is not None:
            head = heading(text, first, words, layout)
            at = first + 1
            if head is not None:
                at = max(at, _rows(text, head, words, layout, found))
    return found


def _text(lines: Sequence[Cell]) -> Stretch:
    """The lines without those of tables whose cells tabs or strokes part."""
    return stretch([replace(c, text="") if "\t" in c.text or "|" in c.text else c for c in lines])


def _first_month(text: Stretch, at: int) -> int | None:
    """The next line that begins with a month and has another one below."""
    months = [n for n in range(at, len(text.lines)) if month(text.lines[n])]
    return next((one for one, other in pairwise(months) if other - one < _ROW), None)


# --- the rows -------------------------------------------------------------------------


def _rows(text: Stretch, head: Head, words: Words, layout: Layout, found: Flowing) -> int:
    """Adds the table of the rows below a heading; the line behind them."""
    starts = [at for at in range(head.last, len(text.lines)) if month(text.lines[at])]
    starts = [at for n, at in enumerate(starts) if n == 0 or at - starts[n - 1] < _ROW]
    rows: list[tuple[Cell, ...]] = []
    before: dict[Stands, Decimal] | None = {}
    for at, stop in pairwise([*starts, min(starts[-1] + _ROW, len(text.lines))]):
        label, numbers = _flow(text, at, stop)
        line = text.lines[at]
        begun = before is not None and (rows or month(line) == 1)
        whole = _whole(numbers, head, words, before or {}) if begun else None
        if whole is None:
            found.findings.append(_unplaced(line))
            before = None
            continue
        before = _counts(whole, head, words, "to_date")
        place = Place(line=line.number)
        rows.append(tuple(Cell(value, place) for value in (label, *whole)))
    end = starts[-1] + 1
    below = text.lines[end : end + _ROW]
    totals = [line for line in below if patterns.matches(layout.totals or "$^", line.text)]
    found.findings += [_unplaced(line) for line in totals[:1]]
    if len(rows) >= _ROWS:
        found.tables.append(_table(text, head, rows))
        found.findings += _blank(rows, head)
    return end


def _table(text: Stretch, head: Head, rows: Sequence[tuple[Cell, ...]]) -> Table:
    place = Place(line=text.lines[head.first].number)
    groups = [Cell("", place) for _ in range(len(head.columns) + 1)]
    for name, _, block in head.groups:
        groups[block.start + 1] = Cell(name, place, wide=len(block))
    named = (Cell("", place), *(Cell(name, place) for name in head.columns))
    return Table(
        (tuple(groups), named, *rows), head.above[0] if head.above else "", place, above=head.above
    )


def _flow(text: Stretch, at: int, stop: int) -> tuple[str, list[str]]:
    """A row's label and the numbers that follow it, up to the first other word."""
    label: list[str] = []
    numbers: list[str] = []
    for word in (word for line in text.lines[at:stop] for word in line.words):
        if _NUMBER.fullmatch(word.text):
            numbers.append(word.text)
        elif numbers:
            break
        else:
            label.append(word.text)
    return " ".join(label), numbers


def _whole(
    numbers: Sequence[str], head: Head, words: Words, before: dict[Stands, Decimal]
) -> list[str] | None:
    """The row's cells: all of them, or all but one group's, if one way alone bears itself out."""
    size = len(head.columns)
    ways = [list(numbers)] if len(numbers) == size else []
    for _, _, block in head.groups:
        if len(block) > 1 and len(numbers) == size - len(
            block
        ):  # one number may be any that is lost
            ways.append([*numbers[: block.start], *[""] * len(block), *numbers[block.start :]])
    fitting = [way for way in ways if _agrees(way, head, words, before)]
    return fitting[0] if len(fitting) == 1 else None


def _agrees(whole: Sequence[str], head: Head, words: Words, before: dict[Stands, Decimal]) -> bool:
    """Whether each share is that of its counts, and each count to date has grown by its month's."""
    for _, _, block in head.groups:
        values = {head.stands[n].ref: _value(whole[n]) for n in block if whole[n]}
        for ref, share in values.items():
            of_ = words.registry.measures[ref.measure].cohorts[ref.cohort].share_of
            if of_ is None or of_.part not in values or of_.whole not in values:
                continue
            part, all_ = values[of_.part], values[of_.whole]
            if not all_ or abs(100 * part / all_ - share) > half_place(share):
                return False
    months = _counts(whole, head, words, "month")
    totals = _counts(whole, head, words, "to_date")
    same = bool(months) and months.keys() == totals.keys()
    return same and all(before.get(k, Decimal(0)) + months[k] == totals[k] for k in months)


def _counts(whole: Sequence[str], head: Head, words: Words, span: str) -> dict[Stands, Decimal]:
    """The numbers that add up, in the group of a span."""
    return {
        head.stands[n]: _value(whole[n])
        for _, covers, block in head.groups
        if covers.endswith(span)
        for n in block
        if whole[n] and words.registry.measures[head.stands[n].ref.measure].unit == "count"
    }


def _value(text: str) -> Decimal:
    read = cells.parse(text)
    return read.value if isinstance(read, Reading) and read.value is not None else Decimal(-1)


# --- what is not read -----------------------------------------------------------------


def _unplaced(line: TextLine) -> Finding:
    place = str(Place(line=line.number))
    message = (
        f"{place}: the columns of the row {line.text[:60]!r} cannot be told for certain; nothing "
        "of it is read."
    )
    return warning(CODE, message, place)


def _blank(rows: Sequence[tuple[Cell, ...]], head: Head) -> Iterator[Finding]:
    """A finding where a quarter's figures do not stand in the rows that others have them in."""
    for _, span, block in head.groups:
        if span != "quarter":
            continue
        months = {periods.month_number(row[0].text) or 0 for row in rows}
        filled = {periods.month_number(r[0].text) or 0 for r in rows if r[block.start + 1].text}
        usual = {(month - 1) % 3 for month in filled}
        if not filled or any((month - 1) % 3 in usual for month in months - filled):
            place = str(rows[0][0].place)
            message = (
                f"{place}: the quarters' figures do not stand with their months in this text; "
                "those that stand apart are not read."
            )
            yield warning(CODE, message, place)


def lost(lines: Sequence[Cell], words: Words) -> tuple[Finding | None, frozenset[int]]:
    """A finding where months and headings of such a table stand in a text, for when nothing of
    it is read; and the lines that it is about."""
    if not any(one.title and one.spans for one in words.registry.layouts):
        return None, frozenset()
    text = _text(lines)
    months = [n for n, line in enumerate(text.lines) if month(line)]
    for first, last in zip(months, months[_ROWS - 1 :], strict=False):
        begin = max(0, first - LINES)
        if last - first > _ROWS * _ROW:
            continue
        above = " ".join(line.text for line in text.lines[begin:first])
        named = (one for one in words.over_columns if all(word in above for word in one.split()))
        if len(list(named)) < _HEADINGS:
            continue
        place = str(Place(line=text.lines[first].number))
        message = (
            f"{place}: the yearly table's columns are lost in this text; nothing of it is read. "
            "Import the PDF, or a table with its columns kept."
        )
        about = frozenset(line.number for line in text.lines[begin : last + 1])
        return warning(CODE, message, place), about
    return None, frozenset()
