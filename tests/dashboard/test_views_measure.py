"""A measure's page: each view of the real record, held against the packs and DfE's file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.views.choosing import VIEWS
from dashboard.views.errors import BadChoice
from dashboard.views.measure import measure
from dashboard.views.measure_types import MeasureView
from dashboard.views.parts import y_range
from dashboard.views.types import Link
from etl.record import Record
from etl.store import Store

INC = "ehc_plans_on_time_share_including_exceptions"
EXC = "ehc_plans_on_time_share_excluding_exceptions"
TODAY = date(2026, 11, 22)


def page(record: Record, name: str, cohort: str = "", view: str = "", **more: int) -> MeasureView:
    found = measure(record, name, cohort, view, today=TODAY, **more)  # type: ignore[arg-type]
    assert found is not None
    return found


def points(view: MeasureView, name: str) -> dict[str, float | None]:
    """One line's points, in all its stretches."""
    chart = view.chart
    roles = {line.role for line in chart.lines if line.name.startswith(name)}
    return {str(m.x)[:7]: m.value for line in chart.lines if line.role in roles for m in line.marks}


def test_an_unknown_measure_is_none_and_an_unknown_choice_is_refused(real_record: Record) -> None:
    assert measure(real_record, "nonsense") is None
    with pytest.raises(BadChoice, match=r"cohort: there is no 'nobody' here; there are all, ehcp"):
        page(real_record, "children_missing_education", "nobody")
    with pytest.raises(BadChoice, match=r"view: there is no 'nowhere' here; there are years, mon"):
        page(real_record, "children_missing_education", view="nowhere")


def test_the_year_by_year_record_beside_england_and_the_region(real_record: Record) -> None:
    found = page(real_record, INC)
    assert found.view == "years"
    assert found.heading == (
        "59.0% of EHC plans were issued within 20 weeks in 2025, against 45.5% in England"
    )
    norfolk = points(found, "Norfolk")
    assert norfolk == {
        "2015": 10.5,
        "2016": 5.8,
        "2017": 9.2,
        "2018": 12.4,
        "2019": 8.2,
        "2020": 20.5,
        "2021": 53.6,
        "2022": None,
        "2023": 42.2,
        "2024": 55.7,
        "2025": 59.0,
    }
    england = points(found, "England")
    assert (england["2022"], england["2025"]) == (47.7, 45.5)
    assert [(t.label.split(":")[0], t.value, t.start, t.end) for t in found.chart.targets] == [
        ("Agreed", 60.0, "2021", "2021"),
        ("Stretch target", 90.0, "2022", "2022"),
    ]


def test_lines_break_where_the_collection_changed(real_record: Record) -> None:
    own = [line for line in page(real_record, INC).chart.lines if line.role == "own"]
    assert [(line.marks[0].x, line.marks[-1].x) for line in own] == [
        ("2015", "2022"),
        ("2023", "2025"),
    ]
    assert [(line.name, line.marks[-1].label) for line in own] == [("", ""), ("Norfolk", "59.0%")]


def test_seven_plans_of_2014_are_not_drawn_as_a_hundred_percent(real_record: Record) -> None:
    found = page(real_record, INC)
    assert "2014" not in points(found, "Norfolk")
    assert "2014 is not drawn: 100.0% of 7 plans." in found.chart.notes
    yearly = next(t for t in found.tables if t.caption == "By calendar year")
    assert yearly.rows[0][:3] == ("2014", "100.0%", "7")


def test_four_facts_of_a_year(real_record: Record) -> None:
    facts = [(f.label, f.value, f.detail) for f in page(real_record, INC).facts]
    assert facts[0] == ("Latest, calendar year 2025", "59.0%", "1,147 of 1,943 plans")
    assert facts[1] == ("Change from the year before", "+3.3 points", "55.7% in 2024")
    assert facts[2][:2] == ("Against the target", "No target is held for 2025")
    assert facts[3] == ("Against England", "13.5 points above", "45.5%; East of England 38.2%")


def test_the_months_of_2021_are_kept_apart_from_the_year_to_date(real_record: Record) -> None:
    found = page(real_record, INC, view="months")
    running, single = points(found, "Year to date"), points(found, "Each month alone")
    assert (running["2021-02"], single["2021-02"]) == (48.8, 57.1)
    assert (running["2021-12"], single["2021-12"]) == (53.3, 58.9)
    (target,) = found.chart.targets
    assert (target.value, target.start, target.end) == (60.0, date(2021, 12, 1), date(2021, 12, 1))


def test_both_bases_are_never_one_line(real_record: Record) -> None:
    found = page(real_record, INC, view="bases")
    assert (points(found, "Including")["2025"], points(found, "Excluding")["2025"]) == (59.0, None)
    assert found.chart.title.startswith("In 2024, 55.7% counting plans with permitted exceptions")
    assert [(b.label, b.chosen) for b in found.bases] == [
        ("Including exceptions", True),
        ("Excluding exceptions", False),
    ]


