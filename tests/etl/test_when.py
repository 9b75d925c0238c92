"""Times as headings, rows and captions of council papers name them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import periods, when
from etl.when import When

DATED = [
    # printed, kind, first day, last day
    ("Dec-24", "month", "2024-12-01", "2024-12-31"),
    ("Sept 2024", "month", "2024-09-01", "2024-09-30"),
    ("2024-12-01 00:00:00", "month", "2024-12-01", "2024-12-31"),
    ("Dec 2024 (provisional)", "month", "2024-12-01", "2024-12-31"),
    ("end of Dec 2024", "month", "2024-12-01", "2024-12-31"),
    ("31.12.24", "day", "2024-12-31", "2024-12-31"),
    ("31/12/2024", "day", "2024-12-31", "2024-12-31"),
    ("31st December 2024", "day", "2024-12-31", "2024-12-31"),
    ("As at 31 December 2024", "day", "2024-12-31", "2024-12-31"),
    ("Position at 31 December 2024", "day", "2024-12-31", "2024-12-31"),
    ("Q3 24/25", "quarter", "2024-10-01", "2024-12-31"),
    ("Quarter 3 2024-25", "quarter", "2024-10-01", "2024-12-31"),
    ("2024/25 Q4", "quarter", "2025-01-01", "2025-03-31"),
    ("Sep-24 to Nov-24", "range", "2024-09-01", "2024-11-30"),
    ("Nov to Jan 2025", "range", "2024-11-01", "2025-01-31"),
    ("Apr-Jun 24", "range", "2024-04-01", "2024-06-30"),
    ("12 months to Dec 2024", "rolling", "2024-01-01", "2024-12-31"),
    ("year ending 31 March 2025", "rolling", "2024-04-01", "2025-03-31"),
    ("Autumn 2024", "term", "2024-09-01", "2024-12-31"),
    ("Spring term 2024/25", "term", "2025-01-01", "2025-03-31"),
    ("2024/25 Summer", "term", "2025-04-01", "2025-08-31"),
    ("2024", "year", "2024-01-01", "2024-12-31"),
    ("2024 (calendar year)", "year", "2024-01-01", "2024-12-31"),
]


@pytest.mark.parametrize(("printed", "kind", "first", "last"), DATED)
def test_a_time_has_its_days(printed: str, kind: str, first: str, last: str) -> None:
    (found,), rest = when.find(printed)
    assert (found.kind, str(found.start), str(found.end)) == (kind, first, last)
    assert rest in ("", "(provisional)")


@pytest.mark.parametrize(
    ("printed", "kind", "number", "year", "year_kind"),
    [
        ("2023/24", "split_year", 0, 2023, ""),
        ("Academic year 2023-24", "split_year", 0, 2023, "academic"),
        ("2023/24 (financial)", "split_year", 0, 2023, "financial"),
        ("FY24/25", "split_year", 0, 2024, "financial"),
        ("2024/25 (to Dec)", "to_date", 12, 2024, ""),
        ("Q3 2024", "quarter", 3, 2024, ""),
        ("January", "month", 1, 0, ""),
        ("Q2", "quarter", 2, 0, ""),
        ("Autumn term", "term", 9, 0, ""),
        ("Week ending 12 January 2024", "week", 0, 0, ""),
        ("w/e 06/12/2024", "week", 0, 0, ""),
    ],
)
def test_what_a_time_leaves_out_stays_out(
    printed: str, kind: str, number: int, year: int, year_kind: str
) -> None:
    (found,), rest = when.find(printed)
    assert (found.kind, found.number, found.year, found.year_kind) == (
        kind,
        number,
        year,
        year_kind,
    )
    assert (found.start, found.end, rest) == (None, None, "")


@pytest.mark.parametrize(
    ("printed", "rest"),
    [
        ("Actual Mar 24", "Actual"),
        ("Milestone 3 \u2013 Mar 24", "Milestone 3 -"),
        ("Dec-24 YTD", "YTD"),
        ("Target, financial year 2024/25", "Target,"),
        ("Table 3: plans, December 2024", "Table 3: plans,"),
    ],
)
def test_the_words_beside_a_time_stay(printed: str, rest: str) -> None:
    found, left = when.find(printed)
    assert (len(found), left) == (1, rest)


@pytest.mark.parametrize(
    "printed", ["1 in 20 plans", "aged 10-17", "0-25", "marching 24", "2023/25", "32/12/2024", ""]
)
def test_what_names_no_time_gives_none(printed: str) -> None:
    assert when.find(printed)[0] == ()


def test_two_months_are_two() -> None:
    assert [one.printed for one in when.find("November and December 2024")[0]] == [
        "November",
        "December 2024",
    ]


@given(st.dates(date(2005, 1, 1), date(2060, 12, 31)), st.sampled_from(["%b-%y", "%B %Y", "%b %y"]))
def test_any_month_is_found_as_it_is_printed(day: date, form: str) -> None:
    found = when.parse(day.strftime(form))
    assert found is not None
    assert (found.start, found.end) == periods.month(day.year, day.month)


@given(st.text(max_size=400))
def test_any_text_is_looked_at_to_its_end(text: str) -> None:
    found, rest = when.find(text)
    assert all(isinstance(one, When) for one in found)
    assert found or rest.split() == text.split() or len(text) <= 300
