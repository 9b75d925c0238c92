"""Numbers into words: each row was written by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dashboard import words
from etl.model import Unit
from tests.etl.records import period

MONTH = period("month", "2021-12-01", "2021-12-31")
COMPLAINTS = period("financial_year_to_date", "2021-04-01", "2022-01-31")
TO_DATE = period("calendar_year_to_date", "2021-01-01", "2021-06-30")
FULL = period("calendar_year_to_date", "2021-01-01", "2021-12-31")
YEAR = period("calendar_year", "2025-01-01", "2025-12-31")
QUARTER = period("quarter", "2021-10-01", "2021-12-31")


@pytest.mark.parametrize(
    ("of", "long", "short", "within"),
    [
        (MONTH, "December 2021", "Dec 2021", "in December 2021"),
        (
            COMPLAINTS,
            "April 2021 to January 2022",
            "Apr 2021 to Jan 2022",
            "from April 2021 to January 2022",
        ),
        (TO_DATE, "January to June 2021", "Jan to Jun 2021", "from January to June 2021"),
        (FULL, "2021", "year 2021", "in 2021"),
        (YEAR, "2025", "year 2025", "in 2025"),
        (QUARTER, "October to December 2021", "Oct to Dec 2021", "from October to December 2021"),
    ],
)
def test_periods(of: words.Period, long: str, short: str, within: str) -> None:
    assert (words.period(of), words.period(of, True), words.within(of)) == (long, short, within)


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("1025", "count", "1,025"),
        ("41.0", "count", "41"),
        ("0", "count", "0"),
        ("117933", "count", "117,933"),
        ("53.3", "percent", "53.3%"),
        ("62", "percent", "62%"),
        ("7.0", "percent", "7.0%"),
        ("208.4", "days", "208.4 days"),
        ("43.0", "days", "43.0 days"),
        ("1", "days", "1 day"),
        ("26.4", "weeks", "26.4 weeks"),
    ],
)
def test_figures(value: str, unit: Unit, shown: str) -> None:
    assert words.figure(Decimal(value), unit) == shown


@pytest.mark.parametrize(
    ("amount", "unit", "table", "sentence"),
    [
        ("-100", "count", "−100", "100 fewer"),
        ("1361", "count", "+1,361", "1,361 more"),
        ("2.8", "days", "+2.8 days", "2.8 more"),
        ("-1", "days", "−1 day", "1 fewer"),
        ("8", "percent", "+8 points", "8 points higher"),
        ("-1", "percent", "−1 point", "1 point lower"),
        ("-0.6", "percent", "−0.6 points", "0.6 points lower"),
        ("0", "count", "No change", "the same"),
        ("0.0", "percent", "No change", "the same"),
        ("3.0", "percent", "+3 points", "3 points higher"),
    ],
)
def test_differences(amount: str, unit: Unit, table: str, sentence: str) -> None:
    assert words.signed(Decimal(amount), unit) == table
    assert words.compared(Decimal(amount), unit) == sentence


def test_a_comparison_names_what_it_is_with() -> None:
    fewer = words.than(Decimal(-100), "count", "in December 2020", Decimal(595))
    assert fewer == "100 fewer than in December 2020 (595)"
    assert words.than(Decimal(0), "count", "in 2020", Decimal(4)) == "the same as in 2020"


@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        ("children were missing education", "495 children were missing education in 2021"),
        (
            "plans finished {when} had taken {figure} on average",
            "Plans finished in 2021 had taken 495 on average",
        ),
        ("", "495 in 2021"),
    ],
)
def test_a_clause(says: str, sentence: str) -> None:
    assert words.states(says, "495", "in 2021") == sentence


def test_lists_ordinals_plurals_and_days() -> None:
    assert words.together([]) == ""
    assert words.together(["a"]) == "a"
    assert words.together(["a", "b", "c"]) == "a, b and c"
    assert [words.ordinal(n) for n in (1, 2, 3, 4, 11, 12, 21)] == [
        "first",
        "second",
        "third",
        "fourth",
        "11th",
        "12th",
        "21st",
    ]
    assert (words.many(1, "plan"), words.many(1025, "plan")) == ("1 plan", "1,025 plans")
    assert words.day(date(2022, 3, 18)) == "18 March 2022"
    assert words.lower("EHC plans") == "EHC plans"
    assert words.lower("No target") == "no target"


@pytest.mark.parametrize(
    ("best", "last", "ends", "tied", "said"),
    [
        (1, 11, ("highest", "lowest"), False, "highest"),
        (2, 10, ("highest", "lowest"), False, "second highest"),
        (6, 6, ("highest", "lowest"), False, "sixth highest"),
        (10, 2, ("highest", "lowest"), False, "second lowest"),
        (11, 1, ("highest", "lowest"), False, "lowest"),
        (2, 9, ("lowest", "highest"), False, "second lowest"),
        (3, 4, ("highest", "lowest"), True, "joint third highest"),
        (1, 3, ("highest", "lowest"), True, "joint highest"),
        (12, 11, ("highest", "lowest"), False, "11th lowest"),
    ],
)
def test_a_place_is_told_from_the_nearer_end(
    best: int, last: int, ends: tuple[str, str], tied: bool, said: str
) -> None:
    assert words.ranked(best, last, ends, tied=tied) == said


@pytest.mark.parametrize(
    ("says", "of_one"),
    [
        ("children were missing education", "child was missing education"),
        ("looked-after children were missing", "looked-after child was missing"),
        ("EHC plans were issued within 20 weeks", "EHC plan was issued within 20 weeks"),
        ("pupils in schools had an EHC plan", "pupil in schools had an EHC plan"),
        ("pupils were in mainstream schools", "pupil was in mainstream schools"),
        ("complaints went to the Ombudsman", "complaint went to the Ombudsman"),
    ],
)
def test_a_count_of_one_is_told_of_one(says: str, of_one: str) -> None:
    assert words.of_one(says) == of_one
