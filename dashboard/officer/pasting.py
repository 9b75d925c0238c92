"""A column copied from a spreadsheet -> the rows of the grid that it is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from dashboard.officer.contents import cell_key
from etl import appendix, cells
from etl.appendix import Row
from etl.labels import squash
from etl.model import Reading, Registry, UserError

_MOST = 400  # lines


def lines(text: str) -> list[list[str]]:
    """The pasted lines as cells; empty lines inside stay, those at the end go."""
    found = [
        line.split("\t") for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ]
    while found and not any(cell.strip() for cell in found[-1]):
        found.pop()
    return [[" ".join(cell.split()) for cell in line] for line in found[:_MOST]]


def spread(text: str, registry: Registry, months: Sequence[date]) -> Mapping[str, str]:
    """Cells by key. Columns go to `months` in their order; rows are told by their labels.

    Without labels there must be a line for each row of the table, in its order. Raises
    UserError, and gives nothing, where any line could be of several rows or of none.
    """
    rows = appendix.rows(registry)
    pasted = lines(text)
    if not any(any(line) for line in pasted):
        raise UserError("Nothing was pasted")
    labelled = _labelled(pasted, rows, registry)
    if labelled is None:
        if len(pasted) != len(rows):
            raise UserError(
                f"{len(pasted)} lines were pasted for {len(rows)} rows. Copy the whole column, or "
                "copy it with the rows' labels beside it"
            )
        labelled = list(zip(rows, pasted, strict=True))
    found: dict[str, str] = {}
    for row, values in labelled:
        if len(values) > len(months):
            raise UserError(
                f"{row.name}: {len(values)} columns were pasted; only {len(months)} months follow"
            )
        for month, value in zip(months, values, strict=False):
            if value:
                found[cell_key(row.ref, month)] = value
    return found


def _labelled(
    pasted: list[list[str]], rows: Sequence[Row], registry: Registry
) -> list[tuple[Row, list[str]]] | None:
    """The lines with the row that their label names; None where no line has a label."""
    known: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        labels = registry.measures[row.ref.measure].cohorts[row.ref.cohort].labels
        for name in {squash(text) for text in (*labels, row.title, row.name)}:
            known[name].append(row)
    serials = {row.serial.lower() for row in rows if row.serial}
    taken: dict[tuple[str, str], list[list[str]]] = defaultdict(list)
    strange: list[str] = []
    for line in pasted:
        serial, rest = "", line
        if len(rest) > 1 and (rest[0].lower().rstrip(".") in serials or rest[0] in ("-", "")):
            serial, rest = rest[0].lower().rstrip(".").strip("-"), rest[1:]
        if rest and squash(rest[0]) in known and squash(rest[0]):
            taken[serial, squash(rest[0])].append(rest[1:])
        elif any(line) and _words(rest[0]):
            strange.append(rest[0])
    if not taken:
        return None
    if strange:
        raise UserError(f"No row is called {strange[0][:60]!r}; nothing was pasted")
    found = []
    for (serial, name), values in taken.items():
        candidates = [r for r in known[name] if not serial or r.serial.lower() == serial]
        found += _matched(candidates, values, name)
    return found


def _words(text: str) -> bool:
    """Whether a cell is a label rather than a figure."""
    return any(c.isalpha() for c in text) and isinstance(cells.parse(text), cells.Unreadable)


def _matched(
    candidates: list[Row], values: list[list[str]], name: str
) -> list[tuple[Row, list[str]]]:
    """Lines of one label to its rows: by their units where two rows share it, never by order."""
    if len(values) > len(candidates):
        raise UserError(f"The row {name!r} was pasted more than once; nothing was pasted")
    if len(candidates) == 1:
        return [(candidates[0], values[0])]
    fits = [[row for row in candidates if _fits(row, line)] for line in values]
    only = [rows[0] for rows in fits if len(rows) == 1]
    found = []
    for line, rows in zip(values, fits, strict=True):
        left = rows if len(rows) == 1 else [row for row in rows if row not in only]
        if len(left) != 1:
            raise UserError(
                f"{candidates[0].name}: two rows have this label and the figures do not say which "
                "is which. Paste them with their units (days), or type these rows"
            )
        found.append((left[0], line))
    if len({row.ref for row, _ in found}) != len(found):
        raise UserError(f"The row {name!r} was pasted more than once; nothing was pasted")
    return found


def _fits(row: Row, values: list[str]) -> bool:
    """Whether all the cells can be figures of the row."""
    return all(isinstance(cells.parse(v, row.unit), Reading | cells.Blank) for v in values)
