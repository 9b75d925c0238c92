"""The scorecards of tests/scorecards as other councils would read them: their own registry."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

from etl import readers, registry
from etl.layouts import declared, reading
from etl.layouts.agreement import Figure
from etl.layouts.facets import OWN
from etl.layouts.reading import TableRead
from etl.model import Cohort, Council, Document, Measure, Registry
from etl.tidy import shortest

CARDS = Path(__file__).resolve().parents[2] / "scorecards"
PAPERS = Path(__file__).with_name("papers")
NAMES = sorted(path.parent.name for path in CARDS.glob("*/truth.csv"))
PARTS = ("numerator", "denominator")
Key = tuple[str, ...]


def truth(card: str) -> list[dict[str, str]]:
    """The figures of a scorecard; ratings and directions, which are no figures, left out."""
    with (CARDS / card / "truth.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["unit"]]


def measure_of(row: Mapping[str, str]) -> str:
    """The measure's id: the project's, or one after its words where it has none."""
    if row["role"] in PARTS:
        return ""
    return row["measure"] or re.sub("[^a-z0-9]+", "_", row["measure_words"].lower()).strip("_")[:60]


@cache
def registry_of(card: str, *, paper: bool = True) -> Registry:
    """This project's measures, one for each row that it has none for, and the council's file."""
    held = registry.load()
    council = yaml.safe_load((CARDS / card / "council.yaml").read_text(encoding="utf-8"))
    measures = dict(held.measures)
    for row in truth(card):
        name = measure_of(row)
        if name and name not in measures:
            cohorts = {c: Cohort(row["measure_words"]) for c in ("all", "ehcp", "lac")}
            cohorts["sen_support"] = Cohort(row["measure_words"])
            nature = "stock" if row["span"] == "point_in_time" else "flow"
            measures[name] = Measure(
                id=name,
                title=row["measure_words"],
                theme="plans",
                unit=row["unit"],  # type: ignore[arg-type]
                cohorts=cohorts,
                better="none",
                nature=nature,  # type: ignore[arg-type]
                counts="",
                why="",
            )
    found = replace(
        held,
        council=Council(neighbours=(), **council),
        measures=measures,
        layouts=tuple(one for one in held.layouts if one not in held.paper.layouts),
        paper=type(held.paper)(),
    )
    if not paper:
        return found
    problems: list[str] = []
    own = declared.read_paper(PAPERS / f"{card}.yaml", measures, problems)
    assert own is not None, problems
    assert problems == []
    return replace(found, paper=own, layouts=(*own.layouts, *found.layouts))


@cache
def document(card: str) -> Document:
    """A scorecard with all its tables, those of running text among them."""
    found = readers.read(next((CARDS / card).glob("scorecard.*")))
    return replace(found, tables=reading.tables_of(found, registry_of(card)))


def key_of(figure: Figure, held: Registry) -> Key:
    """A figure as a row of truth names it."""
    names = {area.code: area.name for area in held.areas}
    area = held.council.short_name if figure.area == OWN else names.get(figure.area, figure.area)
    measure = "" if figure.role in PARTS else figure.ref.measure
    when = figure.period
    days = (when.span, str(when.start), str(when.end)) if when else ("", "", "")
    return figure.role, measure, figure.ref.cohort, area, *days


@dataclass(frozen=True)
class Score:
    """How many actual figures of a scorecard were read, of how many; what was read wrongly."""

    actual: int
    of: int
    wrong: tuple[str, ...]


def score(card: str, found: list[TableRead], held: Registry) -> Score:
    """The figures read against the truth. An earlier figure may be kept without its period."""
    left: dict[Key, list[str]] = defaultdict(list)
    for row in truth(card):
        days = (row["span"], row["period_start"], row["period_end"])
        key = (row["role"], measure_of(row), row["cohort"], row["area"], *days)
        left[key].append(row["value"])
        if row["role"] == "previous":
            left[*key[:4], "", "", ""].append(row["value"])
    actual, wrong = 0, []
    for figure in figures(found):
        value, key = shortest(figure.reading.value), key_of(figure, held)
        if value in left[key]:
            left[key].remove(value)
            actual += figure.role == "actual"
        elif figure.reading.value is not None and figure.role != "forecast":
            wrong.append(f"{figure.locator}: {value} as {key}")
    total = sum(row["role"] == "actual" for row in truth(card))
    return Score(actual, total, tuple(wrong))


def figures(found: list[TableRead]) -> Iterator[Figure]:
    for table in found:
        yield from table.figures


def read(card: str, *, paper: bool = True) -> Score:
    """A scorecard as its council reads it, or (`paper=False`) as it comes."""
    held = registry_of(card, paper=paper)
    return score(card, list(reading.read(document(card).tables, held)), held)
