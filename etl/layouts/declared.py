"""Files of layouts, words and printed labels -> their types, every mistake with file and line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from etl.layouts import patterns
from etl.model import HeadingWords, Layout, Measure, Paper, PrintedLabel

FOLDER = "layouts"
LAYOUTS, _WORDS = "layouts.yaml", "words.yaml"
# The same safe subset of YAML, by the C parser where PyYAML was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_strict = with_config(ConfigDict(extra="forbid"))
for _type in (Layout, PrintedLabel, HeadingWords, Paper):
    _strict(_type)
_paper = TypeAdapter(Paper)
_shipped = TypeAdapter(tuple[Layout, ...])
_lists = TypeAdapter(dict[str, tuple[str, ...]])


@dataclass(frozen=True)
class Declared:
    """What is known of tables: the layouts, the council's own first; its paper; the words."""

    layouts: tuple[Layout, ...] = ()
    paper: Paper = field(default_factory=Paper)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def load(own: Path, nation: Path, measures: Mapping[str, Measure], problems: list[str]) -> Declared:
    """A council's file `own`, if it is there, above the shipped ones of the folder `nation`.

    Adds a line to `problems` for each mistake: file, line, and what is wrong there.
    """
    shipped = _read(nation / LAYOUTS, _shipped, problems) or ()
    words = _words(nation / _WORDS, problems)
    paper = (read_paper(own, measures, problems) if own.exists() else None) or Paper()
    problems += _twice(paper.layouts)
    return Declared((*paper.layouts, *shipped), paper, words)


def read_paper(file: Path, measures: Mapping[str, Measure], problems: list[str]) -> Paper | None:
    """One council's file; None where it is wrong. `problems` gets a line for each mistake."""
    paper: Paper | None = _read(file, _paper, problems)
    if paper is not None:
        problems += _unknown(file, paper, measures)
    return paper


def _words(file: Path, problems: list[str]) -> Mapping[str, tuple[str, ...]]:
    """The vocabulary's lists; those within `roles` as "role actual" and so on."""
    read, _ = _yaml(file, problems)
    if not isinstance(read, dict):
        return {}
    flat = {f"role {name}": words for name, words in (read.pop("roles", None) or {}).items()}
    try:
        return _lists.validate_python({**read, **flat})
    except ValidationError as error:
        problems += [f"{_name(file)}: {_where(e['loc'])}: {e['msg']}" for e in error.errors()]
        return {}


def _yaml(file: Path, problems: list[str]) -> tuple[Any, yaml.Node | None]:
    """What a file says, and where each part of it stands; None where it is not readable."""
    try:
        text = file.read_text(encoding="utf-8")
        return yaml.load(text, Loader=_LOADER), yaml.compose(text, Loader=_LOADER)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        said = " ".join(str(error).split())
        problems.append(f"{_name(file)}: not readable as YAML: {said}")
        return None, None


def _read(file: Path, wanted: TypeAdapter[Any], problems: list[str]) -> Any:
    read, node = _yaml(file, problems)
    if read is None:
        return None
    entries = read if isinstance(read, list) else (read.get("layouts") or [])
    at: tuple[str, ...] = () if isinstance(read, list) else ("layouts",)
    for number, entry in enumerate(entries if isinstance(entries, list) else []):
        if isinstance(entry, dict):
            entry["origin"] = f"{_name(file)}, line {_line(node, (*at, number))}"
    try:
        found = wanted.validate_python(read)
    except ValidationError as error:
        problems += [
            f"{_name(file)}, line {_line(node, e['loc'])}: {_where(e['loc'])}: {_says(e)}"
            for e in error.errors()
        ]
        return None
    problems += list(_bad_patterns(file, node, found, at))
    return found


def _says(error: Any) -> str:
    """What is wrong, in words of the file rather than of Python."""
    if error["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        return "no such key; docs/layouts.md has them all"
    return str(error["msg"])


def _bad_patterns(file: Path, node: yaml.Node | None, found: Any, at: tuple[str, ...]) -> list[str]:
    """What is wrong with the patterns, cell forms and period forms of a file."""
    layouts = found.layouts if isinstance(found, Paper) else found
    wrong: list[tuple[tuple[Any, ...], str]] = []
    for number, layout in enumerate(layouts):
        for key in ("title", "totals"):
            if pattern := getattr(layout, key):
                wrong.append(((*at, number, key), patterns.problem(pattern)))
        wrong += [
            ((*at, number, "cells", n), patterns.cell_problem(form))
            for n, form in enumerate(layout.cells)
        ]
    if isinstance(found, Paper):
        wrong += [(("cells", n), patterns.cell_problem(f)) for n, f in enumerate(found.cells)]
        wrong += [(("periods", n), patterns.period_problem(f)) for n, f in enumerate(found.periods)]
        if found.card:
            wrong.append((("card",), patterns.card_problem(found.card)))
        if found.card_period:
            wrong.append((("card_period",), patterns.period_problem(found.card_period)))
    return [
        f"{_name(file)}, line {_line(node, place)}: {_where(place)}: {problem}"
        for place, problem in wrong
        if problem
    ]


def _unknown(file: Path, paper: Paper, measures: Mapping[str, Measure]) -> list[str]:
    """Labels that stand for a measure or cohort that no file declares."""
    _, node = _yaml(file, [])
    return [
        f"{_name(file)}, line {_line(node, ('labels', label))}: labels: no measure and cohort "
        f"{said.measure}/{said.cohort}"
        for label in paper.labels
        for said in paper.labelled(label)
        if said.measure not in measures or said.cohort not in measures[said.measure].cohorts
    ]


def _twice(layouts: Sequence[Layout]) -> list[str]:
    """Two layouts of a council that would claim the same tables: of one shape and one title."""
    seen: dict[object, Layout] = {}
    problems = []
    for one in layouts:
        key = (one.title, one.rows, tuple(sorted(one.columns)), one.measure, one.period)
        if key in seen:
            problems.append(
                f"{one.origin}: layout {one.layout} claims the same tables as "
                f"{seen[key].layout} ({seen[key].origin}); give one of them another title"
            )
        seen.setdefault(key, one)
    return problems


# --- where a thing stands ---------------------------------------------------------------


def _name(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"


def _where(loc: Sequence[Any]) -> str:
    return ".".join(str(part) for part in loc)


def _line(node: yaml.Node | None, loc: Sequence[Any]) -> int:
    """The line on which the part of a file stands that `loc` leads to, counted from 1."""
    line = node.start_mark.line if node else 0
    for part in loc:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            if part >= len(node.value):
                break
            node = node.value[part]
            line = node.start_mark.line
        elif isinstance(node, yaml.MappingNode):
            pair = next((p for p in node.value if p[0].value == str(part)), None)
            if pair is None:
                continue
            line, node = pair[0].start_mark.line, pair[1]
    return line + 1
