"""One row of wrapped text as it stands -> its cells, where there is one way to tell them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from etl.model import Cell, Place, Unit
from etl.recognise import layout, splitting
from etl.recognise.headings import Heading
from etl.recognise.labels import Labels
from etl.recognise.startings import Start, words_after
from etl.recognise.words import Stretch, Word, leads

# Widths of letters against a digit's, in the usual typefaces.
_NARROW = dict.fromkeys("ijlt.,'()-\u2013/f I:;", 0.6)
_WIDE = frozenset("mwMWNOQGDHU%")
_CLOSE = 0.95  # a column hardly wider than the number may still break it


@dataclass
class Printed:
    """A row as it stands: its label, its cells' words line by line, why it cannot be read."""

    start: Start
    lines: list[list[Word]] = field(default_factory=list)
    broken: str = ""
    # Whether a number that may be a page's was left out of its cells.
    edge: bool = False
    # The words after it that belong to no row.
    tail: list[Word] = field(default_factory=list)

    @property
    def words(self) -> list[Word]:
        return [word for line in self.lines for word in line]

    @property
    def below(self) -> int:
        """How many of its lines stand under its label: the next row's may begin there."""
        return sum(line[0].at > self.start.last for line in self.lines)

    def fill(self, text: Stretch, lines: Sequence[int], after: Word) -> None:
        """Take its cells' words from the lines, up to the one where no cell can go on."""
        start = self.start
        for place, at in enumerate(lines):
            words = [word for word in words_after(text, at, after) if word not in start.taken]
            if text.lines[at].edge:
                self.edge = True
                continue
            foreign = next((n for n, word in enumerate(words) if word.foreign), None)
            if foreign is None:
                self.lines += [words] if words else []
                continue
            if at <= start.last:
                self.broken = f"{words[foreign].text!r} belongs to neither its label nor its cells"
            elif not leads(words[:foreign]):
                self.broken = f"{words[foreign].text!r} stands among its cells"
            following = [word for later in lines[place + 1 :] for word in text.lines[later].words]
            self.tail = [*words, *following]
            return


