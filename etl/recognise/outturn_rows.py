"""The rows of the yearly outturn table: months, their quarters, the year and its targets."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from etl import cells, periods
from etl.model import (
    Cell,
    Finding,
    Measure,
    Observation,
    Period,
    Reading,
    Registry,
    Source,
    Span,
    Statement,
    Table,
)
from etl.recognise.doubts import warning
from etl.recognise.rows import locator
from etl.text.signs import squash

YEAR_ROW = re.compile(r"\W*(?:year|full year|total|annual)\b", re.IGNORECASE)
TARGET_ROW = re.compile(r"\W*target\b", re.IGNORECASE)
_NAMES: dict[Span, str] = {
    "month": "month",
    "quarter": "quarter",
    "calendar_year_to_date": "cumulative",
}


@dataclass
class Outturn:
    """What an outturn table gives."""

    observations: list[Observation] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Column:
    """A column of figures: its place among the cells, its measure, its span."""

    position: int
    measure: Measure
    cohort: str
    span: Span
    heading: str


@dataclass
class Rows:
    """One pass over the rows under the headings."""

    table: Table
    at: int
    year: int
    columns: list[Column]
    source: Source
    registry: Registry
    found: Outturn

    def read(self) -> None:
        width = len(self.table.rows[self.at])
        months: dict[int, tuple[Cell, ...]] = {}
        clashing: set[int] = set()
        for row in self.table.rows[self.at + 1 :]:
            if not any(cell.text for cell in row) or squash(row[0].text) == "":
                continue
            number = periods.month_number(row[0].text)
            figures = sum(isinstance(cells.parse(cell.text), Reading) for cell in row[1:])
            special = YEAR_ROW.match(row[0].text) or TARGET_ROW.match(row[0].text)
            if number is None and not special:
                if figures > 1:
                    self._warn("row-unknown", row, "is no month; it is not read")
            elif len(row) != width:
                self._warn(
                    "row-width",
                    row,
                    f"has {len(row)} cells, its heading {width}; nothing of it is read, since "
                    "its figures may have moved",
                )
            elif number is None:
                self._state(row)
            elif number in months:
                if [c.text for c in row] != [c.text for c in months[number]]:
                    self._clash(months[number], row)
                    clashing.add(number)
            else:
                months[number] = row
        self._observe({n: row for n, row in months.items() if n not in clashing})

    def _clash(self, first: tuple[Cell, ...], row: tuple[Cell, ...]) -> None:
        """One month with two values in one table: an error, since nobody can tell which."""
        places = (str(first[0].place), str(row[0].place))
        message = (
            f"{places[1]}: the row {row[0].text!r} stands twice with different figures "
            f"({' and '.join(places)}); neither is read."
        )
        self.found.findings.append(Finding("row-twice", "error", message, places))

    def _warn(self, code: str, row: tuple[Cell, ...], what: str) -> None:
        place = str(row[0].place)
        self.found.findings.append(
            warning(code, f"{place}: the row {row[0].text!r} {what}.", place)
        )

    def _reading(self, row: tuple[Cell, ...], column: Column) -> Reading | None:
        cell = row[column.position]
        read = cells.parse(cell.text, column.measure.unit)
        if isinstance(read, Reading) and not cell.problem:
            return read
        if cell.problem or isinstance(read, cells.Unreadable):
            why = cell.problem or (read.reason if isinstance(read, cells.Unreadable) else "")
            place = self._locator(row, column)
            message = f"{place}: {cell.text!r} is not read: {why}."
            self.found.findings.append(warning("cell-unreadable", message, place))
        return None

    def _locator(self, row: tuple[Cell, ...], column: Column) -> str:
        group = _NAMES.get(column.span, "")
        spans = column.measure.outturn.spans if column.measure.outturn else ()
        heading = column.heading if len(spans) == 1 else f"{column.heading} ({group})"
        return locator(row[column.position].place, row[0].text, heading)

    def _observe(self, months: Mapping[int, tuple[Cell, ...]]) -> None:
        for column in self.columns:
            if column.span == "quarter":
                readings: dict[int, Reading | None] = dict(self._quarters(months, column))
            else:
                readings = {n: self._reading(row, column) for n, row in months.items()}
            for number, reading in sorted(readings.items()):
                if reading is None:
                    continue
                self.found.observations.append(
                    Observation(
                        authority=self.registry.council.authority,
                        measure=column.measure.id,
                        cohort=column.cohort,
                        period=periods.for_span(column.span, self.year, number),
                        reading=reading,
                        published=self.source.published or date.min,
                        source=self.source.title or self.source.name,
                        table="outturn",
                        locator=self._locator(months[number], column),
                    )
                )

    def _quarters(
        self, months: Mapping[int, tuple[Cell, ...]], column: Column
    ) -> Iterator[tuple[int, Reading]]:
        """The month whose row prints each quarter's figure, and the figure.

        The figure stands in the row of the quarter's first month, in all three (a merged
        cell), or in that of its last month throughout. Anything else may have slipped
        into another quarter, and is a finding.
        """
        by_quarter: dict[int, dict[int, Reading]] = defaultdict(dict)
        for number, row in months.items():
            if reading := self._reading(row, column):
                by_quarter[(number - 1) // 3][number] = reading
        shapes = [
            tuple(sorted((number - 1) % 3 for number in found)) for found in by_quarter.values()
        ]
        usual = Counter(shapes).most_common(1)[0][0] if shapes else ()
        for found in by_quarter.values():
            numbers = sorted(found)
            shape = tuple((number - 1) % 3 for number in numbers)
            alike = len({reading.value for reading in found.values()}) == 1
            if alike and shape == usual and shape in ((0,), (2,), (0, 1, 2)):
                yield numbers[0], found[numbers[0]]
                continue
            places = [self._locator(months[number], column) for number in numbers]
            message = (
                f"{' and '.join(places)}: a quarter's figure does not stand where the others "
                "do; it is not read."
            )
            self.found.findings.append(warning("outturn-quarter", message, *places))

    def _state(self, row: tuple[Cell, ...]) -> None:
        """The yearly row and the targets: claims to be held against the months, not figures."""
        target = bool(TARGET_ROW.match(row[0].text))
        for column in self.columns:
            reading = self._reading(row, column)
            if reading is None:
                continue
            year: Period = periods.for_span("calendar_year", self.year, 12)
            cell = row[column.position]
            self.found.statements.append(
                Statement(
                    kind="printed_target" if target else "yearly_row",
                    value=reading.value,
                    unit=reading.unit,
                    place=cell.place,
                    measure=column.measure.id,
                    cohort=column.cohort,
                    period=year,
                    raw=reading.raw,
                    published=self.source.published,
                    source=self.source.title or self.source.name,
                    about="target" if target else "level",
                )
            )
