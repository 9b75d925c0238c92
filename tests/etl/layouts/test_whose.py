"""Whose table it is, where only layouts know its rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from etl import incoming, registry
from etl.model import PrintedLabel, Refused

TABLE = [["Measure", "Q2 24/25", "Q3 24/25"], ["Plans", 1, 2]]
COLUMN = [["Measure", "Council", "Q3 24/25"], ["Plans", "Suffolk", 1], ["Plans", "Norfolk", 2]]
CASES = [
    # sheets by name, the figures that are ours, the findings
    ({"KPI": TABLE}, [1, 2], []),
    ({"KPI": [["Norfolk County Council"], *TABLE]}, [1, 2], []),
    ({"KPI": [["Suffolk County Council"], *TABLE]}, [], ["table-of-another-area"]),
    ({"Suffolk": TABLE}, [], ["table-of-another-area"]),
    ({"England": TABLE}, [], ["table-of-another-area"]),
    ({"KPI": [["Data for Essex and Kent"], *TABLE]}, [], ["table-of-another-area"]),
    ({"KPI": [*TABLE, ["Source: Suffolk County Council"]]}, [1, 2], ["file-of-another-council"]),
    ({"KPI": COLUMN}, [2], ["comparator-left-out"]),
]


def read(sheets: dict[str, list[list[object]]], folder: Path) -> incoming.Incoming:
    book = openpyxl.Workbook()
    for number, (name, rows) in enumerate(sheets.items()):
        sheet = book.active if not number else book.create_sheet()
        assert sheet is not None
        sheet.title = name
        for row in rows:
            sheet.append(row)
    book.save(folder / "book.xlsx")
    held = registry.load()
    paper = replace(held.paper, labels={"Plans": PrintedLabel("ehc_plans_issued")})
    return incoming.read(folder / "book.xlsx", replace(held, paper=paper), date(2025, 2, 1))


@pytest.mark.parametrize(("sheets", "ours", "codes"), CASES)
def test_only_the_council_s_own_figures_become_its_figures(
    sheets: dict[str, list[list[object]]], ours: list[int], codes: list[str], tmp_path: Path
) -> None:
    found = read(sheets, tmp_path)
    assert [one.value for one in found.observations] == ours
    assert [finding.code for finding in found.findings] == codes


def test_a_cover_that_names_another_council_refuses_the_file(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Suffolk County Council"):
        read({"Cover": [["Suffolk County Council"]], "KPI": TABLE}, tmp_path)
