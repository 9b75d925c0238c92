"""The officer's workbook, filled in -> just what was typed into it.

What stands in the grey cells is published already and is not read again; where it no longer
says what was published, that is a finding, never a silent change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from etl import aliases, cells, periods
from etl import officers_workbook as form
from etl.model import (
    Cell,
    Document,
    MeasureRef,
    Observation,
    Period,
    Reading,
    Registry,
    Severity,
    Source,
    Table,
    TableName,
)
from etl.recognise import tidy_layout
from etl.recognise.doubts import fractions, warning
from etl.recognise.rows import locator
from etl.recognise.tidy_layout import Tidy

_HEADER_WITHIN = 10  # rows of a sheet, should somebody have put a title above


@dataclass(frozen=True)
class _Place:
    """Which figure a cell is for."""

    ref: MeasureRef
    period: Period
    table: TableName


@dataclass
class _Reader:
    document: Document
    registry: Registry
    published: dict[_Place, Cell] = field(default_factory=dict)
    found: Tidy = field(default_factory=Tidy)

    def warn(self, code: str, cell: Cell, why: str, severity: Severity = "warning") -> None:
        place = str(cell.place)
        finding = warning(code, f"{place}: {why}", place)
        self.found.findings.append(replace(finding, severity=severity))

    def reading(self, cell: Cell, ref: MeasureRef) -> Reading | None:
        """What a cell says; None where it is empty, or cannot be read (and is said)."""
        read = cells.parse(cell.text, self.registry.measures[ref.measure].unit)
        if isinstance(read, Reading) and not cell.problem:
            if read.unit == "percent" and fractions([read]):
                said = (
                    f"{cell.text!r} is read as {cell.text}%; for {cell.text} of one type it as a %."
                )
                self.warn("share-as-fraction", cell, said, "note")
            return read
        if cell.problem or isinstance(read, cells.Unreadable):
            why = cell.problem or (read.reason if isinstance(read, cells.Unreadable) else "")
            self.warn("cell-unreadable", cell, f"{cell.text!r} is not read: {why}.")
        return None

    def add(self, place: _Place, reading: Reading, cell: Cell, row: str) -> None:
        source = self.document.source
        month = periods.label(place.period)
        self.found.observations.append(
            Observation(
                authority=self.registry.council.authority,
                measure=place.ref.measure,
                cohort=place.ref.cohort,
                period=place.period,
                reading=reading,
                published=source.published or date.min,
                source=source.title or source.name,
                table=form.table_of(place.table),
                locator=locator(cell.place, row, month),
            )
        )

    def typed(self, cell: Cell, place: _Place, row: str) -> None:
        """A cell of a sheet of figures: new, or published before and then only compared."""
        reading = self.reading(cell, place.ref)
        before = self.published.get(place)
        if before is None:
            if reading is not None:
                self.add(place, reading, cell, row)
            return
        was = cells.parse(before.text, self.registry.measures[place.ref.measure].unit)
        now = replace(reading, raw="") if reading else None
        if now == (replace(was, raw="") if isinstance(was, Reading) else None):
            return
        self.warn(
            "published-overtyped",
            cell,
            f"{before.text!r} was published here and now stands as {cell.text!r}; it is not "
            f"read. Corrections belong on the sheet {form.REVISIONS}, with a reason.",
        )


def is_one(document: Document) -> bool:
    """Whether a document is the officer's workbook."""
    return document.source.form == "excel" and any(
        table.rows and table.rows[0] and table.rows[0][0].text == form.MARK
        for table in document.tables
    )


def _at(row: tuple[Cell, ...], column: int) -> Cell:
    return row[column] if column < len(row) else Cell("", row[0].place)


def _revisions(table: Table, names: Mapping[str, int], reader: _Reader) -> None:
    """What was published, and what is to be revised with which reason."""
    for row in table.rows[1:]:
        texts = {name: _at(row, at) for name, at in names.items()}
        ref = aliases.ref_of(texts[form.KEY].text, reader.registry)
        span, month = form.span_of(texts["Span"].text), periods.parse(texts[form.MONTH].text)
        revised, reason = texts["Revised value"], texts["Reason"]
        if ref is None or span is None or month is None:
            if revised.text or revised.problem:
                reader.warn(
                    "row-unknown", revised, "the row's key, span or month is gone; it is not read."
                )
            continue
        table_name: TableName = "outturn" if texts["Table"].text == "outturn" else "appendix_1"
        end = month[0]
        place = _Place(ref, periods.for_span(span, end.year, end.month), table_name)
        reader.published[place] = texts["Published value"]
        reading = reader.reading(revised, ref)
        if reading is None:
            if reason.text and not (revised.text or revised.problem):
                why = f"a reason stands beside it ({reason.text!r}), but no revised value."
                reader.warn("value-missing", revised, why)
            continue
        row_name = texts["Measure"].text
        if not reason.text:
            reader.warn(
                "reason-missing",
                revised,
                f"{row_name}, {periods.label(place.period)}: a revised value needs its reason, "
                "in the next column.",
                "error",
            )
            continue
        reader.add(place, reading, revised, row_name)
        reader.warn(
            "revision-reason",
            revised,
            f"{row_name}, {periods.label(place.period)}: {texts['Published value'].text} revised "
            f"to {revised.text}. Reason given: {reason.text}",
            "note",
        )


