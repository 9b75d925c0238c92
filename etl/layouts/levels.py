"""The heading rows of a block -> the words over each column, level by level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from etl.layouts.blocks import Block, Row


def of(block: Block, spans: Mapping[str, str]) -> list[list[str]]:
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
            below += [""] * (width - len(below))
            texts = _running(texts, below, spans) if spans else _regular(texts, below)
        levels.append(texts)
    if len(levels) == 2 and not block.spanned:
        _close_gaps(block.head[0], levels)
    apart = len(levels) == 2 and any(levels[0][1:])
    if apart and not any(map(all, zip(*levels, strict=True))):
        return [[above or below for above, below in zip(*levels, strict=True)]]  # one row in two
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


def _running(texts: list[str], below: Sequence[str], spans: Mapping[str, str]) -> list[str]:
    """A group row without merged cells, each word of a span over the columns up to the next text.

    Where a heading below stands twice before that, a group's word is missing: nothing is filled.
    """
    filled = list(texts)
    begins = [at for at, text in enumerate(texts) if text]
    for at, end in zip(begins, [*begins[1:], len(texts)], strict=True):
        headings = [text for text in below[at:end] if text]
        if texts[at].casefold() in spans and len(set(headings)) == len(headings):
            filled[at:end] = [texts[at]] * (end - at)
    return filled
