"""A measure's page: each view of the real record, held against the packs and DfE's file."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.views.bullets import bullets
from dashboard.views.measure import VIEWS, measure
from dashboard.views.measure_types import MeasureView
from etl.model import Observation
from etl.record import Record
from etl.store import Store
from tests.etl.records import figure, months, record

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


def test_an_unknown_measure_is_none_and_an_unknown_choice_falls_back(real_record: Record) -> None:
    assert measure(real_record, "nonsense") is None
    found = page(real_record, "children_missing_education", "nobody", "nowhere")
    assert (found.cohort, found.view) == ("all", "trend")


def test_the_year_by_year_record_beside_england_and_the_region(real_record: Record) -> None:
    found = page(real_record, INC)
    assert found.view == "years"
    assert found.heading == (
        "59.0% of EHC plans were issued within 20 weeks in 2025, against 45.5% in England"
    )
    norfolk = points(found, "Norfolk")
    assert norfolk == {
        "2015": 10.5, "2016": 5.8, "2017": 9.2, "2018": 12.4, "2019": 8.2, "2020": 20.5,
        "2021": 53.6, "2022": None, "2023": 42.2, "2024": 55.7, "2025": 59.0,
    }  # fmt: skip
    england = points(found, "England")
    assert (england["2022"], england["2025"]) == (47.7, 45.5)
    assert [(t.label.split(":")[0], t.value, t.start, t.end) for t in found.chart.targets] == [
        ("Agreed", 60.0, "2021", "2021"), ("Stretch target", 90.0, "2022", "2022"),
    ]  # fmt: skip


def test_lines_break_where_the_collection_changed(real_record: Record) -> None:
    own = [line for line in page(real_record, INC).chart.lines if line.role == "own"]
    assert [(line.marks[0].x, line.marks[-1].x) for line in own] == [
        ("2015", "2022"), ("2023", "2025"),
    ]  # fmt: skip
    assert [line.name for line in own] == ["", "Norfolk 59.0%"]


def test_seven_plans_of_2014_are_not_drawn_as_a_hundred_percent(real_record: Record) -> None:
    found = page(real_record, INC)
    assert "2014" not in points(found, "Norfolk")
    assert "2014 is not drawn: 100.0% of 7 plans." in found.chart.notes
    yearly = next(t for t in found.tables if t.caption == "By calendar year")
    assert yearly.rows[0][:3] == ("2014", "100.0%", "7")


def test_four_facts_of_a_year(real_record: Record) -> None:
    facts = [(f.label, f.value, f.detail) for f in page(real_record, INC).facts]
    assert facts[0] == ("Latest, calendar year 2025", "59.0%", "1,147 of 1,943 plans")
    assert facts[1] == ("On the year before", "+3.3 points", "55.7% in 2024")
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
        ("Including exceptions", True), ("Excluding exceptions", False),
    ]  # fmt: skip


def test_the_tail(real_record: Record) -> None:
    found = page(real_record, INC, view="tail")
    assert found.chart.title == (
        "Of the EHC plans of 2025, 59.0% were issued within 20 weeks, 36.3% took 20 to 52 weeks "
        "and 4.7% took over 52 weeks"
    )
    assert page(real_record, INC, view="weeks").chart.title == (
        "EHC plans issued in 2025 had taken 26.4 weeks on average, against 25.6 weeks in England"
    )


def test_neighbours_of_2024_with_rank_range_and_gaps(real_record: Record) -> None:
    chart = page(real_record, INC, view="neighbours").chart
    assert chart.title == (
        "Norfolk was 3rd highest of 10 in 2024 with 55.7%; its neighbours lie between 3.2% (Devon) "
        "and 99.0% (Lincolnshire)"
    )
    assert any("April 2021" in note for note in chart.notes)
    assert any(note.startswith("No figure: Cumbria") for note in chart.notes)


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
    assert found.lede.endswith("on average 68 days longer than the law normally allows a plan.")
    (guide,) = found.chart.targets
    assert (guide.value, guide.kind) == (140.0, "statutory")
    assert not any(fact.shape for fact in found.facts)


def test_complaints_by_month_average_and_calendar_year(real_record: Record) -> None:
    added = page(real_record, "complaints_local", view="added").chart
    assert [m.label for m in added.lines[0].marks][-3:] == ["9", "7", "8"]
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
        "Missing education in December 2021: 4.5 of every 1,000 pupils and 15.3 of every 1,000 "
        "pupils with an EHC plan"
    )
    assert any("Dec 2021" in note for note in chart.notes)


def test_groups_together_leave_a_flagged_figure_out_of_the_title(real_record: Record) -> None:
    chart = page(real_record, "children_missing_education_share", view="cohorts").chart
    assert "7.0%" not in chart.title
    flagged = [m for line in chart.lines for m in line.marks if m.flagged]
    assert [m.value for m in flagged] == [7.0]


def test_usual_variation_says_why_it_cannot_be_said(real_record: Record) -> None:
    found = page(real_record, "alternative_provision_days", view="variation")
    assert found.view == "trend"
    why = next(v.why_not for v in found.views if v.value == "variation")
    assert why.startswith("Too few months in a row to say")


def test_usual_variation_says_which_months_their_flags_leave_out(real_record: Record) -> None:
    found = page(real_record, "ehc_plan_days")
    why = next(v.why_not for v in found.views if v.value == "variation")
    assert why.endswith(
        "January 2021, March 2021 and May 2021 are flagged and take no part until the "
        "difference is explained."
    )


def test_what_it_would_take_in_a_year_that_has_just_begun(real_store: Store) -> None:
    found = measure(real_store.record(date(2022, 3, 18)), INC)
    assert found is not None
    assert found.takes is not None
    assert found.takes.lead == (
        "To reach 90% in 2022, 90.0% of the plans still to come would have to be in time: "
        "923 of 1,025"
    )
    assert any("backlog" in sentence for sentence in found.takes.sentences)
    assert page(real_store.record(), INC).takes is None


def test_choices_are_in_the_address(real_store: Store) -> None:
    found = measure(
        real_store.record(date(2022, 3, 18)), "children_missing_education", "ehcp", "year-on-year",
        first=date(2020, 11, 30), today=TODAY,
    )  # fmt: skip
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
    assert found.tables[0].rows[-1][1] == "Not applicable"


def running(on_time: int) -> Record:
    """Twelve months of 40 plans to June 2021; since January `on_time` of 240 in time."""
    figures = months("2020-07", ["40"] * 12, "ehc_plans_issued", table="outturn")
    span = "calendar_year_to_date"
    for name, value in (("ehc_plans_issued", "240"), ("ehc_plans_on_time", str(on_time)),
                        (INC, f"{on_time / 2.4:.1f}")):  # fmt: skip
        figures.append(figure(name, "2021-06", value, span=span, table="outturn"))  # type: ignore[arg-type]
    return record(figures)


@pytest.mark.parametrize(
    ("on_time", "lead"),
    [
        # 60% of 480 plans are 288.
        (100, "To reach 60% by the end of 2021, 78.3% of the plans still to come would have to be "
              "in time: 188 of 240"),
        (10, "60% by the end of 2021 is out of reach, even if every further plan is in time"),
    ],
)  # fmt: skip
def test_what_it_would_take_in_a_running_year(on_time: int, lead: str) -> None:
    found = measure(running(on_time), INC, today=date(2021, 7, 31))
    assert found is not None
    assert found.takes is not None
    assert found.takes.lead == lead
    assert found.takes.sentences[0] == (
        f"{on_time} of 240 plans were in time from January to June 2021: {on_time / 2.4:.1f}%."
    )
    assert found.facts[3].value == "The year is still running"


def test_a_month_without_a_plan_in_time_counts_among_the_months() -> None:
    shares = months("2020-07", ["0", "12", "0", "37.5", "41", "40.2"] * 2, INC, table="outturn")
    held = running(10)
    found = measure(
        record([*held.observations, *shares], targets=held.targets), INC, today=date(2021, 7, 31)
    )
    assert found is not None
    assert found.takes is not None
    assert found.takes.sentences[2] == (
        "In the last 12 months held, a single month's share lay between 0.0% and 41.0%."
    )


def test_without_a_plan_in_a_year_nothing_is_worked_out() -> None:
    found = measure(record(months("2020-07", ["0"] * 12, "ehc_plans_issued", table="outturn")),
                    INC, today=date(2021, 7, 31))  # fmt: skip
    assert found is not None
    assert found.takes is not None
    assert found.takes.lead.endswith("cannot be worked out")


def test_as_reported_then_nothing_that_came_later_is_told(real_store: Store) -> None:
    found = measure(real_store.record(date(2022, 3, 18)), INC)
    assert found is not None
    assert [event.title for event in found.events] == ["Timescales relaxed"]
    assert all("2023" not in source for block in found.blocks if block.id == "from"
               for source in block.paragraphs)  # fmt: skip


def test_a_flagged_figure_is_no_chart_s_finding(real_record: Record) -> None:
    """51.1% of October to December 2021 lies below what it should on the other basis."""
    quarters = page(real_record, EXC, view="quarters").chart
    assert quarters.title == (
        "59.1% of EHC plans were issued within 20 weeks from July to September 2021; "
        "the figure for October to December 2021 is flagged"
    )
    assert quarters.alt.endswith("left out 51.1% (Oct to Dec 2021, flagged).")
    assert quarters.rows[-1][1] == "51.1% (flagged)"
    shares = page(real_record, "children_missing_education_share", "lac")
    assert shares.heading == (
        "3.1% of children missing education were looked after in November 2021; "
        "the figure for December 2021 is flagged"
    )
    assert shares.chart.alt.endswith("latest 3.1% (Nov 2021), left out 7.0% (Dec 2021, flagged).")
    together = page(real_record, "children_missing_education_share", view="cohorts").chart
    assert together.alt.endswith("latest 7.0% (flagged)")
    assert together.rows[-1][2] == "7.0% (flagged)"


@pytest.mark.parametrize("doubted", [[0], [2], [0, 1, 2]])
def test_how_late_is_told_of_a_year_whose_figures_all_stand(doubted: list[int]) -> None:
    stems = ("ehc_plans_on_time_share", "ehc_plans_20_to_52_weeks_share",
             "ehc_plans_over_52_weeks_share")  # fmt: skip
    figures = [
        figure(f"{stem}_including_exceptions", f"{year}-12", str(value), span="calendar_year",
               table="dfe")
        for year in (2024, 2025)
        for stem, value in zip(stems, (year - 1984, 50, 5), strict=True)
    ]  # fmt: skip
    found = page(record(figures, doubted=[figures[3 + i] for i in doubted]), INC, view="tail")
    assert found.chart.title == (
        "Of the EHC plans of 2024, 40.0% were issued within 20 weeks, 50.0% took 20 to 52 weeks "
        "and 5.0% took over 52 weeks"
    )


def test_a_flagged_figure_of_england_or_a_neighbour_is_not_compared_with() -> None:
    def given(area: str, value: str) -> Observation:
        return figure(INC, "2025-12", value, span="calendar_year", table="dfe", area=area)

    england, devon = given("E92000001", "45.5"), given("E10000008", "3.2")
    figures = [given("E10000020", "59"), england, devon, given("E10000029", "25"),
               given("E10000019", "80")]  # fmt: skip
    found = page(record(figures, doubted=[england, devon]), INC)
    assert found.heading == "59.0% of EHC plans were issued within 20 weeks in 2025"
    assert found.chart.alt == "By year: only 59.0% (2025)."
    assert "Against England" not in [fact.label for fact in found.facts]
    chart = page(record(figures, doubted=[england, devon]), INC, view="neighbours").chart
    assert ("", "Devon", "Flagged: it does not add up") in chart.rows
    assert not any(line.name.startswith("England") for line in chart.lines)


def test_a_count_is_not_told_as_a_share_of_plans(real_record: Record) -> None:
    """The outturn table's December 2021: 546 plans in time in the year, 63 in the month."""
    chart = page(real_record, "ehc_plans_on_time", view="months").chart
    assert chart.columns == ("Month", "Year to date", "Month alone")
    assert chart.rows[-1] == ("December 2021", "546", "63")
    assert chart.notes == ("The year to date adds up from January.",)
    assert page(real_record, "ehc_plans_on_time", view="quarters").chart.columns == (
        "Quarter", "Plans issued within 20 weeks, including exceptions",
    )  # fmt: skip
    shares = page(real_record, INC, view="months").chart
    assert (shares.columns[-1], shares.rows[-1][-1]) == (
        "Plans in time, year to date",
        "546 of 1,025",
    )


