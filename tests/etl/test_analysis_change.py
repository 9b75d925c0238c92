"""Rounding, shown values, change on a year before and on the last report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.analysis import share
from etl.analysis.book import Value, book
from etl.analysis.change import (
    direction,
    on_year_before,
    since_last_report,
    whole_year,
    year_before,
    year_earlier,
)
from etl.analysis.corrected import revised
from etl.model import Finding, Observation, Span
from etl.record import Judged, Record
from etl.text.numbers import rounded
from tests.etl.records import MARCH, SEPTEMBER, figure, months, period, record

CME = "children_missing_education"
SHARE = "ehc_plans_on_time_share_including_exceptions"


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("53.25", 1, "53.3"),
        ("53.35", 1, "53.4"),
        ("2.5", 0, "3"),
        ("-0.5", 0, "-1"),
        ("-0.04", 1, "0.0"),
        ("45.495", 1, "45.5"),
        ("7", 1, "7.0"),
    ],
)
def test_halves_are_rounded_up(value: str, decimals: int, expected: str) -> None:
    assert str(rounded(Decimal(value), decimals)) == expected


@given(st.decimals(-1000, 1000, places=4), st.integers(0, 3))
def test_a_rounded_number_is_never_further_than_half_a_place_away(
    value: Decimal, decimals: int
) -> None:
    assert abs(rounded(value, decimals) - value) <= Decimal(5).scaleb(-decimals - 1)


def test_a_share_of_nothing_is_none() -> None:
    assert share(Decimal(0), Decimal(0)) is None
    assert share(Decimal(546), Decimal(1025)) == Decimal("53.3")


def test_a_share_is_worked_out_from_its_counts_to_one_decimal() -> None:
    held = record(
        [
            figure("children_missing_education_share", "2021-12", "12", cohort="ehcp"),
            figure(CME, "2021-12", "60", cohort="ehcp"),
            figure(CME, "2021-12", "495"),
        ]
    )
    (value,) = book(held).line("children_missing_education_share", "ehcp", "month")
    assert (value.value, value.part, value.cases) == (Decimal("12.1"), 60, 495)


def test_a_share_that_its_counts_do_not_bear_out_stays_as_printed() -> None:
    """Row 1e of December 2021: printed 7.0%, and 12 of 495 is 2.4%."""
    held = record(
        [
            figure("children_missing_education_share", "2021-12", "7.0", cohort="lac"),
            figure(CME, "2021-12", "12", cohort="lac"),
            figure(CME, "2021-12", "495"),
        ]
    )
    (value,) = book(held).line("children_missing_education_share", "lac", "month")
    assert value.value == Decimal("7.0")


def test_a_count_printed_with_a_decimal_is_a_count() -> None:
    (value,) = book(record([figure(CME, "2020-07", "41.0")])).line(CME, "all", "month")
    assert value.value == 41


@pytest.mark.parametrize(
    ("end", "expected"),
    [("2021-02-28", "2020-02-29"), ("2020-02-29", "2019-02-28"), ("2021-12-31", "2020-12-31")],
)
def test_the_same_month_a_year_before_ends_on_its_own_last_day(end: str, expected: str) -> None:
    start = f"{end[:8]}01"
    assert year_earlier(period("month", start, end)).end == date.fromisoformat(expected)


def latest(held: Record, measure: str = CME) -> Value:
    found = book(held).latest(measure, "all")
    assert found is not None
    return found


def test_change_on_the_same_month_a_year_before() -> None:
    held = record([figure(CME, "2020-12", "595"), figure(CME, "2021-12", "495")])
    change, why = on_year_before(book(held), latest(held))
    assert change is not None
    assert (change.amount, why) == (-100, "")


@pytest.mark.parametrize(("doubted", "reason"), [(0, "before_doubted"), (1, "doubted")])
def test_a_flagged_figure_takes_no_part_in_a_change(doubted: int, reason: str) -> None:
    figures = [figure(CME, "2020-12", "595"), figure(CME, "2021-12", "495")]
    held = record(figures, doubted=[figures[doubted]])
    assert on_year_before(book(held), latest(held)) == (None, reason)


def test_a_doubt_holds_for_the_same_figure_printed_again_and_not_for_a_corrected_one() -> None:
    wrong = figure(CME, "2021-07", "999", published=SEPTEMBER)
    again = figure(CME, "2021-07", "999", published=MARCH)
    right = figure(CME, "2021-07", "387", published=MARCH)
    assert not latest(record([wrong, again], doubted=[wrong])).trusted
    assert latest(record([wrong, right], doubted=[wrong])).trusted


def test_a_missing_month_before_is_said_not_guessed() -> None:
    held = record([figure(CME, "2020-11", "702"), figure(CME, "2021-12", "495")])
    assert on_year_before(book(held), latest(held)) == (None, "not_held")


def test_a_year_to_date_of_december_is_held_against_the_year_that_dfe_gave() -> None:
    held = record(
        [
            figure(SHARE, "2021-12", "53.3", span="calendar_year_to_date", table="outturn"),
            figure(SHARE, "2020-12", "20.5", span="calendar_year", table="dfe"),
        ]
    )
    now = latest(held, SHARE)
    assert whole_year(now.period)
    before = year_before(book(held), now)
    assert before is not None
    assert before.value == Decimal("20.5")


def test_change_on_what_the_last_report_gave_as_its_latest() -> None:
    """387 in July 2021 was the latest of September 2021; 495 is that of March 2022."""
    old = months("2021-05", ["431", None, "387"], CME, published=SEPTEMBER)
    held = record([*old, figure(CME, "2021-07", "387"), figure(CME, "2021-12", "495")])
    since = since_last_report(book(held), latest(held))
    assert since.reason == ""
    assert since.amount == 108


def test_the_last_report_is_taken_as_it_was_printed_then() -> None:
    held = record(
        [
            figure(CME, "2021-07", "387", published=SEPTEMBER),
            figure(CME, "2021-07", "400", published=MARCH),
            figure(CME, "2021-12", "495", published=MARCH),
        ]
    )
    assert since_last_report(book(held), latest(held)).amount == 108


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        ([figure(CME, "2021-12", "495")], "only"),
        (
            [figure(CME, "2021-07", "387", published=SEPTEMBER), figure(CME, "2021-07", "387")],
            "same",
        ),
        (
            [
                figure(CME, "2021-07", "9", published=SEPTEMBER, cohort="lac"),
                figure(CME, "2021-12", "495"),
            ],
            "first",
        ),
    ],
)
def test_why_there_is_no_change_on_the_last_report(figures: list, reason: str) -> None:  # type: ignore[type-arg]
    held = record(figures)
    assert since_last_report(book(held), latest(held)).reason == reason


def test_a_running_total_that_began_again_is_not_compared() -> None:
    held = record(
        [
            figure("complaints_local", "2021-03", "111", published=SEPTEMBER),
            figure("complaints_local", "2021-05", "22", published=MARCH),
        ]
    )
    assert since_last_report(book(held), latest(held, "complaints_local")).reason == "restarted"


@pytest.mark.parametrize(
    ("then", "reason"),
    [
        (figure("complaints_local", "2021-07", "53", published=SEPTEMBER), "running"),
        (figure("complaints_local", "2021-12", "104", published=SEPTEMBER), "same"),
        (figure("complaints_local", "2021-03", "111", published=SEPTEMBER), "restarted"),
    ],
)
def test_a_running_total_is_not_compared_with_the_last_report(
    then: Observation, reason: str
) -> None:
    held = record([then, figure("complaints_local", "2021-12", "104")])
    assert since_last_report(book(held), latest(held, "complaints_local")).reason == reason


def test_a_count_of_the_year_to_date_is_a_running_total_and_a_share_is_none() -> None:
    def reason(name: str, before: str, now: str) -> str:
        span: Span = "calendar_year_to_date"
        held = record(
            [
                figure(name, "2021-07", before, published=SEPTEMBER, span=span),
                figure(name, "2021-12", now, span=span),
            ]
        )
        return since_last_report(book(held), latest(held, name)).reason

    assert reason("ehc_plans_issued", "500", "1025") == "running"
    assert reason("ehc_plans_on_time_share_including_exceptions", "52", "53.3") == ""


def test_a_row_that_had_no_number_was_given_all_the_same() -> None:
    """NA in September is no first printing in March."""
    days = "ehc_plan_days"
    then = figure(days, "2021-07", None, published=SEPTEMBER, cohort="lac", cases=0)
    held = record(
        [
            then,
            figure(days, "2021-12", "135.2", cohort="lac"),
            figure(CME, "2021-07", "387", published=SEPTEMBER),
        ]
    )
    now = book(held).latest(days, "lac")
    assert now is not None
    since = since_last_report(book(held), now)
    assert (since.reason, since.then) == ("no_number", then)


DAYS = "ehc_plan_days"


@pytest.mark.parametrize(
    ("now", "printed", "least"),
    [
        ("208.4", ("215.9", "226"), "-7.5"),
        ("230", ("215.9", "226"), "4"),
        ("220", ("215.9", "226"), None),  # between the two
        ("226", ("215.9", "226"), None),  # the same as one of them
    ],
)
def test_a_direction_stands_where_both_printed_figures_give_it(
    now: str, printed: tuple[str, str], least: str | None
) -> None:
    before = [
        figure(DAYS, "2021-01", printed[0]),
        figure(DAYS, "2021-01", printed[1], table="outturn"),
    ]
    held = record([*before, figure(DAYS, "2022-01", now)])
    differ = Finding("tables-differ", "warning", "They differ.", (), tuple(before))
    held = replace(held, judged=(Judged(differ),))
    found = direction(book(held), latest(held, DAYS))
    assert (found.least if found else None) == (None if least is None else Decimal(least))
    if found:
        assert found.values == tuple(map(Decimal, printed))


def test_no_direction_stands_on_a_figure_that_is_doubted_otherwise() -> None:
    before = figure(DAYS, "2021-01", "215.9")
    held = record([before, figure(DAYS, "2022-01", "208.4")], doubted=[before])
    assert direction(book(held), latest(held, DAYS)) is None
    both = [before, figure(DAYS, "2021-01", "226", table="outturn")]
    differ = Finding("tables-differ", "warning", "They differ.", (), tuple(both))
    odd = Finding(
        "unusual", "warning", "It is far off.", (), (before, both[1], figure(DAYS, "2021-02", "9"))
    )
    held = record([*both, figure(DAYS, "2022-01", "208.4")])
    held = replace(held, judged=(Judged(differ), Judged(odd)))
    assert direction(book(held), latest(held, DAYS)) is None


CORRECTED, MAY = date(2022, 4, 5), date(2022, 5, 20)


def corrected_between(*later: Observation) -> Record:
    """Two rows in the pack of March, one figure of one corrected in April, then `later`."""
    days = "alternative_provision_days"
    return record(
        [
            *months("2021-11", ["500", "495"], CME),
            *months("2021-11", ["37.1", "40"], days),
            *months("2021-11", ["12", "14"], "alternative_provision_pupils"),
            figure(CME, "2021-12", "505", published=CORRECTED, table="officer"),
            *later,
        ]
    )


def test_a_correction_between_meetings_is_no_report() -> None:
    assert book(corrected_between()).reports == (MARCH,)


OTHERS = (
    "alternative_provision_days",
    "alternative_provision_pupils",
    "ehc_plan_days",
    "ehc_review_on_time",
    "complaints_local",
)


@pytest.mark.parametrize(
    ("what", "figures", "is_one"),
    [
        ("one row goes on to February", [figure(CME, "2022-02", "480", published=MAY)], True),
        (
            "a month nobody held, filled in later",
            [figure(CME, "2021-10", "470", published=MAY)],
            False,
        ),
        ("one figure corrected", [figure(CME, "2021-12", "505", published=MAY)], False),
        (
            "every row corrected",
            [figure(name, "2021-12", "7", published=MAY) for name in (CME, *OTHERS)],
            False,
        ),
        (
            "every row printed again, one of them corrected",
            [
                figure(CME, "2021-12", "505", published=MAY),
                *(figure(name, "2021-12", "40", published=MAY) for name in OTHERS),
            ],
            True,
        ),
        (
            "DfE's figures for a later month",
            [figure(CME, "2022-02", "480", published=MAY, table="dfe")],
            False,
        ),
    ],
)
def test_a_meeting_that_is_not_listed_is_one_by_its_report(
    what: str, figures: list[Observation], is_one: bool
) -> None:
    """20 May 2022 is in no list: rows held to December 2021, then `figures`."""
    held = [figure(name, "2021-12", "40") for name in (CME, *OTHERS)]
    assert (MAY in book(record([*held, *figures])).reports) is is_one, what
    assert MAY not in book(record(held)).reports  # taken back again


def test_after_the_next_meeting_rows_are_held_against_the_last_report_as_it_was() -> None:
    later = [
        figure(CME, "2022-02", "480", published=MAY),
        figure("alternative_provision_days", "2022-02", "41", published=MAY),
    ]
    held = book(corrected_between(*later))
    assert held.reports == (MARCH, MAY)
    for measure, amount in ((CME, "-15"), ("alternative_provision_days", "1")):
        now = held.latest(measure, "all")
        assert now is not None
        since = since_last_report(held, now)
        assert (since.reason, since.amount) == ("", Decimal(amount))


def test_an_officers_later_figure_is_a_revision() -> None:
    held = corrected_between()
    now = book(held).latest(CME, "all")
    assert now is not None
    assert revised(held, now.point)
    assert [v.value for v in now.point.history] == [Decimal(495), Decimal(505)]


OMBUDSMAN = "complaints_ombudsman"


def test_no_change_is_made_across_a_declared_break() -> None:
    """In 2022-23 the Ombudsman chose its cases differently (events.yaml)."""
    figures = [
        figure(OMBUDSMAN, "2021-07", "2", published=SEPTEMBER),
        figure(OMBUDSMAN, "2022-01", "5"),
        figure(OMBUDSMAN, "2022-07", "4", published=MAY),
        figure(OMBUDSMAN, "2023-07", "6", published=MAY),
    ]
    held = record(figures[:3])
    now = latest(held, OMBUDSMAN)
    assert on_year_before(book(held), now) == (None, "break")
    assert since_last_report(book(held), now).reason == "restarted"
    later = record(figures)
    change, why = on_year_before(book(later), latest(later, OMBUDSMAN))
    assert (why, change.amount if change else None) == ("", Decimal(2))


def test_a_year_is_not_compared_with_one_collected_otherwise() -> None:
    held = record(
        [
            figure(SHARE, "2022-12", "40", span="calendar_year", published=SEPTEMBER),
            figure(SHARE, "2023-12", "42.2", span="calendar_year"),
        ]
    )
    now = latest(held, SHARE)
    assert on_year_before(book(held), now) == (None, "break")
    assert since_last_report(book(held), now).reason == "break"