@dataclass(frozen=True)
class Cutter:
    """Cuts the rows of one table into cells."""

    text: Stretch
    same: Sequence[Heading]
    labels: Labels
    rows: Sequence[Printed] = ()

    @cached_property
    def widest(self) -> float:
        """The width of the widest word in the table's columns, its heading's included."""
        words = [word for printed in self.same[0].printed for word in printed.split()]
        words += [word.text for row in self.rows for word in row.words]
        return max(map(_width, words))

    @property
    def count(self) -> int:
        return len(self.same[0].columns)

    @cached_property
    def apart(self) -> bool:
        """Whether no line of cells can be another row's: each row's begin on its label's
        first line, or a blank line or a page's end parts each row from the next.
        """
        rows = [row for row in self.rows if row.lines]
        level = all(row.lines[0][0].at == row.start.first for row in rows)
        return level or all(self._parted(above, row) for above, row in pairwise(rows))

    def _parted(self, above: Printed, row: Printed) -> bool:
        last = self.text.lines[max(above.lines[-1][0].at, above.start.last)]
        first = self.text.lines[min(row.lines[0][0].at, row.start.first)]
        return first.number - last.number > 1 or first.page > last.page

    def _own(self, above: Printed, row: Printed) -> int:
        """How many of the lines between two labels a blank line gives to the lower one."""
        lines = self.text.lines
        between = above.lines[len(above.lines) - above.below :]
        numbers = [lines[at[0].at].number for at in between] + [lines[row.start.first].number]
        gaps = [at for at, (a, b) in enumerate(pairwise(numbers), 1) if b - a > 1]
        if between and numbers[0] - lines[above.start.last].number > 1:
            gaps.insert(0, 0)
        return len(between) - gaps[0] if len(gaps) == 1 else 0

    def settle(self) -> None:
        """Give each row the lines above its label that are its own.

        Where a table centres its cells, those of a row may begin above its label, straight
        below the row before. They go where both rows then fall into cells, in one way only.
        """
        for above, row in pairwise(self.rows):
            if above.tail or above.broken or row.broken or not above.below:
                continue
            if own := self._own(above, row):
                row.lines[:0] = above.lines[-own:]
                del above.lines[-own:]
                continue
            if self._fits(above) and self._fits(row):
                continue
            options = [
                moved
                for moved in range(above.below + 1)
                if self._fits(Printed(above.start, above.lines[: len(above.lines) - moved]))
                and self._fits_somehow(row, above.lines[len(above.lines) - moved :])
            ]
            if len(options) == 1 and options[0]:
                cut = len(above.lines) - options[0]
                row.lines[:0] = above.lines[cut:]
                del above.lines[cut:]

    def _fits(self, row: Printed) -> bool:
        return self.cells(row, last=False, dealt=False)[0] is not None

    def _fits_somehow(self, row: Printed, first: Sequence[list[Word]]) -> bool:
        """Whether the row falls into cells with these lines, some of its last left to the next."""
        return any(
            self._fits(Printed(row.start, [*first, *row.lines[: len(row.lines) - left]]))
            for left in range(row.below + 1)
        )

    def cells(
        self, row: Printed, *, last: bool, dealt: bool = True
    ) -> tuple[list[Cell] | None, str]:
        """The row's cells, or None and why they are not certain.

        `last` of its table: paragraph numbers may follow. `dealt`: try pieces side by side.
        """
        units = [self.labels.measure(ref).unit for ref in row.start.refs]
        words = row.words
        way, ways = _one_way(words, self.count, units)
        if not ways and last and (shorter := _without_numbers(row)):
            found, _ = _one_way(shorter.words, self.count, units)
            if found and _all_name_units(shorter.words, found, units):
                row, words, way, ways = shorter, shorter.words, found, 1
        streamed = self._texts(words, way) if way else None
        columns = layout.columns(
            row.lines, self.count, units, self.same, self.text, loose=dealt and self.apart
        )
        if way and len(way) == len(words) and self._split(row):
            return None, "its figures may be broken over lines"
        if way and not columns and self._backwards(row, words, way):
            return None, "its words fit its months in their order, but do not stand so"
        if dealt and not columns and not ways:
            columns = layout.side_by_side(row.lines, self.count, units, self.text)
        if streamed and columns and [c.text for c in streamed] != [c.text for c in columns]:
            return None, "its words fit its columns in one way and their order in another"
        if cells := streamed or (columns if not ways else None):
            return cells, ""
        if row.edge:
            return None, "a page's number may be one of its figures"
        if ways:
            return None, f"its words fall into {self.count} cells in {ways} ways"
        return None, f"its words do not fall into {self.count} cells"

    def _backwards(self, row: Printed, words: Sequence[Word], ends: Sequence[int]) -> bool:
        """Whether a cell would stand left of the one before it, where spaces keep columns apart.

        A number's last digit on the line below, taken for the next empty cell, does.
        """
        if not self.same[0].spread or not any(w.gap > 1 for line in row.lines for w in line[1:]):
            return False
        begins = [min(word.start for word in words[a:b]) for a, b in pairwise((0, *ends))]
        return any(b <= a for a, b in pairwise(begins))

    def _split(self, row: Printed) -> bool:
        """Whether numbers on one line may be the ends of those on the line above.

        Asked of rows with one word a cell, on lines without a blank one between. No: where
        the columns are wide enough for both pieces, since some word of the table is as long.
        """
        for above, below in pairwise(row.lines):
            lines = self.text.lines[above[0].at], self.text.lines[below[0].at]
            if lines[1].number - lines[0].number > 1:
                continue
            pieces = sum(max(_width(word.text) for word in line) for line in (above, below))
            if self.same[0].broken or pieces > self.widest * _CLOSE:
                return True
        return False

    def _texts(self, words: Sequence[Word], ends: Sequence[int]) -> list[Cell]:
        return [
            Cell(
                " ".join(word.text for word in words[a:b]),
                Place(line=self.text.lines[words[a].at].number),
            )
            for a, b in pairwise((0, *ends))
        ]


def _width(word: str) -> float:
    """About how wide a word is printed, in widths of a digit: "Nov-20" is less than 116617."""
    return sum(_NARROW.get(sign, 1.4 if sign in _WIDE else 1) for sign in word)


def _one_way(
    words: Sequence[Word], count: int, units: Sequence[Unit]
) -> tuple[tuple[int, ...] | None, int]:
    return splitting.one_way(
        len(words), count, units, lambda a, b: " ".join(word.text for word in words[a:b])
    )


def _without_numbers(row: Printed) -> Printed | None:
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
    return Printed(row.start, kept) if len(numbers) > 1 and counting else None


def _all_name_units(words: Sequence[Word], way: Sequence[int], units: Sequence[Unit]) -> bool:
    """Whether every figure prints its unit, so that a bare number beside them is none."""
    texts = (" ".join(word.text for word in words[a:b]) for a, b in pairwise((0, *way)))
    return all(splitting.form(text, units[0]) != "0" for text in texts)
