"""A web page's table as its elements come -> rows of cells, each in its column."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from etl.model import Cell, Place
from etl.readers.merging import OVER_COLUMNS, over_headings
from etl.text.signs import cleaned

MERGED = "its cell is merged with the row above"


@dataclass
class Part:
    text: list[str] = field(default_factory=list)
    columns: int = 1
    rows: int = 1
    problem: str = ""


@dataclass
class Open:
    """A table while it is read. `cells` are a row's: text so far, columns, rows, what is wrong."""

    number: int
    above: tuple[str, ...]
    rows: list[list[Part]] = field(default_factory=list)
    caption: list[str] = field(default_factory=list)
    row: list[Part] | None = None
    cell: Part | None = None
    captioned: bool = False


def grid(table: Open) -> tuple[tuple[Cell, ...], ...]:
    """The rows with every cell in its column: what a merged cell covers is empty, but for a
    label merged over rows, which holds for each of them."""
    rows: list[list[Cell]] = []
    covered: dict[int, tuple[int, Cell]] = {}  # column -> rows still to cover, the cell
    wide: list[tuple[int, int, int]] = []
    for parts in table.rows:
        number = len(rows) + 1
        line: list[Cell] = []

        def fill(line: list[Cell] = line, number: int = number) -> None:
            while len(line) in covered:
                left, above = covered.pop(len(line))
                column = len(line)
                if left > 1:
                    covered[column] = (left - 1, above)
                place = Place(table=table.number, row=number, column=column + 1)
                problem = MERGED if above.text and column > 1 else above.problem
                line.append(Cell(above.text, place, problem))

        later: dict[int, tuple[int, Cell]] = {}
        for part in parts:
            fill()
            first = len(line)
            for n in range(part.columns):
                place = Place(table=table.number, row=number, column=len(line) + 1)
                cell = Cell("" if n else cleaned("".join(part.text)), place, part.problem)
                wide_ = 1 if n else part.columns
                line.append(replace(cell, wide=wide_, problem="" if n else cell.problem))
                if part.rows > 1:
                    later[first + n] = (part.rows - 1, line[-1])
            if part.columns > 1:
                wide.append((number, first, len(line)))
        fill()
        covered.update(later)
        rows.append(line)
    for number, first, end in wide:
        line, cell = rows[number - 1], rows[number - 1][first]
        heads = ([one for one in row[first:end] if one.text] for row in rows[: number - 1])
        if over_headings(cell.text, heads):
            line[first] = replace(cell, problem=cell.problem or OVER_COLUMNS)
    return tuple(tuple(line) for line in rows)
