"""Whether a row's cells stand under the headings they belong to."""

from __future__ import annotations

from collections.abc import Sequence

from etl.layouts.blocks import Block, Row

_AGREEING = 3  # rows that must agree on a width other than their heading's: no accident of one


def width(block: Block, figures: Sequence[Row]) -> int | None:
    """How many cells a row of figures must have; None in a workbook, whose cells have places.

    As many as the widest heading row; but some converters end every row with empty cells, and
    not the heading: where three rows or more agree on that, so be it.
    """
    if block.sheet or not block.head:
        return None
    wide = max(len(row) for row in block.head)
    widths = {len(row) for row in figures}
    if len(figures) >= _AGREEING and len(widths) == 1 and (common := widths.pop()) > wide:
        extra = (cell for row in figures for cell in row[wide:])
        return wide if any(cell.text for cell in extra) else common
    return wide


def moved(row: Row, wide: int | None) -> str:
    """Why a row's figures may have moved to other columns; empty where they have not."""
    if wide is None or len(row) == wide:
        return ""
    return f"it has {len(row)} cells, its heading {wide}, so its figures may have moved"
