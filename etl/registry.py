"""YAML under `data/` -> the registry: what is declared rather than published."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from etl import aliases, data_folder, declared_council, model
from etl.data_folder import national
from etl.declared_files import Files, name_of
from etl.layouts import declared
from etl.model import Measure, Registry, UserError

DATA = data_folder.PROJECT

DFE_LISTING = "dfe/releases.yaml"
MEASURES = "measures"  # the folder of measures, the nation's and a council's own
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")  # a release's: a folder's name, too


def _measures(data: Path, council: Path, files: Files) -> dict[str, Measure]:
    """Each measure's file, the nation's and the council's own, with what the council's papers
    print and leave open over it."""
    declared = {
        file.stem: file
        for folder in (national(data, MEASURES), council / MEASURES)
        for file in sorted(folder.glob("*.yaml"))
    }
    measures = {
        name: measure
        for name, file in sorted(declared.items())
        if (measure := files.load(file, Measure, None, id=name))
    }
    file = council / "printed.yaml"
    printed = files.read(file, {})
    if not isinstance(printed, dict) or not all(isinstance(own, dict) for own in printed.values()):
        files.problems.append(
            f"{name_of(file)}: says something else than `measure: {{name: value}}`"
        )
        return measures
    for printed_name, own in printed.items():
        name = files.names.measure(printed_name)
        if name not in measures:
            files.problems.append(f"{name_of(file)}: no measure {name}")
            continue
        said = files.read(declared[name], {})
        found = files.valid(file, Measure, None, {**_over(said, own), "id": name})
        measures[name] = found or measures[name]
    return measures


def _by_title(measure: Measure) -> Measure:
    """A measure that councils report, each row of which the council does not say how its papers
    print it, printed as its title; a group's with the measure's name before it."""
    if measure.dfe or measure.span == "calendar_year":
        return measure
    cohorts = {}
    for number, (name, cohort) in enumerate(measure.cohorts.items()):
        title = f"{measure.title}: {cohort.title}" if number else measure.title
        cohorts[name] = cohort if cohort.labels else replace(cohort, labels=(title,), titled=True)
    return replace(measure, cohorts=cohorts)


def _over(general: Any, own: Any) -> Any:
    """One council's words over those for every council: a list stands before, a text instead."""
    if isinstance(general, dict) and isinstance(own, dict):
        return {**general, **{name: _over(general.get(name), of) for name, of in own.items()}}
    if isinstance(general, list) and isinstance(own, list):
        return [*own, *general]
    return own


def _dangling(registry: Registry) -> list[str]:
    """References to a measure or cohort that no file declares."""

    def known(ref: model.MeasureRef) -> bool:
        measure = registry.measures.get(ref.measure)
        return measure is not None and ref.cohort in measure.cohorts

    problems = []
    themes = {theme.id for theme in registry.themes}
    for measure in registry.measures.values():
        if measure.theme not in themes:
            problems.append(f"{measure.id}.yaml: theme {measure.theme!r} is not in themes.yaml")
        for name, cohort in measure.cohorts.items():
            refs = [*cohort.relations, *([cohort.population] if cohort.population else [])]
            problems += [
                f"{measure.id}.yaml: cohort {name}: no measure and cohort {'/'.join(ref)}"
                for ref in refs
                if not known(ref)
            ]
    for target in registry.targets:
        problems += [
            f"targets.yaml: {target.id}: no measure and cohort {'/'.join(ref)}"
            for ref in target.measures
            if not known(ref)
        ]
    for event in registry.events:
        problems += [
            f"events.yaml: {event.id}: no measure {name}"
            for name in event.measures
            if name not in registry.measures
        ]
    for answer in registry.answers:
        if answer.measure and answer.measure not in registry.measures:
            problems.append(f"answers.yaml: {answer.code}: no measure {answer.measure}")
    return problems


def _repeated(registry: Registry) -> list[str]:
    """Names that two targets or two events bear: one would silently take the other's place."""
    named = (("targets.yaml", registry.targets), ("events.yaml", registry.events))
    return [
        f"{file}: {name} stands {count} times"
        for file, entries in named
        for name, count in Counter(entry.id for entry in entries).items()
        if count > 1
    ]


# What a column of a committee's table can cover; a quarter of the outturn is the outturn's.
_SHOWN: tuple[model.Span, ...] = (
    "month",
    "financial_year_to_date",
    "calendar_year_to_date",
    "calendar_year",
    "academic_year",
    "term",
)


def _not_shown(registry: Registry) -> list[str]:
    """Spans of measures that no page could show: their figures would be held and never seen."""
    return [
        f"{measure.id}.yaml: span: {measure.span} cannot be shown yet; its figures can be "
        f"{', '.join(_SHOWN[:-1])} or {_SHOWN[-1]}"
        for measure in registry.measures.values()
        if measure.span not in _SHOWN
    ]


def _both(
    nations: Path, councils: Path, kind: Any, files: Files, measures: Mapping[str, Measure]
) -> tuple[Any, ...]:
    """What holds for every council, then a council's own; an entry that stands in both is one.

    A council need not have every measure that the nation's entries speak of.
    """
    shared = [
        replace(entry, measures=known)
        for entry in files.load(nations, tuple[kind, ...], ())
        if (known := tuple(ref for ref in entry.measures if _measure_of(ref) in measures))
        or not entry.measures
    ]
    own = files.load(councils, tuple[kind, ...], ())
    return (*shared, *(entry for entry in own if entry not in shared))