def test_the_tail(real_record: Record) -> None:
    found = page(real_record, INC, view="tail")
    assert found.chart.title == (
        "59.0% of EHC plans were issued within 20 weeks in 2025, 36.3% took 20 to 52 weeks and "
        "4.7% took over 52 weeks"
    )
    assert page(real_record, INC, view="weeks").chart.title == (
        "EHC plans issued in 2025 had taken 26.4 weeks on average, against 25.6 weeks in England"
    )


def test_neighbours_of_2024_with_rank_range_and_gaps(real_record: Record) -> None:
    chart = page(real_record, INC, view="neighbours").chart
    assert chart.title == (
        "Norfolk was third highest of 9 in 2024 with 55.7%; its neighbours lie between 3.2% "
        "(Devon) and 99.0% (Lincolnshire)"
    )
    # Council and neighbours as bars, region and England each as a rule of its own look.
    assert [(line.role, line.kind) for line in chart.lines] == [
        ("own", "bar"),
        ("context", "bar"),
        ("second", "line"),
        ("third", "line"),
    ]
    assert any("April 2021" in note for note in chart.notes)
    assert any(note.startswith("No figure: Cumbria") for note in chart.notes)
    assert "Not ranked, with fewer than 30 cases: Isle of Wight." in chart.notes
    assert ("Not ranked", "Isle of Wight", "28.6%") in chart.rows


def test_excluding_exceptions_is_held_against_the_law(real_record: Record) -> None:
    found = page(real_record, EXC)
    assert found.facts[2].value == "43.7 points short"
    assert found.facts[2].detail == "the law's 100%"
    assert points(found, "Norfolk")["2025"] is None


def test_gaps_of_the_trend_are_gaps(real_record: Record) -> None:
    found = page(real_record, "children_missing_education")
    held = points(found, "Children missing education")
    assert held["2020-07"] == 521
    assert held["2020-09"] is None
    assert found.chart.rows[0] == ("July 2020", "521")
    assert found.heading == (
        "495 children were missing education in December 2021, 100 fewer than a year before"
    )


def test_an_average_is_told_against_the_law_without_a_standing(real_record: Record) -> None:
    found = page(real_record, "ehc_plan_days")
    law, report = found.lede.split(". The report of ")
    assert law.endswith("on average 68 days longer than the law normally allows a plan")
    assert report == "17 September 2021 gave 193.5 days, for July 2021; it is now 14.9 more."
    (guide,) = found.chart.targets
    assert (guide.value, guide.kind) == (140.0, "statutory")
    assert not any(fact.shape for fact in found.facts)


def test_complaints_by_month_average_and_calendar_year(real_record: Record) -> None:
    added = page(real_record, "complaints_local", view="added").chart
    assert [m.label for m in added.lines[0].marks][-3:] == ["9", "7", "8"]
    # 34 complaints in 4 months are 8.5 a month, no higher than 9 in one; 29 in 4 are 7.25.
    assert [(m.x, m.value, m.label) for m in added.lines[0].marks][:2] == [
        ("Apr to Jul 2020", 8.5, "8.5"),
        ("Aug to Nov 2020", 7.3, "7.3"),
    ]
    assert added.rows[4] == ("February to March 2021", "2", "28", "14.0")
    average = page(real_record, "complaints_local", view="average").chart
    assert average.rows[-1] == ("April 2021 to January 2022", "104", "10.4", "8.3")
    calendar = page(real_record, "complaints_local", view="calendar").chart
    assert calendar.title == (
        "8 complaints were received in January 2022, 10 in January 2021; 134 in all of 2021"
    )


def test_running_totals_are_one_line_a_year(real_record: Record) -> None:
    lines = page(real_record, "complaints_local").chart.lines
    assert [line.name for line in lines] == ["2020-21", "2021-22"]


def test_rates_show_who_misses_out(real_record: Record) -> None:
    chart = page(real_record, "children_missing_education", view="rates").chart
    assert chart.title == (
        "Children missing education in December 2021: 4.5 for every 1,000 pupils and 15.3 for "
        "every 1,000 pupils with an EHC plan"
    )
    assert any("Dec 2021" in note for note in chart.notes)


def test_groups_together_leave_a_flagged_figure_out_of_the_title(real_record: Record) -> None:
    chart = page(real_record, "children_missing_education_share", view="cohorts").chart
    assert "7.0%" not in chart.title
    flagged = [m for line in chart.lines for m in line.marks if m.flagged]
    assert [m.value for m in flagged] == [7.0]


def test_usual_variation_says_why_it_cannot_be_said(real_record: Record) -> None:
    found = page(real_record, "alternative_provision_days", view="variation")
    assert found.chart.empty.startswith("Usual variation is not shown. Too few months in a row")
    assert found.instead == Link("Month by month", "/measure/alternative_provision_days?view=trend")
    why = next(v.why_not for v in found.views if v.value == "variation")
    assert why.startswith("Too few months in a row to say")


def test_usual_variation_says_which_months_their_flags_leave_out(real_record: Record) -> None:
    found = page(real_record, "ehc_plan_days")
    why = next(v.why_not for v in found.views if v.value == "variation")
    assert why.endswith("January 2021, March 2021 and May 2021 are flagged and take no part.")


