"""Lines whose labels and cells a converter has wrapped -> blocks of rows under months.

A row runs from its label to the next one. The label must be one that the registry knows,
and the words that are left must fall into exactly as many cells as there are months, in one
way only. Anything else is a finding: no figure may slide into another month.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from etl import headings
from etl.headings import Heading
from etl.labels import Labels
from etl.model import Cell, Place
from etl.printed import Cutter, Printed
from etl.rows import (
    Block,
    Row,
    header_lost,
    month_twice,
    month_unknown,
    row_unknown,
    serial_contradicts,
    warning,
)
from etl.startings import starts, words_after
from etl.words import DASHES, Stretch, Word, stretch

_ROWS = 3  # known rows with figures that make a table without a heading
_NEAR = 4  # lines between a heading and its first row
_ABOVE, _BELOW = 4, 15  # lines around a table where pieces of its heading may stand
_TOP = 6  # lines of a page above a repeated heading
_LABEL = 60  # words of a label at most


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
    found: list[Heading] = []
    for heading, until in zip(candidates, following, strict=False):
        # Repeated in the middle of a row, a heading has no label below it.
        if (found and heading.same(found[-1])) or _heads(text, heading, until, labels):
            found.append(heading)
    groups: list[list[Heading]] = []
    for heading in found:
        # A heading repeated on the next page goes on with the same table.
        if groups and heading.same(groups[-1][0]):
            groups[-1].append(heading)
        else:
            groups.append([heading])
    # Behind another table's heading no row goes on under the one before.
    others = [one.first for one in candidates if one not in found and len(one.columns) > 2]
    begins = [group[0].first for group in groups]
    bounds = sorted([*begins, *others, len(text.lines)])
    readers = [
        _Reader(
            text,
            group,
            next(at for at in bounds if at > group[-1].last or at == bounds[-1]),
            labels,
        )
        for group in groups
    ]
    # A converter that has torn one heading apart has not kept the next one's rows in order.
    torn = next((at for reader in readers if (at := reader.torn()) is not None), None)
    for reader in readers:
        yield reader.block(torn)
    for begin, end in pairwise([0, *bounds]):
        if begin not in begins and (lost := _without_heading(text, begin, end, labels)):
            yield lost


def _without_heading(text: Stretch, begin: int, end: int, labels: Labels) -> Block | None:
    """A finding where known rows with figures stand under no heading of theirs."""
    nowhere = Word("", -1, 0, 0, 0)
    found = list(starts(text, list(range(begin, end)), labels, nowhere))
    stops = [start.first for start in found[1:]] + [end]
    places = []
    for start, stop in zip(found, stops, strict=False):
        row = Printed(start)
        row.fill(text, range(start.first, stop), nowhere)
        numbers = [word for word in row.words if any(sign.isdigit() for sign in word.text)]
        if not row.broken and len(numbers) > 1:
            places.append(str(Place(line=text.lines[start.first].number)))
    if len(places) < _ROWS:
        return None
    return Block("appendix_1", (), [], [header_lost(places)])


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
        self.rows = self._rows()
        self.cutter = Cutter(text, same, labels, self.rows)

    def block(self, torn: int | None) -> Block:
        """The table's rows; none where the text's headings are torn apart, as on line `torn`."""
        heading = self.heading
        refused = {at for at, month in enumerate(heading.columns) if month is None}
        kept = [at for at in range(self.count) if at not in refused | heading.twice]
        months = tuple(month for at in kept if (month := heading.columns[at]))
        place = self._place(heading.first)
        findings = [month_unknown(place, heading.printed[at]) for at in sorted(refused)]
        doubled = dict.fromkeys(heading.printed[at] for at in sorted(heading.twice))
        findings += [month_twice(place, printed) for printed in list(doubled)[:1]]
        block = Block(heading.kind, months, [], findings)
        rows = self.rows
        torn = self.torn() if self.spread else torn
        if torn is not None:
            place = self._place(torn)
            message = (
                f"{place}: the heading of months of the table at {self._place(heading.first)} is "
                "torn apart in this text; nothing of the table is read."
            )
            block.findings.append(warning("heading-torn", message, place))
            return block
        self._displaced(rows)
        if self.spread:
            self.cutter.settle()
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

    def torn(self) -> int | None:
        """A line near the table with months that its heading does not have."""
        skipped = {at for one in self.same for at in range(one.first, one.last + 1)}
        first, last = self.heading.first, self.heading.last
        lines = self.text.lines
        if self.spread:
            near = range(max(0, first - 1), min(len(lines), last + 2))
        else:
            pages = {lines[at].page for at in (first, last, *self._ends())}
            paged = lines[-1].page > lines[0].page
            near = range(
                next(at for at, line in enumerate(lines) if line.page in pages)
                if paged
                else max(0, first - _ABOVE),
                min(len(lines), max((last, *self._ends())) + _BELOW),
            )
        for at in near:
            if at not in skipped and headings.stray(self.text, at, self.heading):
                return at
        return None

    @property
    def spread(self) -> bool:
        """Whether spaces keep the columns apart in this text."""
        return self.heading.spread

    def _ends(self) -> list[int]:
        return [row.lines[-1][0].at for row in self.rows if row.lines]

    def _displaced(self, rows: Sequence[Printed]) -> None:
        """Refuse rows whose first cell may stand elsewhere.

        A converter that prints a cell between two lines of some row's label reads the first
        column together with the labels; of a row where it did not, the cell may have landed
        behind the others. (Where spaces keep the columns apart, their places tell.)
        """

        apart = any(self._cell_before_label(above, row) for above, row in pairwise(rows))
        if self.spread or not (apart or any(row.within for row in rows)):
            return
        for row in rows:
            if not row.within:
                row.broken = row.broken or "cells of other rows stand within their labels"

    def _cell_before_label(self, above: Printed, row: Printed) -> bool:
        """Whether the row's serial, a cell and its label stand on lines of their own."""
        if row.start.serial is not None or len(above.lines) < 2:
            return False
        serials = {self.labels.cohort(ref).serial.lower() for ref in row.start.refs}
        before, cell = above.lines[-2:]
        return len(before) == len(cell) == 1 and before[0].text.lower() in serials - {""}

    def _place(self, at: int) -> str:
        return str(Place(line=self.text.lines[at].number))

    def _rows(self) -> list[Printed]:
        """The known rows under the heading, with the words of their cells."""
        repeated = {at for one in self.same[1:] for at in range(self._top(one), one.last + 1)}
        lines = [at for at in range(self.heading.last, self.end) if at not in repeated]
        labelled = [at for at in lines if not self.text.lines[at].edge]
        found = list(starts(self.text, labelled, self.labels, self.heading.last_word))
        stops = [start.first for start in found[1:]] + [self.end]
        rows: list[Printed] = []
        for start, stop in zip(found, stops, strict=False):
            row = Printed(start)
            row.fill(
                self.text,
                [at for at in lines if start.first <= at < stop],
                self.heading.last_word,
            )
            before = rows[-1].tail if rows else []
            if before and start.serial is None and any(word.foreign for word in before[-3:]):
                row.broken = "words that belong to no row run into its label"
            rows.append(row)
        if rows:
            self._above(rows[0], [at for at in lines if at < rows[0].start.first])
        return rows

    def _top(self, heading: Heading) -> int:
        """Where the lines begin that stand above a repeated heading on its page."""
        page = self.text.lines[heading.first].page
        near = range(max(0, heading.first - _TOP), heading.first)
        top = [at for at in near if self.text.lines[at].page == page]
        new = bool(top) and top[0] > 0 and self.text.lines[top[0] - 1].page < page
        return top[0] if new else heading.first

    def _above(self, row: Printed, lines: Sequence[int]) -> None:
        """Words between the heading and the first label are the first row's, if anyone's."""
        after = self.heading.last_word
        above = [words_after(self.text, at, after) for at in lines]
        above = [words for words in above if words and not any(word.foreign for word in words)]
        if above and self.spread:
            row.lines[:0] = above
        elif above:
            row.broken = "cells stand above its label"

    def _read(self, row: Printed, block: Block, last: bool) -> list[Cell] | None:
        """The row's cells; None, and a finding, where they are not certain."""
        start = row.start
        place = self._place(start.first)
        if self.labels.contradicts(start.serial or "", start.refs):
            block.findings.append(serial_contradicts(place, start.serial or "", start.label))
            return None
        cells, why = (None, row.broken) if row.broken else self.cutter.cells(row, last=last)
        if cells is None:
            printed = " ".join(word.text for word in row.words)
            message = (
                f"{place}: row {start.serial or start.label[:80]} is not read: {why}. "
                f"Printed under {self.count} months: {printed!r}."
            )
            block.findings.append(warning("row-unreadable", message, place))
            block.refuse(start.refs, (word.text for word in row.words))
        return cells

    def _unknown(self, row: Printed, block: Block, last: bool) -> None:
        """A finding for each row among the words of no row: a label, then as many figures.

        After the last known row only what follows at once can be a row; then comes prose.
        """
        label: list[Word] = []
        cells: list[Word] = []
        for word in [*row.tail, None]:
            figure = word and (any(sign.isdigit() for sign in word.text) or word.text in DASHES)
            if word and not word.foreign and (cells or (figure and label)):
                cells.append(word)
                continue
            numbers = sum(any(sign.isdigit() for sign in part.text) for part in cells)
            others = sum(part.text.lower() in (*DASHES, "na", "nil") for part in cells)
            if numbers and numbers + others >= self.count and any(part.foreign for part in label):
                named = " ".join(part.text for part in label[:30])
                block.findings.append(row_unknown(self._place(label[0].at), named))
                label, cells = [], []
            label, cells = [*label, *cells], []
            if word is None or (last and len(label) > _LABEL):
                return
            label.append(word)
