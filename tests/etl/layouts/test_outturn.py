"""The yearly outturn table, read by what it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl

from etl import readers, registry, tables
from etl.model import Cell, Document, Place, Source, Table
from etl.recognise import Recognised

FOUR = [
    "Number Including Exception",
    "On Time Including Exception",
    "% On Time Including Exception",
    "% On Time Excluding Exception",
]
DAYS = "Average number of days to issue Final"


def read(*rows: list[str]) -> Recognised:
    cells = tuple(
        tuple(Cell(text, Place(line=number)) for text in row) for number, row in enumerate(rows, 1)
    )
    source = Source("pack.txt", "0", "text", date(2023, 3, 17), "A pack")
    return tables.read(Document(source, (Table(cells, "", Place(line=1)),)), registry.load())


def outturn(year: str = "2022") -> list[list[str]]:
    """A made-up year of four months, its quarters and its running totals."""
    return [
        [f"Final EHCP - {year}", *[""] * 13],
        [
            year,
            "Month by Month",
            "",
            "",
            "",
            "Quarterly",
            "",
            "",
            "",
            "Cumulative",
            *[""] * 3,
            "Days",
        ],
        ["", *FOUR * 3, DAYS],
        [
            "January (All)",
            "10",
            "5",
            "50.0",
            "60.0",
            "30",
            "15",
            "50",
            "60",
            "10",
            "5",
            "50",
            "60",
            "200",
        ],
        [
            "February (All)",
            "10",
            "5",
            "50.0",
            "60.0",
            "",
            "",
            "",
            "",
            "20",
            "10",
            "50",
            "60",
            "190",
        ],
        ["March", "10", "5", "50.0", "60.0", "", "", "", "", "30", "15", "50", "60", "180"],
        ["April", "20", "5", "25.0", "-", "20", "5", "25", "-", "50", "20", "40", "-", "170"],
        ["Year 2022", *[""] * 8, "50", "20", "40.0", "", ""],
        ["Target", *[""] * 10, "90.0", "", ""],
    ]


def codes(found: Recognised) -> list[str]:
    return [finding.code for finding in found.findings]


def test_another_year_with_other_months_is_read() -> None:
    found = read(*outturn())
    assert codes(found) == []
    spans = Counter(o.period.span for o in found.observations)
    assert spans == {"month": 4 * 5 - 1, "quarter": 7, "calendar_year_to_date": 15}
    assert {o.period.start.year for o in found.observations} == {2022}
    quarter = [o for o in found.observations if o.period.span == "quarter"]
    assert {(o.period.start.isoformat(), o.period.end.isoformat()) for o in quarter} == {
        ("2022-01-01", "2022-03-31"),
        ("2022-04-01", "2022-06-30"),
    }


def test_groups_in_another_order_are_told_by_their_names() -> None:
    def turned(row: list[str]) -> list[str]:
        return [row[0], *row[9:13], *row[5:9], *row[1:5], row[13]]

    rows = [outturn()[0], *(turned(row) for row in outturn()[1:])]
    assert set(read(*rows).observations) != set()
    key = lambda o: (o.measure, o.period, o.value)  # noqa: E731
    assert set(map(key, read(*rows).observations)) == set(map(key, read(*outturn()).observations))


def test_yearly_row_and_target_are_statements_not_figures() -> None:
    found = read(*outturn())
    assert [(s.kind, s.value) for s in found.statements] == [
        ("yearly_row", Decimal(50)),
        ("yearly_row", Decimal(20)),
        ("yearly_row", Decimal("40.0")),
        ("printed_target", Decimal("90.0")),
    ]
    assert all(o.locator.split(", ")[0] not in ("line 8", "line 9") for o in found.observations)


def test_without_a_year_nothing_is_read() -> None:
    rows = outturn("")
    rows[7][0] = "Total"
    found = read(*rows)
    assert found.observations == ()
    assert codes(found) == ["table-left"]
    assert "it names no calendar year" in found.findings[0].message


def test_two_years_are_not_chosen_from() -> None:
    rows = outturn()
    rows[0][0] = "Final EHCP - 2021"
    found = read(*rows)
    assert (found.observations, found.statements, codes(found)) == ((), (), ["table-left"])
    assert "several years (2021, 2022)" in found.findings[0].message


def test_without_group_names_only_the_days_are_certain() -> None:
    rows = outturn()
    rows[1] = ["2022", *[""] * 13]
    found = read(*rows)
    assert {o.measure for o in found.observations} == {"ehc_plan_days"}
    assert set(codes(found)) == {"column-left"}


def test_a_row_of_other_length_gives_nothing() -> None:
    rows = outturn()
    del rows[4][6]
    found = read(*rows)
    assert codes(found) == ["row-width"]
    assert not any(o.locator.startswith("line 5,") for o in found.observations)


def test_a_quarter_that_slipped_to_another_row_is_a_finding() -> None:
    rows = outturn()
    rows[4][5], rows[3][5] = rows[3][5], ""
    found = read(*rows)
    assert set(codes(found)) == {"quarter-misplaced"}
    slipped = [o for o in found.observations if o.period.span == "quarter" and o.value == 30]
    assert slipped == []


def test_a_cell_merged_over_the_quarter_counts_once() -> None:
    rows = outturn()[:6]
    for row in rows[4:6]:
        row[5:9] = rows[3][5:9]
    found = read(*rows)
    assert codes(found) == []
    assert sum(o.period.span == "quarter" for o in found.observations) == 4


def test_a_month_printed_twice_differently_is_a_finding() -> None:
    rows = outturn()
    rows[5][0] = "February"
    found = read(*rows)
    assert [(f.severity) for f in found.findings if f.code == "row-twice"] == ["error"]
    ends = {o.period.end.month for o in found.observations if o.period.span == "month"}
    assert ends == {1, 4}  # of February neither row is read, and no row is March's


def test_a_heading_that_no_measure_has_is_named() -> None:
    rows = outturn()
    rows[2][4] = "% On Time, old way"
    found = read(*rows)
    assert codes(found) == ["heading-unclear"]
    months = [o for o in found.observations if o.period.span == "month"]
    assert "ehc_plans_on_time_share_excluding_exceptions" not in {o.measure for o in months}


def workbook(tmp_path: Path, rows: list[list[str]]) -> Recognised:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([text or None for text in row])
    book.active.title = "Final EHCP"
    book.save(tmp_path / "outturn.xlsx")
    document = readers.read(tmp_path / "outturn.xlsx")
    document = replace(document, source=replace(document.source, published=date(2023, 3, 17)))
    return tables.read(document, registry.load())


def test_a_row_typed_a_cell_to_the_left_gives_nothing(tmp_path: Path) -> None:
    """In a workbook each cell has a place: only its empty end tells that a row has moved."""
    whole = workbook(tmp_path, outturn())
    rows = outturn()
    del rows[4][1]
    found = workbook(tmp_path, rows)
    assert codes(found) == ["row-width"]
    assert {(o.series, o.period, o.value) for o in found.observations} < {
        (o.series, o.period, o.value) for o in whole.observations
    }
