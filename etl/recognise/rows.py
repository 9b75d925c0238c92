"""Rows of a performance table, from whatever layout -> figures of measures and cohorts.

Grids and wrapped text both end here: a `Block` is one table's months and rows of cells.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Literal

from etl import cells
from etl.model import Cell, Finding, MeasureRef, Place, Reading, Severity, Unit
from etl.recognise.doubts import fractions, share_as_fraction, warning
from etl.recognise.labels import Labels
from etl.roles import Reason

Kind = Literal["appendix_1", "summary_table"]


@dataclass(frozen=True)
class Month:
    """A column: the month it is for, and its heading as printed."""

    first: date
    last: date
    printed: str


@dataclass(frozen=True)
class Row:
    """One printed row: `serial` is "" where a dash or nothing is printed."""

    serial: str
    label: str
    refs: tuple[MeasureRef, ...]
    cells: tuple[Cell, ...]
    place: Place

    @property
    def name(self) -> str:
        """How a person finds the row: its serial, else the beginning of its label."""
        return self.serial or (self.label if len(self.label) < 80 else self.label[:77] + "...")

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(cell.text for cell in self.cells)


@dataclass
class Block:
    """A table found: its months in the order of its columns, its rows, what did not fit."""

    kind: Kind
    months: tuple[Month, ...]
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    # Rows that could not be read, and the units that their words name all the same.
    refused: list[tuple[tuple[MeasureRef, ...], frozenset[Unit]]] = field(default_factory=list)
    place: Place = field(default_factory=Place)  # where its heading begins
    reason: Reason | None = None  # why its figures are not, or not known to be, actual ones

    def refuse(self, refs: tuple[MeasureRef, ...], words: Iterable[str]) -> None:
        """Keep of a row that is not read the units it prints: they tell its twin's."""
        text = " ".join(words).lower()
        units: set[Unit] = {"days"} if re.search(r"\bdays?\b", text) else set()
        units |= {"percent"} if "%" in text else set()
        self.refused.append((refs, frozenset(units)))


@dataclass(frozen=True)
class Figure:
    """A cell that was read, with its row's measure and its column's month."""

    kind: Kind
    ref: MeasureRef
    month: Month
    reading: Reading
    row: Row
    cell: Cell

    @property
    def locator(self) -> str:
        return locator(self.cell.place, self.row.name, self.month.printed)


def locator(place: Place, row: str, column: str) -> str:
    """Where a figure stands: "line 1663, row 1a, Jul-20", "Appendix 1!F12 (1a, Jul-20)"."""
    if place.line is not None and not place.sheet:
        return f"line {place.line}, row {row}, {column}"
    return f"{place} ({row}, {column})" if str(place) else f"row {row}, {column}"


def figures(blocks: Sequence[Block], labels: Labels) -> tuple[list[Figure], list[Finding]]:
    """The figures of the blocks, and a finding for every row or cell that gives none.

    Blocks of one kind with the same months are one printed table.
    """
    found: list[Figure] = []
    findings = [finding for block in blocks for finding in block.findings]
    tables: dict[tuple[Kind, tuple[tuple[date, date], ...]], list[Block]] = defaultdict(list)
    for block in blocks:
        tables[block.kind, tuple((month.first, month.last) for month in block.months)].append(block)
    for same in tables.values():
        rows = [(block, row) for block in same for row in block.rows]
        refused = [one for block in same for one in block.refused]
        for block, row, ref in _resolved(rows, refused, labels, findings):
            unit = labels.measure(ref).unit
            read = [
                Figure(block.kind, ref, month, reading, row, cell)
                for month, cell in zip(block.months, row.cells, strict=True)
                if (reading := _read(cell, unit, row, month, findings))
            ]
            if unit == "percent" and fractions([figure.reading for figure in read]):
                findings.append(share_as_fraction(read[0].locator, read[0].reading.raw))
            found += read
    return _once(found, findings), findings


def _read(
    cell: Cell, unit: Unit, row: Row, month: Month, findings: list[Finding]
) -> Reading | None:
    read = cells.parse(cell.text, unit)
    if isinstance(read, Reading) and not cell.problem:
        return read
    if cell.problem or isinstance(read, cells.Unreadable):
        why = cell.problem or (read.reason if isinstance(read, cells.Unreadable) else "")
        place = locator(cell.place, row.name, month.printed)
        findings.append(
            warning("cell-unreadable", f"{place}: {cell.text!r} is not read: {why}.", place)
        )
    return None


