"""Years that stand over (or under) bare months: read, or nothing is read under them."""

from __future__ import annotations

import pytest

from etl.recognise import Recognised
from tests.etl.recognise.test_grids import CME, codes, read, table

LEFT = ["Serial", "Measure Description"]
FIGURES = ["1a", CME, "521", "577", "495", "502"]


def months(found: Recognised) -> list[str]:
    return [f"{o.period.end:%Y-%m} {o.reading.raw}" for o in found.observations]


@pytest.mark.parametrize(
    ("years", "names", "ends"),
    [
        # A merged cell is given once, the columns that it covers empty.
        (["2022", "", "2023", ""], ["Nov", "Dec", "Jan", "Feb"], "22-11 22-12 23-01 23-02"),
        (["2022", "2022", "2023", "2023"], ["Nov", "Dec", "Jan", "Feb"], "22-11 22-12 23-01 23-02"),
        (["Year 2023", "", "", ""], ["Jan", "March", "May", "Sept."], "23-01 23-03 23-05 23-09"),
        (["2023", "", "2022", ""], ["Feb", "Jan", "Dec", "Nov"], "23-02 23-01 22-12 22-11"),
        (["2021/22", "", "", "2022/23"], ["Jan", "Feb", "Mar", "Apr"], "22-01 22-02 22-03 22-04"),
        (["2021-22", "", "2022-23", ""], ["Jul", "Aug", "Sep", "Oct"], "22-07 22-08 22-09 22-10"),
        (
            ["Financial year 2021/22", "", "2022/23", ""],
            ["May", "Jan", "Apr", "Jan"],
            "21-05 22-01 22-04 23-01",
        ),
    ],
)
def test_a_year_holds_for_the_months_under_it(
    years: list[str], names: list[str], ends: str
) -> None:
    want = [f"20{end} {raw}" for end, raw in zip(ends.split(), FIGURES[2:], strict=True)]
    for rows in (
        [[*LEFT, *years], ["", "", *names]],
        [["", "", *years], [*LEFT, *names]],
        [["Appendix 1", *[""] * 5], ["", "", *years], ["", "", *[""] * 4], [*LEFT, *names]],
    ):
        found = read(table(*rows, FIGURES))
        assert (months(found), codes(found)) == (want, [])


def test_years_may_stand_under_the_months() -> None:
    names, years = ["Nov", "Dec", "Jan", "Feb"], ["2022", "2022", "2023", "2023"]
    found = read(table([*LEFT, *names], ["", "", *years], FIGURES))
    assert months(found) == ["2022-11 521", "2022-12 577", "2023-01 495", "2023-02 502"]


def test_a_heading_of_two_rows_may_be_repeated_in_the_next_table() -> None:
    head = [[*LEFT, "2022", "", "2023", ""], ["", "", "Nov", "Dec", "Jan", "Feb"]]
    row = ["1b", "Number of children out of education - EHCP", "1", "2", "3", "4"]
    found = read(table(*head, FIGURES), table(*head, row, number=2))
    assert len(months(found)) == 8
    assert codes(found) == []


@pytest.mark.parametrize(
    ("years", "names"),
    [
        # The second year is lost: January would be of the year before December's.
        (["2022", "", "", ""], ["Nov", "Dec", "Jan", "Feb"]),
        # Set above the middle: the first month has no year.
        (["", "2022", "", "2023"], ["Nov", "Dec", "Jan", "Feb"]),
        # A financial year or a school year.
        (["2021/22", "", "2022/23", ""], ["Nov", "Jan", "May", "Jul"]),
        (["Financial year 2021", "", "", ""], ["Apr", "May", "Jun", "Jul"]),
        # Nobody says where this year begins.
        (["2022", "Change", "2023", ""], ["Nov", "Dec", "Jan", "Feb"]),
        (["", "", "", ""], ["Nov", "Dec", "Jan", "Feb"]),
    ],
)
def test_months_whose_year_cannot_be_told_give_nothing(years: list[str], names: list[str]) -> None:
    found = read(table([*LEFT, *years], ["", "", *names], FIGURES))
    assert (months(found), codes(found)) == ([], ["header-lost"])


def test_a_month_over_two_columns_leaves_the_second_as_a_finding() -> None:
    head = [*LEFT, "Nov-22", "", "Jan-23", "Feb-23"]
    found = read(table(head, FIGURES))
    assert months(found) == ["2022-11 521", "2023-01 495", "2023-02 502"]
    assert codes(found) == ["month-unknown"]
