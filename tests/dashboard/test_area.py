"""Any area's page: DfE's figures of it, found by any name; read off DfE's files."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dashboard.views.area import COLUMNS, area
from dashboard.views.measure import measure
from etl.record import Record

LEWISHAM, CUMBRIA, NORFOLK = "E09000023", "E10000006", "E10000020"


def rows(record: Record, code: str) -> dict[str, tuple[str, ...]]:
    view = area(record, code)
    assert view is not None
    return {row[0]: row[1:] for group in view.groups for row in group.rows}


@pytest.mark.parametrize(
    ("code", "title", "expected"),
    [
        (LEWISHAM, "Requests for an assessment", ("646", "2024", "821", "154,489")),
        # DfE withdrew Lewisham's figures of 2024 a year later.
        (
            LEWISHAM,
            "Plans within 20 weeks, including exceptions",
            ("67.0%", "2023 (not available for 2024)", "40.0%", "49.1%"),
        ),
        (NORFOLK, "EHC plans in force", ("12,147", "School year 2024/25", "10,736", "638,745")),
        (
            NORFOLK,
            "Children missing education, DfE's census",
            ("570", "Autumn term 2025", "610", "34,700"),
        ),
        (
            "E12000006",
            "Children missing education per 100, DfE's census",
            ("0.4 per 100", "Autumn term 2025", "0.4 per 100", "0.4 per 100"),
        ),
    ],
)
def test_a_row(real_record: Record, code: str, title: str, expected: tuple[str, ...]) -> None:
    assert rows(real_record, code)[title] == expected
    assert len(expected) == len(COLUMNS) - 1


def test_what_has_ended_says_so_and_leads_on(real_record: Record) -> None:
    view = area(real_record, CUMBRIA)
    assert view is not None
    assert view.notes[0] == "Cumbria ended on 31 March 2023."
    assert [link.label for link in view.followed] == ["Cumberland", "Westmorland and Furness"]


def test_no_area_no_page(real_record: Record) -> None:
    assert area(real_record, "E99999999") is None


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("kent", "E10000016"),
        ("Kent County Council", "E10000016"),
        ("886", "E10000016"),
        ("City of Bristol", "E06000023"),
        ("Hammersmith & Fulham", "E09000013"),
        ("east of england", "E12000006"),
        ("England", "E92000001"),
    ],
)
def test_the_finder_takes_any_spelling(client: Any, asked: str, there: str) -> None:
    answer = client.get("/area/", query_string={"name": asked})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/area/{there}")
    assert client.get(f"/area/{there}").status_code == 200


@pytest.mark.parametrize(
    ("asked", "says"),
    [("Nowhere", "is no council of England"), ("Cumbria", "ended on"), ("<b>", "is no council")],
)
def test_what_the_finder_cannot_find_is_said(client: Any, asked: str, says: str) -> None:
    answer = client.get("/area/", query_string={"name": asked})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert says in page
    assert "<b>" not in re.sub(r"\s", "", page)
    assert client.get("/area/").status_code == 200


def test_the_page_is_that_of_the_meeting_chosen(client: Any) -> None:
    page = client.get(f"/area/{LEWISHAM}?as_at=2022-03-18").get_data(as_text=True)
    assert "DfE&#39;s figures of it are not held" in page
    assert "154,489" in client.get(f"/area/{LEWISHAM}").get_data(as_text=True)


def test_a_census_by_term_says_why_no_line_is_drawn(real_record: Record) -> None:
    """Two terms are held, and no month: the page must not say that nothing is."""
    page = measure(real_record, "children_missing_education_census")
    assert page is not None
    assert page.chart.empty == (
        "Figures are held by term only; no line is drawn. The table has every figure"
    )
