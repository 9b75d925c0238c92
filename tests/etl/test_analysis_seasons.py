"""The school year is spoken of only where two whole ones, and every one held, show it."""

from __future__ import annotations

import pytest

from etl.analysis.book import book
from etl.analysis.seasons import follows_school_year, school_years
from tests.etl.records import figure, record

CME = "children_missing_education"


def line(figures: str, doubted: str = "") -> tuple[object, ...]:
    """ "2020-07 521, 2020-11 702": figures of a row, of which one month may be doubted."""
    held = [figure(CME, *entry.split()) for entry in figures.split(", ")]
    odd = [one for one in held if f"{one.period.end:%Y-%m}" == doubted]
    return book(record(held, doubted=odd)).line(CME, "all", "month")


@pytest.mark.parametrize(
    ("figures", "shown"),
    [
        # Norfolk's row 1a: one whole school year and a half.
        ("2020-07 521, 2020-11 702, 2021-07 387, 2021-10 597, 2021-12 495", ()),
        ("2020-07 521, 2020-11 702, 2021-07 387, 2021-10 597, 2022-07 400", (2020, 2021)),
        # June or August speak for a summer, October to December for an autumn; May does not.
        ("2020-06 521, 2020-12 702, 2021-08 387, 2021-10 597, 2022-06 400", (2020, 2021)),
        ("2020-05 521, 2020-11 702, 2021-07 387, 2021-10 597, 2022-07 400", ()),
        ("2020-07 521, 2020-09 702, 2021-07 387, 2021-10 597, 2022-07 400", ()),
        # It rises and stays up; it only falls; one of three years is otherwise; all alike.
        ("2020-07 300, 2020-11 400, 2021-07 500, 2021-10 600, 2022-07 700", ()),
        ("2020-07 700, 2020-11 600, 2021-07 500, 2021-10 400, 2022-07 300", ()),
        ("2020-07 5, 2020-11 7, 2021-07 5, 2021-10 7, 2022-07 5, 2022-11 4, 2023-07 5", ()),
        ("2020-07 5, 2020-11 5, 2021-07 5, 2021-10 5, 2022-07 5", ()),
        # The last summer month speaks, and the highest autumn one.
        (
            "2020-06 9, 2020-07 5, 2020-10 4, 2020-11 7, 2021-07 5, 2021-11 7, 2022-07 5",
            (2020, 2021),
        ),
        ("2020-11 7", ()),
    ],
)
def test_a_row_follows_the_school_year(figures: str, shown: tuple[int, ...]) -> None:
    assert follows_school_year(line(figures)) == shown  # type: ignore[arg-type]


def test_a_doubted_month_shows_nothing() -> None:
    figures = "2020-07 521, 2020-11 702, 2021-07 387, 2021-10 597, 2022-07 400"
    assert len(school_years(line(figures))) == 2  # type: ignore[arg-type]
    assert len(school_years(line(figures, doubted="2021-07"))) == 0  # type: ignore[arg-type]
    assert len(school_years(line(figures, doubted="2022-07"))) == 1  # type: ignore[arg-type]
