"""Running totals: what was added, the monthly average, by calendar year. From row 5a."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from etl.analysis.book import book
from etl.analysis.totals import calendar_totals, increments, monthly_average
from tests.etl.records import figure, record

TOTAL = "complaints_local"
SPAN = "financial_year_to_date"
# Row 5a as the pack of March 2022 prints it.
PRINTED = {
    "2020-07": "34",
    "2020-11": "63",
    "2020-12": "73",
    "2021-01": "83",
    "2021-03": "111",
    "2021-05": "22",
    "2021-07": "53",
    "2021-08": "62",
    "2021-09": "71",
    "2021-10": "80",
    "2021-11": "89",
    "2021-12": "96",
    "2022-01": "104",
}


def line(printed: dict[str, str], doubted: str = ""):  # type: ignore[no-untyped-def]
    figures = [figure(TOTAL, when, value) for when, value in printed.items()]
    odd = [f for f in figures if f.period.end.isoformat().startswith(doubted)] if doubted else []
    return book(record(figures, doubted=odd)).line(TOTAL, "all", SPAN)


def test_each_increment_names_the_months_it_covers() -> None:
    found = [(i.end.isoformat()[:7], i.months, int(i.value)) for i in increments(line(PRINTED))]
    assert found == [
        ("2020-07", 4, 34),
        ("2020-11", 4, 29),
        ("2020-12", 1, 10),
        ("2021-01", 1, 10),
        ("2021-03", 2, 28),
        ("2021-05", 2, 22),
        ("2021-07", 2, 31),
        ("2021-08", 1, 9),
        ("2021-09", 1, 9),
        ("2021-10", 1, 9),
        ("2021-11", 1, 9),
        ("2021-12", 1, 7),
        ("2022-01", 1, 8),
    ]


def test_a_doubted_total_is_passed_over_and_the_gap_grows() -> None:
    found = {i.end: (i.months, i.value) for i in increments(line(PRINTED, "2021-12"))}
    assert date(2021, 12, 31) not in found
    assert found[date(2022, 1, 31)] == (2, 15)


def test_a_total_that_falls_within_its_year_gives_a_negative_increment() -> None:
    (_, second) = increments(line({"2021-05": "22", "2021-06": "20"}))
    assert second.value == -2


def test_the_monthly_average_runs_from_april() -> None:
    held = {v.period.end: monthly_average(v) for v in line(PRINTED)}
    assert held[date(2022, 1, 31)] == Decimal("10.4")
    assert held[date(2021, 1, 31)] == Decimal("8.3")


def test_calendar_years_are_made_only_where_the_totals_join() -> None:
    found = {t.period.end.isoformat()[:7]: int(t.value) for t in calendar_totals(line(PRINTED))}
    # 111 - 73 = 38 to March; + 96 = 134 in all of 2021; 104 - 96 = 8 in January 2022.
    assert found == {
        "2021-01": 10,
        "2021-03": 38,
        "2021-05": 60,
        "2021-07": 91,
        "2021-08": 100,
        "2021-09": 109,
        "2021-10": 118,
        "2021-11": 127,
        "2021-12": 134,
        "2022-01": 8,
    }


def test_without_december_nothing_is_filled_in() -> None:
    held = {when: value for when, value in PRINTED.items() if when != "2020-12"}
    assert all(t.period.end.year == 2022 for t in calendar_totals(line(held)))


@given(st.lists(st.integers(0, 40), min_size=12, max_size=36), st.data())
def test_what_was_added_adds_up_again(each: list[int], data: st.DataObject) -> None:
    """Against the obvious: months added one by one, some of the totals not printed."""
    totals, run = {}, 0
    for i, added in enumerate(each):
        year, month = 2020 + (i + 3) // 12, (i + 3) % 12 + 1
        run = added if month == 4 else run + added
        totals[f"{year}-{month:02d}"] = str(run)
    kept = data.draw(st.sets(st.sampled_from(sorted(totals)), min_size=1))
    held = {when: totals[when] for when in sorted(kept)}
    by_month = {
        f"{2020 + (i + 3) // 12}-{(i + 3) % 12 + 1:02d}": added for i, added in enumerate(each)
    }
    for found in increments(line(held)):
        inside = [
            added
            for when, added in by_month.items()
            if found.start.isoformat()[:7] <= when <= found.end.isoformat()[:7]
        ]
        assert found.value == sum(inside)
        assert found.months == len(inside)
    for total in calendar_totals(line(held)):
        inside = [
            added
            for when, added in by_month.items()
            if total.period.start.isoformat()[:7] <= when <= total.period.end.isoformat()[:7]
        ]
        assert total.value == sum(inside)
