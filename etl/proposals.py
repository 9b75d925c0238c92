"""A council's own table -> measures proposed for the rows that no measure is known for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import yaml

from etl import cells
from etl.layouts import reading
from etl.layouts.words import Words
from etl.model import Cell, Document, Reading, Registry, Unit
from etl.text.signs import squash

TODO = "TODO"
_FIGURES = 2  # a row of a table has at least as many
_LETTERS = 6  # of a row's heading
_LONGEST = 60  # characters of a measure's id
_MOST = 200  # rows proposed of one file


@dataclass(frozen=True)
class Proposed:
    """A row of the paper for which a measure is to be declared: `name` is the measure's id."""

    name: str
    label: str
    unit: Unit
    decimals: int
    place: str


def rows(document: Document, registry: Registry) -> tuple[list[str], list[Proposed]]:
    """The labels that are known, and a measure for each other row with figures, in order."""
    words = Words(registry)
    known: list[str] = []
    proposed: dict[str, Proposed] = {}
    for table in reading.tables_of(document, registry):
        for row in () if table.hidden else table.rows:
            label, readings = _row(row)
            if len(readings) < _FIGURES or not label:
                continue
            if squash(label) in words.labels or squash(words.caption(label)) in words.labels:
                known.append(label)
            elif label not in proposed and len(proposed) < _MOST:
                taken = {*registry.measures, *(one.name for one in proposed.values())}
                proposed[label] = _proposed(label, readings, str(row[0].place), taken)
    return list(dict.fromkeys(known)), list(proposed.values())


def write(folder: Path, proposed: Sequence[Proposed]) -> None:
    """A file a measure under `folder`/measures, with what only its council knows left to do."""
    (folder / "measures").mkdir(exist_ok=True)
    for number, one in enumerate(proposed, start=1):
        said = {
            "title": one.label,
            "theme": "plans",
            "unit": one.unit,
            "decimals": one.decimals,
            "better": "none",
            "nature": "share" if one.unit == "percent" else "flow",
            "counts": f"{TODO}: what is counted, and of whom. The paper prints: {one.label}",
            "why": f"{TODO}: why it matters",
            "cohorts": {"all": {"title": one.label, "order": number, "labels": [one.label]}},
        }
        text = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=96)
        head = (
            f"# {TODO}: check unit, better (higher, lower), nature and theme. From {one.place}.\n"
        )
        (folder / "measures" / f"{one.name}.yaml").write_text(head + text, encoding="utf-8")


def left_to_do(folder: Path) -> Iterator[str]:
    """What a council's files leave to do: file, line and the words after TODO."""
    for file in sorted(folder.rglob("*.yaml")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if TODO in line:
                what = line.partition(TODO)[2].strip(": '")
                yield f"{file.relative_to(folder)}, line {number}: {what}"


def _row(row: Sequence[Cell]) -> tuple[str, list[Reading]]:
    """A row's heading, the first cell of words, and the figures behind it."""
    for at, cell in enumerate(row):
        if sum(char.isalpha() for char in cell.text) >= _LETTERS:
            read = (cells.parse(one.text) for one in row[at + 1 :] if one.text)
            return " ".join(cell.text.split()), [one for one in read if isinstance(one, Reading)]
        if isinstance(cells.parse(cell.text), Reading) and at:
            break
    return "", []


def _proposed(
    label: str, readings: Sequence[Reading], place: str, taken: Collection[str]
) -> Proposed:
    decimals = max(_decimals(one) for one in readings)
    unit: Unit = Counter(one.unit or "count" for one in readings).most_common(1)[0][0]
    if unit == "count" and decimals:  # no count has decimals; of how many it is, the paper knows
        unit = "rate_per_100"
    words = label.casefold().replace("%", " percent ")
    slug = re.sub("[^a-z0-9]+", "_", words)[:_LONGEST].strip("_")
    names = (f"{slug}_{number}" if number > 1 else slug for number in count(1))
    return Proposed(next(n for n in names if n not in taken), label, unit, decimals, place)


def _decimals(reading: Reading) -> int:
    if reading.value is None:
        return 0
    return max(0, -int(reading.value.as_tuple().exponent))
