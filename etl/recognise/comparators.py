"""Columns and rows of a table that are another area's: left out, with one finding a table.

The council's own name in a heading is taken out of it, so that "Westmere Jul-20" is July 2020.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from etl import cells, periods
from etl.model import Cell, Finding, Reading, Table
from etl.recognise.headers import header
from etl.recognise.labels import Labels
from etl.recognise.ownership import NOBODY, Owners, Whose
from etl.text.signs import squash

CODE = "comparator-left-out"
_LABELS = 3  # columns in which a row's label may stand
_LONG = 300  # characters of a label or heading
_LEVELS = 2  # rows above or below the months in which areas may be named

Row = tuple[Cell, ...]


@dataclass
class _Reader:
    """One table's rows, in which what is another area's becomes empty."""

    owners: Owners
    labels: Labels
    rows: list[list[Cell]]
    left_out: list[tuple[str, str]] = field(default_factory=list)  # names and places

    def read(self) -> None:
        for row in self.rows:
            self._dated(row)
        heads = [at for at, row in enumerate(self.rows) if self._first_month(row) is not None]
        for at, until in zip(heads, [*heads[1:], len(self.rows)], strict=False):
            self._columns(at, until)
            self._rows_below(at, until)

    @staticmethod
    def _first_month(row: Sequence[Cell]) -> int | None:
        found = header(tuple(row))
        return found.first if found else None

    def _dated(self, row: list[Cell]) -> None:
        """Headings that name an area beside a month: ours loses the name, others the month."""
        for at, cell in enumerate(row):
            if len(cell.text) < 4 or periods.parse(cell.text):
                continue
            whose, rest = self.owners.apart(cell.text)
            if not whose.verdict or not periods.parse(rest):
                continue
            if whose.verdict == "own":
                row[at] = replace(cell, text=rest)
            else:
                row[at] = replace(cell, text=whose.named)

    def _columns(self, at: int, until: int) -> None:
        """Empties the columns that the heading at `at` gives to others."""
        head = self.rows[at]
        first = self._first_month(head)
        assert first is not None
        over = self._areas(self.rows[max(0, at - _LEVELS) : at][::-1], first)
        under = self._areas(self.rows[at + 1 : min(until, at + 1 + _LEVELS)], first)
        named = _spread(over[1], len(head)) if over else {}
        if under:
            named |= under[1]
            self._month_over(head, under[1])
        for column in range(1, len(head)):
            if (said := self.owners.of_cell(head[column].text)).verdict not in ("", "own"):
                named[column] = said
        for level in (over, under):
            if level and any(said.verdict == "own" for said in level[1].values()):
                _empty(level[0], [n for n, said in level[1].items() if said.verdict == "own"])
        others = [n for n, said in named.items() if said.verdict != "own"]
        if not others:
            return
        touched = [level[0] for level in (over, under) if level]
        figures = [n for n in others if self._figures(self.rows[at:until], n)]
        self._tell((named[n].named for n in figures), head[min(figures)] if figures else None)
        for row in (*self.rows[at:until], *touched):
            _empty(row, others)

    def _areas(
        self, rows: Iterable[list[Cell]], first: int
    ) -> tuple[list[Cell], dict[int, Whose]] | None:
        """The nearest row whose cells right of the labels name nothing but areas."""
        for row in takewhile(lambda row: self._first_month(row) is None, rows):
            filled = {n: cell for n, cell in enumerate(row) if cell.text and n >= first}
            if not filled:
                continue
            said = {n: self.owners.of_cell(cell.text) for n, cell in filled.items()}
            # A title stands in the first columns; a label makes it a row of figures.
            known = any(squash(cell.text) in self.labels.by_key for cell in row)
            if known or not all(one.verdict for one in said.values()):
                return None
            return row, said
        return None

    @staticmethod
    def _month_over(head: list[Cell], under: Mapping[int, Whose]) -> None:
        """Writes a month that stands over several areas over that of the council too."""
        for column, said in under.items():
            if said.verdict != "own" or column >= len(head) or head[column].text:
                continue
            before = next((n for n in range(column, -1, -1) if head[n].text), None)
            if before is not None and periods.parse(head[before].text):
                head[column] = replace(head[column], text=head[before].text)
                if under.get(before, NOBODY).verdict == "own":
                    head[column] = replace(head[column], text="")

    def _rows_below(self, at: int, until: int) -> None:
        """Empties the rows that name another area beside the label, or instead of it."""
        first = self._first_month(self.rows[at])
        if first is None:
            return
        for row in self.rows[at + 1 : until]:
            for column, cell in enumerate(row[:first]):
                if not cell.text or squash(cell.text) in self.labels.by_key:
                    continue
                whose, label = self.owners.of_cell(cell.text), ""
                if not whose.verdict:
                    whose, label = self.owners.apart(cell.text)
                    if squash(label) not in self.labels.by_key:
                        continue
                if whose.verdict == "own":
                    row[column] = replace(cell, text=label)
                elif whose.verdict and any(_figure(one) for one in row[first:]):
                    self._tell([whose.named], cell)
                    _empty(row, range(len(row)))

    def _figures(self, rows: Sequence[Sequence[Cell]], column: int) -> bool:
        return any(_figure(row[column]) for row in rows if column < len(row))

    def _tell(self, names: Iterable[str], cell: Cell | None) -> None:
        if cell is not None:
            self.left_out += [(name, str(cell.place)) for name in names]


def _figure(cell: Cell) -> bool:
    return isinstance(cells.parse(cell.text), Reading)


def _empty(row: list[Cell], columns: Iterable[int]) -> None:
    for column in columns:
        if column < len(row):
            row[column] = Cell("", row[column].place)


def _spread(named: Mapping[int, Whose], width: int) -> dict[int, Whose]:
    """A name over its own column and those after it, up to the next name."""
    found: dict[int, Whose] = {}
    for column in range(min(named), width):
        found[column] = named.get(column) or found[column - 1]
    return found


def left_out(
    tables: Sequence[Table], owners: Owners, labels: Labels
) -> tuple[list[Table], list[Finding]]:
    """The tables without other areas' columns and rows; a note for each that had any."""
    kept: list[Table] = []
    findings: list[Finding] = []
    for table in tables:
        if table.hidden or not _names_any(table, owners, labels):
            kept.append(table)
            continue
        reader = _Reader(owners, labels, [list(row) for row in table.rows])
        reader.read()
        kept.append(replace(table, rows=tuple(map(tuple, reader.rows))))
        if reader.left_out:
            names = list(dict.fromkeys(name for name, _ in reader.left_out))
            listed = ", ".join(names[:6]) + (f" and {len(names) - 6} more" if names[6:] else "")
            place = reader.left_out[0][1]
            message = (
                f"{place}: the figures of {listed} in this table are not "
                f"{owners.registry.council.name}'s; they are not read."
            )
            places = tuple(dict.fromkeys(place for _, place in reader.left_out))
            findings.append(Finding(CODE, "note", message, places))
    return kept, findings


def _names_any(table: Table, owners: Owners, labels: Labels) -> bool:
    """Whether any text of a table with rows that the registry knows names an area."""
    known = any(
        squash(text) in labels.by_key or squash(text.partition(" ")[2]) in labels.by_key
        for row in table.rows
        for text in (cell.text for cell in row[:_LABELS])
    )
    if not known:
        return False
    texts = {cell.text for row in table.rows for cell in row if 1 < len(cell.text) < _LONG}
    return any(owners.names_any(text) for text in texts if any(map(str.isalpha, text)))
