"""The year that closes bare months, quarters or terms: "January" down the side of "2021"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from etl.layouts import patterns
from etl.layouts.blocks import Block
from etl.layouts.captions import Over
from etl.layouts.columns import Heads
from etl.layouts.facets import Column
from etl.layouts.rows import Line
from etl.layouts.words import Words
from etl.model import Layout
from etl.when import When

_YEARS = ("year", "split_year")


def years(block: Block, heads: Heads, over: Over, layout: Layout, words: Words) -> tuple[When, ...]:
    """The different years that a table names: over its row headings or else in its caption; and,
    where the layout has them, in the rows of totals and in a caption besides.

    One closes its bare times. Of several nobody can tell which does.
    """
    captioned = [one for one in over.times if one.kind in _YEARS]
    captioned = captioned if len(over.times) == len(captioned) == 1 else []
    named = [heads.corner or next(iter(captioned), None)]
    if layout.totals:
        first = (next((cell.text for cell in row if cell.text), "") for row in block.body)
        repeated = [text for text in first if patterns.matches(layout.totals, text)]
        named += [*captioned, *(one for text in repeated for one in words.times(text)[0])]
    kinds = ("year",) if layout.year == "calendar" else _YEARS
    distinct = {(one.kind, one.year): one for one in named if one and one.kind in kinds}
    return tuple(distinct.values())


def is_total(line: Line, layout: Layout | None) -> bool:
    """Whether a row repeats what others sum to, by the layout's own pattern."""
    totals = layout.totals if layout else ""
    return bool(totals) and patterns.matches(totals, line.printed)


def reaching(lines: Sequence[Line], columns: Sequence[Column], layout: Layout) -> tuple[Line, ...]:
    """The rows under groups of spans, each that ends before the others' last column refused: in
    a workbook nothing else tells that its figures were typed one cell to the left."""
    if not layout.spans:
        return tuple(lines)
    figures = [column.at for column in columns if column.figures]

    def last(line: Line) -> int:
        filled = (at for at in figures if at < len(line.row) and line.row[at].text)
        return max(filled, default=-1)

    months = [line for line in lines if not is_total(line, layout) and not line.why]
    ends = Counter(map(last, months))
    common = max(ends, key=lambda at: (ends[at], at), default=-1)
    why = "its last cells are empty, so its figures may have moved"
    return tuple(
        replace(line, why=why, code="row-width") if line in months and last(line) < common else line
        for line in lines
    )


def problem(lines: Sequence[Line], named: Sequence[When], layout: Layout) -> str:
    """Why the bare times down a table's side are not told; empty where they are, or are none."""
    own = (one for one in lines if not is_total(one, layout))
    times = [one.says.when for one in own if one.says.when is not None]
    if times and all(one.bare for one in times):
        if not named:
            return f"it names no {layout.year} year" if layout.year else "it names no year"
        if len(named) > 1:
            listed = ", ".join(sorted(str(one.year) for one in named))
            return f"it names several years ({listed})"
    return ""
