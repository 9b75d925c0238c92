"""A place among all authorities: against a slow twin that draws the cases anew, and by hand."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.analysis.book import book
from etl.analysis.ranks import Share, chance_ranks, national_rank
from etl.record import Record
from etl.store import Store

SHARES = st.integers(30, 3000).flatmap(
    lambda whole: st.builds(Share, st.integers(0, whole), st.just(whole))
)
DRAWS = 4000


def drawn_anew(own: Share, others: list[Share], lower: bool) -> list[int]:
    """Ranks when each authority's cases fall anew, one by one of a slow machine."""
    chance = random.Random(7)

    def level(one: Share) -> float:
        return chance.gauss(one.middle, one.error)

    ranks = []
    for _ in range(DRAWS):
        mine, theirs = level(own), [level(one) for one in others]
        ranks.append(1 + sum(t < mine if lower else t > mine for t in theirs))
    return sorted(ranks)


@settings(max_examples=15)
@given(SHARES, st.lists(SHARES, min_size=1, max_size=12), st.booleans())
def test_the_range_holds_nearly_all_years_that_chance_would_give(
    own: Share, others: list[Share], lower: bool
) -> None:
    low, high = chance_ranks(own, others, lower=lower)
    assert 1 <= low <= high <= len(others) + 1
    ranks = drawn_anew(own, others, lower)
    within = sum(low <= rank <= high for rank in ranks) / DRAWS
    assert within > 0.90
    # No wider than need be: by one rank at each end, what is left out is told apart.
    assert ranks[int(DRAWS * 0.025)] - 1 <= low
    assert high <= ranks[int(DRAWS * 0.975)] + 1


@pytest.mark.parametrize(
    ("own", "others", "lower", "expected"),
    [
        # Nine hundred of a thousand lies before a hundred of a thousand, whatever chance does.
        (Share(900, 1000), [Share(100, 1000), Share(500, 1000)], False, (1, 1)),
        (Share(900, 1000), [Share(100, 1000), Share(500, 1000)], True, (3, 3)),
        # Two alike change places by chance.
        (Share(50, 100), [Share(50, 100)], False, (1, 2)),
        # None of a hundred is not taken for certain.
        (Share(0, 100), [Share(1, 100)], False, (1, 2)),
        (Share(50, 100), [], False, (1, 1)),
    ],
)
def test_ranges_by_hand(
    own: Share, others: list[Share], lower: bool, expected: tuple[int, int]
) -> None:
    assert chance_ranks(own, others, lower=lower) == expected


def test_norfolks_place_in_2024(real_record: Record) -> None:
    """Counted in DfE's file of 2025: 63 authorities above Norfolk's 55.7%, 85 below, of those
    with 30 plans or more; Lewisham's figure was withdrawn in 2026."""
    found = national_rank(book(real_record), "ehc_plans_on_time_share_including_exceptions", "all")
    assert found is not None
    assert (found.period.end.year, found.rank, found.of, found.tied) == (2024, 64, 149, False)
    assert (found.missing, found.few, found.authorities) == (1, 3, 153)
    assert found.low < 64 < found.high


@pytest.mark.parametrize(
    "measure",
    [
        "children_missing_education_census_rate",  # typed by hand
        "ehc_request_decision_within_6_weeks",  # without the counts it rests on
        "ehc_plan_mean_weeks_including_exceptions",  # of four areas only
        "ehc_requests",  # no share
    ],
)
def test_what_has_no_place(real_record: Record, measure: str) -> None:
    assert national_rank(book(real_record), measure, "all") is None


def test_before_all_authorities_were_held_there_is_no_rank(real_store: Store) -> None:
    """The release of 2023 is held of some counties, that of 2025 of all authorities."""
    share = "ehc_plans_on_time_share_including_exceptions"
    assert national_rank(book(real_store.record(date(2025, 6, 25))), share, "all") is None
    assert national_rank(book(real_store.record(date(2025, 6, 26))), share, "all") is not None
