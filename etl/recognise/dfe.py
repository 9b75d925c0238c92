"""DfE's tables on how long plans and reviews took -> observations of every area in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from etl.model import (
    Document,
    Finding,
    Measure,
    Observation,
    Registry,
    Table,
)
from etl.periods import label
from etl.readers.dfe import filters
from etl.readers.dfe_files import named_for, plain
from etl.recognise.dfe_rows import Row, measures_in, number, reading

_YEAR = re.compile(r"reporting year (20[0-9]{2})")
_PLACES = 50  # named one by one; the real release has 33 of a kind


@dataclass
class _File:
    """One of a release's files while it is read."""

    table: Table
    document: Document
    published: date
    ours: frozenset[str]  # the council, and the areas that it is compared with
    observations: list[Observation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    # What does not belong, gathered so that a file gives one finding a kind, not one a row.
    odd: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def columns(self) -> dict[str, int]:
        """The place of each column by its plain name; of two with one name the first."""
        names = [plain(cell.text) for cell in self.table.rows[0]]
        return {name: names.index(name) for name in names}


def _named_twice(file: _File, measures: dict[int, Measure]) -> Iterator[Finding]:
    """A measure whose column's name stands twice over different figures is not read."""
    names = [plain(cell.text) for cell in file.table.rows[0]]
    for at in list(measures):
        same = [n for n, name in enumerate(names) if name == names[at]]
        if any(len({row[n].text for n in same}) > 1 for row in file.table.rows[1:]):
            printed = file.table.rows[0][at].text
            yield Finding(
                "dfe-columns",
                "warning",
                f"{file.table.title}: the column “{printed}” stands twice, with different "
                f"figures; neither is read.",
                (f"{file.table.title}, {printed}",),
            )
            del measures[at]


def _read_row(
    file: _File, row: Row, measures: Mapping[int, Measure], groups: Sequence[int]
) -> Iterator[Observation]:
    area, name = row.area
    cohort = row.cohort(groups, file.table.rows[0])
    who = "" if cohort == "all" else f", {cohort}"
    line = f"line {row.cells[0].place.row}"
    if not area:
        file.odd["dfe-area", "without the code of an area"].append(line)
        return
    period = row.period
    if period is None:
        file.odd["dfe-period", "not about a year or a term"].append(line)
        return
    when = label(period)
    for column, cell in enumerate(row.cells):
        printed = file.table.rows[0][column].text
        measure = measures.get(column)
        if measure is None:
            where = f"{name or area} {when}{who}" if area in file.ours else ""
            _note_impossible(file, printed, cell.text, where)
            continue
        locator = f"{file.table.title}, {name or area}, {when}{who}, {printed}"
        if not cell.text:
            continue
        said = reading(cell.text, measure)
        if said is None:
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
            cohort=cohort,
            period=period,
            reading=said,
            published=file.published,
            source=file.document.source.title,
            table="dfe",
            locator=locator,
        )


def _note_impossible(file: _File, column: str, text: str, where: str) -> None:
    """A number that cannot be, in a column that no measure takes: worth knowing of a release.

    `where` is empty for an area that nothing here is compared with: it is counted, not named.
    """
    where = f"{where} ({text})" if where else ""
    value = number(text) if text.startswith("-") or column.casefold().startswith("pc_") else None
    if value is not None and value < 0:
        file.odd["dfe-impossible", f"“{column}” is less than 0"].append(where)
    elif value is not None and value > 100 and column.casefold().startswith("pc_"):
        file.odd["dfe-impossible", f"“{column}” is over 100%"].append(where)


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
            else f"{title}: {count} {'row' if count == 1 else 'rows'} {what} "
            f"{'is' if count == 1 else 'are'} left out."
        )
        named = [place for place in places if place][:_PLACES]
        places_named = tuple(f"{title}, {place}" for place in named)
        if more := count - len(named):
            rows = "row" if more == 1 else "rows"
            said = f"{more:,} {rows} of other areas" if impossible else f"{more:,} more {rows}"
            places_named += (f"{title}, {said}",)
        file.findings.append(
            Finding(code, "note" if impossible else "warning", message, places_named)
        )


def _listed(title: str, registry: Registry) -> date | None:
    """The date of a release, where its title is among those whose date is known."""
    return next((one.published for one in registry.dfe_releases if one.title == title), None)


def _read_file(file: _File, registry: Registry) -> None:
    columns = file.columns
    names = [cell.text for cell in file.table.rows[0]]
    measures = measures_in(file.table.title, names, registry)
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
    file.findings += _named_twice(file, measures)
    header, *rows = file.table.rows
    groups = filters(
        [cell.text.casefold() for cell in header], ([cell.text for cell in row] for row in rows)
    )
    for cells in rows:
        file.observations += _read_row(file, Row(cells, columns), measures, groups)
    _once(file)
    _say_odd(file)


def lacking(document: Document, registry: Registry) -> Iterator[tuple[str, Finding]]:
    """Each measure that declares a column which its file, or a whole release, does not have,
    and a note that says so. Releases before the first one with the column are passed over."""
    if document.source.form != "dfe":
        return
    year = _YEAR.search(document.source.title)
    files = [table.title for table in document.tables]
    read = [table for table in document.tables if not table.hidden]
    have = {table.title: {plain(cell.text) for cell in table.rows[0]} for table in read}
    for measure in registry.measures.values():
        wanted = measure.dfe
        if wanted is None or (year and int(year[1]) < wanted.since):
            continue
        names = {plain(name) for name in wanted.columns}
        its = [file for file in files if named_for(file, wanted.file)]
        if any(names & columns for columns in have.values()) or not (its or len(files) > 1):
            continue
        where = f"{its[0]} has none of these columns" if its else "it has no such file"
        place = its[0] if its else document.source.name
        message = (
            f"{document.source.name}: {measure.title} declares under dfe "
            f"{', '.join(wanted.columns)} of {wanted.file}; {where}. DfE may have renamed it."
        )
        yield measure.id, Finding("dfe-columns", "note", message, (place,))


def read(
    document: Document, registry: Registry
) -> tuple[tuple[Observation, ...], tuple[Finding, ...]]:
    """What a document of form `dfe` says: observations of every area, and what is odd in it.

    No file of a release says when it came out: without `source.published` the date is the
    one that `releases.yaml` has for it, else the first day there is.
    """
    published = document.source.published or _listed(document.source.title, registry) or date.min
    council = registry.council
    ours = frozenset((council.authority, council.region, council.country, *council.areas))
    observations: list[Observation] = []
    findings: list[Finding] = []
    for table in document.tables:
        if table.hidden:
            continue
        file = _File(table, document, published, ours)
        _read_file(file, registry)
        observations += file.observations
        findings += file.findings
    return tuple(observations), tuple(findings)
