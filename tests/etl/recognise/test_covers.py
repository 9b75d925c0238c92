"""A workbook's cover sheet says whose it is, wherever it stands among the sheets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from etl import incoming, registry
from etl.model import Refused


@pytest.mark.parametrize(
    ("sheet", "says", "refused"),
    [
        ("Cover", "Suffolk County Council", True),
        ("Front page", "Suffolk County Council", True),
        ("Cover", "Norfolk County Council", False),
        ("Notes", "Suffolk County Council", False),  # one of those it is compared with, perhaps
        ("Cover", "Lead officer: J Medway", False),
    ],
)
def test_a_cover_behind_the_figures(tmp_path: Path, sheet: str, says: str, refused: bool) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Data"
    book.active.append(("Serial", "Measure Description", "Apr-22", "May-22"))
    book.active.append(("1a", "Number of children out of education - ALL CME", 480, 470))
    book.create_sheet(sheet)["A1"] = says
    file = tmp_path / "month.xlsx"
    book.save(file)
    if refused:
        with pytest.raises(Refused, match=r"A1: headed “Suffolk County Council”"):
            incoming.read(file, registry.load(), date(2022, 5, 20))
    else:
        assert len(incoming.read(file, registry.load(), date(2022, 5, 20)).observations) == 2
