"""0.66 typed for 66% is asked about, whichever way it comes; 0.6% in a row of such is not."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from etl import template
from etl.store import Store
from tests.dashboard.officer.signed_in import Officer, add

pytestmark = pytest.mark.slow

ROW = "ehc_review_on_time/all"  # 45% to 61% in time, in the packs held
Way = Callable[[Store, Officer, str], None]


@pytest.fixture
def anna(seeded_store: Store) -> Officer:
    add(seeded_store, "anna")
    return Officer(seeded_store, "anna")


def cell(book: Any, row: str, month: str) -> Any:
    """The workbook's cell of a row and month."""
    sheet = book["Appendix 1"]
    header = next(r for r in sheet.iter_rows(max_row=5) if any(c.value == month for c in r))
    column = next(c.column for c in header if c.value == month)
    at = next(c.row for r in sheet.iter_rows() for c in r if c.value == row)
    return sheet.cell(at, column)


def _workbook(value: object, number_format: str = "General") -> Way:
    def way(store: Store, anna: Officer, row: str) -> None:
        book = openpyxl.load_workbook(io.BytesIO(template.workbook(store.record())))
        place = cell(book, row, "Feb-22")
        place.value, place.number_format = value, number_format
        saved = io.BytesIO()
        book.save(saved)
        anna.open("/officer/upload")
        anna.send("upload", {"month.xlsx": saved.getvalue()}, meeting="2022-05-20")

    return way


def _csv(store: Store, anna: Officer, row: str) -> None:
    text = f"measure,cohort,period,value\n{row.replace('/', ',')},2022-02,0.66\n"
    anna.open("/officer/upload").send("upload", {"f.csv": text.encode()}, meeting="2022-05-20")


def _grid(store: Store, anna: Officer, row: str) -> None:
    where = anna.open("/officer/drafts/new").send("new", meeting="2022-05-20").at
    anna.open(f"{where}/grid").send("/grid", go="review", **{f"c:{row}@2022-02": "0.66"})


def _paste(store: Store, anna: Officer, row: str) -> None:
    where = anna.open("/officer/drafts/new").send("new", meeting="2022-05-20").at
    serial = store.registry.measures[row.split("/")[0]].cohorts[row.split("/")[1]].serial
    anna.open(f"{where}/grid")
    anna.send("/grid", go="review", pasted=f"{serial}\t0.66", **{"pasted-month": "2022-02"})


WAYS: dict[str, Way] = {
    "workbook, as a number": _workbook(0.66),
    "workbook, as text": _workbook("0.66"),
    "CSV": _csv,
    "grid": _grid,
    "paste": _paste,
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_a_fraction_in_a_row_of_percentages_wants_a_reason(
    seeded_store: Store, anna: Officer, way: Way
) -> None:
    way(seeded_store, anna, ROW)
    assert "Warning: A percentage given as a fraction" in anna.words
    assert "Did you mean 66%?" in anna.words
    assert "Refused: " not in anna.words
    anna.send("/answers", to=f"{anna.at}/publish")
    assert "Answer each warning, or give one reason" in anna.words


def test_the_grid_asks_beside_the_cell(seeded_store: Store, anna: Officer) -> None:
    where = anna.open("/officer/drafts/new").send("new", meeting="2022-05-20").at
    anna.open(f"{where}/grid").send("/grid", **{f"c:{ROW}@2022-02": "0.66"})
    assert "▲ did you mean 66%?" in anna.words


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_a_row_of_small_shares_may_hold_one_below_one_percent(
    seeded_store: Store, anna: Officer, way: Way
) -> None:
    """Of the children missing education 0.6% to 2.4% are looked after."""
    way(seeded_store, anna, "children_missing_education_share/lac")
    assert "Did you mean" not in anna.words


@pytest.mark.parametrize(("number_format", "shows"), [("0%", "62%"), ("0.0%", "62.0%")])
def test_a_cell_that_shows_a_percentage_is_one(
    seeded_store: Store, anna: Officer, number_format: str, shows: str
) -> None:
    _workbook(0.62, number_format)(seeded_store, anna, ROW)
    assert f"4 Reviews completed in time Feb 2022 {shows}" in anna.words
    assert "Did you mean" not in anna.words
