"""Lines whose labels and cells a converter has wrapped -> blocks of rows under months.

A row runs from its label to the next one. The label must be one that the registry knows,
and the words that are left must fall into exactly as many cells as there are months, in one
way only. Anything else is a finding: no figure may slide into another month.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from etl import headings, layout, splitting
from etl.headings import Heading
from etl.labels import Labels
from etl.model import Cell, Place, Unit
from etl.rows import (
    Block,
    Row,
    month_twice,
    month_unknown,
    row_unknown,
    serial_contradicts,
    warning,
)
from etl.startings import Start, starts
from etl.words import DASHES, Stretch, Word, leads, stretch

_NEAR = 4  # lines between a heading and its first row
_ABOVE, _BELOW = 4, 15  # lines around a table where pieces of its heading may stand
_LABEL = 60  # words of a label at most


@dataclass
class _Printed:
    """A row as it stands: its label, its cells' words line by line, why it cannot be read."""

    start: Start
    lines: list[list[Word]] = field(default_factory=list)
    broken: str = ""
    # The words after it that belong to no row.
    tail: list[Word] = field(default_factory=list)

    @property
    def words(self) -> list[Word]:
        return [word for line in self.lines for word in line]


def blocks(lines: Sequence[Cell], labels: Labels) -> Iterator[Block]:
    """The performance tables among the lines of a text.

    Rows whose cells the converter has kept apart, by tabs or strokes, are the grids' business.
    """
    run: list[Cell] = []
    number = 0
    for line in lines:
        apart = "\t" in line.text.strip() or line.text.lstrip().startswith("|")
        if run and (apart or (line.place.line or 0) > number + 1):
            yield from _tables(stretch(run), labels)
            run = []
        number = line.place.line or 0
        if not apart:
            run.append(line)
    yield from _tables(stretch(run), labels)


def _tables(text: Stretch, labels: Labels) -> Iterator[Block]:
    """The tables of a stretch: each heading that known rows follow, and those rows."""
    candidates = headings.find(text)
    following = [heading.first for heading in candidates[1:]] + [len(text.lines)]
    found = [
        heading
        for heading, until in zip(candidates, following, strict=False)
        if _heads(text, heading, until, labels)
    ]
    groups: list[list[Heading]] = []
    for heading in found:
        # A heading repeated on the next page goes on with the same table.
        if groups and heading.same(groups[-1][0]):
            groups[-1].append(heading)
        else:
            groups.append([heading])
    ends = [group[0].first for group in groups[1:]] + [len(text.lines)]
    for group, end in zip(groups, ends, strict=False):
        yield _Reader(text, group, end, labels).block()


def _heads(text: Stretch, heading: Heading, until: int, labels: Labels) -> bool:
    """Whether a known row follows the heading at once, before another heading does."""
    if heading.last + _NEAR < len(text.lines) and until <= heading.last:
        return False
    lines = list(range(heading.last, min(heading.last + 60, len(text.lines))))
    first = next(starts(text, lines, labels, heading.last_word), None)
    return first is not None and first.first <= min(heading.last + _NEAR, until)