def _measure_of(ref: str | model.MeasureRef) -> str:
    return ref if isinstance(ref, str) else ref.measure


_MANY = ("successors", "spellings")  # columns of areas.csv with several entries


def _areas(data: Path, files: Files) -> tuple[model.Area, ...]:
    """The areas of England; a folder without the table has that of the project."""
    file = national(data, "areas.csv")
    with file.open(encoding="utf-8", newline="") as text:
        rows = [
            {
                name: tuple(value.split("|")) if name in _MANY else value
                for name, value in row.items()
                if value
            }
            for row in csv.DictReader(text)
        ]
    found: tuple[model.Area, ...] = files.valid(file, tuple[model.Area, ...], (), rows)
    return found


def _neighbours(file: Path, files: Files) -> dict[str, tuple[model.NeighbourList, ...]]:
    """Every authority's statistical neighbours, by its code: README there."""
    lists: dict[str, tuple[model.NeighbourList, ...]] = {}
    with file.open(encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            said = {
                "start": row["start"],
                "source": row["source"],
                "areas": tuple((row["neighbours"] or "").split("|")),
            }
            if known := files.valid(file, model.NeighbourList, None, said):
                authority = row["authority"]
                lists[authority] = (*lists.get(authority, ()), known)
    return lists


def _dfe_listing(data: Path, files: Files) -> model.DfeListing:
    """DfE's releases whose dates are known: those of `data`, else the project's own."""
    file = national(data, DFE_LISTING)
    found: model.DfeListing | None = files.load(file, model.DfeListing, None)
    listing = found or model.DfeListing(())
    ids = Counter(release.id for release in listing.releases)
    files.problems += [
        f"{name_of(file)}: the id {name!r} "
        + ("is none" if not _ID.fullmatch(name) else "stands twice")
        for name, count in ids.items()
        if count > 1 or not _ID.fullmatch(name)
    ]
    return listing


def _licences(data: Path, council: Path) -> dict[str, model.Licence]:
    """The licence of each publication that stands in the data folder, by its title.

    What else is wrong with these files is told by those who read them for their figures.
    """
    found = {}
    for file in (national(data, DFE_LISTING), *sorted(council.rglob("source.yaml"))):
        said = Files().read(file, {})
        said = said if isinstance(said, dict) else {}
        licence, url = said.get("licence"), said.get("licence_url") or ""
        listed = said.get("releases") or [said]
        titles = [one.get("title") for one in listed if isinstance(one, dict)]
        if licence:
            text = " ".join(str(licence).split())
            found.update(dict.fromkeys(map(str, titles), model.Licence(text, str(url))))
    return found


def areas(data: Path = DATA) -> tuple[model.Area, ...]:
    """The areas of England by `data`, whatever councils it has. UserError where they are wrong."""
    files = Files()
    known = _areas(data, files)
    if files.problems:
        raise UserError("\n".join(files.problems))
    return known


def chosen() -> Registry:
    """The registry of the council that SEND_DATA, SEND_COUNCIL and `--council` choose."""
    return load(data_folder.root(), data_folder.asked())


@lru_cache(maxsize=8)
def load(data: Path = DATA, council: str = "") -> Registry:
    """The registry of a council in the folder `data`: of the one called `council`, else the only.

    Raises NoCouncil where that is none, and UserError that names every problem of every file
    at once.
    """
    own = data_folder.council(data, council)
    files = Files()
    nations = files.load(national(data, "aliases.yaml"), tuple[model.Alias, ...], ())
    changed = files.load(own / "aliases.yaml", tuple[model.Alias, ...], ())
    files.names = aliases.Names((*nations, *changed))
    stated = files.load(own / "council.yaml", model.Council, None)
    known = _areas(data, files)
    stated = stated and declared_council.placed(
        stated, known, _neighbours(national(data, "neighbours.csv"), files), files.problems
    )
    measures = _measures(data, own, files)
    measures = {name: _by_title(measure) for name, measure in measures.items()}
    tables = declared.load(
        own / declared.LAYOUTS, national(data, declared.FOLDER), measures, files.problems
    )

    def both(name: str, nations: str, kind: Any) -> tuple[Any, ...]:
        return _both(national(data, nations), own / name, kind, files, measures)

    registry = Registry(
        council=stated,
        measures=measures,
        themes=files.load(national(data, "themes.yaml"), tuple[model.Theme, ...], ()),
        meetings=files.load(own / "meetings.yaml", tuple[model.Meeting, ...], ()),
        targets=both("targets.yaml", "law.yaml", model.Target),
        events=both("events.yaml", "events.yaml", model.Event),
        answers=tuple(
            replace(answer, by=answer.by or model.EDITORS)
            for answer in files.load(own / "answers.yaml", tuple[model.Answer, ...], ())
        ),
        glossary=files.load(national(data, "glossary.yaml"), dict[str, str], {}),
        licences=_licences(data, own),
        areas=known,
        dfe_releases=_dfe_listing(data, files).releases,
        layouts=tables.layouts,
        paper=tables.paper,
        table_words=tables.words,
        aliases=(*nations, *changed),
    )
    problems = files.problems
    if registry.council is None:
        problems.append("council.yaml: missing or not readable")
    problems += _dangling(registry) + _repeated(registry) + _not_shown(registry)
    problems += aliases.problems(nations, changed, measures)
    if problems:
        raise UserError("\n".join(problems))
    return registry
