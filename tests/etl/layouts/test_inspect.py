"""`python -m etl inspect`: how each table was taken, for a person and for programs."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import openpyxl
import pytest

from etl import readers
from etl.commands import main
from etl.layouts import reading
from tests.etl.layouts import councils

SCORECARD = """\
Norfolk County Council
Table 1: performance
Measure\tOct-24\tNov-24\tTotal
Number of children out of education - ALL CME\t480\t470\t950
Children sighted\t1\t2\t3
Week\t5\t6\t7
"""


def test_it_says_what_was_taken_and_what_was_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "scorecard.txt"
    file.write_text(SCORECARD.replace("Week\t5\t6\t7\n", ""), encoding="utf-8")
    assert main(["inspect", str(file)]) == 0
    said = capsys.readouterr().out
    for words in (
        "line 3: Table 1: performance",
        "layout measures-by-period",
        "figures: 2 actual",
        "periods: Oct 2024; Nov 2024",
        "rows known: Number of children out of education - ALL CME",
        "row not read: 'Children sighted' (line 5): its label is not known",
        "column not read: 'Total': the heading 'Total' is not understood",
    ):
        assert words in said
    assert main(["inspect", "--json", str(file)]) == 0
    (table,) = json.loads(capsys.readouterr().out)["tables"]
    assert (table["layout"], table["figures"], table["roles"]) == (
        "measures-by-period",
        2,
        {"actual": 2},
    )


def test_a_table_that_no_layout_fits_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "scorecard.txt"
    file.write_text(SCORECARD, encoding="utf-8")
    main(["inspect", str(file)])
    assert "measures-by-period: only 1 of 3 row headings name a measure" in capsys.readouterr().out


def test_a_workbook_takes_less_than_a_second(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for number in range(4):
        sheet = book.active if not number else book.create_sheet(f"Sheet {number}")
        assert sheet is not None
        sheet.append(["Measure", *(f"{m}-2{y}" for y in (3, 4) for m in ("Jan", "Jun", "Nov"))])
        for row in range(60):
            sheet.append([f"Row {row}", *range(row, row + 6)])
    book.save(tmp_path / "book.xlsx")
    held = councils.registry_of(councils.NAMES[0])
    document = readers.read(tmp_path / "book.xlsx")
    began = time.process_time()
    reading.read(document.tables, held)
    assert time.process_time() - began < 1


# A measure of months across that the project reads without a layout: nothing names the period.
WITHOUT_LAYOUT = """\
Serial\tMeasure\tBaseline (date)\tActual Oct-24\tActual Nov-24
1a\tNumber of children out of education - ALL CME\t500 (2019)\t480\t470
1b\tNumber of children out of education - EHCP\t60 (2019)\t61\t62
"""


def test_what_an_import_takes_without_a_layout_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "baseline.txt"
    file.write_text(WITHOUT_LAYOUT, encoding="utf-8")
    assert main(["inspect", str(file)]) == 0
    said = capsys.readouterr().out
    assert "not read: no layout fits" not in said
    assert "read without a layout: 4 figures" in said
    assert "periods: Oct 2024; Nov 2024" in said
    assert "An import takes 4 figures." in said
    main(["inspect", "--json", str(file)])
    plain = json.loads(capsys.readouterr().out)
    assert plain["import"]["figures"] == 4
    assert [table["imported"] for table in plain["tables"]] == [4]


def test_a_release_of_dfes_says_what_an_import_takes(capsys: pytest.CaptureFixture[str]) -> None:
    release = Path(__file__).resolve().parents[2] / "dfe/education-health-and-care-plans_2025.zip"
    assert main(["inspect", str(release)]) == 0
    told = capsys.readouterr().out
    figures = int(re.search(r"An import takes (\d+) figures", told)[1])  # type: ignore[index]
    assert figures > 100


def test_one_reason_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "twice.txt"
    text = SCORECARD.replace("Week\t5\t6\t7\n", "").replace("Total", "Total\tTotal")
    file.write_text(text.replace("950", "950\t9").replace("3\n", "3\t4\n"), encoding="utf-8")
    main(["inspect", str(file)])
    assert capsys.readouterr().out.count("column not read: 'Total'") == 1
