"""Small lines, addresses."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.views.types import Spark
from dashboard.web.address import BadChoice, choices, keeping, with_choice
from dashboard.web.sparkline import sparkline


def _months(*values: float | None) -> tuple[tuple[date, float | None], ...]:
    return tuple((date(2021, at + 1, 1), value) for at, value in enumerate(values))


def test_a_small_line_breaks_at_a_gap_and_ends_in_a_dot() -> None:
    drawn = sparkline(Spark(_months(1, 2, None, 3, 4), "From 1 to 4"))
    assert drawn.count('class="course"') == 2
    assert drawn.count('class="last"') == 1
    assert 'aria-label="From 1 to 4"' in drawn


def test_a_doubted_point_is_hollow_even_at_the_end() -> None:
    drawn = sparkline(Spark(_months(1, 2, 9), "Alt", flagged=(2,)))
    assert 'class="doubt"' in drawn
    assert 'class="last"' not in drawn


def test_nothing_to_draw() -> None:
    assert sparkline(Spark(_months(None), "No figures")) == ""


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/measure/x?view=y", "/measure/x?view=y&as_at=2022-03-18"),
        ("/about#glossary", "/about?as_at=2022-03-18#glossary"),
        ("#here", "#here"),
        ("https://elsewhere.example/", "https://elsewhere.example/"),
        ("//elsewhere.example/", "//elsewhere.example/"),
    ],
)
def test_links_keep_the_meeting(url: str, expected: str) -> None:
    assert keeping(url, date(2022, 3, 18)) == expected


def test_a_choice_is_changed_and_taken_back() -> None:
    assert with_choice("/x?a=1&b=2", a="3") == "/x?b=2&a=3"
    assert with_choice("/x?a=1", a="") == "/x"


def test_choices_of_an_address() -> None:
    found = choices({"as_at": "2022-03-18", "to": "2021-02", "from": "2020-07", "year": "2021"})
    assert (found.as_at, found.first, found.last, found.year) == (
        date(2022, 3, 18),
        date(2020, 7, 1),
        date(2021, 2, 28),
        2021,
    )


@given(
    st.dictionaries(st.sampled_from(["as_at", "from", "to", "year", "cohort", "view"]), st.text())
)
def test_any_address_is_understood_or_refused_plainly(query: dict[str, str]) -> None:
    try:
        told = ""
        choices(query)
    except BadChoice as bad:
        told = str(bad)
    assert told == "" or told.split(":")[0] in query
