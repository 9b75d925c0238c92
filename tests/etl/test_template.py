"""The officer's workbook: filled in and imported, it gives exactly what was typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from etl import appendix, officers_workbook, template
from etl.model import MeasureRef, Observation, Period, Reading, TableName
from etl.periods import for_span
from etl.record import Record, assemble
from tests.etl.readers.workbooks import REGISTRY, recognised

CME, DAYS = MeasureRef("children_missing_education", "all"), MeasureRef("ehc_plan_days", "all")
TODAY = date(2022, 3, 10)


def figure(ref: MeasureRef, year: int, month: int, raw: str, table: TableName) -> Observation:
    measure = REGISTRY.measures[ref.measure]
    value = Decimal(raw.split()[0].rstrip("%"))
    reading = Reading(value, measure.unit, raw=raw)
    if "weeks" in raw:
        reading = replace(reading, note=" ".join(raw.split()[2:]))
    period = for_span("month", year, month)
    return Observation(
        "E10000020", *ref, period, reading, date(2022, 1, 21), "A pack", table, "here"
    )


def record() -> Record:
    held = [
        figure(CME, 2021, 11, "512", "appendix_1"),
        figure(CME, 2021, 12, "495", "appendix_1"),
        figure(DAYS, 2021, 12, "183 days 26.1 weeks", "appendix_1"),
        figure(DAYS, 2022, 1, "208.4 days 29.8 weeks", "appendix_1"),
        figure(DAYS, 2021, 12, "183", "outturn"),
        figure(MeasureRef("ehc_plans_issued", "all"), 2021, 12, "107", "outturn"),
    ]
    ordered, series = assemble((1, one) for one in held)
    return Record(REGISTRY, series, ordered)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    template.write(record(), tmp_path / "t.xlsx", today=TODAY)
    return tmp_path / "t.xlsx"


def cell(book: Any, sheet: str, row: str, column: str) -> Any:
    """The cell of a row (by its key or month) and a column (by its heading)."""
    names = [one.value for one in book[sheet][1]]
    at = names.index("Key" if "Key" in names else "Month")
    line = next(r for r in book[sheet].iter_rows(min_row=2) if r[at].value == row)
    return line[names.index(column)]


def test_published_figures_are_shown_and_locked_and_the_next_months_open(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [
        "Start here",
        "Appendix 1",
        "Outturn",
        "Revisions",
        "Given in words",
        "What the rows mean",
        "Lists",
    ]
    sheet = book["Appendix 1"]
    assert [one.value for one in sheet[1]] == [
        "Serial",
        "Measure Description",
        "Key",
        "Nov-21",
        "Dec-21",
        "Jan-22",
        "Feb-22",
        "Mar-22",
    ]
    assert len(list(sheet.iter_rows(min_row=2))) == len(appendix.rows(REGISTRY))
    held = cell(book, "Appendix 1", "children_missing_education/all", "Dec-21")
    new = cell(book, "Appendix 1", "children_missing_education/all", "Jan-22")
    assert (held.value, held.protection.locked) == (495, True)
    assert (new.value, new.protection.locked) == (None, False)
    assert (
        cell(book, "Outturn", "Dec-21", "Month by month: Number Including Exception").value == 107
    )
    assert not cell(
        book, "Outturn", "Jan-22", "Month by month: Number Including Exception"
    ).protection.locked
    for one in book:
        assert one.protection.sheet, f"{one.title} is not protected"


def test_every_open_figure_has_its_drop_down(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for name in ("Appendix 1", "Outturn"):
        sheet = book[name]
        offered = [one for one in sheet.data_validations.dataValidation if "nil,NA" in one.formula1]
        open_ = [c for row in sheet.iter_rows(min_row=2) for c in row if not c.protection.locked]
        assert open_
        for one in open_:
            assert any(one.coordinate in range_ for range_ in offered), f"{name}!{one.coordinate}"


def test_untouched_it_brings_nothing(path: Path) -> None:
    found = recognised(path)
    assert (found.observations, found.findings, found.tables) == ((), (), 1)


def test_filled_in_it_gives_exactly_what_was_typed(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["Start here"]["B2"] = datetime(2022, 3, 18)
    cell(book, "Appendix 1", "children_missing_education/all", "Jan-22").value = 480
    cell(book, "Appendix 1", "children_missing_education/lac", "Jan-22").value = "nil"
    share = cell(book, "Appendix 1", "children_missing_education_share/ehcp", "Jan-22")
    share.value, share.number_format = 0.125, "0.0%"
    cell(book, "Appendix 1", "ehc_plan_days/lac", "Feb-22").value = "NA (No LAC in calc)"
    cell(book, "Appendix 1", "complaints_local/all", "Mar-22").value = 111
    cell(book, "Outturn", "Jan-22", "Cumulative: Number Including Exception").value = 70
    cell(book, "Outturn", "Mar-22", "Quarterly: % On Time Including Exception").value = 50.7
    stated = book["Given in words"]
    for column, value in enumerate(
        (
            "Complaints about EHC plans and education provision",
            None,
            "2021-22",
            123,
            "minutes, 6.2",
        ),
        1,
    ):
        stated.cell(2, column).value = value
    book.save(path)

    found = recognised(path)
    assert found.findings == ()
    assert {one.published for one in found.observations} == {date(2022, 3, 18)}
    assert {one.source for one in found.observations} == {
        "Norfolk County Council, officers' figures, 18 March 2022"
    }
    got = {
        (one.measure, one.cohort, one.period, one.table): (one.reading.value, one.status)
        for one in found.observations
    }
    month, start = "month", date(2022, 1, 1)
    january = Period("month", start, date(2022, 1, 31))
    assert got == {
        ("children_missing_education", "all", january, "officer"): (480, "reported"),
        ("children_missing_education", "lac", january, "officer"): (0, "nil"),
        ("children_missing_education_share", "ehcp", january, "officer"): (
            Decimal("12.5"),
            "reported",
        ),
        ("ehc_plan_days", "lac", Period(month, date(2022, 2, 1), date(2022, 2, 28)), "officer"): (
            None,
            "not_applicable",
        ),
        (
            "complaints_local",
            "all",
            Period("financial_year_to_date", date(2021, 4, 1), date(2022, 3, 31)),
            "officer",
        ): (111, "reported"),
        (
            "ehc_plans_issued",
            "all",
            Period("calendar_year_to_date", start, date(2022, 1, 31)),
            "outturn",
        ): (70, "reported"),
        (
            "ehc_plans_on_time_share_including_exceptions",
            "all",
            Period("quarter", start, date(2022, 3, 31)),
            "outturn",
        ): (Decimal("50.7"), "reported"),
        (
            "complaints_local",
            "all",
            Period("financial_year_to_date", date(2021, 4, 1), date(2022, 3, 31)),
            "stated",
        ): (123, "reported"),
    }
    places = {one.measure: one.locator for one in found.observations if one.table == "stated"}
    assert places == {"complaints_local": "minutes, 6.2"}


def revision(book: Any, key: str, month: str, table: str) -> tuple[Any, Any]:
    for row in book["Revisions"].iter_rows(min_row=2):
        texts = [one.value for one in row]
        if (texts[0], texts[5], texts[2]) == (key, month, table):
            return row[8], row[9]
    raise AssertionError(f"{key} {month} is not offered for revision")


def test_a_revision_needs_its_reason(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    value, reason = revision(book, "children_missing_education/all", "Dec-21", "appendix_1")
    value.value, reason.value = 496, "A school reported late"
    value, reason = revision(book, "ehc_plan_days/all", "Dec-21", "outturn")
    value.value = 184
    book.save(path)
    found = recognised(path)
    (one,) = found.observations
    assert (one.measure, one.value, one.table, one.period.end) == (
        "children_missing_education",
        496,
        "officer",
        date(2021, 12, 31),
    )
    messages = {(f.code, f.severity): f.message for f in found.findings}
    assert set(messages) == {("reason-missing", "error"), ("revision-reason", "note")}
    said = messages["revision-reason", "note"]
    assert "495 revised to 496. Reason given: A school reported late" in said


def test_what_was_published_is_never_silently_changed(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    cell(book, "Appendix 1", "children_missing_education/all", "Dec-21").value = 500
    cell(book, "Appendix 1", "children_missing_education/all", "Nov-21").value = None
    book.save(path)
    found = recognised(path)
    assert found.observations == ()
    (finding,) = found.findings
    assert finding.code == "published-overtyped"
    assert "Appendix 1!E8: '495' was published here and now stands as '500'" in finding.message


def test_rows_and_columns_may_be_moved(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    cell(book, "Appendix 1", "children_missing_education/all", "Jan-22").value = 480
    sheet = book["Appendix 1"]
    sheet.tables.clear()
    sheet.insert_cols(4)
    sheet.insert_rows(5)
    sheet.insert_rows(1)
    sheet["A1"] = "Our figures"
    book.save(path)
    (one,) = recognised(path).observations
    assert (one.measure, one.cohort, one.value) == ("children_missing_education", "all", 480)


TYPED = [
    ("many", "it is not a figure"),
    ("4.5", "whole number"),
    ("62%", "not a percentage"),
    ("=1+1", "formula"),
    ("- 3", "not a figure"),
]


@pytest.mark.parametrize(("text", "said"), TYPED)
def test_what_is_no_figure_is_named_with_its_cell(path: Path, text: str, said: str) -> None:
    book = openpyxl.load_workbook(path)
    cell(book, "Appendix 1", "children_missing_education/all", "Jan-22").value = text
    book.save(path)
    found = recognised(path)
    assert found.observations == ()
    (finding,) = found.findings
    assert finding.severity == "warning"
    assert "Appendix 1!F8" in finding.message
    assert said in finding.message


def test_a_share_typed_as_a_fraction_is_kept_as_typed_and_said(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    cell(book, "Appendix 1", "ehc_review_on_time/all", "Jan-22").value = 0.62
    book.save(path)
    found = recognised(path)
    assert [one.value for one in found.observations] == [Decimal("0.62")]
    assert [(f.code, f.severity) for f in found.findings] == [("share-as-fraction", "note")]


def test_a_sheet_renamed_is_still_read(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    cell(book, "Appendix 1", "children_missing_education/all", "Jan-22").value = 480
    book["Appendix 1"].title = "January"
    book.save(path)
    found = recognised(path)
    assert [one.value for one in found.observations] == [480]
    assert found.findings == ()


def test_a_sheet_without_its_keys_is_a_finding(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    cell(book, "Appendix 1", "children_missing_education/all", "Jan-22").value = 480
    book["Appendix 1"].tables.clear()
    book["Appendix 1"].delete_cols(3)
    book.save(path)
    found = recognised(path)
    assert found.observations == ()
    (finding,) = found.findings
    assert (finding.code, finding.severity) == ("sheet-lost", "warning")
    assert finding.places == ("sheet Appendix 1",)


def test_without_the_published_figures_nothing_is_read(path: Path) -> None:
    """Else every grey cell would come back as an officer's own figure."""
    book = openpyxl.load_workbook(path)
    cell(book, "Appendix 1", "children_missing_education/all", "Jan-22").value = 480
    del book["Revisions"]
    book.save(path)
    found = recognised(path)
    assert found.observations == ()
    assert [(f.code, f.severity) for f in found.findings] == [("sheet-lost", "error")]


