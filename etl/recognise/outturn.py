"""The yearly outturn table: months down, the measures' headings across, in groups of spans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from etl import cells, periods
from etl.model import (
    Cell,
    Finding,
    Measure,
    Reading,
    Registry,
    Source,
    Span,
    Table,
)
from etl.recognise.doubts import warning
from etl.recognise.outturn_rows import Column, Outturn, Rows
from etl.text.signs import squash

_YEAR = re.compile(r"(?<![0-9/-])(20[0-9]{2})(?![0-9]|\s*[-/\u2013]\s*[0-9]{2})")
_NUMBERS = re.compile(r"(?<![\w.])[0-9][0-9,]*(?:\.[0-9]+)?(?![\w.])")
_GROUPS: tuple[tuple[re.Pattern[str], Span], ...] = (
    (re.compile(r"month by month|^months?$|\bmonthly\b", re.IGNORECASE), "month"),
    (re.compile(r"\bquarter", re.IGNORECASE), "quarter"),
    (re.compile(r"cumulative|year to date|\bytd\b", re.IGNORECASE), "calendar_year_to_date"),
)


def headings(registry: Registry) -> dict[str, tuple[Measure, str]]:
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
    known = headings(registry)
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
    known = headings(registry)
    at = _heading_row(table, known)
    assert at is not None, "split gives only tables with headings"
    year = _year(table, at, found)
    columns = _columns(table, at, known, found)
    if year is None or not columns:
        return found
    Rows(table, at, year, columns, source, registry, found).read()
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


def lost(lines: Sequence[Cell], registry: Registry) -> list[Finding]:
    """A finding where the outturn table stands in running text, its columns lost.

    Three months or more, each beginning a line of at least five numbers, under words that
    name one of the outturn's headings. Empty cells leave no trace there, so that a row of
    nine numbers cannot be told from one that lost four.
    """
    headings = [
        heading.split()
        for measure in registry.measures.values()
        if measure.outturn
        for heading in measure.outturn.headings
    ]
    months = [
        at
        for at, line in enumerate(lines)
        if periods.month_number(line.text)
        and len(_NUMBERS.findall(line.text)) > 4
        and "\t" not in line.text
        and "|" not in line.text
    ]
    near = [at for at in months if len([m for m in months if abs(m - at) < 40]) > 2]
    if not near:
        return []
    above = " ".join(line.text for line in lines[max(0, near[0] - 30) : near[0]])
    if not any(all(word in above for word in words) for words in headings):
        return []
    place = str(lines[near[0]].place)
    message = (
        f"{place}: the yearly table's columns are lost in this text; nothing of it is read. "
        "Import the PDF, or a table with its columns kept."
    )
    return [warning("outturn-lost", message, place)]
