"""Appendix 1 as it is printed, and read back: every reading that a cell can hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import appendix, cells, readers, workbook
from etl.appendix_workbook import add_appendix, add_tidy
from etl.model import Observation, Reading, Unit
from etl.recognise import recognise
from etl.record import Record, assemble
from tests.etl.readers.workbooks import REGISTRY, recognised
from tests.etl.series import months, values

ROWS = appendix.rows(REGISTRY)
PACK = Path(__file__).resolve().parents[1] / "packs" / "whole" / "2022-03-18.txt"


@st.composite
def printable(draw: st.DrawFn, unit: Unit) -> Reading:
    """Any reading that some cell can print: what `cells.parse` may give."""
    size = draw(st.none() | st.integers(0, 99_999))
    dated = draw(st.sampled_from(["", "12/08/2020", "3 May 2021"]))
    status = draw(st.sampled_from(["reported", "reported", "nil", "not_applicable", "x", "c"]))
    if status in ("x", "c"):
        return Reading(None, unit, "not_available" if status == "x" else "withheld")
    if status == "not_applicable":
        return Reading(None, unit, "not_applicable", size, dated)
    if status == "nil":
        return Reading(Decimal(0), unit, "nil", size)
    weeks = draw(st.sampled_from(["", "37.6 weeks"])) if unit == "days" else ""
    note = " ".join(filter(None, (dated if unit in ("percent", "days") else "", weeks)))
    return Reading(draw(values(unit)), unit, "reported", size, note)


@pytest.mark.parametrize("unit", ["count", "percent", "days", "weeks"])
@settings(max_examples=150, deadline=None)
@given(data=st.data(), who=st.sampled_from(["LAC", "cases", "children"]))
def test_what_is_printed_is_read_as_it_was(unit: Unit, data: st.DataObject, who: str) -> None:
    reading = data.draw(printable(unit))
    text = appendix.printed(reading, who)
    found = cells.parse(text, unit)
    assert isinstance(found, Reading)
    assert replace(found, raw="") == reading
    assert appendix.printed(found) == text


PRINTED = [
    (Reading(Decimal(521), "count", raw="521"), "521"),
    (Reading(Decimal(41), "count", raw="41.0"), "41.0"),
    (Reading(Decimal("9.4"), "percent"), "9.4%"),
    (Reading(Decimal("263.3"), "days", note="37.6 weeks"), "263.3 days 37.6 weeks"),
    (Reading(Decimal(53), "percent", sample_size=255), "53% (only 255 LAC in calc)"),
    (Reading(Decimal(56), "percent", note="12/08/2020"), "(12/08/2020 - 56%)"),
    (Reading(None, "days", "not_applicable", 0), "NA (No LAC in calc)"),
    (Reading(Decimal(0), "count", "nil"), "nil"),
    (Reading(None, "count", "withheld"), "withheld"),
    (Reading(Decimal(5), "count", raw="6"), "5"),
]


@pytest.mark.parametrize(("reading", "text"), PRINTED, ids=[text for _, text in PRINTED])
def test_how_a_figure_is_printed(reading: Reading, text: str) -> None:
    assert appendix.printed(reading, "LAC") == text


def test_the_rows_stand_in_the_order_of_the_committees_table() -> None:
    assert [row.serial for row in ROWS] == [
        "",
        "",
        "",
        "",
        "",
        "",
        "1a",
        "1b",
        "1c",
        "1d",
        "1e",
        "2a",
        "2a",
        "2b",
        "2b",
        "2c",
        "2c",
        "3",
        "4",
        "3a",
        "4a",
        "5a",
        "5a",
        "5b",
        "5b",
    ]
    assert ROWS[6].label == "Number of children out of education - ALL CME"


@st.composite
def published(draw: st.DrawFn) -> list[Observation]:
    """Appendix 1 of one meeting, made up: any rows, any months, no figure twice."""
    days = draw(st.lists(months(), min_size=1, max_size=5, unique=True))
    found = []
    for row in draw(st.lists(st.sampled_from(ROWS), min_size=1, max_size=8, unique=True)):
        for end in draw(st.lists(st.sampled_from(days), max_size=5, unique=True)):
            reading = draw(printable(row.unit))
            who = "LAC" if row.ref.cohort == "lac" else "cases"
            read = cells.parse(appendix.printed(reading, who), row.unit)
            assert isinstance(read, Reading)
            found.append(
                Observation(
                    "E10000020",
                    *row.ref,
                    appendix.period(row, end),
                    read,
                    date(2022, 3, 18),
                    "a.xlsx",
                    "appendix_1",
                    "",
                )
            )
    return found


def sheet(figures: list[Observation], path: Path, *, with_tidy: bool = False) -> Path:
    ordered, series = assemble((1, one) for one in figures)
    table = appendix.grid(Record(REGISTRY, series, ordered))
    book = workbook.new()
    workbook.prose(book, "Cover", [("Appendix 1",), ("Date of meeting", "2022-03-18")])
    add_appendix(book, table)
    if with_tidy:
        add_tidy(book, ordered, lambda _: None)
    workbook.save(book, path)
    return path


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(published())
def test_any_figures_come_back_from_the_appendix_workbook(
    tmp_path_factory: pytest.TempPathFactory, figures: list[Observation]
) -> None:
    path = sheet(figures, tmp_path_factory.mktemp("appendix") / "a.xlsx")
    found = recognised(path)
    assert {replace(one, locator="") for one in found.observations} == set(figures)
    assert found.findings == ()


@settings(max_examples=10, deadline=None)
@given(published())
def test_a_workbook_with_both_sheets_gives_each_figure_once(
    tmp_path_factory: pytest.TempPathFactory, figures: list[Observation]
) -> None:
    path = sheet(figures, tmp_path_factory.mktemp("both") / "a.xlsx", with_tidy=True)
    found = recognised(path)
    assert len(found.observations) == len(figures)
    assert {replace(one, locator="") for one in found.observations} == {
        replace(one, locator="") for one in recognised(path).observations
    }
    assert found.findings == ()


def test_the_same_figures_give_the_same_bytes(tmp_path: Path) -> None:
    one = Observation(
        "E10000020",
        *ROWS[6].ref,
        appendix.period(ROWS[6], date(2020, 7, 31)),
        Reading(Decimal(521), "count", raw="521"),
        date(2022, 3, 18),
        "a.xlsx",
        "appendix_1",
        "",
    )
    first = sheet([one], tmp_path / "a.xlsx").read_bytes()
    assert sheet([one], tmp_path / "b.xlsx").read_bytes() == first


def test_the_real_table_of_march_2022_comes_back_letter_by_letter(tmp_path: Path) -> None:
    found = recognise(readers.read(PACK), REGISTRY)
    printed = [one for one in found.observations if one.table == "appendix_1"]
    again = recognised(sheet(printed, tmp_path / "a.xlsx"))
    assert len(printed) == 221
    assert {(one.series, one.period, one.reading) for one in again.observations} == {
        (one.series, one.period, one.reading) for one in printed
    }
