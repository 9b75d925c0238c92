"""Cells that an officer has merged over several columns of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sized

OVER_COLUMNS = "its cell is merged over several columns: which is it for?"


def over_headings(text: str, heads: Iterable[Sized]) -> bool:
    """Whether a cell's text may belong to more than one column.

    `heads` are, for each row above it, the texts in the columns that it covers. A cell of a
    grid that was drawn unevenly covers several columns, but no two that another row fills; a
    dash over many months still says nothing.
    """
    return any(sign.isalnum() for sign in text) and any(len(head) > 1 for head in heads)
