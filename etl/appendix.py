"""Appendix 1 as the committee knows it: its rows, and a figure as the text it prints.

`printed` is the inverse of `cells.parse`: what it writes is read back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from etl import cells, periods, tidy
from etl.model import (
    MeasureRef,
    Observation,
    Period,
    Reading,
    Registry,
    SeriesKey,
    Span,
    TableName,
    Unit,
)
from etl.record import Record
from etl.text.units import suffix

HEADER = ("Serial", "Measure Description")
# Whose figures stand in the table; those of the outturn table and of sentences do not.
TABLES: tuple[TableName, ...] = ("appendix_1", "officer")

_DATED = re.compile(
    r"(?P<date>[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|[0-9]{1,2} [A-Za-z]{3,9} [0-9]{4})"
    r"(?: (?P<rest>.+))?"
)


@dataclass(frozen=True)
class Row:
    """A row of the table: the measure and cohort it is for, and what it prints beside them."""

    ref: MeasureRef
    serial: str
    label: str
    title: str
    unit: Unit
    span: Span

    @property
    def name(self) -> str:
        """How a person finds the row: its serial and title."""
        return f"{self.serial} {self.title}".strip()


@dataclass(frozen=True)
class Grid:
    """The table's months (their last days) and, row by row, the figure of each; None for none."""

    months: tuple[date, ...]
    rows: tuple[tuple[Row, tuple[Observation | None, ...]], ...]


def rows(registry: Registry) -> tuple[Row, ...]:
    """The rows in the order in which the committee's table prints them; of a council that says
    of no row how it prints it, all that it could."""
    found = [
        (cohort, Row(ref, cohort.serial, cohort.labels[0], cohort.title, m.unit, m.span))
        for m in registry.measures.values()
        for name, cohort in m.cohorts.items()
        if cohort.labels and (ref := MeasureRef(m.id, name))
    ]
    declared = [pair for pair in found if not pair[0].titled]
    return tuple(row for _, row in sorted(declared or found, key=lambda pair: pair[0].order))


def heading(month_end: date) -> str:
    """A month as the table's heading prints it: Jul-20."""
    return f"{periods.SHORT[month_end.month - 1]}-{month_end.year % 100:02d}"


def period(row: Row, month_end: date) -> Period:
    """What a row's figure under a month covers."""
    return periods.for_span(row.span, month_end.year, month_end.month)


def _sized(reading: Reading, who: str) -> str:
    size = reading.sample_size
    if size is None:
        return ""
    return f" (No {who} in calc)" if size == 0 else f" (only {size} {who} in calc)"


def _figure(reading: Reading, note: str, who: str) -> str:
    """Value, unit, a second unit and the sample size, in the order that cells have them."""
    if reading.status == "not_applicable":
        return f"NA{_sized(reading, who)}"
    if reading.status == "nil":
        return f"nil{_sized(reading, who)}"
    unit = suffix(reading.unit)
    weeks = f" {note}" if note else ""
    return f"{tidy.shortest(reading.value)}{unit}{weeks}{_sized(reading, who)}"


def printed(reading: Reading, who: str = "cases") -> str:
    """The text of a cell that is read as this reading; `who` is in the sample ("LAC").

    As it was printed, where that is known and says the same. A note that no cell can print
    (officers' own words in a tidy table) is left out.
    """
    again = cells.parse(reading.raw, reading.unit)
    if isinstance(again, Reading) and again == reading:
        return reading.raw
    if reading.status == "not_available":
        return "not available"
    if reading.status == "withheld":
        return "withheld"
    dated = _DATED.fullmatch(reading.note)
    for note, before in (
        ((dated["rest"] or "", dated["date"]) if dated else ("", "")),
        (reading.note, ""),
        ("", ""),
    ):
        text = _figure(reading, note, who)
        text = f"({before} - {text})" if before else text
        found = cells.parse(text, reading.unit)
        if isinstance(found, Reading) and replace(found, raw="") == replace(reading, raw=""):
            return text
    return _figure(reading, "", who)


def grid(record: Record) -> Grid:
    """The table as published at the record's date: the newest figure of each row and month."""
    authority = record.registry.council.authority
    held: dict[MeasureRef, dict[date, Observation]] = {}
    known = rows(record.registry)
    for row in known:
        series = record.series.get(SeriesKey(authority, *row.ref, row.span))
        points = series.points if series else ()
        held[row.ref] = {
            versions[-1].period.end: versions[-1]
            for point in points
            if (versions := [v for v in point.versions if v.table in TABLES])
        }
    months = tuple(sorted({month for row in held.values() for month in row}))
    return Grid(
        months,
        tuple((row, tuple(held[row.ref].get(month) for month in months)) for row in known),
    )


def texts(table: Grid) -> Iterable[tuple[str, ...]]:
    """The table as printed, header first; a dash where a row has no figure."""
    yield (*HEADER, *map(heading, table.months))
    for row, figures in table.rows:
        who = "LAC" if row.ref.cohort == "lac" else "cases"
        yield (
            row.serial or "-",
            row.label,
            *(printed(figure.reading, who) if figure else "-" for figure in figures),
        )
