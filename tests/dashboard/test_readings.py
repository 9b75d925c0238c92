"""What the reading card says at a point, field by field, checked by hand against the sources.

The real rows are those of the report of 18 March 2022 (the council's `packs`) and of DfE's files
(`data/benchmarks`): a reader may look each of them up.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dashboard.views.chart import ChartView, Reading
from dashboard.views.choosing import VIEWS
from dashboard.views.shown import chart, scope_of
from etl.record import Record

CME, CME_SHARE = "children_missing_education", "children_missing_education_share"
INC = "ehc_plans_on_time_share_including_exceptions"
EXC = "ehc_plans_on_time_share_excluding_exceptions"
REPORT = "Norfolk County Council, People and Communities Select Committee, 18 March 2022"
TODAY = date(2026, 11, 22)


def view(held: Record, measure: str, name: str, cohort: str = "all", **more: int) -> ChartView:
    scope = scope_of(held, measure, cohort, today=TODAY, **more)  # type: ignore[arg-type]
    assert scope is not None
    drawn = chart(scope, name)
    assert isinstance(drawn, ChartView), drawn
    return drawn


def read(held: Record, measure: str, name: str, cohort: str, series: str, x: str) -> Reading:
    """What is said at one point; `x` as the axis has it, months as 2021-12."""
    (found,) = {
        mark.reading
        for line in view(held, measure, name, cohort).lines
        for mark in line.marks
        if mark.reading and mark.reading.series == series and str(mark.x).removesuffix("-01") == x
    }
    return found


# measure, view, cohort, series, x -> period, value, count, change, flag
REAL = """
children_missing_education trend all | Children missing education | 2021-12
 | December 2021 | 495 | | 100 fewer than in December 2020 (595) |
children_missing_education trend all | Children missing education | 2020-07
 | July 2020 | 521 | | |
children_missing_education year-on-year all | 2020-21 | Nov
 | November 2020 | 702 | | |
children_missing_education rates all | Children missing education | 2021-12
 | December 2021 | 4.5 per 1,000 | 495 of 109,276 pupils of December 2021
 | 1 fewer than in December 2020 (5.5) |
children_missing_education_share trend ehcp | Share with an EHC plan | 2021-12
 | December 2021 | 12.1% | 60 of 495 children | 1.2 points higher than in December 2020 (10.9%) |
children_missing_education_share trend lac | Share who are looked after | 2021-12
 | December 2021 | 7.0% | | | does not add up: as printed; 12 of 495 is 2.4%
alternative_provision_days trend all | Average time, all cases | 2021-08
 | August 2021 | 15.1 days | from 8 pupils only | |
alternative_provision_days trend ehcp | Average time, children with an EHC plan | 2021-12
 | December 2021 | 43.0 days | from 4 pupils only
 | 1.5 fewer than in December 2020 (44.5, from 4 pupils) |
ehc_plan_days trend all | Average time to a final plan | 2022-01
 | January 2022 | 208.4 days | | fewer than in January 2021, printed as 215.9 or 226 |
ehc_plan_days trend all | Average time to a final plan | 2021-05
 | May 2021 | 235.2 days | from 80 plans |
 | does not add up: 233 in another table, 2.2 days (1%) apart
ehc_plan_days trend lac | Average time to a final plan, looked-after children | 2021-01
 | January 2021 | Not applicable (2 cases) | | |
ehc_plan_days trend lac | Average time to a final plan, looked-after children | 2021-05
 | May 2021 | Not applicable (no cases) | | |
ehc_review_on_time trend lac | Reviews completed in time, looked-after children | 2021-03
 | March 2021 | 53% | from 255 cases | |
complaints_local trend all | Complaints received | 2022-01
 | April 2021 to January 2022 | 104 | | 21 more than in the same months a year before (83) |
complaints_local added all | Complaints received | Jan 2022
 | January 2022 | 8 | | 2 fewer than in January 2021 (10) |
complaints_local added all | Complaints received | Aug to Nov 2020
 | August to November 2020 | 7.3 a month | 29 in the 4 months to November 2020 | |
complaints_local average all | 2021-22 | Dec
 | April to December 2021 | 10.7 a month | 96 in all
 | 2.6 more than in the same months a year before (8.1) |
complaints_local calendar all | 2021 | Mar
 | January to March 2021 | 38 | | |
complaints_local calendar all | 2022 | Jan
 | January 2022 | 8 | | 2 fewer than in January 2021 (10) |
ehc_plans_on_time_share_including_exceptions years all | Norfolk | 2024
 | 2024 | 55.7% | 1,064 of 1,909 plans | 13.5 points higher than in 2023 (42.2%) |
