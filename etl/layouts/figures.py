"""A block in its layout -> figures, each with one measure, period, area and role; and doubts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from etl import cells
from etl.layouts import agreement, captions, closing, other_roles, quarters, resolution
from etl.layouts.agreement import Figure
from etl.layouts.facets import NO_FIGURES, Column, Stands, merged
from etl.layouts.fit import TIMELESS, Taken
from etl.layouts.forms import Forms, Printed
from etl.layouts.rows import Line
from etl.layouts.words import Words
from etl.model import Cell, Finding, Reading, Severity, Unit
from etl.recognise import other_words
from etl.recognise.doubts import fractions, month_unknown, warning
from etl.recognise.other_words import COMPARATOR
from etl.recognise.rows import locator


@dataclass
class Read:
    """What a block gives: its figures, and a finding for what of it is not read.

    `read` are the figures as they stand, each with its row's month where the layout lets months
    stand for the quarter they lie in (0 elsewhere).
    """

    figures: list[Figure]
    findings: list[Finding]
    read: list[tuple[int, Figure]] = field(default_factory=list)


def of(taken: Taken, words: Words) -> Read:
    """The figures of a block that a layout fits."""
    assert taken.layout is not None, "only a block that fits is read"
    found = Read([], list(captions.doubts(taken.block, taken.over, words)))
    forms = _forms(taken, words)
    for column in taken.heads.columns:
        if column.why and column.code != COMPARATOR and _filled(taken, column):
            found.findings.append(_column_left(taken, column))
    for line, stands in _resolved(taken, words, found):
        _line(taken, line, stands, forms, words, found)
    read = quarters.once(found.read, found.findings)
    own = taken.layout in words.registry.paper.layouts
    found.figures = agreement.once(read, found.findings, strict=own)
    found.findings += agreement.shares(found.figures)
    found.findings += other_roles.doubts(found.figures, taken, words)
    left = [c for c in taken.heads.columns if c.code == COMPARATOR and _filled(taken, c)]
    found.findings += other_roles.areas(found.figures, left, taken, words)
    return found


def _forms(taken: Taken, words: Words) -> Forms:
    registry, layout = words.registry, taken.layout
    assert layout is not None, "a layout was taken"
    lists = registry.table_words
    no_value = (*lists.get("no_value", ()), *registry.paper.no_value)
    return Forms(
        (*layout.cells, *registry.paper.cells),
        lists.get("cells", ()),
        lists.get("ratings", ()),
        lists.get("directions", ()),
        frozenset(text.casefold() for text in no_value),
    )


def _filled(taken: Taken, column: Column) -> bool:
    whole = (line.row for line in taken.lines if line.code != "row-width")
    under = (row[column.at].text for row in whole if column.at < len(row))
    return any(isinstance(cells.parse(text), Reading) for text in under)


def _column_left(taken: Taken, column: Column) -> Finding:
    place = str(taken.block.head[-1][min(column.at, len(taken.block.head[-1]) - 1)].place)
    if column.code == "month-unknown" and taken.layout and "period" in taken.layout.columns:
        return month_unknown(place, column.heading)
    code = "column-left" if column.code == "month-unknown" else column.code
    message = f"{place}: the column {column.heading!r} is not read: {column.why}."
    severity: Severity = "error" if column.code == "month-twice" else "warning"
    return Finding(code, severity, message, (place,))


def _resolved(taken: Taken, words: Words, found: Read) -> Iterator[tuple[Line, Stands | None]]:
    """The rows that are read, each with the one measure it stands for (None: the columns say)."""
    for line in taken.lines:
        if line.why:
            if any(_holds(line, column) for column in taken.heads.columns):
                message = f"{line.place}: the row {line.printed!r} is not read: {line.why}."
                told = other_words.of_row(line.printed, line.place)
                plain = warning(line.code, message, line.place)
                found.findings.append(told if told and line.code == "row-unknown" else plain)
            continue
        measures = line.says.measures or (
            taken.over.measures if taken.layout and taken.layout.measure == "caption" else ()
        )
        if len(measures) < 2 or not any(_holds(line, column) for column in taken.heads.columns):
            yield line, measures[0] if measures else None
            continue
        one = _by_units(taken, line, measures, words)
        if one is not None:
            yield line, one
            continue
        message = f"{line.place}: the row {line.printed!r} could be several measures; not read."
        found.findings.append(warning("row-ambiguous", message, line.place))


def _holds(line: Line, column: Column) -> bool:
    """Whether a column of figures holds what is, or may have been, a figure of the row."""
    if column.at >= len(line.row) or (column.says.role in NO_FIGURES):
        return False
    cell = line.row[column.at]
    digits = column.figures and (bool(cell.problem) or any(map(str.isdigit, cell.text)))
    return digits or isinstance(cells.parse(cell.text), Reading)


def _by_units(taken: Taken, line: Line, measures: Sequence[Stands], words: Words) -> Stands | None:
    """Which of the measures that share a label a row is, by the units that its cells print, and
    by those of its twin where it prints none."""
    by_unit = {words.registry.measures[s.ref.measure].unit: s for s in measures}
    printed = _units(line, taken)
    if line.says.unit:
        printed.add(line.says.unit)  # type: ignore[arg-type]
    if len(by_unit) < len(measures) or len(printed) > 1:
        return None
    if printed:
        return by_unit.get(printed.pop())
    twins = (one for one in taken.lines if one is not line and one.says.measures == tuple(measures))
    others = {unit for twin in twins for unit in _units(twin, taken)}
    left = [unit for unit in by_unit if unit not in others]
    return by_unit["count"] if left == ["count"] else None


def _units(line: Line, taken: Taken) -> set[Unit]:
    found: set[Unit] = set()
    for column in taken.heads.columns:
        read = cells.parse(line.row[column.at].text) if column.at < len(line.row) else None
        if isinstance(read, Reading) and read.unit:
            found.add(read.unit)
    return found


def _line(
    taken: Taken, line: Line, stands: Stands | None, forms: Forms, words: Words, found: Read
) -> None:
    read: list[Figure] = []
    for column in taken.heads.columns:
        cell = line.row[column.at] if column.at < len(line.row) else None
        if cell is None or not column.figures or not (cell.text or cell.problem):
            continue
        made = _cell(taken, line, column, cell, stands, forms, words)
        if isinstance(made, str):
            place = locator(cell.place, line.name, column.heading)
            message = f"{place}: {cell.text!r} is not read: {made}."
            found.findings.append(warning("cell-unreadable", message, place))
        else:
            read += made
    percent = [f.reading for f in read if f.reading.unit == "percent" and f.role == "actual"]
    if fractions(percent):
        message = f"{line.place}: the row {line.printed!r} prints shares as parts of one; not read."
        found.findings.append(warning("share-as-fraction", message, line.place))
        return
    when = line.says.when
    month = when.start.month if when and when.start and when.kind == "month" else 0
    found.read += [(month if _within(taken, figure) else 0, figure) for figure in read]


def _within(taken: Taken, figure: Figure) -> bool:
    """Whether the layout lets a row's month stand for the quarter that a figure is of."""
    period = figure.period
    return bool(taken.layout and period and period.span in taken.layout.spans.values())


