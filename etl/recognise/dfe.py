"""DfE's tables on how long plans and reviews took -> observations of every area in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from etl.dfe import named_for, plain
from etl.dfe_columns import measures_in
from etl.model import Document, Finding, Observation, Registry
from etl.recognise.dfe_file import File, figures, named_twice, note_odd, rows_of

_YEAR = re.compile(r"reporting year (20[0-9]{2})")
_PLACES = 50  # named one by one; the real release has 33 of a kind


def _say_odd(file: File) -> None:
    title = file.title
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


def _read_file(file: File, registry: Registry) -> None:
    measures = measures_in(file.title, file.frame.names, registry)
    if not measures:
        message = (
            f"{file.title}: no column is one that a measure takes. DfE may have "
            "renamed it: its new name belongs into the measure's file."
        )
        file.findings.append(Finding("dfe-columns", "note", message, (file.title,)))
        return
    file.findings += named_twice(file, measures)
    rows = rows_of(file)
    note_odd(file, rows, measures)
    file.observations, findings = figures(
        file, rows[(rows["area"] != "") & (rows["when"] != "")], measures
    )
    file.findings += findings
    _say_odd(file)


def lacking(document: Document, registry: Registry) -> Iterator[tuple[str, Finding]]:
    """Each measure that declares a column which its file, or a whole release, does not have,
    and a note that says so. Releases before the first one with the column are passed over."""
    if document.source.form != "dfe":
        return
    year = _YEAR.search(document.source.title)
    files = [file.title for file in document.frames]
    files += [table.title for table in document.tables]
    have = {frame.title: set(map(plain, frame.names)) for frame in document.frames}
    for measure in registry.measures.values():
        wanted = measure.dfe
        if wanted is None or (year and int(year[1]) < wanted.since):
            continue
        if wanted.publication not in document.source.title:
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
    for frame in document.frames:
        file = File(frame, document, published, ours)
        _read_file(file, registry)
        observations += file.observations
        findings += file.findings
    return tuple(observations), tuple(findings)
