"""Rates per 1,000 pupils, neighbours in force at the time, and what a target would take."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.analysis.book import book
from etl.analysis.rates import area_line, nearest, neighbours_at, per_thousand, ranking
from etl.analysis.takes import needed, volumes
from tests.etl.records import NORFOLK, figure, period, record

CME, PUPILS = "children_missing_education", "statutory_age_population"
SHARE = "ehc_plans_on_time_share_including_exceptions"
YEAR = period("calendar_year", "2024-01-01", "2024-12-31")


def test_a_rate_uses_the_nearest_count_of_pupils_and_names_it() -> None:
    held = book(
        record(
            [
                figure(CME, "2021-07", "387"),
                figure(CME, "2021-12", "495"),
                figure(PUPILS, "2021-03", "108565"),
                figure(PUPILS, "2021-12", "109276"),
            ]
        )
    )
    found = per_thousand(held.line(CME, "all", "month"), held.line(PUPILS, "all", "month"))
    said = [(str(r.value), r.population.period.end.isoformat()[:7]) for r in found]
    assert said == [("3.6", "2021-03"), ("4.5", "2021-12")]


def test_of_two_counts_equally_near_the_earlier_is_used() -> None:
    held = book(record([figure(PUPILS, "2021-01", "1"), figure(PUPILS, "2021-03", "3")]))
    middle = period("month", "2021-02-01", "2021-02-28")
    # 28 days from 31 January, 31 to 31 March.
    found = nearest(held.line(PUPILS, "all", "month"), middle)
    assert found is not None
    assert found.value == 1


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2021, 12, 31), date(2021, 4, 1)),
        (date(2024, 12, 31), date(2021, 4, 1)),
        (date(2025, 12, 31), date(2025, 5, 1)),
    ],
)
def test_the_list_of_neighbours_in_force_at_the_time(day: date, start: date) -> None:
    known = neighbours_at(book(record([])), day)
    assert known is not None
    assert known.start == start


def test_before_the_first_list_there_is_no_ranking() -> None:
    found = book(record([]))
    old = period("calendar_year", "2019-01-01", "2019-12-31")
    assert neighbours_at(found, old.end) is None
    assert ranking(found, SHARE, "all", old) is None


def areas(**shares: str | None) -> list:  # type: ignore[type-arg]
    return [
        figure(SHARE, "2024-12", value, area=area, span="calendar_year", table="dfe")
        for area, value in shares.items()
    ]


def test_rank_range_and_gaps_among_the_neighbours() -> None:
    figures = areas(E10000020="55.7", E10000019="99.0", E10000029="25.4", E06000059=None)
    made = ranking(book(record(figures)), SHARE, "all", YEAR)
    assert made is not None
    assert [p.name for p in made.places] == ["Lincolnshire", "Norfolk", "Suffolk"]
    assert (made.rank, made.of) == (2, 3)
    assert made.lowest is not None
    assert made.highest is not None
    assert (made.lowest.value, made.highest.value) == (Decimal("25.4"), Decimal("99.0"))
    assert "Dorset" in {p.name for p in made.gaps}
    assert len(made.gaps) == 8


def test_equal_figures_share_a_rank() -> None:
    figures = areas(E10000020="50.0", E10000019="50.0", E10000029="60.0")
    made = ranking(book(record(figures)), SHARE, "all", YEAR)
    assert made is not None
    assert made.rank == 2


@pytest.mark.parametrize(
    ("plans", "rank", "from_last", "of", "ranked"),
    [
        ({}, 2, 2, 3, ["Lincolnshire", "Norfolk", "Suffolk"]),
        ({"E10000019": 30}, 2, 2, 3, ["Lincolnshire", "Norfolk", "Suffolk"]),
        # Lincolnshire's 29 plans are too few to stand first.
        ({"E10000019": 29}, 1, 2, 2, ["Norfolk", "Suffolk"]),
        ({"E10000020": 28}, None, None, 2, ["Lincolnshire", "Suffolk"]),
    ],
)
def test_few_cases_have_no_rank(
    plans: dict[str, int], rank: int | None, from_last: int | None, of: int, ranked: list[str]
) -> None:
    shares = areas(E10000020="50.0", E10000019="100.0", E10000029="20.0")
    counted = [
        figure(name, "2024-12", str(value), area=area, span="calendar_year", table="dfe")
        for area, issued in plans.items()
        for name, value in (
            ("ehc_plans_issued", issued),
            ("ehc_plans_on_time", issued * {"E10000019": 100, "E10000020": 50}[area] // 100),
        )
    ]
    made = ranking(book(record([*shares, *counted])), SHARE, "all", YEAR)
    assert made is not None
    assert (made.rank, made.from_last, made.of) == (rank, from_last, of)
    assert not made.tied
    assert [p.name for p in made.places if not p.few] == ranked
    assert len(made.places) == 3  # drawn all the same


def test_ties_are_told_from_both_ends() -> None:
    figures = areas(E10000020="50.0", E10000019="50.0", E10000029="60.0", E06000059="10.0")
    made = ranking(book(record(figures)), SHARE, "all", YEAR)
    assert made is not None
    assert (made.rank, made.from_last, made.of, made.tied) == (2, 2, 4, True)


def test_an_area_that_changed_its_code_is_one_line() -> None:
    """Somerset: a county (E10000027), since 2023 one unitary authority (E06000066)."""
    old = figure(SHARE, "2022-12", "40.0", area="E10000027", span="calendar_year", table="dfe")
    new = figure(SHARE, "2023-12", "41.0", area="E06000066", span="calendar_year", table="dfe")
    line = area_line(book(record([old, new])), SHARE, "all", "calendar_year", "E10000027")
    assert [v.value for v in line] == [Decimal("40.0"), Decimal("41.0")]


def test_norfolk_is_not_among_its_own_neighbours() -> None:
    made = ranking(book(record(areas(E10000020="50.0"))), SHARE, "all", YEAR)
    assert made is not None
    assert [p.area for p in made.places] == [NORFOLK]
    assert made.lowest is None


# --- what it would take -------------------------------------------------------------------


def test_the_share_of_the_remaining_plans_that_must_be_on_time() -> None:
    """To June 2021: 237 of 482 in time. Of 1,000 in the year 60% are 600: 363 of 518 to come."""
    found = needed(Decimal(482), Decimal(237), Decimal(60), Decimal(518))
    assert found is not None
    assert (found.on_time, found.share, found.in_reach) == (363, Decimal("70.1"), True)


def test_past_the_point_of_reach() -> None:
    """To November 2021: 483 of 918; with 107 to come 60% of 1,025 are 615, 132 more."""
    found = needed(Decimal(918), Decimal(483), Decimal(60), Decimal(107))
    assert found is not None
    assert (found.on_time, found.in_reach) == (132, False)


def test_a_target_that_is_safe_whatever_comes() -> None:
    """900 of 1,000 in time: of 1,100 in the year 50% are 550, reached by 350 more than wanted."""
    found = needed(Decimal(1000), Decimal(900), Decimal(50), Decimal(100))
    assert found is not None
    assert (found.on_time, found.share, found.in_reach) == (-350, 0, True)


def test_nothing_to_come_nothing_to_say() -> None:
    assert needed(Decimal(1025), Decimal(546), Decimal(60), Decimal(0)) is None


@given(st.integers(0, 1500), st.floats(0, 1), st.integers(1, 99), st.integers(1, 1500))
def test_that_many_reach_the_target_and_one_fewer_does_not(
    issued: int, part: float, target: int, remaining: int
) -> None:
    on_time = int(issued * part)
    found = needed(Decimal(issued), Decimal(on_time), Decimal(target), Decimal(remaining))
    assert found is not None
    reached = on_time + int(found.on_time)
    assert 100 * reached >= target * (issued + remaining)
    assert 100 * (reached - 1) < target * (issued + remaining)
    assert found.in_reach == (found.on_time <= remaining)


def test_the_range_that_the_last_twelve_months_support() -> None:
    """The months of 2021 as the outturn table prints them."""
    months = tuple(map(Decimal, [62, 63, 88, 90, 80, 99, 93, 71, 104, 70, 98, 107]))
    assert volumes(months, 12) == (1025, 1025, 1025)
    assert volumes(months, 1) == (85, 62, 107)
    assert volumes(months, 3) == (256, 213, 275)
    assert volumes(months[:11], 3) is None
