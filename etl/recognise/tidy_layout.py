"""The tidy layout, a figure a row, in a CSV or a sheet -> observations.

In full it is what `export` writes; it may have fewer columns, down to measure, period and
value. What a row leaves out is taken from the registry (unit, span, the council's code),
from the file (published, source) or is `all` (cohort).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from etl import aliases, roles, tidy
from etl.appendix import squash
from etl.model import Cell, Finding, Measure, Observation, Registry, Source, Table
from etl.recognise import tidy_fields
from etl.recognise.ownership import Owners
from etl.recognise.tidy_fields import PERIODS, Odd

_HEADER_WITHIN = 15  # rows of a sheet that may stand above the header
# Columns whose words are read for what they are; in any other "target" is the row's role.
_TOLD = frozenset({*tidy.NAMES, *PERIODS, "place"} - {"note"})
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
    names = [re.sub(r"[\W_]+", "_", cell.text.strip().lower()).strip("_") for cell in row]
    found = {name: names.index(name) for name in names if name}
    wanted = "measure" in found and "value" in found and any(p in found for p in PERIODS)
    return found if wanted else {}


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


_GROUP = re.compile(r"\w{1,200}")


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
        """The row's texts by column; what `neutral` guarded is as it was."""
        texts = {n: row[at].text if at < len(row) else "" for n, at in self.columns.items()}
        return {
            name: tidy.plain(text) if name in (*tidy.TEXT, "place") else text.strip()
            for name, text in texts.items()
        }

    def cell(self, row: Sequence[Cell], column: str) -> Cell:
        at = self.columns.get(column, 0)
        return row[at] if at < len(row) else row[0]

    def measure(self, fields: Mapping[str, str]) -> Measure:
        name = self.names.get(squash(fields["measure"]))
        if name is None:
            raise Odd("measure-unknown", "measure", f"no measure {fields['measure']!r} is known")
        return self.registry.measures[name]

    def cohort(self, fields: Mapping[str, str], measure: Measure) -> str:
        named = fields.get("cohort", "").lower()
        if not named and "all" not in measure.cohorts and len(measure.cohorts) == 1:
            return next(iter(measure.cohorts))
        found = named or "all"
        # DfE's breakdowns, where they were asked for, are named by its own groups.
        theirs = fields.get("table") == "dfe" and measure.dfe is not None
        if found not in measure.cohorts and not (theirs and _GROUP.fullmatch(found)):
            raise Odd(
                "cohort-unknown",
                "cohort" if named else "measure",
                f"{measure.id} has no cohort {found!r}, only {', '.join(measure.cohorts)}",
            )
        return found

    def check_role(self, fields: Mapping[str, str]) -> None:
        """Raises Odd where a column says that the row is a target, a forecast or the like."""
        for name, text in fields.items():
            if name in _TOLD or not text:
                continue
            said = roles.of_heading(text)
            if said.other and said.role not in ("unit", "rating", "difference"):
                raise Odd("not-actual", name, f"{name} is {text!r}, so it is no actual figure")

    def observation(self, row: Sequence[Cell]) -> Observation | None:
        """A row's figure; None where it prints none. Raises Odd."""
        fields = aliases.of(self.registry).in_json(self.fields(row))
        measure = self.measure(fields)
        self.check_role(fields)
        reading = tidy_fields.reading(fields, measure)
        if reading is None:
            if fields.get("place"):
                raise Odd("value-missing", "value", "a place is given and no value")
            return None
        if "place" in fields and not fields["place"]:
            raise Odd("place-missing", "place", "say where the sentence stands")
        council = self.registry.council.authority
        area, named = tidy_fields.area(fields, council, self.owners)
        if named and area != council:
            self.others.append((area, named, str(self.cell(row, "value").place)))
            return None
        place, locator = fields.get("place", ""), fields.get("locator", "")
        return Observation(
            authority=area,
            measure=measure.id,
            cohort=self.cohort(fields, measure),
            period=tidy_fields.period(fields, measure),
            reading=reading,
            published=tidy_fields.published(fields, self.source),
            source=fields.get("source", "") or self.source.title or self.source.name,
            table=tidy_fields.table(fields, "stated" if "place" in self.columns else "officer"),
            locator=locator or place or str(self.cell(row, "value").place),
        )


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
    vague = [name for name in tidy_fields.VAGUE if name in reader.columns]
    texts = {name: {reader.cell(row, name).text for row in rows if row} for name in vague}
    empty = {n for n in vague if not any(map(reader.owners.code, texts[n]))}
    return {name: at for name, at in reader.columns.items() if name not in empty}


def read(table: Table, source: Source, registry: Registry) -> Tidy:
    """The figures of a tidy table. Rows that cannot be taken are warnings with their place."""
    found, start = Tidy(), _header(table)
    assert start is not None, "only tables that split() gave"
    reader = _Reader(columns(table.rows[start]), source, registry)
    reader.columns = _without_other_areas(reader, table.rows[start + 1 :])
    odd: Counter[str] = Counter()
    for row in table.rows[start + 1 :]:
        if not any(cell.text or cell.problem for cell in row):
            continue
        try:
            for name in reader.columns:
                cell = reader.cell(row, name)
                if cell.problem and name in (*tidy.NAMES, *PERIODS):
                    raise Odd("cell-unreadable", name, cell.problem)
            observation = reader.observation(row)
        except Odd as error:
            odd[error.code] += 1
            if odd[error.code] <= _SAID_SINGLY:
                place = str(reader.cell(row, error.column).place)
                message = f"{place}: {error}; the row is not read."
                found.findings.append(Finding(error.code, "warning", message, (place,)))
        else:
            if observation is not None:
                found.observations.append(observation)
    found.others = reader.others
    for code, count in odd.items():
        if count > _SAID_SINGLY:
            more = f"{source.name}: {count - _SAID_SINGLY} more rows like these are not read."
            found.findings.append(Finding(code, "warning", more, (source.name,)))
    return found
