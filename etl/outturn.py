"""The yearly outturn table: months down, the measures' headings across, in groups of spans."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from etl import cells, periods
from etl.labels import squash
from etl.model import (
    Cell,
    Finding,
    Measure,
    MeasureRef,
    Observation,
    Period,
    Reading,
    Registry,
    Source,
    Span,
    Statement,
    Table,
)
from etl.rows import locator, warning

_YEAR = re.compile(r"(?<![0-9/-])(20[0-9]{2})(?![0-9]|\s*[-/\u2013]\s*[0-9]{2})")
_GROUPS: tuple[tuple[re.Pattern[str], Span], ...] = (
    (re.compile(r"month by month|^months?$|\bmonthly\b", re.IGNORECASE), "month"),
    (re.compile(r"\bquarter", re.IGNORECASE), "quarter"),
    (re.compile(r"cumulative|year to date|\bytd\b", re.IGNORECASE), "calendar_year_to_date"),
)
_YEAR_ROW = re.compile(r"\W*(?:year|full year|total|annual)\b", re.IGNORECASE)
_TARGET_ROW = re.compile(r"\W*target\b", re.IGNORECASE)
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


def _headings(registry: Registry) -> dict[str, tuple[Measure, str]]:
    return {
        squash(heading): (measure, next(iter(measure.cohorts)))
        for measure in registry.measures.values()
        if measure.outturn
        for heading in measure.outturn.headings
    }


def _heading_row(table: Table, known: Mapping[str, object]) -> int | None:
    """Where the row of headings stands: at least two different ones, or one and its months."""
    for place, row in enumerate(table.rows):
        if len({squash(cell.text) for cell in row} & known.keys()) > 1:
            return place
    return None


def split(tables: Sequence[Table], registry: Registry) -> tuple[list[Table], list[Table]]:
    """The outturn tables, and the others in their order.

    A table straight after an outturn, as wide and with months down its side, is the rest of
    it over a page break; so is what stands in a table of its own straight above the headings.
    """
    known = _headings(registry)
    yearly: list[Table] = []
    rest: list[Table] = []
    following = False
    for table in tables:
        if table.hidden:
            continue
        if _heading_row(table, known) is not None:
            yearly.append(table)
            following = True
        elif following and _continues(yearly[-1], table, known):
            last = yearly.pop()
            yearly.append(Table((*last.rows, *table.rows), last.title, last.place))
        else:
            rest.append(table)
            following = False
    return yearly, rest


def _continues(last: Table, table: Table, known: Mapping[str, object]) -> bool:
    at = _heading_row(last, known)
    width = len(last.rows[at or 0])
    months = [row for row in table.rows if row and periods.month_number(row[0].text)]
    return bool(months) and all(len(row) == width for row in months)


def read(table: Table, source: Source, registry: Registry) -> Outturn:
    """The figures of an outturn table, with its yearly row and targets as statements."""
    found = Outturn()
    known = _headings(registry)
    at = _heading_row(table, known)
    assert at is not None, "split gives only tables with headings"
    year = _year(table, at, found)
    columns = _columns(table, at, known, found)
    if year is None or not columns:
        return found
    reader = _Reader(table, at, year, columns, source, registry, found)
    reader.read()
    return found


def _year(table: Table, at: int, found: Outturn) -> int | None:
    """The one year that the table's title, first cells and yearly row name."""
    above = [cell.text for row in table.rows[:at] for cell in row]
    side = [row[0].text for row in table.rows[at:] if row]
    years = {int(year) for text in [*above, *side] for year in _YEAR.findall(text)}
    years = years or {int(year) for year in _YEAR.findall(table.title)}
    if len(years) == 1:
        return years.pop()
    place = str(table.rows[at][0].place)
    named = f"names several years ({', '.join(map(str, sorted(years)))})" if years else "names none"
    found.findings.append(
        warning(
            "outturn-year",
            f"{place}: the yearly table {named}; nothing of it is read.",
            place,
        )
    )
    return None


def _columns(
    table: Table, at: int, known: Mapping[str, tuple[Measure, str]], found: Outturn
) -> list[Column]:
    """The columns of figures; a finding for each heading or group that is not understood."""
    row = table.rows[at]
    groups = _groups(table.rows[:at], len(row))
    columns = []
    for position, cell in enumerate(row):
        place = str(cell.place)
        measure_cohort = known.get(squash(cell.text))
        if measure_cohort is None:
            if cell.text and position and _any_figure(table.rows[at + 1 :], position):
                message = f"{place}: no measure has the heading {cell.text!r}; it is not read."
                found.findings.append(warning("outturn-heading", message, place))
            continue
        measure, cohort = measure_cohort
        assert measure.outturn is not None
        spans = measure.outturn.spans
        span = spans[0] if len(spans) == 1 else groups[position]
        if span is None or span not in spans:
            message = (
                f"{place}: nothing above {cell.text!r} says whether it is monthly, quarterly "
                "or cumulative; it is not read."
            )
            found.findings.append(warning("outturn-group", message, place))
            continue
        columns.append(Column(position, measure, cohort, span, cell.text))
    counts = Counter((column.measure.id, column.span) for column in columns)
    for column in [c for c in columns if counts[c.measure.id, c.span] > 1]:
        place = str(row[column.position].place)
        message = f"{place}: {column.heading!r} stands twice over one span; it is not read."
        found.findings.append(Finding("outturn-twice", "error", message, (place,)))
        columns.remove(column)
    return columns


def _any_figure(rows: Sequence[tuple[Cell, ...]], position: int) -> bool:
    under = (row[position].text for row in rows if position < len(row))
    return any(isinstance(cells.parse(text), Reading) for text in under)


def _groups(above: Sequence[tuple[Cell, ...]], width: int) -> list[Span | None]:
    """For each column the span that the nearest group heading at or left of it names."""
    for row in reversed(above):
        spans: list[Span | None] = []
        current: Span | None = None
        seen = False
        for cell in row:
            if cell.text:
                current = next((span for word, span in _GROUPS if word.search(cell.text)), None)
                seen = seen or current is not None
            spans.append(current)
        if seen and len(row) == width:
            return spans
    return [None] * width


@dataclass
class _Reader:
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
        for row in self.table.rows[self.at + 1 :]:
            if not any(cell.text for cell in row) or squash(row[0].text) == "":
                continue
            number = periods.month_number(row[0].text)
            figures = sum(isinstance(cells.parse(cell.text), Reading) for cell in row[1:])
            special = _YEAR_ROW.match(row[0].text) or _TARGET_ROW.match(row[0].text)
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
                    self._warn("row-twice", row, "stands twice; only the first one is read")
            else:
                months[number] = row
        self._observe(months)

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
        target = bool(_TARGET_ROW.match(row[0].text))
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
                    measure=MeasureRef(column.measure.id, column.cohort).measure,
                    cohort=column.cohort,
                    period=year,
                    raw=reading.raw,
                    published=self.source.published,
                    source=self.source.title or self.source.name,
                    about="target" if target else "level",
                )
            )
