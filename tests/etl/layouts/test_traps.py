"""Small tables with one trap each: what is read of them, and what is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from etl import readers, registry
from etl.layouts import reading
from etl.model import PrintedLabel, Registry

CASES = [
    # what it is about, the table, what is read of it: role, area, period's end and value
    (
        "a year in the caption closes bare quarters that rise within it",
        "Performance 2024/25\nMeasure,Q1,Q2\nPlans,1,2",
        ["actual own 2024-06-30 1", "actual own 2024-09-30 2"],
    ),
    ("but not those of two years", "Performance 2024/25\nMeasure,Q4,Q1\nPlans,1,2", []),
    (
        "a year to date that does not say to when is left, the months are read",
        "Performance\nMeasure,Oct-24,Nov-24,YTD\nPlans,1,2,9",
        ["actual own 2024-10-31 1", "actual own 2024-11-30 2"],
    ),
    (
        "a year to date begins on 1 April",
        "Performance\nMeasure,Nov-24 YTD,Dec-24 YTD\nPlans,8,9",
        ["actual own 2024-11-30 8", "actual own 2024-12-31 9"],
    ),
    ("Q3 of a plain year is of no known kind", "x\nMeasure,Q3 2024,Q4 2024\nPlans,1,2", []),
    ("nor is 2023/24, without a word for it", "x\nMeasure,2022/23,2023/24\nPlans,1,2", []),
    (
        "a caption's word says which year it is",
        "Plans by academic year\nMeasure,2022/23,2023/24\nPlans,1,2",
        ["actual own 2023-08-31 1", "actual own 2024-08-31 2"],
    ),
    ("a week has no place", "x\nMeasure,w/e 06/12/24,w/e 13/12/24\nPlans,1,2", []),
    ("nor has a weekly table's day", "x\nWeek ending,Plans\n30 Nov 2024,1\n31 Dec 2024,2", []),
    (
        "England's column is England's",
        "x\nMeasure,Norfolk Dec-24,England Dec-24\nPlans,1,2",
        ["actual own 2024-12-31 1", "comparator E92000001 2024-12-31 2"],
    ),
    (
        "a caption that names us and another",
        "Norfolk and Suffolk\nMeasure,Dec-24,Nov-24\nPlans,1,2",
        [],
    ),
    (
        "a sheet of targets",
        "Targets for plans\nMeasure,Nov-24,Dec-24\nPlans,1,2",
        ["target own 2024-11-30 1", "target own 2024-12-31 2"],
    ),
    ("two columns alike are both refused", "x\nMeasure,Dec-24,Dec-24\nPlans,1,2", []),
    (
        "two rows that differ are both refused",
        "x\nMeasure,Nov-24,Dec-24\nPlans,1,2\nPlans,1,3\nReviews,40%,50%",
        ["actual own 2024-11-30 40", "actual own 2024-12-31 50"],
    ),
    (
        "a rounding of the other is no difference, and the exact one is kept",
        "x\nMeasure,Nov-24,Dec-24\nReviews,40.4%,50%\nReviews,40%,50%",
        ["actual own 2024-11-30 40.4", "actual own 2024-12-31 50"],
    ),
    (
        "an unknown heading ends the meaning of what stands above it",
        "x\nMeasure,Nov-24,Dec-24\nPlans,1,2\nYoung carers,,\nReviews,40%,50%",
        ["actual own 2024-11-30 1", "actual own 2024-12-31 2"],
    ),
    (
        "a rating letter, an arrow and a key",
        "x\nMeasure,Nov-24,Dec-24\nReviews,40% R,50% G \u2191",
        ["actual own 2024-11-30 40", "actual own 2024-12-31 50"],
    ),
    ("a share is no count", "x\nMeasure,Nov-24,Dec-24\nPlans,40%,50%", []),
    ("pounds are no count", "x\nMeasure,Nov-24,Dec-24\nPlans,\u00a340,\u00a350", []),
    ("shares as parts of one", "x\nMeasure,Nov-24,Dec-24\nReviews,0.4,0.5", []),
    (
        "a numerator and a denominator belong to the row above",
        "x\nMeasure,Nov-24,Dec-24\nReviews,40%,50%\nNumerator,4,5\nDenominator,10,10",
        [
            "actual own 2024-11-30 40",
            "actual own 2024-12-31 50",
            "numerator own 2024-11-30 4",
            "numerator own 2024-12-31 5",
            "denominator own 2024-11-30 10",
            "denominator own 2024-12-31 10",
        ],
    ),
    (
        "but not to a row that is not known",
        "x\nMeasure,Nov-24,Dec-24\nPlans,1,2\nReviews,3%,4%\nCarers,40%,50%\nNumerator,4,5",
        [
            "actual own 2024-11-30 1",
            "actual own 2024-12-31 2",
            "actual own 2024-11-30 3",
            "actual own 2024-12-31 4",
        ],
    ),
    (
        "months down the side, in the caption's year",
        "Plans in 2024\nMonth,Plans\nNovember,1\nDecember,2",
        ["actual own 2024-11-30 1", "actual own 2024-12-31 2"],
    ),
    ("months down the side, of no year", "Plans\nMonth,Plans\nNovember,1\nDecember,2", []),
    (
        "a month in the caption alone, roles across",
        "Performance in December 2024\nMeasure,Result,Target,Previous,RAG\nPlans,2,3,1,Red",
        ["actual own 2024-12-31 2", "target own 2024-12-31 3", "previous own - 1"],
    ),
    (
        "two months in the caption",
        "November and December 2024\nMeasure,Result,Target\nPlans,2,3",
        [],
    ),
    ("a heading that is not understood", "x\nMeasure,Zz-24,Yy-24\nPlans,1,2", []),
    (
        "three months in a row are a quarter",
        "x\nMeasure,Sep-24 to Nov-24,12 months to Nov 24\nPlans,3,12",
        ["actual own 2024-11-30 3", "actual own 2024-11-30 12"],
    ),
    (
        "two months in a row have no span",
        "x\nMeasure,Sep-24 to Oct-24,Nov-24 to Dec-24\nPlans,3,4",
        [],
    ),
]


@pytest.fixture
def council() -> Registry:
    held = registry.load()
    labels = {
        "Plans": PrintedLabel("ehc_plans_issued"),
        "Reviews": PrintedLabel("ehc_review_on_time"),
    }
    return replace(held, paper=replace(held.paper, labels=labels))


@pytest.mark.parametrize(("about", "table", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_a_trap(
    about: str, table: str, wanted: list[str], council: Registry, tmp_path: Path
) -> None:
    (tmp_path / "table.csv").write_text(table, encoding="utf-8")
    document = readers.read(tmp_path / "table.csv")
    read = [
        f"{one.role} {one.area} {one.period.end if one.period else '-'} {one.reading.value}"
        for found in reading.read(document.tables, council)
        for one in found.figures
    ]
    assert sorted(read) == sorted(wanted), about
