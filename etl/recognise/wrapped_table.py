"""One table of wrapped rows -> a block: which lines are which row's, and what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from etl import periods
from etl.model import Cell, Place
from etl.recognise import headings
from etl.recognise.doubts import (
    month_misplaced,
    month_twice,
    month_unknown,
    row_unknown,
    serial_contradicts,
    warning,
)
from etl.recognise.headings import Heading
from etl.recognise.labels import Labels
from etl.recognise.printed import Cutter, Printed
from etl.recognise.rows import Block, Row
from etl.recognise.startings import starts, words_after
from etl.recognise.words import DASHES, Stretch, Word

_ABOVE, _BELOW = 4, 15  # lines around a table where pieces of its heading may stand
_TOP = 6  # lines of a page above a repeated heading
_LABEL = 60  # words of a label at most


class TableReader:
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
        named = [at for at in range(self.count) if at not in refused | heading.twice]
        days = [month.first for at in named if (month := heading.columns[at])]
        misplaced = [named[at] for at in sorted(periods.out_of_order(days))]
        kept = [at for at in named if at not in misplaced]
        months = tuple(month for at in kept if (month := heading.columns[at]))
        place = self._place(heading.first)
        findings = [
            month_unknown(place, heading.printed[at])
            for at in sorted(refused)
            if not heading.meanings  # else what the column holds is said elsewhere
        ]
        findings += [month_misplaced(place, heading.printed[at]) for at in misplaced]
        doubled = dict.fromkeys(heading.printed[at] for at in sorted(heading.twice))
        findings += [month_twice(place, printed) for printed in list(doubled)[:1]]
        begins = Place(line=self.text.lines[heading.first].number)
        block = Block(heading.kind, months, [], findings, place=begins)
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
            # A page without any row of the table has no piece of its heading.
            pages |= {lines[row.start.first].page for row in self.rows}
            skipped |= {at for at in near if paged and lines[at].page not in pages}
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
        if self.spread or not (apart or any(self._within(row) for row in rows)):
            return
        for row in rows:
            if not self._within(row):
                row.broken = row.broken or "cells of other rows stand within their labels"

    def _within(self, row: Printed) -> bool:
        """Whether words of its cells stand among those of its label, on one page.

        Where a page's end cuts the row, its cells come before the rest of its label.
        """
        ends: dict[int, tuple[int, int]] = {}
        for word in row.start.words:
            page = self.text.lines[word.at].page
            ends[page] = max(ends.get(page, (0, 0)), (word.at, word.start))
        return any(
            (word.at, word.start) < ends.get(self.text.lines[word.at].page, (0, 0))
            for word in row.words
        )

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
        if self.spread:
            repeated |= {at for one in self.same for at in headings.named_below(self.text, one)}
        lines = [at for at in range(self.heading.last, self.end) if at not in repeated]
        labelled = [at for at in lines if not self.text.lines[at].edge]
        found = list(
            starts(self.text, labelled, self.labels, self.heading.last_word, self._under())
        )
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

    def _under(self) -> frozenset[Word]:
        """The words set apart by spaces that stand under the months of a page's heading."""
        left = {self.text.lines[one.first].page: one.spans[0][0] for one in self.same if one.spread}
        return frozenset(
            word
            for line in self.text.lines
            if line.page in left
            for word in line.words
            if (word.gap > 1 or word is line.words[0]) and word.start >= left[line.page]
        )

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
        """A finding for each row among the words of no row: a label, then its figures.

        After the last known row only what follows at once can be a row, and it has as many
        figures as there are months; then comes prose.
        """
        enough = self.count if last else max(2, self.count // 2)
        label: list[Word] = []
        cells: list[Word] = []
        for word in [*row.tail, None]:
            figure = word and (any(sign.isdigit() for sign in word.text) or word.text in DASHES)
            if word and not word.foreign and (cells or (figure and label)):
                cells.append(word)
                continue
            numbers = sum(any(sign.isdigit() for sign in part.text) for part in cells)
            others = sum(part.text.lower() in (*DASHES, "na", "nil") for part in cells)
            if numbers and numbers + others >= enough and any(part.foreign for part in label):
                named = " ".join(part.text for part in label[:30])
                block.findings.append(row_unknown(self._place(label[0].at), named))
                label, cells = [], []
            label, cells = [*label, *cells], []
            if word is None or (last and len(label) > _LABEL):
                return
            label.append(word)
