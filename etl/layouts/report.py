"""How each table of a file was taken -> lines for a person, and the same as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from etl import periods
from etl.layouts.agreement import Figure
from etl.layouts.beside import cells_of, place_of
from etl.layouts.reading import TableRead
from etl.model import Observation

_NAMED = 8  # rows or columns that one line lists


def as_data(found: TableRead, imported: Sequence[Observation] = ()) -> dict[str, Any]:
    """A table as JSON gives it: `layout` is null where none fits, and `why` then says so.

    `imported` are the figures that an import takes of the file: `imported` counts this table's,
    which without a layout are those of months across.
    """
    taken = found.taken
    layout = taken.layout
    return {
        "place": taken.block.place,
        "captions": list(taken.block.captions),
        "sheet": taken.block.sheet,
        "layout": layout.layout if layout else None,
        "table": layout.id if layout else None,
        "origin": layout.origin if layout else None,
        "rows_name": list(layout.row_facets) if layout else [],
        "columns": [
            {"heading": c.heading, "names": sorted(c.says.names), "left": c.why}
            for c in taken.heads.columns
        ],
        "periods": _periods(found.figures),
        "roles": dict(Counter(figure.role for figure in found.figures)),
        "areas": dict(Counter(figure.area for figure in found.figures)),
        "figures": len(found.figures),
        "imported": len(_of_table(found, imported)),
        "rows_known": [line.printed for line in taken.lines if not line.why],
        "rows_unknown": [
            {"row": line.printed, "place": line.place, "why": line.why}
            for line in taken.lines
            if line.why
        ],
        "why": list(taken.why),
        "findings": [finding.message for finding in found.findings],
    }


def _periods(figures: Iterable[Figure | Observation]) -> list[str]:
    held = {figure.period for figure in figures if figure.period is not None}
    return [periods.label(one) for one in sorted(held, key=lambda one: (one.end, one.start))]


def _of_table(found: TableRead, imported: Sequence[Observation]) -> list[Observation]:
    cells = cells_of(found)
    return [one for one in imported if place_of(one.locator) in cells]


def lines(found: TableRead, imported: Sequence[Observation] = ()) -> Iterator[str]:
    """A table in a few plain lines; `imported` as for `as_data`."""
    said = as_data(found, imported)
    title = said["captions"][-1] if said["captions"] else said["sheet"]
    yield f"{said['place']}: {title}" if title else said["place"]
    if said["layout"] is None:
        if said["imported"]:
            own = _of_table(found, imported)
            rows = dict.fromkeys(f"{one.measure}/{one.cohort}" for one in own)
            yield f"  read without a layout: {said['imported']} figures"
            yield f"  periods: {_listed(_periods(own))}"
            yield f"  rows: {_listed(list(rows))}"
        yield "  no layout fits:" if said["imported"] else "  not read: no layout fits"
        yield from (f"    {why}" for why in said["why"][:_NAMED])
        if said["imported"]:
            return  # what is left of it, the import says
    else:
        yield f"  layout {said['layout']} ({said['origin']}): a row a {_and(said['rows_name'])}"
        roles = ", ".join(f"{count} {role}" for role, count in said["roles"].items())
        yield f"  figures: {roles or 'none'}"
        if said["periods"]:
            yield f"  periods: {_listed(said['periods'])}"
        others = [area for area in said["areas"] if area != "own"]
        if others:
            yield f"  areas besides the council: {_listed(others)}"
    if said["rows_known"]:
        yield f"  rows known: {_listed(said['rows_known'])}"
    for row in said["rows_unknown"][:_NAMED]:
        yield f"  row not read: {row['row']!r} ({row['place']}): {row['why']}"
    left = (
        f"  column not read: {column['heading'] or 'without a heading'!r}: {column['left']}"
        for column in said["columns"]
        if column["left"]
    )
    yield from dict.fromkeys(left)
    rest = [m for m in said["findings"] if "the row " not in m and "the column " not in m]
    yield from (f"  {message}" for message in rest[:_NAMED])


def _listed(names: list[str]) -> str:
    more = len(names) - _NAMED
    return "; ".join(names[:_NAMED]) + (f"; and {more} more" if more > 0 else "")


def _and(names: list[str]) -> str:
    return " and a ".join(names)
