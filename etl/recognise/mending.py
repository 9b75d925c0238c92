"""Rows of a table that a line end or a page end has cut -> whole rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from etl import cells
from etl.model import Reading
from etl.recognise.headers import Cells, Header, line
from etl.recognise.labels import Labels
from etl.text.signs import squash


def mended(rows: Sequence[Cells], head: Header, width: int, labels: Labels) -> Iterator[Cells]:
    """The rows with those put together again that were cut within their label."""
    position = 0
    while position < len(rows):
        row, used = rows[position], 1
        while position + used < len(rows):
            whole = joined(row, rows[position + used], head, width, labels)
            if whole is None:
                break
            row, used = whole, used + 1
        yield row
        position += used


def joined(above: Cells, below: Cells, head: Header, width: int, labels: Labels) -> Cells | None:
    """Two printed rows as the one that they are parts of, or None."""
    if len(above) == len(below) == width:
        return _page_cut(above, below, head, labels)
    # A line end inside the label: the upper part has no cell of its own yet.
    if len(above) > head.first or len(above) + len(below) - 1 > width:
        return None
    middle = replace(above[-1], text=f"{above[-1].text} {below[0].text}".strip())
    whole = (*above[:-1], middle, *below[1:])
    return whole if _begins(whole, head, labels) else None


def _page_cut(above: Cells, below: Cells, head: Header, labels: Labels) -> Cells | None:
    """A row cut across by a page end: the lower part has no serial, and its label goes on."""
    upper, lower = line(above, head.first, labels), line(below, head.first, labels)
    if lower.serial or lower.refs:
        return None
    whole = tuple(
        replace(a, text=f"{a.text} {b.text}".strip()) for a, b in zip(above, below, strict=True)
    )
    if lower.label:
        return whole if _begins(whole, head, labels) else None
    if not upper.refs:
        return None
    parts = [cell.text for cell in below[head.first :] if cell.text]
    units = [labels.measure(ref).unit for ref in upper.refs]
    alone = (isinstance(cells.parse(text, unit), Reading) for text in parts for unit in units)
    return whole if parts and not any(alone) else None


def _begins(row: Cells, head: Header, labels: Labels) -> bool:
    """Whether the row's label is a known one, or the beginning of one."""
    one = line(row, head.first, labels)
    return bool(one.refs) or squash(one.label) in labels.beginnings