def _resolved(
    rows: Sequence[tuple[Block, Row]],
    refused: Sequence[tuple[tuple[MeasureRef, ...], frozenset[Unit]]],
    labels: Labels,
    findings: list[Finding],
) -> Iterator[tuple[Block, Row, MeasureRef]]:
    """Each known row with the one measure it stands for; a finding for the others."""
    groups: dict[tuple[MeasureRef, ...], list[tuple[Block, Row]]] = defaultdict(list)
    for block, row in rows:
        twin = any(row.texts == other.texts for _, other in groups[row.refs])
        # A table reprinted whole, or a row repeated over a page break, says nothing new;
        # two rows of one label that both print nothing are one row as well.
        if not twin:
            groups[row.refs].append((block, row))
    claims: dict[MeasureRef, list[tuple[Block, Row]]] = defaultdict(list)
    for refs, members in groups.items():
        for block, row in members:
            others = {unit for _, other in members if other is not row for unit in _units(other)}
            others |= {unit for same, units in refused if same == refs for unit in units}
            ref = refs[0] if len(refs) == 1 else _by_units(row, others, refs, labels)
            if ref:
                claims[ref].append((block, row))
            elif _has_figures(row):
                findings.append(
                    warning(
                        "row-ambiguous",
                        f"{row.place}: row {row.name} could be "
                        f"{' or '.join(labels.measure(r).title for r in refs)}: "
                        "its cells name no unit that tells which.",
                        str(row.place),
                    )
                )
    for ref, claimed in claims.items():
        if len(claimed) == 1:
            yield (*claimed[0], ref)
            continue
        places = tuple(str(row.place) for _, row in claimed)
        message = (
            f"{labels.measure(ref).title}: printed as more than one row with different "
            f"figures ({'; '.join(places)}); none of them is stored."
        )
        # Within one table this is a month with two values: nobody can answer for both.
        # Two tables may be an older and a newer copy, which a person may well know.
        severity: Severity = "error" if _clash(claimed) else "warning"
        findings.append(Finding("row-twice", severity, message, places))


def _clash(claimed: Sequence[tuple[Block, Row]]) -> bool:
    """Whether two rows of one table print different values for the same month."""

    def value(cell: Cell) -> object:
        read = cells.parse(cell.text)
        return (read.value, read.status) if isinstance(read, Reading) else None

    return any(
        (one := value(a)) is not None and (other := value(b)) is not None and one != other
        for (block, row), (second, twin) in combinations(claimed, 2)
        if block is second
        for a, b in zip(row.cells, twin.cells, strict=True)
    )


def _units(row: Row) -> set[Unit]:
    """The units that the row's own cells print."""
    found = set()
    for cell in row.cells:
        read = cells.parse(cell.text)
        if isinstance(read, Reading) and read.unit:
            found.add(read.unit)
    return found


def _has_figures(row: Row) -> bool:
    return any(not isinstance(cells.parse(cell.text), cells.Blank) for cell in row.cells)


def _by_units(
    row: Row, others: set[Unit], refs: tuple[MeasureRef, ...], labels: Labels
) -> MeasureRef | None:
    """Which of the rows that share a label this one is, by the whole row's units.

    A row that prints no unit is the count, and only where another row of the same label
    in this table prints (`others`) the unit of the other measure.
    """
    printed = _units(row)
    by_unit = {labels.measure(ref).unit: ref for ref in refs}
    if len(by_unit) != len(refs):
        return None
    if printed:
        return by_unit.get(printed.pop()) if len(printed) == 1 else None
    left = [unit for unit in by_unit if unit not in others]
    return by_unit["count"] if left == ["count"] and _has_figures(row) else None


def _agreed(same: Sequence[Figure]) -> Figure | None:
    """The one of several printings of a figure that says most, where none says otherwise."""
    for said in (
        {(figure.reading.value, figure.reading.status) for figure in same},
        {figure.reading.sample_size for figure in same} - {None},
        {figure.reading.note for figure in same} - {""},
    ):
        if len(said) > 1:
            return None
    return max(same, key=lambda f: (f.reading.sample_size is not None) + bool(f.reading.note))


def _once(found: Sequence[Figure], findings: list[Finding]) -> list[Figure]:
    """The figures with each series and month once; what contradicts itself is left out."""
    by_key: dict[tuple[Kind, MeasureRef, date], list[Figure]] = defaultdict(list)
    for figure in found:
        by_key[figure.kind, figure.ref, figure.month.last].append(figure)
    kept = []
    for (kind, _, _), same in by_key.items():
        if agreed := _agreed(same):
            kept.append(agreed)
        elif kind == "summary_table":
            kept.extend(same)
        else:
            places = tuple(figure.locator for figure in same)
            findings.append(
                warning(
                    "figure-twice",
                    f"{' and '.join(places)} print {' and '.join(f.reading.raw for f in same)} "
                    "for one figure; neither is stored.",
                    *places,
                )
            )
    return kept