def _cell(
    taken: Taken,
    line: Line,
    column: Column,
    cell: Cell,
    stands: Stands | None,
    forms: Forms,
    words: Words,
) -> list[Figure] | str:
    """The figures of a cell (its own, and what stands beside it), or why it is not read."""
    one = stands or (column.says.measures[0] if len(column.says.measures) == 1 else None)
    says = merged((replace(column.says, measures=()), replace(line.says, measures=())))
    if says is None:
        return "its row and its column contradict each other"
    if one is None or (stands is not None and column.says.measures not in ((), (stands,))):
        return "nothing says of which measure it is"
    measure = words.registry.measures[one.ref.measure]
    unit: Unit = "count" if line.of else measure.unit
    if says.unit and says.unit != unit and not line.of:
        return f"the paper prints {says.unit.replace('_', ' ')}, the measure is {unit}"
    printed = forms.read(cell.text, unit)
    if isinstance(printed, cells.Blank) and not cell.problem:
        return []
    if cell.problem or not isinstance(printed, Printed):
        return cell.problem or (printed.reason if isinstance(printed, cells.Unreadable) else "")
    role, area = resolution.role(says, taken), resolution.area(says, taken)
    if not role:
        return "nothing says whether it is an actual figure"
    if not area:
        return "its row and its caption name different areas"
    if role in ("actual", "previous") and taken.layout and taken.layout.summary:
        role = "summary"
    if closing.is_total(line, taken.layout):  # of the year, whatever the group above it covers
        role = "total" if role == "actual" else role
        says = replace(says, span="", when=says.when or taken.year)
    told = resolution.period(says, one, taken, words)
    if isinstance(told, str) and not (
        role in TIMELESS and (role == "previous" or says.when is None)
    ):
        return told
    period = None if isinstance(told, str) else told
    figure = Figure(one.ref, area, role, period, printed.reading, cell, line.name, column.heading)
    return [figure, *_beside(figure, printed)]


def _beside(figure: Figure, printed: Printed) -> Iterator[Figure]:
    """What else a cell prints: a target is its figure's, what went before has no period here."""
    for role, reading in printed.beside.items():
        period = None if role == "previous" else figure.period
        yield replace(figure, role=role, reading=reading, period=period)
