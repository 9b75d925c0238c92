"""The tidy layout, a figure a row, in a CSV or a sheet -> observations.

In full it is what `export` writes; it may have fewer columns, down to measure, period and
value (`etl.tidy.short`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from etl import aliases, roles, tidy
from etl.model import Cell, Finding, Measure, Observation, Registry, Source, Table
from etl.recognise.ownership import Owners
from etl.text.signs import squash
from etl.tidy import Problem, Problems, RowError, short

_HEADER_WITHIN = 15  # rows of a sheet that may stand above the header
# Columns whose words are read for what they are; in any other "target" is the row's role.
_READ = short.KNOWN - {"note"}
_SAID_SINGLY = 25  # findings of one kind that are named row by row

Columns = Mapping[str, int]


@dataclass
class Tidy:
    """What a tidy table gives. `others` are rows left out since they name another area: its
    code, its name and the row's place."""

    observations: list[Observation] = field(default_factory=list)
    others: list[tuple[str, str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def columns(row: Sequence[Cell]) -> Columns:
    """The columns that a tidy table's header names, else nothing."""
    return short.columns([cell.text for cell in row])


def _header(table: Table) -> int | None:
    for number, row in enumerate(table.rows[:_HEADER_WITHIN]):
        if columns(row):
            return number
    return None


def split(tables: Sequence[Table]) -> tuple[list[Table], list[Table]]:
    """The tables in the tidy layout, hidden sheets left out, and the rest."""
    ours = [table for table in tables if not table.hidden and _header(table) is not None]
    return ours, [table for table in tables if not any(table is one for one in ours)]


def _named(registry: Registry) -> dict[str, str]:
    """Squashed ids and titles -> ids; a title that two measures share names neither."""
    measures = registry.measures.values()
    count = Counter(squash(measure.title) for measure in measures)
    titles = {squash(m.title): m.id for m in measures if count[squash(m.title)] == 1}
    return titles | {squash(measure.id): measure.id for measure in measures}


@dataclass
class _Reader:
    """What all rows of a table share."""

    columns: Columns
    source: Source
    registry: Registry
    others: list[tuple[str, str, str]] = field(default_factory=list)

    @cached_property
    def owners(self) -> Owners:
        return Owners(self.registry)

    @cached_property
    def names(self) -> Mapping[str, str]:
        return _named(self.registry)

    def fields(self, row: Sequence[Cell]) -> dict[str, str]:
        """The row's texts by column; what `neutral` guarded is as it was. Raises RowError."""
        problems = [
            Problem(name, self.cell(row, name).problem, "cell-unreadable")
            for name in self.columns
            if name in short.KNOWN - {short.PLACE} and self.cell(row, name).problem
        ]
        if problems:
            raise RowError(problems)
        texts = {n: row[at].text if at < len(row) else "" for n, at in self.columns.items()}
        return {
            name: tidy.plain(text) if name in (*tidy.TEXT, short.PLACE) else text.strip()
            for name, text in texts.items()
        }

    def cell(self, row: Sequence[Cell], column: str) -> Cell:
        at = self.columns.get(column, 0)
        return row[at] if at < len(row) else row[0]

    def measure(self, fields: Mapping[str, str]) -> Measure:
        name = self.names.get(squash(fields["measure"]))
        if name is None:
            why = f"no measure {fields['measure']!r} is known"
            raise RowError([Problem("measure", why, "measure-unknown")])
        return self.registry.measures[name]

    def observation(self, row: Sequence[Cell]) -> Observation | None:
        """A row's figure; None where it prints none. Raises RowError with all that is wrong."""
        fields = aliases.of(self.registry).in_json(self.fields(row))
        measure = self.measure(fields)
        _refuse_role(fields)
        council = self.registry.council.authority
        place = str(self.cell(row, "value").place)
        problems, full = Problems(), {"measure": measure.id}
        with problems:
            read = short.reading(fields, measure)
            if read is None and fields.get(short.PLACE):
                why = "a place is given and no value"
                raise RowError([Problem("value", why, "value-missing")])
            if read is None:
                return None
            full |= read
        if short.PLACE in fields and not fields[short.PLACE]:
            why = "say where the sentence stands"
            problems.append(Problem(short.PLACE, why, "place-missing"))
        with problems:
            full["authority"], name = short.area(fields, council, self.owners.code)
            if name and full["authority"] != council:
                self.others.append((full["authority"], name, place))
                return None
        with problems:
            full["cohort"] = short.cohort(fields, measure)
        with problems:
            full |= short.period(fields, measure)
        table = "stated" if short.PLACE in self.columns else "officer"
        title = self.source.title or self.source.name
        full |= short.origin(fields, self.source.published, title, table, place)
        return tidy.parse(full, problems)

    def told(self, row: Sequence[Cell], error: RowError) -> Finding:
        """What is wrong with a row, each thing with its place."""
        places = [str(self.cell(row, problem.column).place) for problem in error.problems]
        said = [f"{at}: {p.why}" for at, p in zip(places, error.problems, strict=True)]
        message = f"{'; '.join(said)}; the row is not read."
        return Finding(error.problems[0].code, "warning", message, tuple(dict.fromkeys(places)))


def _refuse_role(fields: Mapping[str, str]) -> None:
    """Raises RowError where a column says that the row is a target, a forecast or the like."""
    for name, text in fields.items():
        if name in _READ or not text:
            continue
        heading = roles.of_heading(text)
        if heading.other and heading.role not in ("unit", "rating", "difference"):
            why = f"{name} is {text!r}, so it is no actual figure"
            raise RowError([Problem(name, why, "not-actual")])


def beside(
    tidied: Sequence[Observation], printed: Sequence[Observation]
) -> tuple[list[Observation], list[Finding]]:
    """What a wide table says beyond the tidy sheet of the same workbook.

    A workbook that was given out holds each figure on both. The tidy row knows more (when it
    was published, and where); a figure that differs from it is a finding, and not read.
    """
    known: dict[tuple[object, object], list[Observation]] = defaultdict(list)
    for one in tidied:
        known[one.series, one.period].append(one)
    kept, findings = [], []
    for one in printed:
        rows = known.get((one.series, one.period))
        if rows is None:
            kept.append(one)
        elif all((r.value, r.status) != (one.value, one.status) for r in rows):
            message = (
                f"{one.locator}: {one.reading.raw!r} differs from the tidy table in this file "
                f"({rows[-1].reading.raw!r}); it is not read."
            )
            findings.append(Finding("sheets-differ", "warning", message, (one.locator,)))
    return kept, findings


def _without_other_areas(reader: _Reader, rows: Sequence[Sequence[Cell]]) -> Columns:
    """The columns without those that only sound as if they named areas ("Area": Education)."""
    vague = [name for name in short.VAGUE if name in reader.columns]
    texts = {name: {reader.cell(row, name).text for row in rows if row} for name in vague}
    empty = {n for n in vague if not any(map(reader.owners.code, texts[n]))}
    return {name: at for name, at in reader.columns.items() if name not in empty}


def read(table: Table, source: Source, registry: Registry) -> Tidy:
    """The figures of a tidy table. Rows that cannot be taken are warnings with their place."""
    result, start = Tidy(), _header(table)
    assert start is not None, "only tables that split() gave"
    reader = _Reader(columns(table.rows[start]), source, registry)
    reader.columns = _without_other_areas(reader, table.rows[start + 1 :])
    odd: Counter[str] = Counter()
    for row in table.rows[start + 1 :]:
        if not any(cell.text or cell.problem for cell in row):
            continue
        try:
            observation = reader.observation(row)
        except RowError as error:
            finding = reader.told(row, error)
            odd[finding.code] += 1
            if odd[finding.code] <= _SAID_SINGLY:
                result.findings.append(finding)
        else:
            if observation is not None:
                result.observations.append(observation)
    result.others = reader.others
    for code, count in odd.items():
        if count > _SAID_SINGLY:
            more = f"{source.name}: {count - _SAID_SINGLY} more rows like these are not read."
            result.findings.append(Finding(code, "warning", more, (source.name,)))
    return result
