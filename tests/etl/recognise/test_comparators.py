"""Columns, rows and sections of another area in a table of ours: left out, and told once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl import incoming, recognise, registry
from etl.model import Cell, Document, Place, Refused, Source, Table
from etl.recognise import Recognised
from tests.etl.recognise.whole_files import CME, REVIEWS

REGISTRY = registry.load()
HEAD = ["Serial", "Measure Description"]
OURS = {"521", "530"}
Rows = list[list[str]]


def read(rows: Rows, *, sheet: str = "", form: str = "word") -> Recognised:
    """The figures of one table, as a workbook's sheet or as a table of another form."""
    cells = tuple(
        tuple(
            Cell(
                text,
                Place(sheet=sheet, cell=f"{'ABCDEFGHIJ'[column - 1]}{row}")
                if sheet
                else Place(table=1, row=row, column=column),
            )
            for column, text in enumerate(texts, 1)
        )
        for row, texts in enumerate(rows, 1)
    )
    place = Place(sheet=sheet) if sheet else Place(table=1)
    source = Source("file", "0", "excel" if sheet else form, date(2022, 5, 18))  # type: ignore[arg-type]
    return recognise.recognise(Document(source, (Table(cells, sheet, place),)), REGISTRY)


# Each has 521 and 530 of ours; the names that are told of.
COLUMNS: dict[str, tuple[Rows, str]] = {
    "a column without a month": (
        [[*HEAD, "Jul-20", "Aug-20", "England"], ["1a", CME, "521", "530", "900"]],
        "England",
    ),
    "a column before the months": (
        [[*HEAD, "England", "Jul-20", "Aug-20"], ["1a", CME, "900", "521", "530"]],
        "England",
    ),
    "columns of two, by full name": (
        [
            [*HEAD, "Jul-20", "Aug-20", "Suffolk County Council", "SN average"],
            ["1a", CME, "521", "530", "900", "901"],
        ],
        "Suffolk County Council, SN average",
    ),
    "the area before the month": (
        [
            [*HEAD, "Norfolk Jul-20", "England Jul-20", "Norfolk Aug-20", "England Aug-20"],
            ["1a", CME, "521", "900", "530", "901"],
        ],
        "England",
    ),
    "the area after the month": (
        [
            [*HEAD, "Jul-20 (England)", "Jul-20 (Norfolk)", "Aug-20 – Suffolk", "Aug-20 – Norfolk"],
            ["1a", CME, "900", "521", "901", "530"],
        ],
        "England, Suffolk",
    ),
    "areas below the months": (
        [
            [*HEAD, "Jul-20", "", "Aug-20", ""],
            ["", "", "Norfolk", "England", "Norfolk", "England"],
            ["1a", CME, "521", "900", "530", "901"],
        ],
        "England",
    ),
    "areas below the months, ours second": (
        [
            [*HEAD, "Jul-20", "", "Aug-20", ""],
            ["", "", "England", "Norfolk", "England", "Norfolk"],
            ["1a", CME, "900", "521", "901", "530"],
        ],
        "England",
    ),
    "three areas below each month": (
        [
            [*HEAD, "Jul-20", "", "", "Aug-20", "", ""],
            ["", "", "Region", "Norfolk", "National", "Region", "Norfolk", "National"],
            ["1a", CME, "900", "521", "902", "901", "530", "903"],
        ],
        "Region, National",
    ),
    "areas above the months": (
        [
            ["", "", "Norfolk", "", "England", ""],
            [*HEAD, "Jul-20", "Aug-20", "Jul-20", "Aug-20"],
            ["1a", CME, "521", "530", "900", "901"],
        ],
        "England",
    ),
    "areas above the months, ours second": (
        [
            ["", "", "East of England", "", "Norfolk County Council", ""],
            [*HEAD, "Jul-20", "Aug-20", "Jul-20", "Aug-20"],
            ["1a", CME, "900", "901", "521", "530"],
        ],
        "East of England",
    ),
    "one area below the last column": (
        [
            [*HEAD, "Jul-20", "Aug-20", ""],
            ["", "", "", "", "England"],
            ["1a", CME, "521", "530", "900"],
        ],
        "England",
    ),
    "rows below ours": (
        [
            [*HEAD, "Jul-20", "Aug-20"],
            ["1a", CME, "521", "530"],
            ["", "England", "900", "901"],
            ["", "Statistical neighbours", "902", "903"],
        ],
        "England, Statistical neighbours",
    ),
    "a column of areas": (
        [
            [*HEAD, "Area", "Jul-20", "Aug-20"],
            ["1a", CME, "Norfolk", "521", "530"],
            ["1a", CME, "England", "900", "901"],
            ["1a", CME, "London Borough of Barnet", "1", "2"],
        ],
        "England, London Borough of Barnet",
    ),
    "the area in the label": (
        [
            [*HEAD, "Jul-20", "Aug-20"],
            ["1a", f"{CME} (Norfolk)", "521", "530"],
            ["1a", f"{CME} (England)", "900", "901"],
            ["1a", f"Suffolk: {CME}", "902", "903"],
            ["1a", f"{CME} - statistical neighbours", "904", "905"],
        ],
        "England, Suffolk, statistical neighbours",
    ),
}


@pytest.mark.parametrize("sheet", ["", "Appendix 1"])
@pytest.mark.parametrize("name", COLUMNS)
def test_another_areas_columns_and_rows_are_left_out(name: str, sheet: str) -> None:
    rows, named = COLUMNS[name]
    found = read(rows, sheet=sheet)
    assert sorted(one.reading.raw for one in found.observations) == sorted(OURS)
    assert {one.period.end.month: one.reading.raw for one in found.observations} == {
        7: "521",
        8: "530",
    }
    assert [(one.code, one.severity) for one in found.findings] == [("comparator-left-out", "note")]
    assert f"the figures of {named} in this table" in found.findings[0].message


