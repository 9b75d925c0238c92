"""The tidy layout read back: in full as it was written, in short with what it leaves out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import tidy, workbook
from etl.appendix_workbook import add_tidy
from etl.model import Document, Observation, Period, Reading, Source
from etl.readers import csv
from etl.recognise import Recognised, recognise
from tests.etl.readers.workbooks import REGISTRY, recognised
from tests.etl.series import observations


def written(tmp_path: Path, *lines: str) -> Recognised:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return recognised(path)


def test_what_export_writes_comes_back_whole(tmp_path: Path) -> None:
    one = Observation(
        "E10000020",
        "ehc_review_on_time",
        "lac",
        Period("month", date(2021, 3, 1), date(2021, 3, 31)),
        Reading(Decimal(53), "percent", "reported", 255, "", "53% in time (255 LAC in calc)"),
        date(2021, 9, 17),
        '=A pack, "quoted"',
        "appendix_1",
        "-line 1800; row 4a",
    )
    none = Observation(
        "E92000001",
        "ehc_plans_on_time",
        "all",
        Period("calendar_year", date(2022, 1, 1), date(2022, 12, 31)),
        Reading(None, "count", "not_available", None, "@note", "x"),
        date(2025, 6, 26),
        "DfE",
        "dfe",
        "row 3",
    )
    text = tidy.as_csv([one, none], lambda _: None)
    assert "'=A pack" in text
    assert "'-line" in text
    assert written(tmp_path, text).observations == (one, none)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.lists(observations(), max_size=12, unique_by=lambda one: (one.series, one.period, one.table))
)
def test_any_figures_come_back_from_the_csv_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, figures: list[Observation]
) -> None:
    path = tmp_path_factory.mktemp("tidy") / "a.csv"
    path.write_text(tidy.as_csv(figures, lambda _: None), encoding="utf-8")
    document = csv.read(path, Source("a.csv", "", "csv"))
    found = recognise(document, REGISTRY)
    assert list(found.observations) == figures
    assert found.findings == ()


@settings(max_examples=15, deadline=None)
@given(st.lists(observations(), min_size=1, max_size=6))
def test_any_figures_come_back_from_a_sheet_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, figures: list[Observation]
) -> None:
    book = workbook.new()
    add_tidy(book, figures, lambda _: None)
    path = tmp_path_factory.mktemp("tidy") / "a.xlsx"
    workbook.save(book, path)
    assert list(recognised(path).observations) == figures


SHORT = (Path(__file__).parents[2] / "cells" / "tidy.md").read_text(encoding="utf-8")
ROWS = [line.strip("| ") for line in SHORT.splitlines() if line.startswith("| ")][1:]


@pytest.mark.parametrize("line", ROWS)
def test_a_short_row_takes_what_it_leaves_out_from_the_registry(tmp_path: Path, line: str) -> None:
    measure, cohort, period, value, span, start, end, figure, status = (
        part.strip() for part in line.split("|")
    )
    found = written(tmp_path, "measure,cohort,period,value", f"{measure},{cohort},{period},{value}")
    assert found.findings == ()
    (one,) = found.observations
    row = tidy.row(one)
    assert (row["span"], row["period_start"], row["period_end"]) == (span, start, end)
    assert (row["value"], row["status"], row["table"]) == (figure, status, "officer")
    assert (one.source, one.locator) == ("a.csv", "row 2, column 4")


ODD = [
    ("measure-unknown", "no_such_measure,all,Jul-20,1", "row 2, column 1: no measure"),
    ("cohort-unknown", "complaints_local,lac,Jul-20,1", "row 2, column 2: complaints_local has no"),
    ("period-unreadable", "complaints_local,all,Smarch 20,1", "row 2, column 3: 'Smarch 20'"),
    ("period-unreadable", "complaints_local,all,2021-13,1", "row 2, column 3: '2021-13'"),
    ("period-unreadable", "complaints_local,all,,1", "row 2, column 3: the period is missing"),
    ("cell-unreadable", "complaints_local,all,Jul-20,many", "row 2, column 4: 'many'"),
    ("cell-unreadable", "complaints_local,all,Jul-20,- 3", "row 2, column 4: '- 3'"),
    ("cell-unreadable", "complaints_local,all,Jul-20,4 days", "row 2, column 4: '4 days'"),
]


@pytest.mark.parametrize(("code", "row", "said"), ODD, ids=[one[1] for one in ODD])
def test_a_row_that_cannot_be_taken_is_named_and_the_rest_read(
    tmp_path: Path, code: str, row: str, said: str
) -> None:
    good = "complaints_local,all,Aug-20,40"
    found = written(tmp_path, "measure,cohort,period,value", row, good)
    assert [one.value for one in found.observations] == [40]
    (finding,) = found.findings
    assert (finding.code, finding.severity) == (code, "warning")
    assert finding.message.startswith(said)


FULL = [
    ("value", "status", "5", "not_applicable", "does not go with"),
    ("value", "status", "", "reported", "does not go with"),
    ("value", "status", "-5", "reported", "below 0"),
    ("value", "status", "4.5", "reported", "whole number"),
    ("value", "status", "9" * 40, "reported", "too long"),
    ("unit", "status", "days", "reported", "is in count, not in days"),
    ("period_end", "status", "2021-08-30", "reported", "not a month period"),
    ("sample_size", "status", "1.5", "reported", "not a whole number"),
    ("published", "status", "17/9/2021", "reported", "is not like 2021-07-31"),
]


@pytest.mark.parametrize(("name", "other", "text", "status", "said"), FULL)
def test_a_full_row_that_contradicts_itself_is_not_read(
    tmp_path: Path, name: str, other: str, text: str, status: str, said: str
) -> None:
    row = dict.fromkeys(tidy.NAMES, "") | {
        "measure": "children_missing_education",
        "span": "month",
        "period_start": "2021-08-01",
        "period_end": "2021-08-31",
        "value": "5",
        "unit": "count",
        "published": "2021-09-17",
    }
    row |= {name: text, other: status}
    found = written(tmp_path, ",".join(row), ",".join(row.values()))
    assert found.observations == ()
    assert said in found.findings[0].message


def test_a_row_without_a_figure_gives_none(tmp_path: Path) -> None:
    found = written(
        tmp_path, "Measure,Period,Value", "complaints_local,Jul-20,-", "complaints_local,Aug-20,"
    )
    assert (found.observations, found.findings, found.tables) == ((), (), 1)


def test_many_rows_of_one_fault_are_counted_not_listed(tmp_path: Path) -> None:
    found = written(tmp_path, "measure,period,value", *["nothing,Jul-20,1"] * 100)
    assert len(found.findings) == 26
    assert "75 more rows" in found.findings[-1].message


def test_a_figure_given_in_words_keeps_its_place(tmp_path: Path) -> None:
    found = written(
        tmp_path,
        "Measure,Period,Value,Place",
        "complaints_local,2021-22,123,minutes of 6 February 2023",
        "complaints_local,Dec-22,100,",
    )
    (one,) = found.observations
    assert (one.table, one.locator) == ("stated", "minutes of 6 February 2023")
    assert [finding.code for finding in found.findings] == ["place-missing"]


def test_no_table_is_taken_for_tidy_that_is_not(tmp_path: Path) -> None:
    assert not written(tmp_path, "measure,budget", "a,1").tables
    assert not recognise(Document(Source("a", "", "csv")), REGISTRY).tables


@pytest.mark.parametrize("column", ["type", "series", "scenario", "note", "figure type"])
@pytest.mark.parametrize("word", ["Target", "forecast", "Last year", "Trajectory", "benchmark"])
def test_a_row_that_a_column_calls_a_target_is_no_figure(
    tmp_path: Path, column: str, word: str
) -> None:
    found = written(
        tmp_path,
        f"measure,period,value,{column}",
        "children_missing_education,Jul-21,387,",
        f"children_missing_education,Aug-21,400,{word}",
        "children_missing_education,Sep-21,577,Actual",
    )
    assert [str(one.value) for one in found.observations] == ["387", "577"]
    assert [finding.code for finding in found.findings] == ["not-actual"]
    assert word in found.findings[0].message
