"""Norfolk's tables by their two layout files, held against the older recognition."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from etl import readers, registry
from etl.layouts import reading
from etl.tidy import row
from tests.folders import PACKS

ROOT = Path(__file__).resolve().parents[3]
PACK = "2022-03-18"


def test_the_tables_give_the_same_rows_as_ever() -> None:
    """All 345 figures of the pack's appendix and outturn, with place and printed text."""
    held = registry.load()
    document = readers.read(PACKS / PACK)
    found = list(reading.read(document.tables, held))
    given = Counter(
        tuple(row(one).values())
        for table in found
        for one in reading.observations(table, document.source, held)
    )
    expected = ROOT / "tests" / "packs" / PACK / "expected.csv"
    with expected.open(encoding="utf-8") as file:
        wanted = Counter(tuple(line.values()) for line in csv.DictReader(file))
    assert sum(wanted.values()) == 345
    assert given == wanted
    assert [finding for table in found for finding in table.findings] == []


def test_the_yearly_row_and_the_target_are_statements() -> None:
    held = registry.load()
    document = readers.read(PACKS / PACK / "outturn.txt")
    (found,) = reading.read(document.tables, held)
    said = Counter(one.kind for one in reading.statements(found, document, held))
    assert said == {"yearly_row": 4, "printed_target": 1}