def test_a_reason_without_a_value_is_a_finding(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    _, reason = revision(book, "children_missing_education/all", "Dec-21", "appendix_1")
    reason.value = "should be 496"
    book.save(path)
    found = recognised(path)
    assert found.observations == ()
    assert [f.code for f in found.findings] == ["value-missing"]


def test_with_nothing_published_there_is_still_a_month_to_fill_in(tmp_path: Path) -> None:
    template.write(Record(REGISTRY, {}, ()), tmp_path / "t.xlsx", today=TODAY)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert [one.value for one in book["Appendix 1"][1]][3:] == ["Mar-22"]
    assert recognised(tmp_path / "t.xlsx").findings == ()


def test_no_text_can_run_as_a_formula(tmp_path: Path) -> None:
    odd = replace(figure(CME, 2021, 12, "495", "appendix_1"), source="=1+1")
    odd = replace(odd, reading=replace(odd.reading, status="withheld", value=None, raw="=2+2"))
    ordered, series = assemble([(1, odd)])
    template.write(Record(REGISTRY, series, ordered), tmp_path / "t.xlsx", today=TODAY)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert not [
        c.coordinate for s in book for row in s.iter_rows() for c in row if c.data_type == "f"
    ]


def test_every_row_is_explained(path: Path) -> None:
    sheet = openpyxl.load_workbook(path)["What the rows mean"]
    keys = [row[2].value for row in sheet.iter_rows(min_row=2)]
    rows = [officers_workbook.key(row.ref) for row in appendix.rows(REGISTRY)]
    columns = {officers_workbook.key(c.ref) for c in officers_workbook.outturn_columns(REGISTRY)}
    assert keys[: len(rows)] == rows
    assert columns <= set(keys)
    assert all(len(row[3].value) > 20 for row in sheet.iter_rows(min_row=2))
