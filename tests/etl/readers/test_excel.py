"""Workbooks as officers keep them: each trap in a made-up sheet, figures checked by eye."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from etl.model import UserError
from etl.readers import excel
from tests.etl.readers.workbooks import (
    CME,
    EHCP,
    SHARE,
    changed,
    figures,
    read,
    recognised,
    saved,
)

ALL, PLAN, PART = (
    "children_missing_education/all",
    "children_missing_education/ehcp",
    "children_missing_education_share/ehcp",
)


def plain(_: Any, sheet: Any) -> None:
    sheet.append(["Serial", "Measure Description", "Jul-20", "Sept-21", "April 22"])
    sheet.append(["1a", CME, 521, 702, 595])
    sheet.append(["1b", EHCP, 66, 65, 56])


def test_the_plain_layout_and_its_places(tmp_path: Path) -> None:
    found = recognised(saved(tmp_path / "a.xlsx", plain))
    assert figures(found) == {
        f"{ALL} Jul-20": "521",
        f"{ALL} Sep-21": "702",
        f"{ALL} Apr-22": "595",
        f"{PLAN} Jul-20": "66",
        f"{PLAN} Sep-21": "65",
        f"{PLAN} Apr-22": "56",
    }
    assert found.observations[1].locator == "Appendix 1!D2 (1a, Sept-21)"
    assert found.findings == ()


@pytest.mark.parametrize(
    "code",
    [
        "mmm-yy",
        "dd/mm/yyyy",
        "yyyy-mm-dd",
        "[$-809]mmmm yyyy",
        "d-mmm",
        "General",
        "0",
        "0.00",
        "#,##0",
        "0%",
        "@",
    ],
)
def test_months_may_be_real_dates_under_any_format(tmp_path: Path, code: str) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.append(["Serial", "Measure Description", datetime(2020, 7, 1), date(2021, 9, 30)])
        for cell in sheet[1][2:]:
            cell.number_format = code
        sheet.append(["1a", CME, 521, 702])

    found = recognised(saved(tmp_path / "a.xlsx", fill))
    assert figures(found) == {f"{ALL} Jul-20": "521", f"{ALL} Sep-21": "702"}


def test_counts_that_happen_to_be_days_are_counts(tmp_path: Path) -> None:
    """44,013 and 44,044 are 1 July and 1 August 2020: under headings they are children."""

    def fill(_: Any, sheet: Any) -> None:
        sheet.append(["Serial", "Measure Description", "Jul-20", "Aug-20"])
        sheet.append(["1a", CME, 44013, 44044])

    found = recognised(saved(tmp_path / "a.xlsx", fill))
    assert figures(found) == {f"{ALL} Jul-20": "44013", f"{ALL} Aug-20": "44044"}


def test_a_month_that_excel_took_for_a_day_is_said_and_not_guessed(tmp_path: Path) -> None:
    """Jul-20 typed into Excel in 2026 becomes 20 July 2026, shown as 20-Jul."""

    def fill(_: Any, sheet: Any) -> None:
        sheet.append(["Serial", "Measure Description", date(2026, 7, 20), "Aug-20", "Sept-20"])
        sheet["C1"].number_format = "d-mmm"
        sheet.append(["1a", CME, 521, 702, 595])

    found = recognised(saved(tmp_path / "a.xlsx", fill))
    assert figures(found) == {f"{ALL} Aug-20": "702", f"{ALL} Sep-20": "595"}
    assert [one.code for one in found.findings] == ["month-unknown"]
    assert "Appendix 1!C1" in found.findings[0].message


def test_percentages_as_fractions_numbers_and_text(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        months = ["Jan-21", "Feb-21", "Mar-21", "Apr-21", "May-21", "Jun-21"]
        sheet.append(["Serial", "Measure Description", *months])
        sheet.append(["1c", SHARE, 0.094, 0.0940170940170940, 9.4, "9.4%", 0.094, "9.4 %"])
        sheet["C2"].number_format = "0.0%"
        sheet["D2"].number_format = "0.0%"
        sheet["G2"].number_format = "0.00%"

    found = recognised(saved(tmp_path / "a.xlsx", fill))
    assert [one.value for one in found.observations] == [Decimal("9.4")] * 6
    assert {one.reading.raw for one in found.observations} == {"9.4%", "9.4", "9.40%", "9.4 %"}


@pytest.mark.parametrize(
    ("shares", "asked"),
    [
        ([0.094, 0.109], True),  # 9.4% and 10.9%, their percent format lost
        ([0.094, 1], True),
        ([0, 0.109], True),
        ([0.9, 10.9], False),
        ([0, 1], False),
        (["0.9%", 0.8], False),
    ],
)
def test_fractions_without_a_percent_format_are_asked_about(
    tmp_path: Path, shares: list[Any], asked: bool
) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.append(["Serial", "Measure Description", "Jul-20", "Sept-21"])
        sheet.append(["1c", SHARE, *shares])

    found = recognised(saved(tmp_path / "a.xlsx", fill))
    assert len(found.observations) == 2
    said = [(one.code, one.severity, one.places) for one in found.findings]
    place = ("Appendix 1!C2 (1c, Jul-20)",)
    assert said == ([("share-as-fraction", "warning", place)] if asked else [])


def test_a_footnote_s_mark_is_no_digit_of_a_figure(tmp_path: Path) -> None:
    mark = InlineFont(vertAlign="superscript")

    def fill(_: Any, sheet: Any) -> None:
        sheet.append(["Serial", "Measure Description", "Jul-20", "Aug-20"])
        sheet.append(["1a", CellRichText(CME, TextBlock(mark, "1")), "", 702])
        sheet["C2"] = CellRichText("521", TextBlock(mark, "1"))
        sheet["D2"] = CellRichText(TextBlock(InlineFont(b=True), "7"), "02")

    found = recognised(saved(tmp_path / "a.xlsx", fill))
    assert figures(found) == {f"{ALL} Aug-20": "702"}
    assert [one.code for one in found.findings] == ["cell-unreadable"]
    assert "'521¹'" in found.findings[0].message


def test_what_five_people_do_to_a_sheet(tmp_path: Path) -> None:
    """Titles above, notes below, labels broken and re-typed, floats, a row nobody knows."""

    def fill(_: Any, sheet: Any) -> None:
        sheet["A1"] = "Appendix 1: SEND performance"
        sheet.merge_cells("A1:F1")
        sheet["A3"], sheet["B3"], sheet["C3"], sheet["D3"] = (
            "SERIAL",
            "Measure\nDescription ",
            "Jul-20",
            " Sept-21\xa0",
        )
        label = "number of children out\nof education\xa0-  all cme "
        sheet["A4"], sheet["B4"], sheet["C4"], sheet["D4"] = " 1a", label, 521.0, "41.0"
        sheet["A5"], sheet["B5"], sheet["C5"], sheet["D5"] = "9z", "Days of sunshine", 12, 13
        sheet["A6"], sheet["B6"], sheet["C6"], sheet["D6"] = "1b", EHCP, "nil", "-"
        sheet["A9"] = "*Note: figures are provisional, 2 of them revised in 2021"

    found = recognised(saved(tmp_path / "a.xlsx", fill))
    assert figures(found) == {
        f"{ALL} Jul-20": "521",
        f"{ALL} Sep-21": "41",
        f"{PLAN} Jul-20": "0",
    }
    assert [one.reading.raw for one in found.observations] == ["521", "41.0", "nil"]
    (unknown,) = set(found.findings)
    assert unknown.severity == "warning"
    assert "Days of sunshine" in unknown.message
    assert "Appendix 1!A5" in unknown.message


def test_a_label_merged_over_two_rows_belongs_to_both_and_a_figure_to_no_two_months(
    tmp_path: Path,
) -> None:
    label = (
        "Average time in days for arranging alternative education provision for children who "
        "have been out of education - Specific CME categories"
    )

    def fill(_: Any, sheet: Any) -> None:
        sheet.append(["Serial", "Measure Description", "Jul-20", "Nov-20"])
        sheet.append(["2a", label, 41, 132])
        sheet.append([None, None, "37.1 days", "30.1 days"])
        sheet.append(["1a", CME, 521, None])
        sheet.append(["1b", EHCP, 66, 65])
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("B2:B3")
        sheet.merge_cells("C4:D4")

    found = recognised(saved(tmp_path / "a.xlsx", fill))
    (finding,) = found.findings
    assert finding.code == "cell-unreadable"
    assert "C4 (1a, Jul-20): '521' is not read: its cell is merged over several" in finding.message
    assert figures(found) == {
        "alternative_provision_pupils/all Jul-20": "41",
        "alternative_provision_pupils/all Nov-20": "132",
        "alternative_provision_days/all Jul-20": "37.1",
        "alternative_provision_days/all Nov-20": "30.1",
        f"{PLAN} Jul-20": "66",
        f"{PLAN} Nov-20": "65",
    }


def test_hidden_rows_and_columns_are_read_and_said(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        plain(book, sheet)
        sheet.column_dimensions["D"].hidden = True
        sheet.row_dimensions[3].hidden = True
        sheet.row_dimensions[40].hidden = True

    found = recognised(saved(tmp_path / "a.xlsx", fill))
    assert len(found.observations) == 6
    assert [(one.code, one.severity) for one in found.findings] == [("hidden-cells", "note")] * 2
    assert "hidden rows were read too: 3." in found.findings[0].message
    assert "hidden columns were read too: D." in found.findings[1].message


def test_a_hidden_sheet_is_an_older_copy_until_somebody_shows_it(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        plain(book, sheet)
        old = book.create_sheet("Old")
        plain(book, old)
        old["C2"] = 9999
        old.sheet_state = "veryHidden"

    found = recognised(saved(tmp_path / "a.xlsx", fill))
    assert figures(found)[f"{ALL} Jul-20"] == "521"
    assert [one.code for one in found.findings] == ["hidden-sheet"]


def test_the_table_is_found_among_other_sheets(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        plain(book, sheet)
        other = book.create_sheet("Budget", 0)
        other.append(["Directorate", "2020", "2021"])
        other.append(["Schools", 1200, 1300])
        book.create_sheet("Empty")

    found = recognised(saved(tmp_path / "a.xlsx", fill))
    assert len(found.observations) == 6
    assert {one.locator.partition("!")[0] for one in found.observations} == {"Appendix 1"}


def test_formulas_count_by_their_saved_value_and_errors_never(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.append(["Serial", "Measure Description", "Jul-20", "Aug-20", "Sep-20", "Oct-20"])
        sheet.append(["1a", CME, "=260+261", "=700+2", "#REF!", 400])
        sheet["E2"].data_type = "e"

    unsaved = saved(tmp_path / "a.xlsx", fill)
    path = changed(
        unsaved,
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(b"(260.261</f>)<v ?(/>|></v>)", rb"\1<v>521</v>", xml),
        tmp_path / "b.xlsx",
    )
    found = recognised(path)
    assert figures(found) == {f"{ALL} Jul-20": "521", f"{ALL} Oct-20": "400"}
    messages = [one.message for one in found.findings]
    assert any("Appendix 1!D2" in text and "formula" in text for text in messages)
    assert any("Appendix 1!E2" in text and "#REF!" in text for text in messages)
    assert len(messages) == 2


def test_the_meeting_is_read_where_the_workbook_says_it(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        plain(book, sheet)
        cover = book.create_sheet("Cover", 0)
        cover["A1"], cover["B1"] = "Date of meeting", date(2022, 3, 18)
        cover["A2"] = "Published: 18 March 2022"
        cover["A3"], cover["B3"] = "Meeting date:", "18/03/2022"

    assert read(saved(tmp_path / "a.xlsx", fill)).source.published == date(2022, 3, 18)

    def two(book: Any, sheet: Any) -> None:
        fill(book, sheet)
        sheet["A9"] = "Date of meeting: 17 September 2021"

    assert read(saved(tmp_path / "b.xlsx", two)).source.published is None


def test_a_million_empty_rows_take_no_room_and_hide_nothing(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        plain(book, sheet)

    path = changed(
        saved(tmp_path / "a.xlsx", fill),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            b"</sheetData>",
            b"".join(b'<row r="%d"/>' % row for row in range(4, 1_000_000))
            + b'<row r="1000000"><c r="A1000000" t="str"><v>the end</v></c></row></sheetData>',
        ),
        tmp_path / "b.xlsx",
    )
    rows = read(path).tables[0].rows
    assert len(rows) == 5
    assert str(rows[-1][0].place) == "Appendix 1!A1000000"


@pytest.mark.parametrize("placed", [True, False], ids=["placed", "by order"])
def test_cells_that_are_only_coloured_move_nothing(tmp_path: Path, placed: bool) -> None:
    """An empty cell without its place still takes one, and keeps the next in its column."""

    def spread(xml: bytes) -> bytes:
        coloured = b'<c r="E2" s="0"/><c r="F2" s="0"></c>' if placed else b'<c s="0"/>'
        xml = xml.replace(b"</row>", coloured + b"</row>")
        return xml if placed else re.sub(rb'<c r="[A-Z]+[0-9]+"', b"<c", xml)

    plain_file = saved(tmp_path / "a.xlsx", plain)
    file = changed(plain_file, "xl/worksheets/sheet1.xml", spread, tmp_path / "b.xlsx")
    assert figures(recognised(file)) == figures(recognised(plain_file))
    inner = changed(
        plain_file,
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb'<c r="([A-Z]+[0-9]+)"', b"<c", xml).replace(
            b"</row>", b'<c s="0"/><c t="str"><v>far</v></c></row>', 1
        ),
        tmp_path / "c.xlsx",
    )
    assert read(inner).tables[0].rows[0][-2].text == ""
    assert read(inner).tables[0].rows[0][-1].text == "far"


WRONG = [
    ("xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2], "sheet Appendix 1 is not whole"),
    (
        "xl/worksheets/sheet1.xml",
        lambda xml: b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>' + xml,
        "XML declarations",
    ),
    (
        "xl/workbook.xml",
        lambda xml: b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + xml,
        "XML declarations",
    ),
    (
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            b"</sheetData>",
            b'<row r="9">'
            + b"".join(b'<c t="str"><v>x%d</v></c>' % (n * 7919) for n in range(4_001))
            + b"</row></sheetData>",
        ),
        "4,000 filled cells",
    ),
    (
        "xl/worksheets/sheet1.xml",
        lambda xml: xml + b" " * 20_000_000,
        "times its size, which no real document does",
    ),
    (r"_rels/\.rels", lambda xml: b"<Relationships/>", "holds no workbook"),
]


@pytest.mark.parametrize(("part", "edit", "said"), WRONG, ids=[one[2] for one in WRONG])
def test_what_no_spreadsheet_writes_is_refused_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str, edit: Any, said: str
) -> None:
    monkeypatch.setattr(excel, "MAX_CELLS", 4_000)
    path = changed(saved(tmp_path / "a.xlsx", plain), part, edit, tmp_path / "b.xlsx")
    with pytest.raises(UserError, match=said) as error:
        read(path)
    assert "b.xlsx" in str(error.value)
    assert error.value.exit_code == 2


def test_links_to_other_files_and_macros_are_left_alone(tmp_path: Path) -> None:
    """The saved value of a linked formula is a figure; what it points to is never opened."""
    path = changed(
        saved(tmp_path / "a.xlsx", plain),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            b"<v>521</v>", b'<f>[1]Sheet1!A1+WEBSERVICE("http://127.0.0.1/")</f><v>521</v>'
        ),
        tmp_path / "b.xlsm",
    )
    assert figures(recognised(path))[f"{ALL} Jul-20"] == "521"


def test_a_renamed_workbook_is_still_one(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", plain).rename(tmp_path / "a.csv")
    assert len(recognised(path).observations) == 6


def test_texts_shared_by_cells_are_read_as_they_show(tmp_path: Path) -> None:
    """Rich text joined, phonetic guides left out, escaped line breaks as blanks."""
    shared = (
        "<sst><si><r><t>Number of children </t></r><r><rPr><b/></rPr><t>out of education</t></r>"
        "<rPh><t>guide</t></rPh></si><si><t>two_x000D_\nlines_x0041_</t></si></sst>"
    )
    head = '<?xml version="1.0"?>'
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    parts = {
        "_rels/.rels": f'<R><R Id="1" Type="{kinds}officeDocument" Target="/xl/workbook.xml"/></R>',
        "xl/workbook.xml": f'<w xmlns:r="{kinds}"><sheets><sheet name="S" r:id="a"/></sheets></w>',
        "xl/_rels/workbook.xml.rels": (
            f'<R><R Id="a" Type="{kinds}worksheet" Target="worksheets/s.xml"/>'
            f'<R Id="b" Type="{kinds}sharedStrings" Target="shared.xml"/></R>'
        ),
        "xl/shared.xml": shared,
        "xl/worksheets/s.xml": (
            '<s><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c>'
            '<c t="s"><v>7</v></c><c t="b"><v>1</v></c></row></sheetData></s>'
        ),
    }
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, head + text)
    (row,) = read(path).tables[0].rows
    assert [cell.text for cell in row] == [
        "Number of children out of education",
        "two linesA",
        "",
        "TRUE",
    ]
    assert [str(cell.place) for cell in row] == ["S!A1", "S!B1", "S!C1", "S!D1"]
    assert row[2].problem == "the file is damaged here"


def test_an_empty_workbook_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="the workbook is empty"):
        read(saved(tmp_path / "a.xlsx", lambda book, sheet: None))