def _figures(table: Table, names: Mapping[str, int], reader: _Reader) -> None:
    """The sheet of Appendix 1: rows by key, columns by month."""
    months = {at: periods.parse(text) for text, at in names.items()}
    known = {names[form.KEY], names.get(form.SERIAL), names.get(form.LABEL)}
    for row in table.rows[1:]:
        ref = aliases.ref_of(_at(row, names[form.KEY]).text, reader.registry)
        serial, label = (_at(row, names.get(n, 0)).text for n in (form.SERIAL, form.LABEL))
        for at, cell in enumerate(row):
            if at in known or not (cell.text or cell.problem):
                continue
            month = months.get(at)
            if ref is None or month is None:
                what = "the row has no key" if ref is None else "its column names no month"
                if isinstance(cells.parse(cell.text), Reading) or cell.problem:
                    reader.warn("cell-unplaced", cell, f"{cell.text!r}: {what}; it is not read.")
                continue
            span = reader.registry.measures[ref.measure].span
            period = periods.for_span(span, month[0].year, month[0].month)
            name = serial if serial.strip("-") else label[:80]
            reader.typed(cell, _Place(ref, period, "appendix_1"), name)


def _outturn(table: Table, names: Mapping[str, int], reader: _Reader) -> None:
    """The outturn sheet: rows by month, columns by heading."""
    known = form.outturn_columns(reader.registry)
    columns = {names[column.heading]: column for column in known if column.heading in names}
    for row in table.rows[1:]:
        month = periods.parse(_at(row, names[form.MONTH]).text)
        for at, cell in enumerate(row):
            if at == names[form.MONTH] or not (cell.text or cell.problem):
                continue
            column = columns.get(at)
            period = column.period(month[1]) if column and month else None
            if column is None or period is None:
                if isinstance(cells.parse(cell.text), Reading) or cell.problem:
                    why = "no figure of the table stands here; it is not read."
                    reader.warn("cell-unplaced", cell, f"{cell.text!r}: {why}")
                continue
            reader.typed(cell, _Place(column.ref, period, "outturn"), column.heading)


def _sheets(document: Document, *needed: str) -> Iterator[tuple[Table, dict[str, int]]]:
    """The sheets that have these columns: from the header on, and the columns by name."""
    for table in document.tables:
        for number, row in enumerate(table.rows[:_HEADER_WITHIN]):
            names = {cell.text: at for at, cell in enumerate(row)}
            if all(name in names for name in needed) and not table.hidden:
                filled = tuple(row for row in table.rows[number:] if row)
                yield replace(table, rows=filled), names
                break


def _holds_figures(table: Table) -> bool:
    """Whether something that reads as a figure stands in a sheet beside its first column."""
    return any(
        isinstance(cells.parse(cell.text), Reading) for row in table.rows for cell in row[1:]
    )


def _lost(reader: _Reader, sheet: str, why: str, severity: Severity = "warning") -> None:
    """A finding that a sheet is missing, or is not as the workbook had it."""
    finding = warning("sheet-lost", f"sheet {sheet}: {why}.", f"sheet {sheet}")
    reader.found.findings.append(replace(finding, severity=severity))


def _titled(source: Source, registry: Registry) -> Source:
    """The source as the tidy table prints it: what was published, not what a file is called."""
    if source.title or source.published is None:
        return source
    day = source.published
    said = f"{day.day} {periods.MONTHS[day.month - 1].capitalize()} {day.year}"
    return replace(source, title=f"{registry.council.name}, officers' figures, {said}")


def read(document: Document, registry: Registry) -> Tidy:
    """What was typed: new figures, revisions with their reasons, figures given in words."""
    document = replace(document, source=_titled(document.source, registry))
    reader = _Reader(document, registry)
    reader.found.findings.extend(document.findings)
    taken: set[str] = {form.START, form.ROWS, form.LISTS}
    for table, names in _sheets(document, *form.REVISION_COLUMNS):
        taken.add(table.title)
        _revisions(table, names, reader)
    if not any(_sheets(document, *form.REVISION_COLUMNS)):
        _lost(reader, form.REVISIONS, "what was published cannot be told from what is new", "error")
        return reader.found
    for table, names in _sheets(document, form.KEY, form.LABEL):
        if any(map(periods.parse, names)):
            taken.add(table.title)
            _figures(table, names, reader)
    months = [column.heading for column in form.outturn_columns(registry)][:1]
    for table, names in _sheets(document, form.MONTH, *months):
        taken.add(table.title)
        _outturn(table, names, reader)
    stated_in, rest = tidy_layout.split(document.tables)
    for table in rest:
        if not table.hidden and table.title not in taken and _holds_figures(table):
            why = "its columns are not those of the workbook; none of its figures is read"
            _lost(reader, table.title, why)
    for table in stated_in:
        stated = tidy_layout.read(table, document.source, registry)
        reader.found.observations.extend(stated.observations)
        reader.found.findings.extend(stated.findings)
    return reader.found
