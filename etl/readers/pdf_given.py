"""A PDF's tables, prose and pictures as recognition gets them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.model import Cell, Finding, Place, Table
from etl.readers.pdf_grid import Grid

_SENTENCE_END = re.compile(r"[.!?:;)”\"]\s*$")


def table(grid: Grid) -> Table:
    place = Place(page=grid.page, table=grid.index)
    return Table(
        tuple(
            tuple(
                Cell(cell.text, replace(place, row=r, column=c), cell.doubt)
                for c, cell in enumerate(row, 1)
            )
            for r, row in enumerate(grid.rows, 1)
        ),
        grid.title,
        place,
    )


def lines(
    texts: Sequence[str], outside: dict[int, list[str]]
) -> tuple[list[tuple[int, str]], dict[int, int]]:
    """All prose as numbered lines, a number left out where a paragraph ends; their pages."""
    found: list[tuple[int, str]] = []
    page_of: dict[int, int] = {}
    line = 0
    for page, text in enumerate(texts, 1):
        for part in outside.get(page, text.split("\n")):
            line += 1
            found.append((line, part))
            page_of[line] = page
            if _SENTENCE_END.search(part):
                line += 1
    return found, page_of


def scanned(pages: Sequence[int]) -> tuple[Finding, ...]:
    """A note on pages that are pictures: what they show is not read."""
    if not pages:
        return ()
    runs: list[list[int]] = []
    for number in pages:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    named = ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    what = "page {} is a picture" if len(pages) == 1 else "pages {} are pictures"
    message = f"{what.format(named)} without text (scanned); nothing on it is read."
    message = message if len(pages) == 1 else message.replace("on it", "on them")
    places = tuple(str(Place(page=number)) for number in pages)
    return (Finding("pages-scanned", "note", message, places),)
