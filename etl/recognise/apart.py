"""Tables whose figures are not all the council's actual ones -> those that are, and the others.

A table, a section, a row or a column that words head as targets, forecasts, last year's or a
comparison is kept apart with the reason: its figures are read as what they are, or not at all.
The nearest words count: a column's before a row's, a row's before a section's and a caption's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from etl import roles
from etl.model import Cell, MeasureRef, Table
from etl.recognise import captions
from etl.recognise.facets import heads
from etl.recognise.headers import Cells, header, line
from etl.recognise.labels import Labels
from etl.recognise.levels import UNSAID, UNTOLD, Head
from etl.recognise.row_roles import RowRoles, is_data, is_figure
from etl.roles import Reason

_ACTUAL = (roles.ACTUAL, "")


@dataclass
class Apart:
    """What of tables holds other figures, under the heading that is over them.

    `beside`: it stands beside the actual figures of the same rows, as a column or row of targets.
    """

    reason: Reason
    tables: list[Table] = field(default_factory=list)
    beside: bool = False


@dataclass
class Parted:
    """The tables of actual figures, and what is kept apart."""

    tables: list[Table] = field(default_factory=list)
    apart: list[Apart] = field(default_factory=list)


@dataclass(frozen=True)
class _Over:
    """What rows stand under: a heading, as printed, and what is said of all below it."""

    head: Head
    printed: tuple[Cells, ...]
    said: Reason | None
    refs: frozenset[tuple[MeasureRef, ...]]


def parted(tables: Sequence[Table], labels: Labels, *, exact: bool) -> Parted:
    """The tables by what their figures are; `exact` as in `facets.heads`."""
    parter = _Parter(labels, exact)
    for table in tables:
        if table.hidden:
            parter.found.tables.append(table)
        else:
            parter.part(table)
    return parter.found


@dataclass
class _Parter:
    labels: Labels
    exact: bool
    found: Parted = field(default_factory=Parted)
    over: _Over | None = None

    def part(self, table: Table) -> None:
        """Adds what of a table is actual, and what is not."""
        headings = list(heads(table.rows, self.labels, exact=self.exact))
        starts = [*(one.first for one in headings), len(table.rows)]
        before = list(table.rows[: starts[0]])
        said = self._captioned(table, self._titles(before)) or self._above(table)
        kept: list[Cells] = before
        if self.over and any(is_data(row, self.labels) for row in before):
            kept = self._rows(table, before, replace(self.over, said=said or self.over.said))
        for head, end in zip(headings, starts[1:], strict=True):
            rows = list(table.rows[head.end : end])
            refs = self._refs(head, rows)
            whole = self._corner(head, rows) or said or self._carried(table, head, refs)
            printed = tuple(table.rows[head.first : head.end])
            self.over = _Over(head, printed, whole, refs)
            kept += [*self._heading(), *self._rows(table, rows, self.over)]
            titles = self._titles(rows)
            texts = (cell.text for row in titles for cell in row)
            own = self._captioned(table, titles)
            said = own if own or captions.numbered(texts) else said
        if any(cell.text for row in kept for cell in row):
            self.found.tables.append(replace(table, rows=tuple(kept)))

    # --- what stands over the figures -------------------------------------------------

    def _titles(self, rows: Sequence[Cells]) -> list[Cells]:
        """The rows of words below the last row of figures: they head what follows."""
        found: list[Cells] = []
        for row in reversed(rows):
            if is_data(row, self.labels):
                break
            found.insert(0, row)
        return found

    def _captioned(self, table: Table, rows: Sequence[Cells]) -> Reason | None:
        """What title rows, or the sheet's name, say of the figures below; None: nothing."""
        sheet = table.place.sheet
        texts = {" ".join(dict.fromkeys(c.text for c in row if c.text)): row for row in rows}
        meaning, text = captions.of_rows([one for one in texts if one], sheet)
        if not meaning.told:
            return None
        if text in texts:
            return Reason(meaning, "caption", str(texts[text][0].place), text)
        return Reason(meaning, "sheet", f"sheet {sheet}", text)

    def _above(self, table: Table) -> Reason | None:
        meaning, text = captions.over(table.above)
        return Reason(meaning, "caption", str(table.place), text) if meaning.told else None

    def _corner(self, head: Head, rows: Sequence[Cells]) -> Reason | None:
        """What the heading over the rows' labels says of their figures."""
        for row in rows:
            one = line(row, _left(head), self.labels)
            if one.refs and one.column is not None and one.column < len(head.row):
                cell = head.row[one.column]
                said = Reason(roles.of_caption(cell.text), "heading", str(cell.place), cell.text)
                return said if said.keeps else None
        return None

    def _carried(
        self, table: Table, head: Head, refs: frozenset[tuple[MeasureRef, ...]]
    ) -> Reason | None:
        """What is said of the table before, where this one goes on with it: the same months,
        none of its rows again, no number of its own."""
        before = self.over
        if before is None or before.said is None or captions.numbered(table.above):
            return None
        one, two = header(before.head.row), header(head.row)
        same = one and two and one.same_months(two)
        return before.said if same and not before.refs & refs else None

    def _refs(self, head: Head, rows: Iterable[Cells]) -> frozenset[tuple[MeasureRef, ...]]:
        lines = (line(row, _left(head), self.labels) for row in rows)
        return frozenset(one.refs for one in lines if one.refs)

    # --- rows -------------------------------------------------------------------------

    def _heading(self) -> list[Cells]:
        """The heading of the actual figures: the rows as printed, or the one they come to."""
        assert self.over is not None
        if self.over.head.facets is None:
            return list(self.over.printed)
        row = self.over.head.only(*_ACTUAL)
        return [row] if row else []

    def _rows(self, table: Table, rows: Sequence[Cells], over: _Over) -> list[Cells]:
        """The rows of actual figures, without the cells of other columns; the rest kept apart."""
        head, said = over.head, over.said
        columns = _columns(head)
        told = bool(columns - {_ACTUAL})
        if said and said.keeps:
            unlike = told and said.meaning.other
            quarter = said.meaning.span == "quarter" and not said.meaning.other
            said = None if unlike or (quarter and not roles.quarterly(_days(head))) else said
        months = _months(head)
        reasons: dict[Reason | None, list[Cells]] = {}
        for row, reason in RowRoles(self.labels, _left(head), months, said, told).read(rows):
            reasons.setdefault(reason, []).append(row)
        stay = reasons.pop(None, [])
        for reason, held in reasons.items():
            if reason:
                self._keep(table, reason, over, held, _ACTUAL, beside=reason.level == "row")
        if head.facets is None:
            return stay
        for role, span in sorted(columns - {_ACTUAL}):
            one = next(f for f in head.facets.values() if f.key[1:] == (role, span) and f.month)
            reason = Reason(one.meaning, "heading", str(one.cell.place), one.cell.text)
            self._keep(table, reason, over, stay, (role, span), beside=_ACTUAL in columns)
        self._doubt(head, stay)
        if _ACTUAL not in columns:
            return [row for row in stay if not is_data(row, self.labels)]
        return [_only(row, head, _ACTUAL) for row in stay]

    def _doubt(self, head: Head, rows: Sequence[Cells]) -> None:
        """Keeps note of columns with figures: those of no month, those that nobody can tell."""
        known = [row for row in rows if line(row, _left(head), self.labels).refs]
        for at, facet in (head.facets or {}).items():
            doubtful = facet.meaning == UNSAID
            if facet.meaning.role == "rating" or not (doubtful or not facet.month):
                continue
            if any(at < len(row) and is_figure(row[at]) for row in known):
                doubt = (head.doubt or UNTOLD) if doubtful else ""
                cell = facet.cell
                reason = Reason(facet.meaning, "heading", str(cell.place), cell.text, doubt)
                if all(one.reason != reason for one in self.found.apart):
                    self.found.apart.append(Apart(reason, beside=True))
                if head.doubt:
                    return

    def _keep(
        self,
        table: Table,
        reason: Reason,
        over: _Over,
        rows: Sequence[Cells],
        column: tuple[str, str],
        *,
        beside: bool,
    ) -> None:
        """Keeps rows apart, under their heading; those that go on overleaf with their like."""
        head = over.head
        whole = [*over.printed, *rows]
        if head.facets is not None:
            first = head.only(*column)
            whole = [first, *(_only(row, head, column) for row in rows)] if first else []
        same = next((one for one in self.found.apart if one.reason == reason), None)
        if same is None:
            same = Apart(reason, beside=beside)
            self.found.apart.append(same)
        same.tables.append(Table(tuple(whole), table.title, table.place))


def _columns(head: Head) -> set[tuple[str, str]]:
    """The roles and spans that stand over a heading's months."""
    keys = {one.key[1:] for one in (head.facets or {}).values() if one.month}
    return keys - {(UNSAID.role, "")}


def _months(head: Head) -> frozenset[int]:
    """The columns under a month."""
    if head.facets is not None:
        return frozenset(at for at, one in head.facets.items() if one.month)
    found = header(head.row)
    return frozenset(column for column, _ in found.months) if found else frozenset()


def _left(head: Head) -> int:
    """The first column under a month."""
    months = [at for at, one in (head.facets or {}).items() if one.month]
    if head.facets is None and (found := header(head.row)):
        return found.first
    return min(months, default=min(head.facets or {}, default=1))


def _only(row: Cells, head: Head, column: tuple[str, str]) -> Cells:
    """A row without the cells of the columns that hold something else."""
    facets = head.facets or {}
    return tuple(
        Cell("", cell.place)
        if at in facets and not (facets[at].month and facets[at].key[1:] == column)
        else cell
        for at, cell in enumerate(row)
    )


def _days(head: Head) -> list[date]:
    found = header(head.only(*_ACTUAL) or head.row)
    return [month.first for _, month in (found.months if found else ())]
