"""The scorecards' truth is what `make.py` writes, and what other readers see in the files."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pdfplumber
import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CARDS = sorted(path.parent.name for path in HERE.glob("*/truth.csv"))
RAISED = {"cornwall-terms", "lancashire-two-pages"}
ROLES = {"actual", "target", "floor", "previous", "comparator", "forecast", "rating", "direction"}
ROLES |= {"numerator", "denominator"}
UNITS = {"count", "percent", "days", "pounds", "rate_per_100", "rate_per_1000", "rate_per_10000"}
UNITS |= {"rate_per_100000"}
MONTHS = {
    "month": {1},
    "quarter": {3},
    "term": {3, 4, 5},
    "academic_year": {12},
    "financial_year": {12},
    "calendar_year": {12},
    "rolling_12_months": {12},
    "financial_year_to_date": set(range(1, 13)),
}


def rows(card: str, name: str = "truth.csv") -> list[dict[str, str]]:
    with (HERE / card / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("scorecards")
    subprocess.run([sys.executable, str(HERE / "make.py"), "--out", str(out)], check=True)
    return out


def test_make_writes_what_is_committed(written: Path) -> None:
    texts = [
        path.relative_to(written)
        for path in sorted(written.rglob("*"))
        if path.suffix in (".csv", ".txt", ".yaml", ".md")
    ]
    assert len(texts) > 60
    assert [
        str(path) for path in texts if (HERE / path).read_bytes() != (written / path).read_bytes()
    ] == []
    assert sorted(path.name for path in written.iterdir() if path.is_dir()) == CARDS


def test_there_are_five_hundred_actual_figures() -> None:
    assert len(CARDS) == 20
    assert sum(row["role"] == "actual" for card in CARDS for row in rows(card)) >= 500


@pytest.mark.parametrize("card", CARDS)
def test_every_row_of_truth_is_well_formed(card: str) -> None:
    measures = {path.stem for path in (ROOT / "data").rglob("measures/*.yaml")}
    seen = set()
    for row in rows(card):
        assert row["measure_words"], row
        assert not row["measure"] or row["measure"] in measures, row
        assert row["cohort"] in {"all", "ehcp", "lac", "sen_support"}, row
        assert row["area"], row
        assert row["role"] in ROLES, row
        if row["role"] in ("rating", "direction"):
            assert row["value"], row
            assert not row["unit"], row
        else:
            assert f"{Decimal(row['value']).normalize():f}" == row["value"], row
            assert row["unit"] in UNITS, row
            assert row["unit"] != "percent" or 0 <= Decimal(row["value"]) <= 100, row
        if row["span"]:
            start, end = (date.fromisoformat(row[key]) for key in ("period_start", "period_end"))
            months = (end.year - start.year) * 12 + end.month - start.month + 1
            if row["span"] == "point_in_time":
                assert start == end, row
            else:
                assert months in MONTHS[row["span"]], row
                assert start.day == 1, row
        else:
            assert not row["period_start"] + row["period_end"], row
            assert row["role"] in ("previous", "target"), row
        key = tuple(row[k] for k in row if k not in ("value", "unit", "note"))
        assert key not in seen, row
        seen.add(key)


def printed(card: str) -> dict[str, str]:
    """Every cell or line of a scorecard by its place; a PDF's page too, for words without rules."""
    path = next((HERE / card).glob("scorecard.*"))
    cells: dict[str, str] = {}
    if path.suffix == ".xlsx":
        for sheet in openpyxl.load_workbook(path):
            for cell in (cell for line in sheet for cell in line if cell.value is not None):
                value = cell.value
                if "%" in cell.number_format:
                    value = f"{round(value * 100, 6):g}%"
                cells[f"{sheet.title}!{cell.coordinate}"] = str(value)
    elif path.suffix == ".docx":
        document = docx.Document(str(path))
        for number, paragraph in enumerate(document.paragraphs, start=1):
            cells[f"paragraph {number}"] = paragraph.text
        for number, table in enumerate(document.tables, start=1):
            for top, line in enumerate(table.rows, start=1):
                for left, cell in enumerate(line.cells, start=1):
                    cells[f"table {number}, row {top}, column {left}"] = cell.text
    elif path.suffix == ".pdf":
        with pdfplumber.open(path) as file:
            for number, page in enumerate(file.pages, start=1):
                cells[f"page {number}"] = page.extract_text()
                for count, grid in enumerate(page.extract_tables(), start=1):
                    for top, line in enumerate(grid, start=1):
                        for left, text in enumerate(line, start=1):
                            where = f"page {number}, table {count}, row {top}, column {left}"
                            cells[where] = text or ""
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            for number, line in enumerate(csv.reader(file), start=1):
                for left, text in enumerate(line, start=1):
                    cells[f"line {number}, field {left}"] = text
    else:
        for number, text in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            cells[f"line {number}"] = text
    return cells


@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("name", ["truth.csv", "refused.csv"])
def test_every_figure_stands_at_its_place(card: str, name: str) -> None:
    cells = printed(card)
    for row in rows(card, name):
        place = row["place"]
        text = cells.get(place) or cells[place.split(", ")[0]]
        if row.get("role") == "actual" and "%" in cells.get(place, ""):
            assert row["unit"] == "percent", (row, text)
        value = row.get("value", row.get("printed", ""))
        if value == "0":
            assert "nil" in text or "0" in text, row
        elif not value.replace(".", "").isdigit():
            assert value in text, (row, text)
        else:
            numbers = re.findall(r"\d+(?:\.\d+)?", text.replace(",", ""))
            if card in RAISED:  # other readers see 6 with a raised 1 as 61
                numbers += [number[:-1] for number in numbers if number[-1] in "123"]
            assert Decimal(value) in [Decimal(number or 0) for number in numbers], (row, text)
