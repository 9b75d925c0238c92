"""The heading rows of a block -> what each column names, level by level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from etl.layouts import ambiguity
from etl.layouts.ambiguity import UNCLEAR
from etl.layouts.blocks import Block, Row
from etl.layouts.facets import Column, Facets, merged
from etl.layouts.words import Words
from etl.model import Layout
from etl.when import When

_WEEK = re.compile(r"\bweek|\bw/?[ec]\b", re.IGNORECASE)
# How places name the spans that a layout gives a group's words.
_SPANS = {"month": "month", "quarter": "quarter", "calendar_year_to_date": "cumulative"}
Stub = Literal["label", "area", "period", "group", "unit", "beside", "role", "unknown"]


@dataclass(frozen=True)
class Heads:
    """A block's columns: those beside the rows' headings by kind, and those of figures."""

    stubs: dict[int, Stub]
    columns: tuple[Column, ...]
    corner: When | None = None  # a year that stands over the row headings
    weekly: bool = False  # whether weeks stand down the side
    role: str = ""  # what stands over the row headings says of all figures: "Targets"

    @property
    def tells_roles(self) -> bool:
        """Whether every column of figures says its role, and they are not all one."""
        roles = {column.says.role for column in self.columns if column.figures}
        return len(roles) > 1 and "" not in roles

    @property
    def first(self) -> int:
        """Where the figures begin."""
        return min((column.at for column in self.columns), default=0)


def of(block: Block, words: Words, layout: Layout) -> Heads:
    """What the columns name, in the words of the vocabulary and of the layout."""
    spans = {text.casefold(): span for text, span in layout.spans.items()}

    def says(text: str) -> Facets | None:
        if (plain := " ".join(text.casefold().split())) in spans:
            return Facets(span=spans[plain])
        return words.heading(text)

    levels = _levels(block)
    rows = [level for level in levels if _counts(level, words)]
    width = block.width
    stubs: dict[int, Stub] = {}
    columns: list[Column] = []
    corner: When | None = None
    role = ""
    for at in range(width):
        printed = tuple(level[at] for level in rows)
        texts = [text for text in printed if text]
        kinds = [_stub(text, words) for text in texts]
        kind = kinds[-1] if kinds and all(kinds) else None
        if kind and (not columns or kind in ("beside", "unit")):
            stubs[at] = kind
            continue
        parts = [says(text) for text in texts]
        if at == 0 and len(rows) > 1 and len(texts) < len(rows) and parts[0] is not None:
            stubs[at], corner = "unknown", parts[0].when
            continue
        if not columns and _over_labels(at, texts, parts, block, words):
            stubs[at], role = "unknown", parts[-1].role if parts[-1] else ""
            continue
        if not columns and not any(part is not None and part.told for part in parts):
            stubs[at] = "unknown"
            continue
        columns.append(_column(at, printed, parts))
    sides = [level[at] for level in levels for at in stubs]
    weekly = any(_WEEK.search(text) for text in sides)
    return Heads(stubs, tuple(ambiguity.refused(_grouped(columns, spans))), corner, weekly, role)


def _over_labels(
    at: int, texts: Sequence[str], parts: Sequence[Facets | None], block: Block, words: Words
) -> bool:
    """Whether a column's one heading is a role, and known labels stand below it."""
    if len(texts) != 1 or parts[-1] is None or parts[-1] != Facets(role=parts[-1].role):
        return False
    below = [row[at].text for row in block.body if at < len(row) and row[at].text]
    return any(words.label(text) for text in below)


def _grouped(columns: Sequence[Column], spans: Mapping[str, str]) -> list[Column]:
    """The columns, those whose last heading stands several times with their group's words."""
    lasts = Counter(column.printed[-1] if column.printed else "" for column in columns)
    found = []
    for column in columns:
        above = dict.fromkeys(text for text in column.printed[:-1] if text)
        if above and lasts[column.printed[-1]] > 1:
            words = (_SPANS.get(spans.get(text.casefold(), ""), text) for text in above)
            column = replace(column, group=", ".join(words))
        found.append(column)
    return found


def _column(at: int, printed: tuple[str, ...], parts: Sequence[Facets | None]) -> Column:
    if len(parts) < len(printed):
        why = "it has fewer headings above it than its neighbours"
        return Column(at, printed, why=why, code=UNCLEAR if parts else "month-unknown")
    if any(part is None for part in parts):
        unknown = next(t for t, p in zip(printed, parts, strict=True) if p is None)
        told = any(part is not None and part.told for part in parts)
        why = f"the heading {unknown!r} is not understood"
        return Column(at, printed, why=why, code=UNCLEAR if told else "month-unknown")
    whole = merged(part for part in parts if part is not None)
    if whole is None:
        return Column(at, printed, why="its headings contradict each other", code=UNCLEAR)
    if whole.when is not None and whole.when.kind == "week":
        return Column(at, printed, why="a week's figures have no place in this record")
    return Column(at, printed, whole)