def test_a_year_without_a_plan_in_time_is_a_year_on_both_bases() -> None:
    figures = [figure(name, f"{year}-12", value, span="calendar_year", table="dfe")
               for name in (INC, EXC) for year, value in ((2024, "12"), (2025, "0"))]  # fmt: skip
    assert page(record(figures), INC, view="bases").chart.title == (
        "In 2025, 0.0% counting plans with permitted exceptions, 0.0% leaving them out"
    )


def test_a_break_is_said_wherever_a_change_would_stand() -> None:
    """In 2022-23 the Ombudsman chose its cases differently: 4 is no change on 2."""
    name = "complaints_ombudsman"
    held = record([figure(name, "2021-07", "2"), figure(name, "2022-07", "4")])
    why = "Ombudsman chose its cases differently, April 2022"
    found = page(held, name)
    assert (found.facts[1].value, found.facts[1].detail) == ("Not comparable", why)
    assert "a year before" not in found.heading
    assert found.lede.endswith(f"; not comparable with the year before ({why}).")
    average = page(held, name, view="average").chart
    assert "a year before" not in average.title
    assert "do not compare" in average.notes[-1]
    said, _ = bullets(held)
    assert said[0][1].count(why) == 2


def test_two_packs_of_one_month_stand_in_their_order() -> None:
    name = "children_missing_education"
    found = page(record([figure(name, f"2022-0{day // 5}", "500", published=date(2022, 3, day))
                         for day in (18, 5)]), name)  # fmt: skip
    (block,) = [block for block in found.blocks if block.id == "from"]
    assert block.paragraphs == (
        "Appendix 1 of the committee's packs: 5 March 2022 and 18 March 2022.",
    )


