"""A table without a heading -> the rest of the one before it, where it plainly is."""

from __future__ import annotations

from etl.layouts.blocks import CAPTION_BEGINS, Block, Row, is_figure
from etl.layouts.words import Words
from etl.model import Table
from etl.text.signs import squash


def _named(row: Row, words: Words) -> bool:
    """Whether a row of figures begins with a known label, or with a time as rows of months do."""
    if any(words.label(cell.text) for cell in row[:3]):
        return True
    says = words.heading(row[0].text) if not is_figure(row[0].text) else None
    return says is not None and says.when is not None


def continued(
    before: Block, table: Table, words: Words, *, follows: bool = False
) -> tuple[Row, ...]:
    """The rows of a table's rest overleaf, under the heading that it does not repeat; or none.

    Only the first table of the next page (or, where `follows`, any table straight after it), as
    wide as the one before, whose first row and every other row of figures is known: else a
    table whose own heading is not understood would be read under another's.
    """
    page, previous = table.place.page, (before.body or before.head)[-1][0].place.page
    overleaf = page is not None and previous is not None and page == previous + 1
    if not follows and not (overleaf and table.place.table == 1):
        return ()
    if any(CAPTION_BEGINS.match(line) for line in table.above):
        return ()
    rows = [row for row in table.rows if any(cell.text for cell in row)]
    width = len(before.head[-1])
    figures = [row for row in rows if sum(is_figure(cell.text) for cell in row) > 1]
    known = all(_named(row, words) for row in figures)
    if not figures or rows[0] not in figures or not known:
        return ()
    printed = {squash(cell.text) for row in before.body for cell in row[:3]}
    labels = [c.text for row in figures for c in row[:3] if len(words.label(c.text)) == 1]
    again = any(squash(text) in printed for text in labels)
    if again or any(len(row) != width for row in rows):
        return ()
    return tuple(rows)
