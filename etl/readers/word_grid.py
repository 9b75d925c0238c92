"""The columns of a Word table whose lines were not drawn quite straight.

A cell says over how many columns of the table's grid it lies. Where somebody has moved a
line by a hair, or a program has rounded widths, the grid gains slivers that nobody sees,
and every cell beside one "lies over two columns".
"""

from __future__ import annotations

from collections.abc import Sequence

# Twentieths of a point: 2 mm. With Word's own margins no column so narrow shows a letter.
_SLIVER = 115


def columns(widths: Sequence[int], rows: Sequence[tuple[int, Sequence[int]]]) -> list[int] | None:
    """Which visible column each line of the grid opens, lines closer than a sliver being one.

    `widths` are the grid's columns; `rows` the columns of it that each row leaves out before
    its first cell, and those that its cells take, in order. None where the grid does not
    fit the rows, or a cell would lie within a sliver: then the grid is taken as it is.
    """
    lines, at, last = [0], 0, 0
    for width in widths:
        at += width
        new = at - last >= _SLIVER
        lines.append(lines[-1] + new)
        last = at if new else last
    if lines == list(range(len(lines))):
        return None
    for start, row in rows:
        for span in row:
            end = start + span
            if end >= len(lines) or lines[end] == lines[start]:
                return None
            start = end
    return lines
