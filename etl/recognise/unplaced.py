"""A file that prints known rows, but no table of which any figure could be placed."""

from __future__ import annotations

import re
from itertools import accumulate

from etl import periods
from etl.model import Cell, Document, Finding
from etl.recognise.doubts import warning
from etl.recognise.labels import Labels
from etl.text.signs import squash

_ROWS = 4  # known labels, none within another, that make a table and no mention
_LONG = 20  # letters of a label that no sentence has by chance
_MONTHS = 2
_MONTH = re.compile(rf"\b{periods.MONTH_NAME}\W{{0,3}}[0-9]{{2,4}}\b", re.IGNORECASE)


def unplaced(document: Document, labels: Labels) -> list[Finding]:
    """A finding where known rows stand in the file though no table was found; else nothing.

    A converter that prints all labels first and then column after column leaves nothing to
    tell the months by: that the file holds no table would be untrue.
    """
    parts = [*_cells(document), *document.lines, *document.paragraphs]
    squashed = [squash(part.text) for part in parts]
    text = "".join(squashed)
    found = [key for key in labels.by_key if len(key) >= _LONG and key in text]
    rows = [key for key in found if not any(key != other and key in other for other in found)]
    # A month may be broken over lines: `Sept-` and `21`.
    printed = _MONTH.findall(" ".join(part.text for part in parts))
    months = {period for month in printed if (period := periods.parse(month))}
    if len(rows) < _ROWS or len(months) < _MONTHS:
        return []
    begins = min(text.index(key) for key in rows)
    ends = accumulate(map(len, squashed))
    at = next(n for n, end in enumerate(ends) if end > begins)
    place = str(parts[at].place)
    message = (
        f"{place}: the labels of {len(rows)} known rows stand here, but which figure is of which "
        "row and month cannot be told; none is read. Import the original, or a table with its "
        "columns kept."
    )
    return [warning("rows-unplaced", message, place)]


def _cells(document: Document) -> list[Cell]:
    return [
        cell for table in document.tables if not table.hidden for row in table.rows for cell in row
    ]
