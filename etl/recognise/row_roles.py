"""Rows of a table -> which of them hold the council's actual figures, and why others do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from etl import cells, roles
from etl.model import Cell, Reading
from etl.recognise.headers import Cells, line
from etl.recognise.labels import Labels
from etl.roles import NOTHING, Meaning, Reason

_TWO = "its row and its columns say different things of its figures"
_BESIDE = ("", "unit", "difference", "rating")  # what a cell beside a label says of no row


def is_figure(cell: Cell) -> bool:
    return isinstance(cells.parse(cell.text), Reading)


def is_data(row: Cells, labels: Labels) -> bool:
    """Whether a row holds figures or a known label, and is no title or section's heading."""
    known = any(line(row, at, labels).refs for at in range(1, min(len(row), 4) + 1))
    return known or any(map(is_figure, row[1:]))


@dataclass
class RowRoles:
    """One pass over the rows under a heading whose months begin in the column `left`.

    `caption` is what stands over the whole table; `told` says that the columns themselves
    tell actual figures from others.
    """

    labels: Labels
    left: int
    months: frozenset[int]
    caption: Reason | None
    told: bool
    section: Reason | None = field(init=False)
    above: Cells | None = None  # the row with a label to which rows of a role alone belong
    above_told: bool = False
    waiting: list[tuple[Cells, Reason | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.section = self.caption

    def read(self, rows: Sequence[Cells]) -> Iterator[tuple[Cells, Reason | None]]:
        """Each row with the reason that keeps it apart, or None.

        A row of a role alone ("Target" below a measure's row) is given that measure's label;
        a label that has no figures but those of such rows is left out.
        """
        for row in rows:
            one = line(row, self.left, self.labels)
            if one.refs:
                yield from self._flushed()
                said, cell = self._beside(row, one.column)
                entry = row, self._reason(said, cell)
                self.above, self.above_told = row, said.told
                if any(cell.text for cell in row[self.left :]):
                    yield entry
                else:
                    self.waiting = [entry]
            elif not any(map(is_figure, row[self.left :])):
                yield from self._flushed()
                self._divide(row)
                yield row, None
            else:
                yield self._further(row, roles.of_heading(one.label))
        yield from self._flushed()

    def _flushed(self) -> Iterator[tuple[Cells, Reason | None]]:
        yield from self.waiting
        self.waiting = []

    def _further(self, row: Cells, said: Meaning) -> tuple[Cells, Reason | None]:
        """A row of figures without a label of its own, perhaps one of a role alone."""
        alone = bool(self.waiting) or self.above_told
        self.waiting = []
        if self.above is None or said.role in _BESIDE or not (alone or said.other):
            self.above = None
            return row, self.section if self.section and self.section.keeps else None
        label = next(cell for cell in row if cell.text)
        names = [replace(cell, place=label.place) for cell in self.above[: self.left]]
        named = (*self._without_roles(names), *row[self.left :])
        return named, self._reason(said, label)

    @staticmethod
    def _without_roles(names: Sequence[Cell]) -> Cells:
        return tuple(
            replace(cell, text="") if roles.of_heading(cell.text).role else cell for cell in names
        )

    def _beside(self, row: Cells, label: int | None) -> tuple[Meaning, Cell]:
        """What a cell beside the label says the row is: "Target" in a column of its own."""
        for at, cell in enumerate(row):
            if at == label or at in self.months or not cell.text:
                continue
            said = roles.of_heading(cell.text)
            if said.role not in _BESIDE or said.span:
                return said, cell
        return NOTHING, row[0]

    def _reason(self, said: Meaning, cell: Cell) -> Reason | None:
        """Why a row is kept apart: by its own word, else by what stands over it."""
        if said.other or said.span:
            doubt = _TWO if self.told and said.other else ""
            return Reason(said, "row", str(cell.place), cell.text, doubt)
        over = self.section
        if over is None or not over.keeps or (said.role == roles.ACTUAL and not over.meaning.span):
            return None
        return over

    def _divide(self, row: Cells) -> None:
        """What a row of words alone says of those below it, if it is a section's heading.

        One that says nothing does not lift what the section above says: it may lie within it.
        """
        texts = {cell.text for cell in row if cell.text}
        if not texts:
            return
        self.above = None
        if len(texts) > 1:
            return
        meaning = roles.of_caption(text := texts.pop())
        place = next(str(cell.place) for cell in row if cell.text)
        if meaning.other or meaning.span:
            self.section = Reason(meaning, "section", place, text)
        elif roles.says_actual(meaning) or (
            meaning.role == roles.ACTUAL and self.section is not self.caption
        ):
            self.section = None