ehc_plans_on_time_share_including_exceptions years all | Norfolk | 2022
 | 2022 | Not available | | |
ehc_plans_on_time_share_including_exceptions months all | Year to date | 2021-12
 | 2021 | 53.3% | 546 of 1,025 plans | 32.8 points higher than in 2020 (20.5%) |
ehc_plans_on_time_share_including_exceptions months all | Each month alone | 2021-02
 | February 2021 | 57.1% | 36 of 63 plans | |
ehc_plans_on_time_share_including_exceptions quarters all | Norfolk | Jan to Mar 2021
 | January to March 2021 | 50.7% | 108 of 213 plans | |
ehc_plans_on_time_share_including_exceptions neighbours all | Lincolnshire | Lincolnshire
 | 2024 | 99.0% | 1,088 of 1,099 plans | 0.5 points lower than in 2023 (99.5%) |
"""


def _rows(table: str) -> list[tuple[str, ...]]:
    text = table.strip().replace("\n |", " |")
    return [tuple(part.strip() for part in line.split("|")) for line in text.splitlines()]


@pytest.mark.parametrize("row", _rows(REAL), ids=lambda row: f"{row[0]} {row[2]}")
def test_what_is_said_of_real_figures(real_record: Record, row: tuple[str, ...]) -> None:
    which, series, x, *said = row
    measure, name, cohort = which.split()
    found = read(real_record, measure, name, cohort, series, x)
    assert [found.period, found.value, found.count, found.change, found.flag] == said


def test_a_figure_names_its_publication_its_place_in_it_and_the_day(real_record: Record) -> None:
    found = read(real_record, CME, "trend", "all", "Children missing education", "2021-12")
    assert found.source == f"{REPORT}: line 469, row 1a, Dec 21"
    assert (found.published, found.revised) == ("18 March 2022", "")


def test_a_figure_worked_out_names_all_that_it_is_worked_out_from(real_record: Record) -> None:
    sums = read(real_record, "complaints_local", "calendar", "all", "2022", "Jan")
    assert sums.source == (
        f"104 (to Jan 2022) − 96 (to Dec 2021); "
        f"{REPORT}: line 485, row 5a, Jan 22 and line 485, row 5a, Dec 21"
    )
    rate = read(real_record, CME, "rates", "all", "Children missing education", "2020-11")
    assert rate.source.startswith(f"{REPORT}: line 469, row 1a, Nov-20 and line 466, row School")


def test_areas_on_one_chart_are_named_each_for_itself(real_record: Record) -> None:
    marks = [
        mark.reading
        for line in view(real_record, INC, "years").lines
        for mark in line.marks
        if mark.x == "2021" and mark.reading
    ]
    assert [(r.series, r.value, r.count) for r in marks] == [
        ("Norfolk", "53.6%", "535 of 998 plans"),
        ("England", "57.9%", "35,470 of 61,269 plans"),
        ("East of England", "62.9%", "4,313 of 6,861 plans"),
    ]


def test_every_drawn_number_of_every_view_can_be_read(real_record: Record) -> None:
    """Points without a figure are read too where a publication says why there is none."""
    drawn, unread, silent = set(), [], 0
    for measure, declared in real_record.registry.measures.items():
        for cohort in declared.cohorts:
            scope = scope_of(real_record, measure, cohort, today=TODAY)
            assert scope is not None
            for name in VIEWS:
                shown = chart(scope, name)
                if isinstance(shown, str):
                    continue
                drawn.add(name)
                marks = [m for line in shown.lines for m in line.marks]
                unread += [m for m in marks if m.value is not None and m.reading is None]
                silent += sum(m.value is None and m.reading is not None for m in marks)
                assert all(m.reading.period and m.reading.series for m in marks if m.reading)
                assert all(m.flagged == bool(m.reading.flag) for m in marks if m.reading)
    assert drawn == set(VIEWS) - {"variation"}  # no row has months enough for limits
    assert unread == []
    assert silent > 0


def test_the_number_drawn_is_the_number_read(real_record: Record) -> None:
    """Save where what is drawn is a rate, which is read as one."""
    for measure in (CME, CME_SHARE, INC, EXC, "complaints_local", "ehc_plan_days"):
        scope = scope_of(real_record, measure, today=TODAY)
        assert scope is not None
        for name in VIEWS:
            shown = chart(scope, name)
            for line in () if isinstance(shown, str) else shown.lines:
                for mark in line.marks:
                    if mark.reading and mark.value is not None:
                        first = mark.reading.value.split()[0].rstrip("%").replace(",", "")
                        assert Decimal(first) == Decimal(str(mark.value)), mark
