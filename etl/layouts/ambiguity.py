"""Columns that cannot be told from one another, or that nothing says the role of: refused.

Applied once the headings of a block are understood, before a layout is tried.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from etl import periods
from etl.layouts.facets import OWN, Column, Facets
from etl.recognise.other_words import COMPARATOR

UNCLEAR = "heading-unclear"
CONTRADICT = "its headings contradict each other"


def refused(columns: Sequence[Column]) -> list[Column]:
    """The columns, those in doubt with the reason and the code of its finding."""
    return _unsaid(_ordered(_distinct(_of_others(_contradicting(columns)))))


def _contradicting(columns: Sequence[Column]) -> list[Column]:
    """Headings one of which contradicts what stands above it, "2021" below "Apr-22": what the
    others of that row say is in doubt, too."""
    if not any(column.why == CONTRADICT for column in columns):
        return list(columns)
    return [replace(c, why=CONTRADICT, code=UNCLEAR) if c.figures else c for c in columns]


def _of_others(columns: Sequence[Column]) -> list[Column]:
    """Columns headed by another area alone, beside others that name a period or a measure: whose
    they are is plain, of which period is not."""
    told = [column for column in columns if column.figures]
    areas = [c for c in told if c.says.names == {"area"}]
    if len(areas) == len(told) or any(c.says.area == OWN for c in areas):
        return list(columns)
    others = {column.at for column in areas}
    return [_anothers(c) if c.at in others else c for c in columns]


def _anothers(column: Column) -> Column:
    return replace(column, why="it is another area's, of no period named", code=COMPARATOR)


def _distinct(columns: Sequence[Column]) -> list[Column]:
    """The same facets in two columns: nobody can tell which is which, so both are refused."""
    same: dict[object, list[Column]] = defaultdict(list)
    for column in columns:
        if column.figures:
            same[column.says].append(column)
    doubled = {one.at for group in same.values() if len(group) > 1 for one in group}
    return [_doubled(c) if c.at in doubled else c for c in columns]


def _doubled(column: Column) -> Column:
    plain = column.says.names == {"period"}
    code = "month-twice" if plain else UNCLEAR
    return replace(column, why="another column has the same heading", code=code)


def _ordered(columns: Sequence[Column]) -> list[Column]:
    """Months that run one way but for a few: those may be mistyped, so they are refused.

    Asked of tables whose columns are months and nothing else.
    """
    told = [column for column in columns if column.figures]
    whens = [c.says.when for c in told if c.says == Facets(when=c.says.when)]
    months = [one.start for one in whens if one and one.kind == "month" and one.start]
    if len(months) < len(told):
        return list(columns)
    odd = {told[at].at for at in periods.out_of_order(months)}
    why = "it stands out of order among its neighbours, so it may be mistyped"
    return [replace(c, why=why, code="month-order") if c.at in odd else c for c in columns]


def _unsaid(columns: Sequence[Column]) -> list[Column]:
    """Columns of a period that name no role, beside like ones that are called actual: refused.

    "Actual Feb-22, Mar-22": whether March is actual, too, nothing says. A target, a forecast or
    last year's outturn beside plain months says nothing of them.
    """
    dated = [(c, c.says.when.kind) for c in columns if c.figures and c.says.when is not None]
    called = {kind for c, kind in dated if c.says.role == "actual" and not c.says.area}
    silent = {c.at for c, kind in dated if kind in called and c.says == Facets(when=c.says.when)}
    why = "it does not say what its figures are, as other columns do"
    return [replace(c, why=why, code=UNCLEAR) if c.at in silent else c for c in columns]