def test_a_row_without_a_figure_says_so_and_by_when_only_where_a_meeting_is_chosen() -> None:
    name = "children_missing_education"
    other = figure("ehc_plan_days", "2022-01", "208.4")
    assert page(record([other]), name).lede == "No figure is held."
    assert page(record([other], as_at=date(2022, 3, 18)), name).lede == (
        "No figure was published by 18 March 2022."
    )


def test_one_case_is_one_case() -> None:
    name = "ehc_plan_days"
    withheld = figure(name, "2022-01", None, cohort="lac", cases=1)
    found = page(record([figure(name, "2021-12", "140", cohort="lac"), withheld]), name, "lac")
    assert found.chart.rows[-1][1] == "Not available (1 case)"


def test_the_newest_point_of_a_single_line_has_its_figure_beside_it(real_record: Record) -> None:
    for name, said in (("ehc_plan_days", "208.4 days"), ("children_missing_education", "495")):
        (line,) = page(real_record, name).chart.lines
        assert [mark.label for mark in line.marks if mark.label] == [said]
    (flagged,) = page(real_record, "children_missing_education_share", "lac").chart.lines
    assert not [mark.label for mark in flagged.marks if mark.label]


def test_a_heading_of_few_cases_says_so_and_compares_nothing(real_record: Record) -> None:
    """Row 2b of December 2021: 43.0 days, from 4 pupils; 44.5 days a year before, from 4."""
    found = page(real_record, "alternative_provision_days", "ehcp")
    assert found.heading == (
        "Arranging alternative education for children with an EHC plan took 43.0 days on average "
        "in December 2021 (from 4 pupils only)"
    )
    assert "1.5 fewer than in December 2020 (44.5, from 4 pupils)" in found.lede
    together = page(real_record, "alternative_provision_days", view="cohorts").chart
    assert together.title == (
        "Average time to arrange alternative education in December 2021: 25.6 days for all and "
        "43.0 days for those with an EHC plan (from 4 pupils only)"
    )


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("children_missing_education", "495 in all, 60 with an EHC plan and 12 looked after"),
        ("ehc_review_on_time", "62% for all and 75% for those looked after"),
        # Of December 2021 the share of those looked after is flagged.
        ("children_missing_education_share", "10.9% with an EHC plan and 3.1% looked after"),
    ],
)
def test_groups_together_are_told_as_one_would(real_record: Record, name: str, title: str) -> None:
    assert page(real_record, name, view="cohorts").chart.title.endswith(f": {title}")


