"""Rows and columns that layouts leave out since their figures may be another's: each named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from etl import readers, registry
from etl.layouts import reading
from etl.model import PrintedLabel, Registry

CME = "Number of children out of education - ALL CME"
CASES = [
    # what it is about, the table, the values read, the findings' codes
    ("a cell too few", "x\nMeasure,Nov-24,Dec-24\nPlans,1\nReviews,3%,4%", "3 4", "row-width"),
    ("a cell too many", "x\nMeasure,Nov-24,Dec-24\nPlans,,1,2\nReviews,3%,4%", "3 4", "row-width"),
    (
        "rows that all end with an empty cell",
        "x\nMeasure,Nov-24,Dec-24\nPlans,1,2,\nReviews,3%,4%,\nMeasure two,5,6,",
        "1 2 3 4",
        "row-unknown",
    ),
    (
        "another row's serial",
        f"Serial,Measure,Nov-24,Dec-24\n1b,{CME},1,2",
        "",
        "serial-contradicts",
    ),
    ("a serial of its own before a label", f"Measure,Nov-24,Dec-24\n1a {CME},1,2", "1 2", ""),
    (
        "another row's serial before it",
        f"Measure,Nov-24,Dec-24\n4 {CME},1,2",
        "",
        "serial-contradicts",
    ),
    (
        "a paper's own label has its own serials",
        "x\nNo.,Measure,Nov-24,Dec-24\n4,Plans,1,2",
        "1 2",
        "",
    ),
    (
        "a month mistyped",
        "x\nMeasure,Oct-24,Nov-42,Dec-24,Jan-25\nPlans,1,2,3,4",
        "1 3 4",
        "month-order",
    ),
    ("no month", "x\nMeasure,Nov-24,Dce-24,Jan-25\nPlans,1,2,3", "1 3", "month-unknown"),
    ("one month twice", "x\nMeasure,Nov-24,Dec-24,Dec-24\nPlans,1,2,3", "1", "month-twice"),
    (
        "actual said of one month alone",
        "x\nMeasure,Actual Nov-24,Dec-24\nPlans,1,2",
        "1",
        "heading-unclear",
    ),
    (
        "last year's outturn beside quarters",
        "x\nMeasure,Outturn 2023,Q1 24/25\nPlans,1,2",
        "1 2",
        "",
    ),
    (
        "an unknown row whose cells cannot be read",
        "x\nMeasure,Nov-24,Dec-24\nPlans,1,2\nAppeals,12 13,7 8",
        "1 2",
        "row-unknown",
    ),
    (
        "two printings of a share that give different numbers of cases",
        "x\nMeasure,Nov-24,Dec-24\nReviews,40% (8 LAC in calc),1%\nReviews,40% (9 LAC in calc),1%",
        "",
        "row-twice",
    ),
    (
        "two rows of one label that print nothing",
        "x\nMeasure,Nov-24,Dec-24\nPlans,1,2\nIn provision,-,\nIn provision,,-",
        "1 2",
        "",
    ),
]


@pytest.fixture
def council() -> Registry:
    held = registry.load()
    both = PrintedLabel("alternative_provision_pupils"), PrintedLabel("alternative_provision_days")
    labels = {
        "Plans": PrintedLabel("ehc_plans_issued"),
        "Reviews": PrintedLabel("ehc_review_on_time"),
        "In provision": both,
    }
    return replace(held, paper=replace(held.paper, labels=labels))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("about", "table", "values", "codes"), CASES, ids=[case[0] for case in CASES]
)
def test_what_may_be_another_s_is_left_and_named(
    about: str, table: str, values: str, codes: str, council: Registry, tmp_path: Path
) -> None:
    (tmp_path / "table.csv").write_text(table, encoding="utf-8")
    found = reading.read(readers.read(tmp_path / "table.csv").tables, council)
    read = [str(one.reading.value) for table_ in found for one in table_.figures]
    told = {one.code for table_ in found for one in table_.findings}
    assert (sorted(read), told) == (sorted(values.split()), set(codes.split())), about