SECTIONS: dict[str, tuple[Rows, set[str], list[tuple[str, str]]]] = {
    "ours, then England's, months once": (
        [
            [*HEAD, "Jul-20", "Aug-20"],
            ["Norfolk"],
            ["1a", CME, "521", "530"],
            ["England"],
            ["1a", CME, "900", "901"],
        ],
        OURS,
        [("table-of-another-area", "note")],
    ),
    "England's, then ours, months once": (
        [
            [*HEAD, "Jul-20", "Aug-20"],
            ["England"],
            ["1a", CME, "900", "901"],
            ["Norfolk"],
            ["1a", CME, "521", "530"],
        ],
        OURS,
        [("table-of-another-area", "note")],
    ),
    "England's with its months, then ours": (
        [
            ["England average"],
            [*HEAD, "Jul-20", "Aug-20"],
            ["1a", CME, "900", "901"],
            [],
            ["Norfolk"],
            ["1a", CME, "521", "530"],
        ],
        OURS,
        [("table-of-another-area", "note")],
    ),
    "a title above": (
        [
            ["Suffolk County Council: Appendix 1"],
            [*HEAD, "Jul-20", "Aug-20"],
            ["1a", CME, "521", "530"],
        ],
        set(),
        [("table-of-another-area", "warning")],
    ),
    "a field above": (
        [["Local authority", "Suffolk"], [*HEAD, "Jul-20", "Aug-20"], ["1a", CME, "521", "530"]],
        set(),
        [("table-of-another-area", "warning")],
    ),
    "our own field above": (
        [
            ["Council:", "Norfolk County Council"],
            [*HEAD, "Jul-20", "Aug-20"],
            ["1a", CME, "521", "530"],
        ],
        OURS,
        [],
    ),
    "a row of another subject between": (
        [["Appendix 1"], [*HEAD, "Jul-20", "Aug-20"], ["Complaints"], ["1a", CME, "521", "530"]],
        OURS,
        [],
    ),
}


@pytest.mark.parametrize("sheet", ["", "Appendix 1"])
@pytest.mark.parametrize("name", SECTIONS)
def test_sections_of_a_table(name: str, sheet: str) -> None:
    rows, values, said = SECTIONS[name]
    found = read(rows, sheet=sheet)
    assert {one.reading.raw for one in found.observations} == values
    assert [(one.code, one.severity) for one in found.findings] == said


@pytest.mark.parametrize(
    ("sheet", "values"),
    [
        ("Suffolk", set()),
        ("England", set()),
        ("Stat neighbours", set()),
        ("SN", set()),
        ("Kent CC", set()),
        ("Region", set()),
        ("Benchmarking", set()),
        ("Norfolk", OURS),
        ("Appendix 1", OURS),
        ("Sheet1", OURS),
        ("SEND performance", OURS),
    ],
)
def test_a_sheets_name_says_whose_it_is(sheet: str, values: set[str]) -> None:
    rows = [[*HEAD, "Jul-20", "Aug-20"], ["1a", CME, "521", "530"]]
    found = read(rows, sheet=sheet)
    assert {one.reading.raw for one in found.observations} == values
    assert bool(found.findings) is not bool(values)
    titled = read([["Norfolk County Council"], *rows], sheet=sheet)
    # Named for another and titled as ours: nobody can tell.
    assert {one.reading.raw for one in titled.observations} == values


def test_one_heading_of_a_row_of_ours_is_not_taken_for_an_area() -> None:
    rows = [[*HEAD, "Jul-20", "Aug-20"], ["4", REVIEWS, "61% in time", "62% in time"]]
    assert read(rows).findings == ()


TIDY = "measure,period,value,{}\nchildren_missing_education,Jul-20,521,{}\n"


@pytest.mark.parametrize("column", ["council", "Local authority", "authority", "area", "la_name"])
@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Norfolk", True),
        ("Norfolk County Council", True),
        ("E10000020", True),
        ("", True),
        ("Suffolk", False),
        ("Suffolk County Council", False),
        ("England", False),
        ("North Norfolk", False),
        ("Somewhere", False),
    ],
)
def test_a_tidy_rows_area(column: str, name: str, read: bool, tmp_path: Path) -> None:
    both = TIDY.format(column, name) + "children_missing_education,Aug-20,530,Norfolk\n"
    (tmp_path / "t.csv").write_text(both, encoding="utf-8")
    found = incoming.read(tmp_path / "t.csv", REGISTRY, date(2022, 5, 18))
    values = {one.reading.raw: one.authority for one in found.observations}
    assert values == {"530": "E10000020", **({"521": "E10000020"} if read else {})}
    assert bool(found.findings) is not read


def test_a_tidy_file_of_another_council_alone(tmp_path: Path) -> None:
    for name in ("Suffolk", "E10000029"):
        (tmp_path / "t.csv").write_text(TIDY.format("authority", name), encoding="utf-8")
        with pytest.raises(Refused, match="Suffolk"):
            incoming.read(tmp_path / "t.csv", REGISTRY, date(2022, 5, 18))


def test_a_column_of_subjects_is_no_column_of_areas(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TIDY.format("area", "Education"), encoding="utf-8")
    found = incoming.read(tmp_path / "t.csv", REGISTRY, date(2022, 5, 18))
    assert len(found.observations) == 1
