"""DfE's tables on how long plans and reviews took -> observations of every area in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from etl.model import (
    Cell,
    Document,
    Finding,
    Measure,
    Observation,
    Period,
    Reading,
    Registry,
    Status,
    Table,
)
from etl.registry import DATA

# DfE's codes, with and without its own full names for them (data guidance of each release).
_CODES: Mapping[str, Status] = {
    "z": "not_applicable",
    "x": "not_available",
    ":": "not_available",
    "no data": "not_available",
    "c": "withheld",
    "low": "withheld",
}
_NUMBER = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?%?")
_ONS_CODE = re.compile(r"[EKNSW]\d{8}")
_YEAR = re.compile(r"(19|20)\d\d")


def _plain(name: str) -> str:
    """A column's name without what changes from release to release: capitals, underscores."""
    return re.sub(r"[\W_]+", "", name).casefold()


def _number(text: str) -> Decimal | None:
    if not _NUMBER.fullmatch(text):
        return None
    return Decimal(text.replace(",", "").rstrip("%"))


@dataclass
class _File:
    """One of a release's files while it is read."""

    table: Table
    document: Document
    published: date
    observations: list[Observation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    # What does not belong, gathered so that a file gives one finding a kind, not one a row.
    odd: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def columns(self) -> dict[str, int]:
        """The place of each column by its plain name; of two with one name the first."""
        names = [_plain(cell.text) for cell in self.table.rows[0]]
        return {name: names.index(name) for name in names}


class _Row:
    """A row by column name, and the area and year that it is about."""

    def __init__(self, cells: tuple[Cell, ...], columns: Mapping[str, int]) -> None:
        self.cells, self.columns = cells, columns

    def text(self, *names: str) -> str:
        """The first of the columns that is there and filled."""
        found = (self.cells[self.columns[name]].text for name in names if name in self.columns)
        return next((text for text in found if text), "")

    @property
    def area(self) -> tuple[str, str]:
        """ONS code (empty where there is none) and name of the area."""
        level = self.text("geographiclevel").casefold()
        if level.startswith("nat"):
            codes, name = ("countrycode",), self.text("countryname")
        elif level.startswith("reg"):
            codes, name = ("regioncode",), self.text("regionname")
        else:
            # In some releases the two columns have changed places: DfE's own codes are
            # three digits, so the code is told by its form.
            codes, name = ("newlacode", "oldlacode", "lacode"), self.text("laname")  # type: ignore[assignment]
        texts = (self.text(code) for code in codes)
        return next((code for code in texts if _ONS_CODE.fullmatch(code)), ""), name

    @property
    def year(self) -> int | None:
        """The calendar year; None where the row covers another kind of period."""
        text, kind = self.text("timeperiod"), self.text("timeidentifier").casefold()
        return int(text) if _YEAR.fullmatch(text) and kind in ("", "calendar year") else None

    @property
    def cohort(self) -> str:
        """`all` for the total, else a name made of the breakdown (only where asked for)."""
        topic, group = self.text("breakdowntopic"), self.text("breakdown")
        if group.casefold().startswith(("all ", "tot")) or not group:
            return "all"
        return re.sub(r"\W+", "_", f"{topic} {group}").strip("_").casefold()


def _measures(table: Table, registry: Registry, columns: Mapping[str, int]) -> dict[int, Measure]:
    """Which measure each column holds; the newest of a measure's names that is there."""
    found = {}
    for measure in registry.measures.values():
        names = [_plain(name) for name in measure.dfe.columns] if measure.dfe else []
        at = next((columns[name] for name in names if name in columns), None)
        if at is not None:
            found[at] = measure
    return found


def _reading(text: str, measure: Measure) -> Reading | None:
    """A cell of DfE's as a reading; None where it is neither a number nor one of its codes."""
    code = _CODES.get(text.casefold())
    if code:
        return Reading(None, measure.unit, code, raw=text)
    value = _number(text)
    return None if value is None else Reading(value, measure.unit, raw=text)


def _read_row(file: _File, row: _Row, measures: Mapping[int, Measure]) -> Iterator[Observation]:
    area, name = row.area
    line = f"line {row.cells[0].place.row}"
    if not area:
        file.odd["dfe-area", "have no code of an area and are left out"].append(line)
        return
    year = row.year
    if year is None:
        file.odd["dfe-period", "are not about a calendar year and are left out"].append(line)
        return
    period = Period("calendar_year", date(year, 1, 1), date(year, 12, 31))
    for column, cell in enumerate(row.cells):
        printed = file.table.rows[0][column].text
        measure = measures.get(column)
        if measure is None:
            _note_impossible(file, printed, cell.text, f"{name or area} {year}")
            continue
        locator = f"{file.table.title}, {name or area}, {year}, {printed}"
        if not cell.text:
            continue
        reading = _reading(cell.text, measure)
        if reading is None:
            file.findings.append(
                Finding(
                    "cell-unreadable",
                    "warning",
                    f"“{cell.text[:60]}” is neither a number nor one of DfE's codes.",
                    (f"{locator} ({line})",),
                )
            )
            continue
        yield Observation(
            authority=area,
            measure=measure.id,
            cohort=row.cohort,
            period=period,
            reading=reading,
            published=file.published,
            source=file.document.source.title,
            table="dfe",
            locator=locator,
        )


def _note_impossible(file: _File, column: str, text: str, where: str) -> None:
    """A number that cannot be, in a column that no measure takes: worth knowing of a release."""
    value = _number(text) if text.startswith("-") or column.casefold().startswith("pc_") else None
    if value is not None and value < 0:
        file.odd["dfe-impossible", f"“{column}” is less than 0"].append(f"{where} ({text})")
    elif value is not None and value > 100 and column.casefold().startswith("pc_"):
        file.odd["dfe-impossible", f"“{column}” is over 100%"].append(f"{where} ({text})")


def _once(file: _File) -> None:
    """Of rows that stand twice with equal figures one is kept; of differing ones none."""
    held: dict[object, list[Observation]] = defaultdict(list)
    for found in file.observations:
        held[found.series, found.period].append(found)
    file.observations = []
    for versions in held.values():
        first = versions[0]
        if len({(v.value, v.status) for v in versions}) == 1:
            file.observations.append(first)
            continue
        printed = " and ".join(dict.fromkeys(v.reading.raw for v in versions))
        file.findings.append(
            Finding(
                "dfe-twice",
                "warning",
                f"The file gives this figure more than once, as {printed}; none is taken.",
                (first.locator,),
            )
        )


def _say_odd(file: _File) -> None:
    title = file.table.title
    for (code, what), places in file.odd.items():
        count = len(places)
        impossible = code == "dfe-impossible"
        message = (
            f"{title}: {what} in {count} {'row' if count == 1 else 'rows'}; the column is not "
            "taken up here, so no figure rests on it."
            if impossible
            else f"{title}: {count} {'row' if count == 1 else 'rows'} {what}."
        )
        places_named = tuple(f"{title}, {place}" for place in places)
        file.findings.append(
            Finding(code, "note" if impossible else "warning", message, places_named)
        )


def _listed(title: str, data: Path = DATA) -> date | None:
    """The date of a release, where its title is listed among those held."""
    try:
        held = yaml.safe_load((data / "benchmarks" / "releases.yaml").read_text(encoding="utf-8"))
        dates = {release["title"]: release["published"] for release in held["releases"]}
    except (OSError, yaml.YAMLError, KeyError, TypeError):
        return None
    found = dates.get(title)
    return found if isinstance(found, date) else None


def _read_file(file: _File, registry: Registry) -> None:
    columns = file.columns
    measures = _measures(file.table, registry, columns)
    if not measures:
        file.findings.append(
            Finding(
                "dfe-columns",
                "note",
                f"{file.table.title}: no column is one that a measure takes. DfE may have "
                "renamed it: its new name belongs into the measure's file.",
                (file.table.title,),
            )
        )
        return
    for cells in file.table.rows[1:]:
        file.observations += _read_row(file, _Row(cells, columns), measures)
    _once(file)
    _say_odd(file)


def read(
    document: Document, registry: Registry
) -> tuple[tuple[Observation, ...], tuple[Finding, ...]]:
    """What a document of form `dfe` says: observations of every area, and what is odd in it.

    No file of a release says when it came out: without `source.published` the date is the
    one that `benchmarks/releases.yaml` has for it, else the first day there is.
    """
    published = document.source.published or _listed(document.source.title) or date.min
    observations: list[Observation] = []
    findings: list[Finding] = []
    for table in document.tables:
        file = _File(table, document, published)
        _read_file(file, registry)
        observations += file.observations
        findings += file.findings
    return tuple(observations), tuple(findings)