class _Reader:
    """One table of wrapped rows: its heading, wherever repeated, and where it ends at latest."""

    def __init__(self, text: Stretch, same: Sequence[Heading], end: int, labels: Labels) -> None:
        self.text, self.same, self.end, self.labels = text, same, end, labels
        self.heading = same[0]
        self.count = len(self.heading.columns)

    def block(self) -> Block:
        heading = self.heading
        refused = {at for at, month in enumerate(heading.columns) if month is None}
        kept = [at for at in range(self.count) if at not in refused | heading.twice]
        months = tuple(month for at in kept if (month := heading.columns[at]))
        place = self._place(heading.first)
        findings = [month_unknown(place, heading.printed[at]) for at in sorted(refused)]
        doubled = dict.fromkeys(heading.printed[at] for at in sorted(heading.twice))
        findings += [month_twice(place, printed) for printed in list(doubled)[:1]]
        block = Block(heading.kind, months, [], findings)
        rows = self._rows()
        if torn := self._torn(rows):
            place = self._place(torn)
            message = (
                f"{place}: the heading of months of the table at {self._place(heading.first)} is "
                "torn apart in this text; nothing of the table is read."
            )
            block.findings.append(warning("heading-torn", message, place))
            return block
        self._displaced(rows)
        for row in rows:
            if cells := self._read(row, block, last=row is rows[-1]):
                start = row.start
                block.rows.append(
                    Row(
                        start.serial or "",
                        start.label,
                        start.refs,
                        tuple(cells[at] for at in kept),
                        Place(line=self.text.lines[start.first].number),
                    )
                )
            self._unknown(row, block, last=row is rows[-1])
        return block

    def _torn(self, rows: Sequence[_Printed]) -> int | None:
        """A line near the table with months that its heading does not have."""
        skipped = {at for one in self.same for at in range(one.first, one.last + 1)}
        first, last = self.heading.first, self.heading.last
        lines = self.text.lines
        if self.spread:
            near = range(max(0, first - 1), min(len(lines), last + 2))
        else:
            pages = {lines[at].page for at in (first, last, *self._ends(rows))}
            paged = lines[-1].page > lines[0].page
            near = range(
                next(at for at, line in enumerate(lines) if line.page in pages)
                if paged
                else max(0, first - _ABOVE),
                min(len(lines), max((last, *self._ends(rows))) + _BELOW),
            )
        for at in near:
            if at not in skipped and headings.stray(self.text, at, self.heading):
                return at
        return None

    @property
    def spread(self) -> bool:
        """Whether spaces keep the columns apart in this text."""
        return self.heading.one_line and self.heading.spread

    def _ends(self, rows: Sequence[_Printed]) -> list[int]:
        return [row.lines[-1][0].at for row in rows if row.lines]

    def _displaced(self, rows: Sequence[_Printed]) -> None:
        """Refuse rows whose first cell may stand elsewhere.

        A converter that prints a cell between two lines of some row's label reads the first
        column together with the labels; of a row where it did not, the cell may have landed
        behind the others. (Where spaces keep the columns apart, their places tell.)
        """

        def within(row: _Printed) -> bool:
            end = max((word.at, word.start) for word in row.start.words)
            return any((word.at, word.start) < end for word in row.words)

        if self.spread:
            return
        if not any(within(row) for row in rows):
            return
        for row in rows:
            if not within(row):
                row.broken = row.broken or "cells of other rows stand within their labels"

    def _place(self, at: int) -> str:
        return str(Place(line=self.text.lines[at].number))

    def _rows(self) -> list[_Printed]:
        """The known rows under the heading, with the words of their cells."""
        repeated = {at for one in self.same[1:] for at in range(one.first, one.last + 1)}
        lines = [at for at in range(self.heading.last, self.end) if at not in repeated]
        found = list(starts(self.text, lines, self.labels, self.heading.last_word))
        stops = [start.first for start in found[1:]] + [self.end]
        rows: list[_Printed] = []
        for start, stop in zip(found, stops, strict=False):
            row = _Printed(start)
            self._fill(row, [at for at in lines if start.first <= at < stop])
            before = rows[-1].tail if rows else []
            if before and start.serial is None and any(word.foreign for word in before[-3:]):
                row.broken = "words that belong to no row run into its label"
            rows.append(row)
        return rows

    def _fill(self, row: _Printed, lines: Sequence[int]) -> None:
        """Give the row its cells' words, up to the line where no cell can go on."""
        start = row.start
        for place, at in enumerate(lines):
            after = self.heading.last_word
            line = self.text.lines[at].words
            words = [
                word
                for word in line
                if word not in start.taken and (at != after.at or word.start >= after.end)
            ]
            foreign = next((n for n, word in enumerate(words) if word.foreign), None)
            if foreign is None:
                row.lines += [words] if words else []
                continue
            if at <= start.last:
                row.broken = f"{words[foreign].text!r} belongs to neither its label nor its cells"
            elif not leads(words[:foreign]):
                row.broken = f"{words[foreign].text!r} stands among its cells"
            following = [w for later in lines[place + 1 :] for w in self.text.lines[later].words]
            row.tail = [*words, *following]
            return

    def _read(self, row: _Printed, block: Block, last: bool) -> list[Cell] | None:
        """The row's cells; None, and a finding, where they are not certain."""
        start = row.start
        place = self._place(start.first)
        if self.labels.contradicts(start.serial or "", start.refs):
            block.findings.append(serial_contradicts(place, start.serial or "", start.label))
            return None
        units = [self.labels.measure(ref).unit for ref in start.refs]
        why = row.broken
        cells: list[Cell] | None = None
        if not why:
            cells, why = self._cells(row, units, last)
        if cells is None:
            printed = " ".join(word.text for word in row.words)
            message = (
                f"{place}: row {start.serial or start.label[:80]} is not read: {why}. "
                f"Printed under {self.count} months: {printed!r}."
            )
            block.findings.append(warning("row-unreadable", message, place))
        return cells

    def _cells(
        self, row: _Printed, units: Sequence[Unit], last: bool
    ) -> tuple[list[Cell] | None, str]:
        words = row.words
        way, ways = _one_way(words, self.count, units)
        if not ways and last and (shorter := _without_numbers(row)):
            found, _ = _one_way(shorter.words, self.count, units)
            if found and _all_name_units(shorter.words, found, units):
                row, words, way, ways = shorter, shorter.words, found, 1
        streamed = self._texts(words, way) if way else None
        columns = layout.columns(row.lines, self.count, units, self.same, self.text)
        if way and len(way) == len(words) and self._split(row):
            return None, "its figures may be broken over lines"
        if not columns and not ways:
            columns = layout.side_by_side(row.lines, self.count, units, self.text)
        if streamed and columns and [c.text for c in streamed] != [c.text for c in columns]:
            return None, "its words fit its columns in one way and their order in another"
        if cells := streamed or (columns if not ways else None):
            return cells, ""
        if ways:
            return None, f"its words fall into {self.count} cells in {ways} ways"
        return None, f"its words do not fall into {self.count} cells"

    def _split(self, row: _Printed) -> bool:
        """Whether numbers on one line may be the ends of those on the line above.

        Asked of rows with one word a cell: such cells stand on one line, or each on its own
        with a blank line between. In columns too narrow for a month, only the former is sure.
        """
        numbers = [self.text.lines[line[0].at].number for line in row.lines]
        adjacent = [b - a == 1 for a, b in pairwise(numbers)]
        if not adjacent:
            return False
        single = all(len(line) == 1 for line in row.lines)
        return self.heading.broken or len(set(adjacent)) > 1 or (adjacent[0] and not single)

    def _texts(self, words: Sequence[Word], ends: Sequence[int]) -> list[Cell]:
        return [
            Cell(
                " ".join(word.text for word in words[a:b]),
                Place(line=self.text.lines[words[a].at].number),
            )
            for a, b in pairwise((0, *ends))
        ]

    def _unknown(self, row: _Printed, block: Block, last: bool) -> None:
        """A finding for each row among the words of no row: a label, then as many figures.

        After the last known row only what follows at once can be a row; then comes prose.
        """
        label: list[Word] = []
        figures = 0
        for word in [*row.tail, None]:
            if word and not word.foreign and any(part.foreign for part in label):
                figure = any(sign.isdigit() for sign in word.text) or word.text in DASHES
                if figure or figures:
                    figures += figure
                    continue
            elif figures or word is None:
                if figures >= self.count:
                    named = " ".join(part.text for part in label[:30])
                    block.findings.append(row_unknown(self._place(label[0].at), named))
                elif last:
                    return
                label, figures = [], 0
            if word is None or (last and len(label) > _LABEL):
                return
            label.append(word)


def _one_way(
    words: Sequence[Word], count: int, units: Sequence[Unit]
) -> tuple[tuple[int, ...] | None, int]:
    return splitting.one_way(
        len(words), count, units, lambda a, b: " ".join(word.text for word in words[a:b])
    )


def _without_numbers(row: _Printed) -> _Printed | None:
    """The row without paragraph numbers (2.4, 2.5) that stand alone below it."""
    kept = list(row.lines)
    numbers: list[tuple[int, int]] = []
    while kept and len(kept[-1]) == 1:
        whole, dot, part = kept[-1][0].text.partition(".")
        if not (dot and whole.isdigit() and part.isdigit()):
            break
        numbers.insert(0, (int(whole), int(part)))
        kept.pop()
    counting = all(a[0] == b[0] and a[1] + 1 == b[1] for a, b in pairwise(numbers))
    return _Printed(row.start, kept) if len(numbers) > 1 and counting else None


def _all_name_units(words: Sequence[Word], way: Sequence[int], units: Sequence[Unit]) -> bool:
    """Whether every figure prints its unit, so that a bare number beside them is none."""
    texts = (" ".join(word.text for word in words[a:b]) for a, b in pairwise((0, *way)))
    return all(splitting.form(text, units[0]) != "0" for text in texts)
