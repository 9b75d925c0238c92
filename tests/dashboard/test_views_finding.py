"""What titles, headings and alternatives say: of figures that stand, as one would tell it."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.views import telling
from dashboard.views.bullets import bullet, bullets
from dashboard.views.overview import overview
from etl.analysis.book import book
from etl.model import Observation
from etl.record import Record
from tests.dashboard.test_views_measure import EXC, INC, page
from tests.etl.records import figure, record


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
    stems = (
        "ehc_plans_on_time_share",
        "ehc_plans_20_to_52_weeks_share",
        "ehc_plans_over_52_weeks_share",
    )
    figures = [
        figure(
            f"{stem}_including_exceptions",
            f"{year}-12",
            str(value),
            span="calendar_year",
            table="dfe",
        )
        for year in (2024, 2025)
        for stem, value in zip(stems, (year - 1984, 50, 5), strict=True)
    ]
    found = page(record(figures, doubted=[figures[3 + i] for i in doubted]), INC, view="tail")
    assert found.chart.title == (
        "40.0% of EHC plans were issued within 20 weeks in 2024, 50.0% took 20 to 52 weeks "
        "and 5.0% took over 52 weeks"
    )


def test_a_flagged_figure_of_england_or_a_neighbour_is_not_compared_with() -> None:
    def given(area: str, value: str) -> Observation:
        return figure(INC, "2025-12", value, span="calendar_year", table="dfe", area=area)

    england, devon = given("E92000001", "45.5"), given("E10000008", "3.2")
    figures = [
        given("E10000020", "59"),
        england,
        devon,
        given("E10000029", "25"),
        given("E10000019", "80"),
    ]
    found = page(record(figures, doubted=[england, devon]), INC)
    assert found.heading == "59.0% of EHC plans were issued within 20 weeks in 2025"
    assert overview(record(figures, doubted=[england])).headline == found.heading
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
        "Quarter",
        "Plans issued within 20 weeks, including exceptions",
    )
    shares = page(real_record, INC, view="months").chart
    assert (shares.columns[-1], shares.rows[-1][-1]) == (
        "Plans, year to date",
        "546 of 1,025",
    )


def test_a_year_without_a_plan_in_time_is_a_year_on_both_bases() -> None:
    figures = [
        figure(name, f"{year}-12", value, span="calendar_year", table="dfe")
        for name in (INC, EXC)
        for year, value in ((2024, "12"), (2025, "0"))
    ]
    assert page(record(figures), INC, view="bases").chart.title == (
        "In 2025, 0.0% counting plans with permitted exceptions, 0.0% leaving them out"
    )


def test_a_break_is_said_wherever_a_change_would_stand() -> None:
    """In 2022-23 the Ombudsman chose its cases differently: 40 is no change on 20."""
    name = "complaints_ombudsman"
    held = record([figure(name, "2021-07", "20"), figure(name, "2022-07", "40")])
    why = "Ombudsman chose its cases differently, April 2022"
    found = page(held, name)
    assert (found.facts[1].value, found.facts[1].detail) == ("Not comparable", why)
    assert "a year before" not in found.heading
    assert found.lede.endswith(f"; not comparable with the year before ({why}).")
    average = page(held, name, view="average").chart
    assert "a year before" not in average.title
    assert any("do not compare" in note for note in average.notes)
    said, _ = bullets(held)
    assert said[0][1].count(why) == 1


def test_two_packs_of_one_month_stand_in_their_order() -> None:
    name = "children_missing_education"
    found = page(
        record(
            [
                figure(name, f"2022-0{day // 5}", "500", published=date(2022, 3, day))
                for day in (18, 5)
            ]
        ),
        name,
    )
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
    pupils = [
        figure("statutory_age_population", "2021-12", "10000"),
        figure("statutory_age_population", "2021-12", "400", cohort="ehcp"),
    ]
    counts = [figure(name, "2021-12", "45"), figure(name, "2021-11", "6", cohort="ehcp")]
    assert page(record([*pupils, *counts]), name, view="rates").chart.title == (
        "Children missing education in December 2021: 4.5 for every 1,000 pupils"
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


REPORT = date(2022, 3, 18)
NEXT = date(2022, 5, 20)
COMPLAINTS = "complaints_local"


@pytest.mark.parametrize(
    ("what", "figures", "says"),
    [
        (
            "April: the year that closed stands beside the month that begins",
            [
                ("2021-04", "10", REPORT),
                ("2022-01", "104", REPORT),
                ("2022-03", "121", NEXT),
                ("2022-04", "9", NEXT),
            ],
            "9 complaints were received in April 2022, 1 fewer than in the same months a year "
            "before (10). 121 complaints were received from April 2021 to March 2022.",
        ),
        (
            "June, and the last report told of the year before",
            [("2022-01", "104", REPORT), ("2022-03", "121", NEXT), ("2022-06", "30", NEXT)],
            "30 complaints were received from April to June 2022. 121 complaints were "
            "received from April 2021 to March 2022.",
        ),
        (
            "the last that is held of the year before, where March is not",
            [("2022-01", "104", REPORT), ("2022-04", "9", NEXT)],
            "9 complaints were received in April 2022. 104 complaints were received from April "
            "2021 to January 2022.",
        ),
        (
            "later in the year, the last report told of it already",
            [("2022-03", "121", REPORT), ("2022-04", "9", REPORT), ("2022-06", "30", NEXT)],
            "30 complaints were received from April to June 2022.",
        ),
    ],
)
def test_a_total_that_has_just_begun_again_is_told_with_the_year_that_closed(
    what: str, figures: list[tuple[str, str, date]], says: str
) -> None:
    held = record(
        [figure(COMPLAINTS, month, value, published=day) for month, value, day in figures]
    )
    found = book(held)
    value = found.latest(COMPLAINTS, "all")
    assert value is not None
    said = telling.sentence(found, value).text
    assert said == says, what
    assert bullet(found, value)[1].startswith(said)


def test_a_doubted_total_of_the_year_before_is_not_told() -> None:
    figures = [figure(COMPLAINTS, "2022-03", "121"), figure(COMPLAINTS, "2022-04", "9")]
    found = book(record(figures, doubted=figures[:1]))
    value = found.latest(COMPLAINTS, "all")
    assert value is not None
    assert "121" not in telling.sentence(found, value).text
