"""The heading over what was pasted -> which columns hold the actual figures of which month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dashboard.officer.pasted_areas import HEADED
from etl import appendix, cells, periods, roles
from etl.model import Cell, Reading, Registry, UserError

Line = list[str]


@dataclass(frozen=True)
class Heading:
    """Months by column, the columns of other figures with what heads them, the lines below."""

    months: Mapping[int, date]
    below: list[Line]
    others: Mapping[int, str] = field(default_factory=dict)


def read(pasted: list[Line], registry: Registry) -> Heading:
    """The heading of pasted lines; without months where none stands over the figures.

    Raises UserError where a line says that the figures are no actual ones, or where nobody can
    tell which of the columns hold these.
    """
    # Recognition is imported with the first paste, not when the server starts.
    from etl.recognise.facets import heads
    from etl.recognise.labels import Labels

    rows = [tuple(map(Cell, line)) for line in pasted[: HEADED + 1]]
    head = next(heads(rows, Labels(registry), exact=True), None)
    _refuse_captions(pasted[: head.first if head else HEADED])
    if head is None or (head.facets is None and head.end - head.first == 1):
        return _plain(pasted)
    if head.doubt:
        raise UserError(f"What was pasted cannot be placed: {head.doubt}; nothing was pasted")
    months: dict[int, date] = {}
    others: dict[int, str] = {}
    for at, facet in (head.facets or {}).items():
        month = periods.parse(facet.month)
        if month and facet.key[1:] == (roles.ACTUAL, ""):
            months[at] = month[1]
        elif facet.meaning.other and facet.meaning.role != "doubt":
            others[at] = facet.cell.text
        else:
            raise UserError(
                f"{facet.cell.text!r} over a column does not say that its figures are actual ones "
                "of single months; nothing was pasted"
            )
    _refuse_twice(months)
    if not months:
        named = next(iter(others.values()), "")
        raise UserError(f"{named!r} heads no actual figures; nothing was pasted")
    return Heading(months, pasted[head.end :], others)


def _refuse_twice(months: Mapping[int, date]) -> None:
    twice = [month for month, columns in Counter(months.values()).items() if columns > 1]
    if twice:
        raise UserError(
            f"Several columns are headed {appendix.heading(twice[0])}. Copy only the one whose "
            "figures hold; nothing was pasted"
        )


def _refuse_captions(lines: Sequence[Line]) -> None:
    for line in lines:
        filled = [cell for cell in line if cell]
        if len(filled) == 1 and roles.of_caption(filled[0]).other:
            raise UserError(
                f"What was pasted is headed “{filled[0]}”, so it holds no actual figures; "
                "nothing was pasted"
            )


def _plain(pasted: list[Line]) -> Heading:
    """The same where nothing but months heads the figures."""
    for at, line in enumerate(pasted[:HEADED]):
        months = {i: found[1] for i, cell in enumerate(line) if (found := periods.parse(cell))}
        others = [c for i, c in enumerate(line) if c and i not in months]
        if months and not any(isinstance(cells.parse(c), Reading) for c in others):
            _refuse_twice(months)
            return Heading(months, pasted[at + 1 :])
        if any(isinstance(cells.parse(c), Reading) for c in others):
            break
    return Heading({}, pasted)
