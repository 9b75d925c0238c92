"""Months down the side and measures across: the same figures, or a finding."""

from __future__ import annotations

from datetime import date

import pytest

from etl import incoming, registry
from etl.incoming import Incoming
from etl.model import Document, NoTable, Source, Table
from tests.etl.readers.workbooks import CME
from tests.etl.recognise.test_grids import table

AP = (
    "Average time in days for arranging alternative education provision for children who have "
    "been out of education - Specific CME categories All cases"
)
ROWS = [
    ["Serial", "1a", "2a", "2a"],
    ["Measure Description", CME, f"{AP} - number of pupils", f"{AP} - average number of days"],
    ["Jul-20", "521", "41", "37.1 days"],
    ["Sept-21", "577", "147", "16.5"],
    ["Dec 21", "495", "-", ""],
]
WANTED = {
    ("children_missing_education", "all", "2020-07-31"): "521",
    ("children_missing_education", "all", "2021-09-30"): "577",
    ("children_missing_education", "all", "2021-12-31"): "495",
    ("alternative_provision_pupils", "all", "2020-07-31"): "41",
    ("alternative_provision_pupils", "all", "2021-09-30"): "147",
    ("alternative_provision_days", "all", "2020-07-31"): "37.1 days",
    ("alternative_provision_days", "all", "2021-09-30"): "16.5",
}


def read(*tables: Table) -> Incoming:
    source = Source("a.csv", "0", "csv", date(2022, 3, 18), "A table")
    return incoming.recognised(Document(source, tables), registry.load())


def figures(found: Incoming) -> dict[tuple[str, str, str], str]:
    return {
        (o.measure, o.cohort, o.period.end.isoformat()): o.reading.raw for o in found.observations
    }


def codes(found: Incoming) -> list[str]:
    return [finding.code for finding in found.findings]


def test_serials_and_labels_above_the_months() -> None:
    found = read(table(*ROWS))
    assert (figures(found), codes(found)) == (WANTED, [])
    place = found.observations[0].locator
    assert "row 3, column 2" in place
    assert "Jul-20, Number of children out of education" in place
    assert {one.table for one in found.observations} == {"appendix_1"}


def test_labels_alone_or_led_by_their_serials_and_a_title_above() -> None:
    alone = [["Appendix 1", "", "", ""], ["", *ROWS[1][1:]], *ROWS[2:]]
    led = [["Month", *(f"{a} {b}" for a, b in list(zip(*ROWS[:2], strict=True))[1:])], *ROWS[2:]]
    for rows in (alone, led):
        found = read(table(*rows))
        assert (figures(found), codes(found)) == (WANTED, [])


def test_a_comma_too_many_keeps_its_month_out_and_no_other() -> None:
    rows = [list(row) for row in ROWS]
    rows[3] = ["Sept-21", "", "577", "147", "16.5"]
    found = read(table(*rows))
    assert figures(found) == {k: v for k, v in WANTED.items() if k[2] != "2021-09-30"}
    assert codes(found) == ["row-width"]
    assert "Sept-21" in found.findings[0].message


def test_an_unknown_column_is_named() -> None:
    rows = [[*row, extra] for row, extra in zip(ROWS, ("6", "Appeals", "3", "4", "5"), strict=True)]
    found = read(table(*rows))
    assert (figures(found), codes(found)) == (WANTED, ["column-left"])
    assert "Appeals" in found.findings[0].message


def test_a_month_that_stands_twice_is_said() -> None:
    found = read(table(*ROWS, ["Jul-20", "522", "42", "38.1 days"]))
    assert {(one.code, one.severity) for one in found.findings} == {("row-twice", "error")}
    assert {end for _, _, end in figures(found)} == {"2021-09-30", "2021-12-31"}


def test_another_area_s_column_beside_ours_is_told_and_not_ours() -> None:
    rows = [["Month", CME, "England"], ["Jul-20", "521", "900"], ["Aug-20", "530", "901"]]
    found = read(table(*rows))
    assert sorted(figures(found).values()) == ["521", "530"]
    assert [(one.code, one.severity) for one in found.findings] == [("comparator-left-out", "note")]
    assert "the figures of England in this table" in found.findings[0].message


def test_another_subjects_months_down_the_side_are_left_alone() -> None:
    with pytest.raises(NoTable):
        read(table(["Month", "Pupils absent"], ["Jul-20", "12"], ["Aug-20", "13"]))
