"""Headings and months."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import periods
from etl.model import Period, Span


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Jul-20", "2020-07-01"),
        ("Sept-21", "2021-09-01"),
        ("Dec 21", "2021-12-01"),
        ("April 22", "2022-04-01"),
        ("January 2022", "2022-01-01"),
        ("Jul-2020", "2020-07-01"),
        ("May-21", "2021-05-01"),
        ("Sep '21", "2021-09-01"),
        ("SEPT 2021", "2021-09-01"),
        ("Jan–22", "2022-01-01"),
        ("Sept- 21", "2021-09-01"),
        ("Jul-20*", "2020-07-01"),
        ("Jan 22 (provisional)", "2022-01-01"),
        ("2021-09-01", "2021-09-01"),
        ("2021-09-01 00:00:00", "2021-09-01"),
        ("2021-09-15T00:00:00", "2021-09-01"),
        ("2021-09", "2021-09-01"),
        ("2021/09", "2021-09-01"),
        ("2010-11-30", "2010-11-01"),
        ("2010/9", "2010-09-01"),
        ("01/09/2021", "2021-09-01"),
        ("30/09/2021", "2021-09-01"),
        ("31 July 2021", "2021-07-01"),
    ],
)
def test_a_heading_names_its_month(text: str, first: str) -> None:
    found = periods.parse(text)
    assert found is not None
    assert found[0] == date.fromisoformat(first)
    assert found == periods.month(found[0].year, found[0].month)


@pytest.mark.parametrize(
    "text",
    [
        "Jly-20",
        "May",
        "2021",
        "12 August 2020",
        "21-Sep",
        "Serial",
        "",
        "-",
        "521",
        "Baseline March 21",
        "2021-13-01",
        "2021-02-30",
        "Marching 21",
        "Jul-20 Aug-20",
        "9.4%",
        "July to date",
        "2020-21",
        "2010/11",
        "2010-11",
        "2009–10",
        "2000/01",
        "2011/12 (provisional)",
        "Jul-2O",
        "٣-21",
    ],
)
def test_what_names_no_month_is_none(text: str) -> None:
    assert periods.parse(text) is None


@pytest.mark.parametrize(
    ("span", "start", "end"),
    [
        ("month", "2022-01-01", "2022-01-31"),
        ("quarter", "2022-01-01", "2022-03-31"),
        ("calendar_year_to_date", "2022-01-01", "2022-01-31"),
        ("financial_year_to_date", "2021-04-01", "2022-01-31"),
        ("calendar_year", "2022-01-01", "2022-12-31"),
    ],
)
def test_the_spans_of_a_month(span: str, start: str, end: str) -> None:
    wanted = Period(span, date.fromisoformat(start), date.fromisoformat(end))  # type: ignore[arg-type]
    assert periods.for_span(span, 2022, 1) == wanted  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("span", "number", "words"),
    [
        ("month", 12, "Dec 2021"),
        ("month", 9, "Sept 2021"),
        ("quarter", 11, "Oct to Dec 2021"),
        ("calendar_year_to_date", 7, "Jan to Jul 2021"),
        ("financial_year_to_date", 4, "Apr 2021"),
        ("financial_year_to_date", 1, "Apr 2020 to Jan 2021"),
        ("calendar_year", 5, "2021"),
    ],
)
def test_a_period_in_words(span: str, number: int, words: str) -> None:
    assert periods.label(periods.for_span(span, 2021, number)) == words  # type: ignore[arg-type]


@given(st.integers(2000, 2099), st.integers(1, 12), st.sampled_from(["%b-%y", "%B %Y", "%Y-%m-%d"]))
def test_every_month_printed_in_a_usual_way_is_read(year: int, number: int, style: str) -> None:
    assert periods.parse(date(year, number, 1).strftime(style)) == periods.month(year, number)


@pytest.mark.parametrize(
    ("heading", "misplaced"),
    [
        ("Jul-20 Nov-20 Dec-20 Jan-21", ""),
        ("Jan-21 Dec-20 Nov-20 Jul-20", ""),
        ("Jan-23 Feb-23 Mar-22 Apr-23", "Mar-22"),
        ("Apr-23 Mar-22 Feb-23 Jan-23", "Mar-22"),
        ("Jul-20 Jan-20", ""),
        ("", ""),
    ],
)
def test_a_month_that_breaks_the_order_is_told(heading: str, misplaced: str) -> None:
    names = heading.split()
    days = [found[0] for name in names if (found := periods.parse(name))]
    assert " ".join(names[at] for at in sorted(periods.out_of_order(days))) == misplaced


@pytest.mark.parametrize(
    ("span", "first", "last", "words"),
    [
        ("term", "2024-09-01", "2024-12-31", "autumn term 2024"),
        ("term", "2025-01-01", "2025-03-31", "spring term 2025"),
        ("term", "2025-04-01", "2025-08-31", "summer term 2025"),
        ("academic_year", "2023-09-01", "2024-08-31", "school year 2023/24"),
        ("academic_year_to_date", "2024-09-01", "2024-12-31", "Sept to Dec 2024"),
        ("financial_year", "2023-04-01", "2024-03-31", "financial year 2023/24"),
        ("rolling_12_months", "2024-01-01", "2024-12-31", "12 months to Dec 2024"),
        ("point_in_time", "2024-12-31", "2024-12-31", "31 December 2024"),
    ],
)
def test_a_span_has_its_days_and_its_words(span: Span, first: str, last: str, words: str) -> None:
    end = date.fromisoformat(last)
    found = periods.for_span(span, end.year, end.month)
    assert (str(found.start), str(found.end)) == (first, last)
    assert periods.label(found) == words
    assert periods.whole(*found)


def test_a_quarter_is_any_three_whole_months_and_a_point_any_day() -> None:
    assert periods.whole("quarter", date(2024, 9, 1), date(2024, 11, 30))
    assert not periods.whole("quarter", date(2024, 9, 2), date(2024, 11, 30))
    assert not periods.whole("quarter", date(2024, 9, 1), date(2024, 12, 31))
    assert periods.whole("point_in_time", date(2024, 10, 3), date(2024, 10, 3))
    assert not periods.whole("month", date(2024, 9, 1), date(2024, 10, 31))
