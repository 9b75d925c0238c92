"""What an import reads by layouts, beside the older recognition: the whole way of a file."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from etl import incoming, registry
from etl.incoming import Incoming
from etl.tidy import shortest
from tests.etl.layouts import councils

ROOT = Path(__file__).resolve().parents[3]
DAY = date(2025, 2, 1)
QUICK = {"derbyshire-dates-down", "leeds-own-periods", "newcastle-workbook"}
QUICK |= {"sheffield-beside-another"}
CME = "Number of children out of education - ALL CME"
REVIEWS = (
    "Average time taken to produce (final EHC plans and) EHC plan reviews compared with "
    "statutory timescales"
)


def imported(card: str) -> Incoming:
    file = next((councils.CARDS / card).glob("scorecard.*"))
    return incoming.read(file, councils.registry_of(card), DAY)


@pytest.mark.parametrize(
    "card",
    [
        pytest.param(card, marks=() if card in QUICK else pytest.mark.slow)
        for card in councils.NAMES
    ],
)
def test_an_import_brings_the_council_s_own_actual_figures_and_no_others(card: str) -> None:
    held = councils.registry_of(card)
    truth = Counter(
        (councils.measure_of(r), r["cohort"], r["span"], r["period_end"], r["value"])
        for r in councils.truth(card)
        if r["role"] == "actual" and r["area"] == held.council.short_name
    )
    read = Counter(
        (o.measure, o.cohort, o.period.span, str(o.period.end), shortest(o.value))
        for o in imported(card).observations
    )
    assert read - truth == Counter()
    assert read.total() >= 0.89 * truth.total()


@pytest.mark.parametrize(
    ("card", "says"),
    [
        ("newcastle-workbook", "a week's figures have no place"),
        ("derbyshire-dates-down", "a week's figures have no place"),
        ("sheffield-beside-another", "speaks of others ('average of the')"),
    ],
)
def test_a_table_of_known_rows_that_is_left_is_told(card: str, says: str) -> None:
    told = [one for one in imported(card).findings if one.code == "table-left"]
    assert len(told) == 1
    assert says in told[0].message


def test_targets_and_comparators_are_kept_as_printed() -> None:
    said = imported("newcastle-workbook").statements
    kinds = Counter(one.kind for one in said if one.kind in ("printed_target", "comparator"))
    assert kinds == {"printed_target": 6, "comparator": 2}
    (england,) = {one.authority for one in said if one.kind == "comparator"}
    assert england == "E92000001"


def test_a_table_s_figures_are_kept_under_its_layout() -> None:
    tables = {one.table for one in imported("leeds-own-periods").observations}
    assert tables == {"measures-with-period"}


def test_a_sheet_that_contradicts_the_appendix_is_not_read(tmp_path: Path) -> None:
    """The appendix is read as ever; a second sheet has other figures for one of its months."""
    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("Summary")
    assert first is not None
    for row in (
        ("Serial", "Measure Description", "Feb-22", "Mar-22"),
        ("1a", CME, 480, 470),
        ("4", REVIEWS, "63% in time", "64% in time"),
    ):
        first.append(row)
    for row in (
        ("Measure", "Month to Mar-22", "Number"),
        (CME, "Mar-22", 999),
    ):
        second.append(row)
    book.save(tmp_path / "book.xlsx")
    found = incoming.read(tmp_path / "book.xlsx", registry.load(), date(2022, 5, 1))
    values = {
        shortest(one.value)
        for one in found.observations
        if one.measure == "children_missing_education"
    }
    assert values == {"480", "470"}
