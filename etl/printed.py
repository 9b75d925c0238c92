"""One row of wrapped text as it stands -> its cells, where there is one way to tell them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from etl import layout, splitting
from etl.headings import Heading
from etl.labels import Labels
from etl.model import Cell, Place, Unit
from etl.startings import Start
from etl.words import Stretch, Word


@dataclass
class Printed:
    """A row as it stands: its label, its cells' words line by line, why it cannot be read."""

    start: Start
    lines: list[list[Word]] = field(default_factory=list)
    broken: str = ""
    # The words after it that belong to no row.
    tail: list[Word] = field(default_factory=list)

    @property
    def words(self) -> list[Word]:
        return [word for line in self.lines for word in line]

    @property
    def within(self) -> bool:
        """Whether words of its cells stand among those of its label."""
        end = max((word.at, word.start) for word in self.start.words)
        return any((word.at, word.start) < end for word in self.words)

    @property
    def below(self) -> int:
        """How many of its lines stand under its label: the next row's may begin there."""
        return sum(line[0].at > self.start.last for line in self.lines)


@dataclass(frozen=True)
class Cutter:
    """Cuts the rows of one table into cells."""

    text: Stretch
    same: Sequence[Heading]
    labels: Labels

    @property
    def count(self) -> int:
        return len(self.same[0].columns)

    def settle(self, rows: Sequence[Printed]) -> None:
        """Give each row the lines above its label that are its own.

        Where a table centres its cells, those of a row may begin above its label, straight
        below the row before. They go where both rows then fall into cells, in one way only.
        """
        for above, row in pairwise(rows):
            if above.tail or above.broken or row.broken or not above.below:
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
        columns = layout.columns(row.lines, self.count, units, self.same, self.text)
        if way and len(way) == len(words) and self._split(row):
            return None, "its figures may be broken over lines"
        if dealt and not columns and not ways:
            columns = layout.side_by_side(row.lines, self.count, units, self.text)
        if streamed and columns and [c.text for c in streamed] != [c.text for c in columns]:
            return None, "its words fit its columns in one way and their order in another"
        if cells := streamed or (columns if not ways else None):
            return cells, ""
        if ways:
            return None, f"its words fall into {self.count} cells in {ways} ways"
        return None, f"its words do not fall into {self.count} cells"

    def _split(self, row: Printed) -> bool:
        """Whether numbers on one line may be the ends of those on the line above.

        Asked of rows with one word a cell: such cells stand on one line, or each on its own
        with a blank line between. In columns too narrow for a month, only the former is sure.
        """
        numbers = [self.text.lines[line[0].at].number for line in row.lines]
        adjacent = [b - a == 1 for a, b in pairwise(numbers)]
        if not adjacent:
            return False
        single = all(len(line) == 1 for line in row.lines)
        return self.same[0].broken or len(set(adjacent)) > 1 or (adjacent[0] and not single)

    def _texts(self, words: Sequence[Word], ends: Sequence[int]) -> list[Cell]:
        return [
            Cell(
                " ".join(word.text for word in words[a:b]),
                Place(line=self.text.lines[words[a].at].number),
            )
            for a, b in pairwise((0, *ends))
        ]


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
