"""A block and the layouts -> the one layout that it lies in, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace

from etl.layouts import captions, closing, columns, patterns, rows
from etl.layouts.blocks import Block
from etl.layouts.captions import Over
from etl.layouts.columns import Heads
from etl.layouts.facets import NO_FIGURES, Column
from etl.layouts.rows import Line
from etl.layouts.words import Words
from etl.model import Layout
from etl.when import When

# Figures of these roles need no period of their own: a target takes its figure's, and an earlier
# figure without one is kept without.
TIMELESS = ("target", "floor", "previous", "comparator")
_HALF = 2  # at least one row heading in two must be understood: a table of ours, not of others


@dataclass(frozen=True)
class Taken:
    """How a block was taken: its layout (None where none fits, `why` says why), its columns
    and rows, what its captions say."""

    block: Block
    layout: Layout | None
    heads: Heads
    lines: tuple[Line, ...]
    over: Over
    why: tuple[str, ...] = ()
    tie: bool = False
    year: When | None = None  # the one that closes its bare months
    claimed: bool = False  # whether a title claims it for a layout that it then does not fit
    parts: frozenset[str] = frozenset()  # names of the council's own parts


def of(block: Block, words: Words, layouts: tuple[Layout, ...]) -> Taken:
    """The layout that uses every understood heading, the council's own before the shipped.

    A table that a title claims for a layout with groups of spans is read by no other: without
    the groups' words every figure would be taken for a month's.
    """
    over = captions.of(block, words)
    own = {one.layout for one in words.registry.paper.layouts}
    parts = frozenset(words.registry.paper.areas.get("part", ()))
    parts |= {text for text, says in words.registry.paper.words.items() if says.area == "part"}
    claiming = tuple(one for one in layouts if one.title and one.spans and _titled(block, one))
    fitting: list[Taken] = []
    reasons: list[str] = []
    best = Taken(block, None, Heads({}, ()), (), over)
    for layout in claiming or layouts:
        heads = _without_lacking(columns.of(block, words, layout), layout)
        years = closing.years(block, heads, over, layout, words)
        year = years[0] if len(years) == 1 else None
        heads = columns.closed(heads, year)
        lines = closing.reaching(tuple(rows.of(block, heads, words, year)), heads.columns, layout)
        one = Taken(block, layout, heads, lines, over, parts=parts, year=year)
        if why := _misfit(one) or closing.problem(lines, years, layout):
            reasons.append(f"{layout.layout}: {why}")
            if len(lines) >= len(best.lines):
                best = Taken(block, None, heads, lines, over)
        else:
            fitting.append(one)
    if over.why:
        return Taken(block, None, best.heads, best.lines, over, (over.why,))
    ranked = [one for one in fitting if one.layout and one.layout.layout in own] or fitting
    titled = [one for one in ranked if one.layout and one.layout.title] or ranked
    if len(titled) == 1:
        return titled[0]
    if titled:
        named = " and ".join(
            f"{one.layout.layout} ({one.layout.origin})" for one in titled if one.layout
        )
        why = f"two layouts claim it: {named}"
        return Taken(block, None, titled[0].heads, titled[0].lines, over, (why,), tie=True)
    return replace(best, why=tuple(reasons), claimed=bool(claiming))


def _misfit(taken: Taken) -> str:
    """Why a layout does not fit; empty where it does."""
    layout, lines, over = taken.layout, taken.lines, taken.over
    assert layout is not None, "a layout is tried"
    if layout.title and not _titled(taken.block, layout):
        return "another title"
    if why := captions.meets(layout, over):
        return why
    told = [column for column in taken.heads.columns if column.says.told and not column.why]
    figures = [column for column in told if column.says.role not in NO_FIGURES]
    if not figures:
        return "no heading is understood"
    for column in figures:
        if why := _unused(column, layout):
            return why
    if not any(set(layout.columns) <= column.says.names for column in figures):
        return f"no column names its {' and '.join(layout.columns)}"
    if not lines:
        return "it has no rows of figures"
    wanted = set(layout.row_facets)
    known = [
        line
        for line in lines
        if wanted <= line.says.names or (line.of and not line.why) or closing.is_total(line, layout)
    ]
    if len(known) * _HALF < len(lines):
        return f"only {len(known)} of {len(lines)} row headings name a {' and a '.join(wanted)}"
    if any(line.says.names - wanted - {"role", "area", "measure"} for line in known):
        return "a row heading names more than the layout has"
    return ""


def _titled(block: Block, layout: Layout) -> bool:
    """Whether a caption, the sheet's name or the headings match a layout's title."""
    heads = " ".join(cell.text for row in block.head for cell in row if cell.text)
    texts = (*block.captions, block.sheet, heads)
    return any(patterns.matches(layout.title, text) for text in texts if text)


def _unused(column: Column, layout: Layout) -> str:
    """The heading of a column that the layout has no use for; empty where it uses all."""
    more = column.says.names - {*layout.columns, *layout.may}
    if more:
        return f"the heading {column.heading!r} names a {' and a '.join(sorted(more))}"
    if missing := _missing(column, layout):
        return f"the heading {column.heading!r} names no {missing}"
    return ""


def _missing(column: Column, layout: Layout) -> str:
    """What a column's heading should name and does not; empty where it names all it needs."""
    names = column.says.names
    missing = set(layout.columns) - names
    timeless = missing == {"period"} and column.says.role in TIMELESS
    named_area = missing == {"role"} and "area" in names
    return "" if timeless or named_area else " and no ".join(sorted(missing))


def _without_lacking(heads: Heads, layout: Layout) -> Heads:
    """The columns, a few that name too little left out: "YTD" beside months."""
    figures = [column for column in heads.columns if column.figures]
    lacking = {column.at for column in figures if _missing(column, layout)}
    if len(lacking) * _HALF >= len(figures):
        return heads
    return replace(
        heads,
        columns=tuple(
            replace(c, why=f"its heading names no {_missing(c, layout)}") if c.at in lacking else c
            for c in heads.columns
        ),
    )
