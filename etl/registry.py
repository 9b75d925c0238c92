"""YAML under `data/` -> the registry: what is declared rather than published."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from etl import model
from etl.declared_files import adapter, name_of, problems_of, read, typed, valid
from etl.model import Measure, Registry, UserError

DATA = Path(__file__).resolve().parent.parent / "data"


def _measures(data: Path, authority: str, problems: list[str]) -> dict[str, Measure]:
    """Each measure's file, with what the council's own papers print and leave open over it."""
    measures = {
        file.stem: measure
        for file in sorted((data / "measures").glob("*.yaml"))
        if (measure := typed(file, Measure, problems, None, id=file.stem))
    }
    file = data / "printed" / f"{authority}.yaml"
    printed = read(file, problems, {})
    if not isinstance(printed, dict) or not all(isinstance(own, dict) for own in printed.values()):
        problems.append(f"{name_of(file)}: says something else than `measure: {{name: value}}`")
        return measures
    for name, own in printed.items():
        if name not in measures:
            problems.append(f"{name_of(file)}: no measure {name}")
            continue
        said = read(data / "measures" / f"{name}.yaml", problems, {})
        found = valid(file, Measure, problems, None, {**_over(said, own), "id": name})
        measures[name] = found or measures[name]
    return measures


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


def _both(data: Path, nation: str, council: str, kind: Any, problems: list[str],
          measures: Mapping[str, Measure]) -> tuple[Any, ...]:  # fmt: skip
    """What holds for every council, then a council's own; an entry that stands in both is one.

    A data folder without the nation's file has the project's: no council can lose the law. A
    council need not have every measure that the nation's entries speak of.
    """
    file = data / "england" / nation
    file = file if file.exists() else DATA / "england" / nation
    national = [
        replace(entry, measures=known)
        for entry in typed(file, tuple[kind, ...], problems, ())
        if (known := tuple(ref for ref in entry.measures if _measure_of(ref) in measures))
        or not entry.measures
    ]
    own = typed(data / council, tuple[kind, ...], problems, ())
    return (*national, *(entry for entry in own if entry not in national))


def _measure_of(ref: str | model.MeasureRef) -> str:
    return ref if isinstance(ref, str) else ref.measure


_MANY = ("successors", "spellings")  # columns of areas.csv with several entries


def _areas(data: Path, problems: list[str]) -> tuple[model.Area, ...]:
    """The areas of England; a folder without the table has that of the project."""
    file = data / "england" / "areas.csv"
    if not file.exists():
        file = DATA / "england" / "areas.csv"
    with file.open(encoding="utf-8", newline="") as text:
        rows = [
            {
                name: tuple(value.split("|")) if name in _MANY else value
                for name, value in row.items()
                if value
            }
            for row in csv.DictReader(text)
        ]
    try:
        found: tuple[model.Area, ...] = adapter(tuple[model.Area, ...]).validate_python(rows)
        return found
    except ValidationError as error:
        problems.extend(problems_of(file, error))
        return ()


def _licences(data: Path) -> dict[str, model.Licence]:
    """The licence of each publication under `data`, by its title.

    What else is wrong with these files is told by those who read them for their figures.
    """
    files = (data / "benchmarks" / "releases.yaml", *sorted((data / "packs").glob("*/source.yaml")))
    found = {}
    for file in files:
        said = read(file, [], {})
        said = said if isinstance(said, dict) else {}
        licence, url = said.get("licence"), said.get("licence_url") or ""
        listed = said.get("releases") or [said]
        titles = [one.get("title") for one in listed if isinstance(one, dict)]
        if licence:
            text = " ".join(str(licence).split())
            found.update(dict.fromkeys(map(str, titles), model.Licence(text, str(url))))
    return found


@lru_cache(maxsize=8)
def load(data: Path = DATA) -> Registry:
    """The registry of the folder `data`.

    Raises UserError that names every problem of every file at once.
    """
    problems: list[str] = []
    council = typed(data / "council.yaml", model.Council, problems, None)
    measures = _measures(data, council.authority if council else "", problems)
    registry = Registry(
        council=council,
        measures=measures,
        themes=typed(data / "themes.yaml", tuple[model.Theme, ...], problems, ()),
        meetings=typed(data / "meetings.yaml", tuple[model.Meeting, ...], problems, ()),
        targets=_both(data, "law.yaml", "targets.yaml", model.Target, problems, measures),
        events=_both(data, "events.yaml", "events.yaml", model.Event, problems, measures),
        answers=tuple(
            replace(answer, by=answer.by or model.EDITORS)
            for answer in typed(data / "answers.yaml", tuple[model.Answer, ...], problems, ())
        ),
        glossary=typed(data / "glossary.yaml", dict[str, str], problems, {}),
        licences=_licences(data),
        areas=_areas(data, problems),
    )
    if registry.council is None:
        problems.append("council.yaml: missing or not readable")
    problems += _dangling(registry) + _repeated(registry)
    if problems:
        raise UserError("\n".join(problems))
    return registry
