"""Whose the pasted cells are: other areas' columns and rows are left out, as in a file."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from etl import cells, periods
from etl.model import Cell, Place, Reading, Registry, Table, UserError

HEADED = 4  # lines among which headings are looked for

Line = list[str]


def ours(pasted: list[Line], registry: Registry) -> tuple[list[Line], tuple[str, ...]]:
    """The lines with the cells of other areas' columns and rows empty, and what is said of them.

    Raises UserError where a heading says that the table is not the council's, or where another
    area's name stands among the headings and nothing tells which figures are its own.
    """
    # Recognition is imported with the first paste, not when the server starts.
    from etl.recognise import comparators
    from etl.recognise.labels import Labels
    from etl.recognise.ownership import Owners

    owners = Owners(registry)
    council = registry.council.name
    for line in takewhile(lambda line: not _figures(line), pasted[:HEADED]):
        for text in _titles(line) if len(pasted) > 1 else ():
            whose = owners.of(text)
            if whose.verdict not in ("", "own"):
                raise UserError(
                    f"What was pasted is headed “{whose.printed}”, so it is not {council}'s own "
                    "table; nothing was pasted"
                )
    place = Place(table=1)
    rows = tuple(
        tuple(Cell(text, replace(place, row=at, column=n)) for n, text in enumerate(line, 1))
        for at, line in enumerate(pasted, 1)
    )
    (table,), findings = comparators.left_out([Table(rows, place=place)], owners, Labels(registry))
    left = [[cell.text for cell in row] for row in table.rows]
    for line in takewhile(lambda line: not _figures(line), left[:HEADED]):
        for text in line:
            if owners.of(text).verdict not in ("", "own"):
                raise UserError(
                    f"The column headed {text!r} is in the way. Copy only the columns of "
                    f"{council}'s own figures; nothing was pasted"
                )
    return left, tuple(f"figures that are not {council}'s" for _ in findings)


def _titles(line: Line) -> list[str]:
    """What heads the whole table: a text by itself, and what stands over the labels."""
    filled = [text for text in line if text]
    first = next((n for n, text in enumerate(line) if periods.parse(text)), 0)
    return filled if len(filled) == 1 else [text for text in line[:first] if text]


def _figures(line: Line) -> bool:
    return any(isinstance(cells.parse(text), Reading) for text in line)