def _stub(text: str, words: Words) -> Stub | None:
    """What stands below a heading that belongs to the rows; None for a heading of figures."""
    kinds: tuple[tuple[str, Stub], ...] = (
        ("labels", "label"),
        ("areas", "area"),
        ("periods", "period"),
        ("groups", "group"),
    )
    if text.strip().casefold() in ("unit", "units"):
        return "unit"
    for name, kind in kinds:
        if words.is_one_of(text, name):
            return kind
    return "beside" if words.is_one_of(text, "beside", "remarks") else None


def _counts(level: Sequence[str], words: Words) -> bool:
    """Whether a heading row says anything but what stands over row headings."""
    return any(text and _stub(text, words) is None for text in level)


def _levels(block: Block) -> list[list[str]]:
    """The heading rows, each text written over all columns that it stands over."""
    width = block.width
    levels = []
    for number, row in enumerate(block.head):
        texts = [cell.text for cell in row] + [""] * (width - len(row))
        last = number == len(block.head) - 1
        if block.spanned:
            _spread(row, texts)
        elif not last:
            below = [cell.text for cell in block.head[-1]]
            texts = _regular(texts, below + [""] * (width - len(below)))
        levels.append(texts)
    if len(levels) == 2 and not block.spanned:
        _close_gaps(block.head[0], levels)
    return levels


def _close_gaps(above: Row, levels: list[list[str]]) -> None:
    """A blank cell below the first column of each group: the group's own words hold for it alone,
    "Apr-22" over nothing beside its "Target". Only where groups were spread over their columns."""
    upper, lower = levels
    printed = [cell.text for cell in above] + [""] * (len(upper) - len(above))
    for at, (text, following) in enumerate(pairwise(printed)):
        if text and not lower[at] and not following and upper[at + 1] == text:
            lower[at] = text


def _spread(row: Row, texts: list[str]) -> None:
    """Writes a merged cell's text over every column that it covers."""
    for at, cell in enumerate(row):
        for covered in range(at + 1, min(at + cell.wide, len(texts))):
            texts[covered] = texts[covered] or cell.text


def _regular(texts: list[str], below: Sequence[str]) -> list[str]:
    """A group row without merged cells, each group over the columns up to the next one.

    Only where every group has the same headings below it: else a blank group would be taken for
    the one to its left.
    """
    begins = [at for at, text in enumerate(texts) if text]
    data = [at for at in begins if any(below[at:])]
    if len(data) < 2:
        return texts
    # What stands first may be the row headings' own: groups begin where the pattern begins.
    for start in (0, 1, 2):
        groups = data[start:]
        if not groups:
            break
        ends = [*groups[1:], len(below)]
        parts = [tuple(below[a:b]) for a, b in zip(groups, ends, strict=True)]
        wide = {part for part in parts if len(part) > 1}  # over one column nothing is filled
        if _even(parts, wide):
            filled = list(texts)
            for at, end in zip(groups, ends, strict=True):
                filled[at:end] = [texts[at]] * (end - at)
            return filled
    return texts


def _even(parts: Sequence[tuple[str, ...]], wide: set[tuple[str, ...]]) -> bool:
    """Whether groups are plainly those that their texts begin: all alike below, but for a blank
    cell below the group's own text; or all as wide, and no two columns below them alike."""
    several = sum(len(part) > 1 for part in parts) > 1
    if len(wide) == 1 and several and all(next(iter(wide))[1:]):
        return True
    texts = [text for part in parts for text in part]
    widths = {len(part) for part in parts}
    distinct = all(texts) and len(set(texts)) == len(texts)
    return len(parts) > 1 and len(widths) == 1 and widths != {1} and distinct


def closed(heads: Heads, year: When | None) -> Heads:
    """Bare months, quarters or terms across, in the one year that the caption names.

    Only where all of them are bare, and rise within that year: "Q4, Q1, Q2" is not of one year.
    """
    dated = [column for column in heads.columns if column.says.when is not None and not column.why]
    times = [column.says.when for column in dated if column.says.when is not None]
    if year is None or not times or not all(one.bare for one in times):
        return heads
    kind = "calendar" if year.kind == "year" else ""
    whole = {c.at: merged((c.says, Facets(when=year, year=kind))) for c in dated}
    ends = [says.when.end for says in whole.values() if says and says.when and says.when.end]
    if len(ends) < len(dated) or ends != sorted(ends):
        return heads
    return replace(
        heads,
        columns=tuple(
            replace(c, says=says) if (says := whole.get(c.at)) else c for c in heads.columns
        ),
    )
