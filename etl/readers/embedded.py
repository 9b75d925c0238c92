"""Tables written as HTML within a text or Markdown file -> tables, and the lines without them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.model import Cell, Place, Table
from etl.readers import html, markup

_OPENS = re.compile(r"<table[\s>]", re.IGNORECASE)
_CLOSES = re.compile(r"</table\s*>", re.IGNORECASE)
_ABOVE = 15  # lines above a table that may head it

Line = tuple[int, str]


def split(lines: Sequence[Line], name: str) -> tuple[list[Table], Sequence[Line]]:
    """The tables, each at its first line, and the lines with those of tables left empty.

    One that is never closed goes on to the end of the file. Raises UserError beyond the limits
    of a web page.
    """
    if not any(_OPENS.search(text) for _, text in lines):
        return [], lines
    tables: list[Table] = []
    rest: list[Line] = []
    held: list[str] = []
    begun = depth = 0
    for number, text in lines:
        opens = len(_OPENS.findall(text))
        if not depth and not opens:
            rest.append((number, text))
            continue
        begun = begun if depth else number
        depth = max(0, depth + opens - len(_CLOSES.findall(text)))
        held.append(text)
        rest.append((number, ""))
        if not depth:
            tables += _tables(held, begun, rest[: len(rest) - len(held)], name)
            held = []
    if held:
        tables += _tables(held, begun, rest[: len(rest) - len(held)], name)
    return tables, rest


def _tables(held: Sequence[str], line: int, before: Sequence[Line], name: str) -> list[Table]:
    above = tuple(markup.cell(text) for _, text in before[-_ABOVE:])
    title = next((text for text in reversed(above) if text), "")
    return [
        replace(
            table,
            rows=tuple(tuple(_at(cell, line) for cell in row) for row in table.rows),
            title=table.title or title,
            place=Place(line=line),
            above=(*above, "", *table.above) if any(table.above) else above,
        )
        for table in html.page("\n".join(held), name).tables
    ]


def _at(cell: Cell, line: int) -> Cell:
    return replace(cell, place=replace(cell.place, line=line, table=None))
