"""Cell texts: the tables under tests/cells are the examples."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import cells
from etl.model import Reading, Status, Unit

TABLES = Path(__file__).parent.parent / "cells"


def rows(name: str) -> list[list[str]]:
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    found = [line.strip().strip("|").split("|") for line in lines if line.startswith("| `")]
    return [[part.strip().strip("`") for part in row] for row in found]


@pytest.mark.parametrize("row", rows("forms.md"), ids=lambda row: f"{row[0]}-{row[1]}")
def test_a_figure_is_read_as_printed(row: list[str]) -> None:
    text, unit, value, status, sample, note = row
    read = cells.parse(text, unit)  # type: ignore[arg-type]
    assert isinstance(read, Reading), read
    assert read.value == (Decimal(value) if value else None)
    assert (read.unit, read.status) == (unit, status)
    assert read.sample_size == (int(sample) if sample else None)
    assert (read.note, read.raw) == (note, text)


@pytest.mark.parametrize("row", rows("none.md"), ids=lambda row: f"{row[0]}-{row[1]}")
def test_what_is_no_figure_is_never_read_as_one(row: list[str]) -> None:
    text, unit, what = row
    read = cells.parse(text, unit)  # type: ignore[arg-type]
    wanted = cells.Blank if what == "blank" else cells.Unreadable
    assert isinstance(read, wanted), read
    assert read.raw == text


@pytest.mark.parametrize(
    ("text", "unit"),
    [("12", None), ("12%", "percent"), ("12 days", "days"), ("12 weeks", "weeks"), ("nil", None)],
)
def test_without_a_row_s_unit_a_cell_has_only_the_one_it_prints(
    text: str, unit: str | None
) -> None:
    read = cells.parse(text)
    assert isinstance(read, Reading)
    assert read.unit == unit


@given(st.text(), st.sampled_from([None, *get_args(Unit)]))
def test_no_text_makes_it_raise_and_every_answer_is_one_of_three(
    text: str, unit: Unit | None
) -> None:
    read = cells.parse(text, unit)
    if isinstance(read, Reading):
        assert read.status in get_args(Status)
        assert (read.value is None) == (read.status not in ("reported", "nil"))
    elif isinstance(read, cells.Unreadable):
        assert read.reason


@given(st.decimals(0, 99999, places=1), st.sampled_from(["days", "percent"]))
def test_a_number_with_its_unit_comes_back_as_it_was(value: Decimal, unit: Unit) -> None:
    text = f"{value} days" if unit == "days" else f"{value}%"
    read = cells.parse(text, unit)
    assert isinstance(read, Reading)
    assert (read.value, read.unit) == (value, unit)
