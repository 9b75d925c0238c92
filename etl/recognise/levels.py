"""The rows of one heading under each other -> its columns: what each of them holds.

A column of which the heading tells less than of its neighbours is in doubt, never taken for
an actual one; so are two columns of which it tells the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from etl import periods, roles
from etl.model import Cell
from etl.recognise import headers
from etl.recognise.headers import Cells, header
from etl.roles import NOTHING, Meaning

UNSAID = Meaning("doubt")
_MEASURE = "Measure"
# Roles that do not say of a column that it holds something else than actual figures.
_UNTOLD = ("", roles.ACTUAL, "unit", UNSAID.role)
ASKEW = "the rows of its heading do not stand above each other for certain"
UNTOLD = "nothing tells its figures from those of the columns beside it"
_ALIKE = "its heading tells the same of several columns"
_LESS = "its heading tells less of its first columns than of the others"


@dataclass(frozen=True)
class Facet:
    """A column of a heading: the month over it as printed ("" for none), what it holds."""

    month: str
    meaning: Meaning
    cell: Cell

    @property
    def key(self) -> tuple[object, str, str]:
        return periods.parse(headers.bare(self.month)), self.meaning.role, self.meaning.span


@dataclass(frozen=True)
class Head:
    """A heading: its rows from `first` to before `end`, the one row that they come to.

    `facets` by column, only where words other than months stand in it: a plain row of months
    has none and is read as it is. `doubt` says why none of its columns can be told.
    """

    first: int
    end: int
    row: Cells
    facets: Mapping[int, Facet] | None = None
    doubt: str = ""

    def only(self, role: str, span: str = "") -> Cells | None:
        """The heading with no months but those of one role and span; None where it has none."""
        facets = self.facets or {}
        kept = {at for at, one in facets.items() if one.month and one.key[1:] == (role, span)}
        if not kept:
            return None
        row = tuple(
            replace(cell, text=facets[at].month if at in kept else "") if at in facets else cell
            for at, cell in enumerate(self.row)
        )
        if header(row):
            return row
        # A heading of one month needs a word that heads measures.
        return (replace(row[0], text=f"{row[0].text} {_MEASURE}".strip()), *row[1:])


@dataclass
class Levels:
    """The rows of a heading under each other: roles, months, and roles below them."""

    rows: tuple[Cells, Cells, Cells]
    months: dict[int, tuple[str, Meaning]]
    above: dict[int, Meaning]
    under: dict[int, Meaning]
    width: int
    exact: bool

    def head(self, first: int, end: int) -> Head:
        """The heading that they come to."""
        left = min(self.months)
        doubt = self._align(left)
        facets = {} if doubt else self._facets(left)
        doubt = doubt or self._doubt(facets, left)
        whole = tuple(self._merged(at) for at in range(self.width))
        if doubt:
            facets = {at: Facet("", UNSAID, whole[at]) for at in range(left, self.width)}
        count = Counter(one.key for one in facets.values() if one.month)
        facets = {
            at: _of_several(one) if one.month and count[one.key] > 1 else one
            for at, one in facets.items()
        }
        return Head(first, end, whole, facets, doubt)

    def _merged(self, at: int) -> Cell:
        """The heading's cell in a column: that of the row which fills it, the months' first."""
        upper, row, lower = self.rows
        held = [one[at] for one in (row, lower, upper) if at < len(one)]
        return next(
            (cell for cell in held if cell.text), held[0] if held else Cell("", row[0].place)
        )

    def _align(self, left: int) -> str:
        """Brings rows of fewer cells over the columns; why that cannot be done, or ""."""
        lower = self.rows[2]
        if 0 in self.under and len(lower) < self.width:
            # Without a cell over the labels: the roles fill the columns from the months on.
            if len(lower) != self.width - left:
                return ASKEW
            self.under = {at + left: said for at, said in self.under.items()}
        dealt = self._dealt(sorted(self.months), [self.under[at] for at in sorted(self.under)])
        if dealt and sorted(self.under) == sorted(dealt):
            self.months = {at: self.months[up] for at, up in dealt.items()}
        self.above = {at: said for at, said in self.above.items() if at >= left}
        days = [periods.parse(headers.bare(self.months[at][0])) for at in sorted(self.months)]
        dealt = self._dealt(sorted(self.above), days)
        if dealt and sorted(self.months) == sorted(dealt):
            self.above = {at: self.above[up] for at, up in dealt.items()}
        return _LESS if self.above and min(self.above) > left else ""

    def _dealt(self, ups: Sequence[int], downs: Sequence[object]) -> dict[int, int] | None:
        """Columns of the lower row -> those of the upper row's cells that stand over them,
        where merging has left no blanks between the upper ones: as many for each, and alike.
        """
        each, rest = divmod(len(downs), max(len(ups), 1))
        if not self.exact or len(ups) < 2 or each < 2 or rest:
            return None
        groups = {tuple(downs[n : n + each]) for n in range(0, len(downs), each)}
        if any(b - a > 1 for a, b in pairwise(ups)) or len(groups) > 1:
            return None
        if len(set(*groups)) < each:
            return None
        return {ups[0] + n: ups[n // each] for n in range(len(downs))}

    def _facets(self, left: int) -> dict[int, Facet]:
        """Each column from the first month on, and the roles that stand before it."""
        _, row, lower = self.rows
        found = {at: Facet("", said, lower[at]) for at, said in self.under.items() if at < left}
        month, own, over = "", NOTHING, NOTHING
        upper = self.rows[0]
        named = Cell("")
        for at in range(left, self.width):
            cell = self._merged(at)
            if at in self.above:
                named = upper[at] if at < len(upper) else cell
            printed = row[at].text if at < len(row) else ""
            over = self.above.get(at, over)
            if at in self.months:
                month, own = self.months[at]
            elif printed:
                month = ""  # a heading that is no month
            if at not in self.months:
                own = NOTHING
            if month and (at in self.months or at in self.under):
                said = _together(self.under.get(at, NOTHING), own, over)
                plain = at in self.months and not own.told
                if plain and (self._marked_alone() or self._all_beside()):
                    said = roles.ACTUALLY
                shown = lower[at] if at in self.under and at < len(lower) else cell
                shown = named if over.told and at not in self.under and not own.told else shown
                found[at] = Facet(month, said, shown)
            elif printed or at in self.under:
                said = self.under.get(at) or roles.of_heading(printed)
                if said.told:
                    found[at] = Facet("", said, cell)
        return found

    def _marked_alone(self) -> bool:
        """Whether single months name what they hold, all something else than actual figures:
        "Feb-22, Mar-22, Apr-22 (forecast)". The months beside them are then the plain ones.
        """
        own = [said for _, said in self.months.values() if said.told]
        return not self.above and not self.under and all(said.other for said in own)

    def _all_beside(self) -> bool:
        """Whether nothing stands under any month itself, and beside each the same, all of it
        something else than actual figures: the column under the month is then the plain one.
        """
        own = any(said.told for _, said in self.months.values())
        if self.above or own or self.months.keys() & self.under.keys():
            return False
        ends = [*sorted(self.months)[1:], self.width]
        groups = [
            [self.under[at].role for at in range(month, end) if at in self.under]
            for month, end in zip(sorted(self.months), ends, strict=True)
        ]
        others = all(one.role not in _UNTOLD for one in self.under.values())
        return others and bool(groups[0]) and all(group == groups[0] for group in groups)

    def _doubt(self, facets: Mapping[int, Facet], left: int) -> str:
        """Why none of the columns can be told, or "": nobody sees which month a role is under."""
        before = {one.role for at, one in self.under.items() if at < left}
        if before & {one.role for at, one in self.under.items() if at >= left}:
            return ASKEW
        keys = [one.key for one in facets.values() if one.month]
        filled = len(keys) > len(self.months) or len(self.above) not in (0, len(self.months))
        twice = [key for key, count in Counter(keys).items() if count > 1]
        if filled and any(role in _UNTOLD for _, role, _ in twice):
            return _ALIKE
        groups: dict[object, list[str]] = {}
        for days, role, _ in keys:
            groups.setdefault(days, []).append(role)
        short = len(self.rows[1]) < len(self.rows[2])
        if self.exact and short and filled and len(set(map(tuple, groups.values()))) > 1:
            return ASKEW
        return ""


def _of_several(one: Facet) -> Facet:
    """One of several columns of which the heading tells the same: nobody knows which is which,
    but if they are targets, then all of them are."""
    if one.meaning.role not in _UNTOLD:
        return replace(one, month="")
    return replace(one, meaning=UNSAID)


def _together(*levels: Meaning) -> Meaning:
    """What the levels of a heading say of one column, role and span each from one of them."""
    said = {one.role: one for one in levels if one.role}
    spans = {one.span: one for one in levels if one.span}
    if len(said) > 1 or len(spans) > 1 or not (said or spans):
        return UNSAID
    role = next(
        iter(said.values()), replace(roles.ACTUALLY, word=next(iter(spans.values()), NOTHING).word)
    )
    return replace(role, span=next(iter(spans), ""))
