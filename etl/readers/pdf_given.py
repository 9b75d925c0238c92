"""A PDF's tables, prose and pictures as recognition gets them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.model import Cell, Finding, Place, Table
from etl.readers.aligned_heading import Line, Phrase
from etl.readers.pdf_grid import Char, Grid, text_of
from etl.readers.pdf_headings import phrases
from etl.readers.pdf_sweep import months

_FRONT = 12  # lines of a front page
_EDGE = 2  # lines of a page's running header or footer
_OFTEN = 3  # pages on which it stands
_PARAGRAPH = 1.6  # of the letter's size: lines further apart begin a paragraph
_SENTENCE_END = re.compile(r"[.!?:;)”\"]\s*$")


def table(grid: Grid) -> Table:
    place = Place(page=grid.page, table=grid.index)
    return Table(
        tuple(
            tuple(
                Cell(cell.text, replace(place, row=r, column=c), cell.doubt, cell.wide)
                for c, cell in enumerate(row, 1)
            )
            for r, row in enumerate(grid.rows, 1)
        ),
        grid.title,
        place,
        above=grid.above,
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


def phrased(lines: Sequence[Sequence[Char]], page: int) -> list[Line]:
    """A page's lines with their phrases, an empty one where the space between two is wider."""
    found: list[Line] = []
    for number, line in enumerate(lines, 1):
        if found and line[0]["bottom"] - lines[number - 2][0]["bottom"] > 3 * line[0]["size"]:
            found.append(Line(Cell(""), ()))
        place = Place(page=page, line=number)
        texts = tuple(
            Phrase(one.left, one.right, text) for one in phrases(line) if (text := one.text)
        )
        found.append(Line(Cell(text_of(line), place), texts))
    return found


def front(texts: Sequence[str]) -> tuple[Cell, ...]:
    """The first lines of the first page with text, as far as they stand above a table."""
    page, text = next(((n, text) for n, text in enumerate(texts, 1) if text.strip()), (1, ""))
    lines = [line.strip() for line in text.split("\n") if line.strip()][:_FRONT]
    end = next((n for n, line in enumerate(lines) if months(line) > 1), len(lines))
    return tuple(Cell(line, Place(page=page)) for line in lines[:end])


def running(texts: Sequence[str]) -> tuple[Cell, ...]:
    """The lines that stand at the head or foot of at least three pages, page numbers apart."""
    counted: dict[str, list[Cell]] = {}
    for page, text in enumerate(texts, 1):
        lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
        for line in dict.fromkeys([*lines[:_EDGE], *lines[-_EDGE:]]):
            key = " ".join(re.sub("[0-9]+", "", line).casefold().split())
            counted.setdefault(key, []).append(Cell(line, Place(page=page)))
    return tuple(cells[0] for cells in counted.values() if len(cells) >= _OFTEN)


def paragraphs(lines: Sequence[Sequence[Char]]) -> tuple[str, ...]:
    """The lines' texts, an empty one wherever the space between two is wider than usual."""
    texts: list[str] = []
    for above, line in zip([None, *lines], lines, strict=False):
        if above:
            apart = line[0]["bottom"] - above[0]["bottom"] > _PARAGRAPH * line[0]["size"]
            alike = abs(line[0]["size"] - above[0]["size"]) < 0.1 * line[0]["size"]
            texts += [""] if apart or not alike else []
        texts.append(text_of(line))
    return tuple(texts)


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