def test_choices_are_in_the_address(real_store: Store) -> None:
    found = measure(
        real_store.record(date(2022, 3, 18)),
        "children_missing_education",
        "ehcp",
        "year-on-year",
        first=date(2020, 11, 30),
        today=TODAY,
    )
    assert found is not None
    trend = next(v for v in found.views if v.value == "trend")
    assert trend.url == (
        "/measure/children_missing_education?cohort=ehcp&view=trend&from=2020-11&as_at=2022-03-18"
    )
    assert found.query == "measure=children_missing_education&cohort=ehcp&as_at=2022-03-18"


def every_view(record: Record) -> list[MeasureView]:
    found = []
    for name, declared in record.registry.measures.items():
        for cohort in declared.cohorts:
            for choice in page(record, name, cohort).views:
                if not choice.why_not:
                    found.append(page(record, name, cohort, choice.value))
    return found


def test_every_view_of_every_row_can_stand_alone(real_record: Record) -> None:
    """A title that says something, a subtitle, an alternative of 220 characters, a full table."""
    seen = set()
    for view in every_view(real_record):
        chart, where = view.chart, (view.measure, view.cohort, view.view)
        seen.add(view.view)
        assert chart.title, where
        assert not chart.title.endswith("."), where
        assert chart.subtitle, where
        assert 0 < len(chart.alt) <= 220, where
        assert chart.title not in chart.alt, where
        assert chart.source.startswith("Source: "), where
        assert chart.lines, where
        assert all(len(row) == len(chart.columns) for row in chart.rows), where
        drawn = [m.value for line in chart.lines for m in line.marks if m.value is not None]
        assert drawn, where
        if chart.y_range:
            low, high = chart.y_range
            assert low <= min(drawn) <= max(drawn) <= high, where
    assert seen == set(VIEWS) - {"variation"}


def test_no_point_is_drawn_for_a_figure_that_is_not_there(real_record: Record) -> None:
    """NA, x and withheld figures are gaps, never zeros: row 3a printed NA for January 2022."""
    found = page(real_record, "ehc_plan_days", "lac")
    assert points(found, "Average time")["2022-01"] is None
    assert found.tables[0].rows[-1][1] == "Not applicable (no cases)"


def test_as_reported_then_nothing_that_came_later_is_told(real_store: Store) -> None:
    found = measure(real_store.record(date(2022, 3, 18)), INC)
    assert found is not None
    assert [event.title for event in found.events] == ["Timescales relaxed"]
    assert all(
        "2023" not in source
        for block in found.blocks
        if block.id == "from"
        for source in block.paragraphs
    )


def test_the_first_list_of_neighbours_serves_the_years_before_it(real_record: Record) -> None:
    council = real_record.registry.council
    later = replace(council.neighbours[-1], start=date(2026, 5, 1), source="A list of 2026")
    alone = replace(
        real_record,
        registry=replace(real_record.registry, council=replace(council, neighbours=(later,))),
    )
    chart = page(alone, INC, view="neighbours").chart
    assert chart is not None
    assert chart.year == 2024
    assert (
        "A list of 2026, in force since May 2026: no earlier list is held for 2024." in chart.notes
    )


@pytest.mark.parametrize(
    ("numbers", "unit", "top"),
    [
        ([3.0], "count", 4.0),
        ([8.0, None], "count", 9.0),
        ([46.2], "count", 50.0),
        ([46.4], "count", 55.0),
        ([495.0], "count", 550.0),
        ([50.0], "percent", 55.0),
        ([50.1], "percent", 100.0),
        ([], "count", 2.0),
    ],
)
def test_an_axis_ends_at_a_round_number_above_its_highest(
    numbers: list[float | None], unit: str, top: float
) -> None:
    assert y_range(numbers, unit) == (0.0, top)


def test_the_place_among_all_authorities_is_told_beside_the_chart(real_record: Record) -> None:
    """Counted in DfE's file of 2025 (tests/etl/test_analysis_ranks.py)."""
    view = page(real_record, INC)
    (said,) = [block for block in view.blocks if block.id == "rank"]
    assert said.paragraphs[0] == (
        "Norfolk was 64th of 149 in 2024, the best first; by chance alone about 60th to 68th. Of "
        "153 authorities, 1 without a figure and 3 with fewer than 30 cases are not ranked."
    )
    assert "Goldstein" in said.paragraphs[1]
    for one in VIEWS:
        heading = page(real_record, INC, view=one).heading
        assert "149" not in heading
        assert "64th" not in heading
    assert not any(block.id == "rank" for block in page(real_record, "ehc_plan_days").blocks)


def test_plans_in_force_are_drawn_by_school_year(real_record: Record) -> None:
    """DfE, caseload.csv of 2025: Norfolk 8,671 in January 2022, 12,147 in January 2025."""
    view = page(real_record, "ehc_plans_in_force")
    assert view.view == "years"
    drawn = points(view, "Norfolk")
    assert (drawn["2022"], drawn["2025"]) == (8671.0, 12147.0)
    assert view.heading.startswith("12,147 EHC plans were in force in the school year 2024/25")
    assert not view.stopped  # the next is due with DfE's release of June 2026, and a year's grace
