"""Usual variation: only where its conditions hold, with limits worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.analysis.book import book
from etl.analysis.variation import Unsaid, Variation, examine
from etl.model import Event
from tests.etl.records import changed, figure, months, record

FLOW = "alternative_provision_pupils"
MEAN = "alternative_provision_days"
SHARE = "ehc_plans_on_time_share_including_exceptions"
STEADY = changed(
    alternative_provision_pupils={"seasonal": False, "better": "lower"},
    alternative_provision_days={"seasonal": False},
    ehc_plans_on_time_share_including_exceptions={"seasonal": False},
)
# Thirteen months with moving ranges of 2 throughout: mean 50 + 12/13, limits 5.32 either side.
EVEN = ["50", "52", "50", "52", "50", "52", "50", "52", "50", "52", "50", "52", "50"]


def flow(values: list[str | None], **more: object) -> Variation | Unsaid:
    figures = months("2020-01", values, FLOW, known=STEADY)
    return examine(book(record(figures, known=STEADY, **more)), FLOW, "all")  # type: ignore[arg-type]


def test_limits_are_the_mean_and_2_66_times_the_mean_moving_range() -> None:
    found = flow(EVEN)
    assert isinstance(found, Variation)
    assert found.method == "xmr"
    assert found.centre == Decimal(662) / 13
    last = found.points[-1]
    assert float(last.upper) == pytest.approx(662 / 13 + 2.66 * 2)
    assert float(last.lower) == pytest.approx(662 / 13 - 2.66 * 2)
    assert not last.signal


@pytest.mark.parametrize(
    ("later", "signal", "high"),
    [
        (["57"], "outside", True),  # the upper limit is 56.24
        (["45"], "outside", False),  # the lower limit is 45.60
        (["55", "51", "55"], "two_of_three", True),  # two sigma above is 54.47
        (["47", "47"], "two_of_three", False),  # two sigma below is 47.38
        (["52", "51", "52", "53", "52", "51", "52"], "seven", True),
        (["52", "51", "52", "53", "52", "51"], "", True),
        (["55", "51", "51", "55"], "", True),
    ],
)
def test_the_usual_rules(later: list[str], signal: str, high: bool) -> None:
    found = flow([*EVEN, *later])
    assert isinstance(found, Variation)
    assert (found.points[-1].signal, found.points[-1].high) == (signal, high)


def test_the_baseline_stays_when_later_months_move() -> None:
    short, longer = flow(EVEN), flow([*EVEN, "80", "82", "81", "80"])
    assert isinstance(short, Variation)
    assert isinstance(longer, Variation)
    assert longer.centre == short.centre
    assert longer.baseline == (date(2020, 1, 1), date(2021, 1, 31))


def test_a_dated_break_starts_a_new_baseline() -> None:
    moved = Event(
        "new-count", date(2021, 2, 1), "Counted anew", "", "", kind="break", measures=(FLOW,)
    )
    again = [str(int(value) + 100) for value in EVEN]
    found = flow([*EVEN, *again], events=(moved,))
    assert isinstance(found, Variation)
    assert found.centre == Decimal(662) / 13 + 100
    assert len(found.points) == 13
    assert isinstance(flow([*EVEN, *again[:12]], events=(moved,)), Unsaid)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (EVEN[:12], "too_few"),
        ([*EVEN[:6], None, *EVEN[:12]], "too_few"),
        (["50"] * 13, "flat"),
    ],
)
def test_without_thirteen_months_in_a_row_it_says_why(
    values: list[str | None], reason: str
) -> None:
    found = flow(values)
    assert isinstance(found, Unsaid)
    assert found.reason == reason


def test_a_gap_breaks_a_run_of_seven() -> None:
    found = flow([*EVEN, "52", "52", "52", None, "52", "52", "52", "52"])
    assert isinstance(found, Variation)
    assert not found.points[-1].signal


def test_a_flagged_latest_figure_gets_no_verdict_and_flagged_ones_make_no_limits() -> None:
    figures = months("2020-01", [*EVEN, "90"], FLOW, known=STEADY)
    held = record(figures, known=STEADY, doubted=[figures[-1]])
    assert isinstance(examine(book(held), FLOW, "all"), Unsaid)
    held = record(figures[:13], known=STEADY, doubted=[figures[4]])
    assert isinstance(examine(book(held), FLOW, "all"), Unsaid)


def test_an_average_of_fewer_than_ten_cases_gets_no_verdict() -> None:
    days = months("2020-01", EVEN, MEAN, known=STEADY)
    pupils = months("2020-01", ["20"] * 12 + ["9"], FLOW, known=STEADY)
    found = examine(book(record([*days, *pupils], known=STEADY)), MEAN, "all")
    assert found == Unsaid("few_cases")
    pupils = months("2020-01", ["20"] * 12 + ["10"], FLOW, known=STEADY)
    found = examine(book(record([*days, *pupils], known=STEADY)), MEAN, "all")
    assert isinstance(found, Variation)


@pytest.mark.parametrize(
    ("measure", "cohort", "reason"),
    [
        ("children_missing_education", "all", "stock"),
        ("children_missing_education_share", "ehcp", "stock"),
        ("complaints_local", "all", "cumulative"),
        ("ehc_review_on_time", "all", "unknown_stock"),
    ],
)
def test_stocks_and_running_totals_are_not_tested(measure: str, cohort: str, reason: str) -> None:
    figures = months("2020-01", EVEN * 3, measure, cohort=cohort)
    found = examine(book(record(figures)), measure, cohort)
    assert isinstance(found, Unsaid)
    assert found.reason == reason


def test_a_yearly_pattern_is_taken_out_before_anything_is_said() -> None:
    """Up each September by 40, the same each year: 25 months are needed, and nothing stands out."""
    year = [10, 12, 11, 12, 10, 11, 10, 9, 50, 48, 45, 30]
    rows = [str(value + shift) for shift in (0, 2, 1) for value in year]
    rows = [str(int(value) + (i % 2)) for i, value in enumerate(rows)]
    assert isinstance(
        examine(book(record(months("2019-01", rows[:24], FLOW))), FLOW, "all"), Unsaid
    )
    found = examine(book(record(months("2019-01", rows, FLOW))), FLOW, "all")
    assert isinstance(found, Variation)
    assert found.differences
    assert [point.number for point in found.points[:2]] == [2, 2]


def shares(cases: list[int], on_time: list[int]) -> Variation | Unsaid:
    figures = []
    for i, (n, x) in enumerate(zip(cases, on_time, strict=True)):
        when = f"{2020 + i // 12}-{i % 12 + 1:02d}"
        figures += [
            figure("ehc_plans_issued", when, str(n), table="outturn"),
            figure("ehc_plans_on_time", when, str(x), table="outturn"),
            figure(SHARE, when, f"{100 * x / n:.1f}", table="outturn", known=STEADY),
        ]
    return examine(book(record(figures, known=STEADY)), SHARE, "all")


def slow_p_prime(cases: list[int], on_time: list[int]) -> tuple[float, list[tuple[float, float]]]:
    """Laney's P' again, as plainly as it can be written, from rounded shares as shown."""
    base = 13
    mean = sum(on_time[:base]) / sum(cases[:base])
    sigma = [(mean * (1 - mean) / n) ** 0.5 for n in cases]
    z = [(on_time[i] / cases[i] - mean) / sigma[i] for i in range(base)]
    ranges = [abs(z[i] - z[i - 1]) for i in range(1, base)]
    sigma_z = sum(ranges) / len(ranges) / 1.128
    limits = [
        (max(0, 100 * (mean - 3 * s * sigma_z)), min(100, 100 * (mean + 3 * s * sigma_z)))
        for s in sigma
    ]
    return 100 * mean, limits


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(20, 400), st.floats(0.2, 0.8)).map(
            lambda pair: (pair[0], max(1, int(pair[0] * pair[1])))
        ),
        min_size=13,
        max_size=20,
    )
)
def test_limits_of_shares_know_how_many_cases_a_month_had(pairs: list[tuple[int, int]]) -> None:
    cases, on_time = [n for n, _ in pairs], [x for _, x in pairs]
    found = shares(cases, on_time)
    centre, limits = slow_p_prime(cases, on_time)
    if isinstance(found, Unsaid):
        assert found.reason == "flat"
        return
    assert found.method == "p_prime"
    assert float(found.centre) == pytest.approx(centre)
    for point, (lower, upper) in zip(found.points, limits, strict=True):
        assert float(point.lower) == pytest.approx(lower)
        assert float(point.upper) == pytest.approx(upper)


def test_a_month_with_none_in_time_counts_as_none() -> None:
    cases, on_time = [40] * 13, [0, 12, 20] * 4 + [16]
    found = shares(cases, on_time)
    assert isinstance(found, Variation)
    assert float(found.centre) == pytest.approx(100 * sum(on_time) / sum(cases))


def test_the_more_cases_the_narrower_the_limits() -> None:
    cases = [100, 50] * 6 + [100]
    found = shares(cases, [50, 27] * 6 + [52])
    assert isinstance(found, Variation)
    wide, narrow = found.points[1], found.points[2]
    assert wide.upper - wide.lower > narrow.upper - narrow.lower


COUNTED = [(100, 50), (50, 27)] * 6 + [(100, 52)]


@pytest.mark.parametrize(
    ("uncounted", "left"),
    [
        # The month after the baseline whose cases are not held has no limits of its own.
        ((13,), [(date(2021, 2, 28), "uncounted")]),
        ((13, 14), [(date(2021, 2, 28), "uncounted"), (date(2021, 3, 31), "uncounted")]),
    ],
)
def test_a_month_whose_cases_are_unknown_is_left_out(
    uncounted: tuple[int, ...], left: list[tuple[date, str]]
) -> None:
    found = partly_counted([*COUNTED, (100, 50), (50, 27), (100, 51)], uncounted)
    assert isinstance(found, Variation)
    assert found.method == "p_prime"
    assert [(v.period.end, why) for v, why in found.left_out] == left
    assert len(found.points) == 16 - len(uncounted)
    assert all(point.upper < 100 and point.lower > 0 for point in found.points)


def test_a_newest_month_whose_cases_are_unknown_gets_no_verdict() -> None:
    assert partly_counted([*COUNTED, (100, 50)], (13,)) == Unsaid("uncounted")


def test_without_thirteen_months_of_counts_a_share_has_limits_of_its_values() -> None:
    found = partly_counted(COUNTED, (4,))
    assert isinstance(found, Variation)
    assert found.method == "xmr"


def partly_counted(pairs: list[tuple[int, int]], uncounted: tuple[int, ...]) -> Variation | Unsaid:
    """Shares from January 2020, with the counts of some months not held."""

    def but(numbers: list[int]) -> list[str | None]:
        return [None if i in uncounted else str(n) for i, n in enumerate(numbers)]

    figures = [
        *months("2020-01", but([n for n, _ in pairs]), "ehc_plans_issued", known=STEADY),
        *months("2020-01", but([x for _, x in pairs]), "ehc_plans_on_time", known=STEADY),
        *months("2020-01", [f"{x / n:.1%}".rstrip("%") for n, x in pairs], SHARE, known=STEADY),
    ]
    return examine(book(record(figures, known=STEADY)), SHARE, "all")


def test_a_flagged_newest_figure_and_flagged_months_are_said() -> None:
    figures = months("2020-01", [*EVEN, "90", "51"], FLOW, known=STEADY)
    newest = record(figures, known=STEADY, doubted=[figures[-1]])
    assert examine(book(newest), FLOW, "all") == Unsaid("doubted")
    found = examine(book(record(figures, known=STEADY, doubted=[figures[13]])), FLOW, "all")
    assert isinstance(found, Variation)
    assert [(v.period.end, why) for v, why in found.left_out] == [(date(2021, 2, 28), "doubted")]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["50", "52", None, "flagged"]), min_size=1, max_size=40),
    st.booleans(),
)
def test_too_few_months_are_never_as_many_as_are_needed(
    values: list[str | None], seasonal: bool
) -> None:
    known = changed(alternative_provision_pupils={"seasonal": seasonal})
    given_values = ["51" if value == "flagged" else value for value in values]
    figures = months("2018-01", given_values, FLOW, known=known)
    doubted = [f for f in figures if f.reading.raw == "51"]
    found = examine(book(record(figures, known=known, doubted=doubted)), FLOW, "all")
    if isinstance(found, Unsaid) and found.reason == "too_few":
        assert found.months < found.wanted
