"""A slip corrected on the same day accuses nobody; a meeting to come has seen nothing yet."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dashboard import words
from dashboard.reports.report import build
from etl import set_time
from etl.store import Store
from tests.dashboard.officer.signed_in import Officer, add

PAGES = ("/", "/quality", "/measure/children_missing_education")
CELL = "c:children_missing_education/all@2022-01"
ROW = "officer|children_missing_education/all|month"


@pytest.fixture
def anna(seeded_store: Store) -> Officer:
    add(seeded_store, "anna")
    return Officer(seeded_store, "anna")


def published(anna: Officer, meeting: str, value: str) -> None:
    where = anna.open("/officer/drafts/new").send("new", meeting=meeting).at
    anna.open(f"{where}/grid").send("/grid", **{CELL: value})
    anna.open(where).publish(where, accept="ok", when="now")
    assert anna.at == "/officer/releases", anna.words


def test_a_slip_corrected_the_same_day_is_gone_from_page_and_report(
    seeded_store: Store, anna: Officer
) -> None:
    published(anna, "2022-05-20", "5230")
    assert any("5230" in anna.client.get(path).get_data(as_text=True) for path in PAGES)
    where = anna.open("/officer/drafts/new").send("new", meeting="2022-05-20").at
    anna.open(f"{where}/correct?row={ROW}&month=2022-01")
    anna.send("/correct", value="523", reason="a digit too many")
    anna.open(where).publish(where)
    assert anna.at == "/officer/releases", anna.words
    said = [anna.client.get(path).get_data(as_text=True) for path in PAGES]
    said.append(repr(build(seeded_store.record())))
    assert [text for text in said if "5230" in text or "5,230" in text] == []
    assert "523" in said[0]


def test_a_meeting_to_come_is_not_said_to_have_published(
    seeded_store: Store, anna: Officer
) -> None:
    coming = set_time.today() + timedelta(days=21)
    published(anna, coming.isoformat(), "523")
    day = words.day(coming)
    front = anna.client.get("/").get_data(as_text=True)
    measure = anna.client.get("/measure/children_missing_education").get_data(as_text=True)
    assert f"Everything published, to the report for the meeting of {day}" in front
    assert f"for the meeting of {day}" in measure
    then = anna.client.get(f"/?as_at={coming.isoformat()}").get_data(as_text=True)
    assert f"As reported for the meeting of {day}" in then
    for page in (front, measure, then):
        assert f"published {day}" not in page
        assert f"published to {day}" not in page