def test_a_rate_is_told_of_the_month_it_is_of() -> None:
    """Those with a plan were last counted in November: December's title leaves them out."""
    name = "children_missing_education"
    pupils = [figure("statutory_age_population", "2021-12", "10000"),
              figure("statutory_age_population", "2021-12", "400", cohort="ehcp")]  # fmt: skip
    counts = [figure(name, "2021-12", "45"), figure(name, "2021-11", "6", cohort="ehcp")]
    assert page(record([*pupils, *counts]), name, view="rates").chart.title == (
        "Missing education in December 2021: 4.5 of every 1,000 pupils"
    )


def test_a_running_total_is_not_told_by_its_highest_and_lowest(real_record: Record) -> None:
    """Row 5a: 34 by July 2020, 83 by January 2021, 111 by March 2021, 104 by January 2022."""
    assert page(real_record, "complaints_local").chart.alt == (
        "Running total by month: last of 2020-21 111 (Mar 2021), a year before the latest 83 "
        "(Jan 2021), latest 104 (Jan 2022)."
    )
    upheld = page(real_record, "complaints_ombudsman_upheld", view="calendar").chart
    assert upheld.title == (
        "No complaints were upheld by the Ombudsman in January 2022, none in January 2021; "
        "3 in all of 2021"
    )
