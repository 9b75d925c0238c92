"""A misprint put right on the page: what the officer is told, and what no reader meets again."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from dashboard.reports import report
from dashboard.views.bullets import bullets
from etl.store import Store
from tests.dashboard.officer.signed_in import Officer, add

MISPRINT = re.compile(r"(?<![\d.,])7(?:\.0)?\s?%")
SHARE = "officer|children_missing_education_share/lac|month"
CHILDREN = "officer|children_missing_education/all|month"
MARCH = "2022-03-18"


@pytest.fixture
def anna(seeded_store: Store) -> Officer:
    add(seeded_store, "anna")
    return Officer(seeded_store, "anna")


def correct(anna: Officer, meeting: str, row: str, month: str, value: str) -> str:
    """The address of a draft of that meeting, with the correction put into it or refused."""
    where = anna.open("/officer/drafts/new").send("new", meeting=meeting).at
    anna.open(f"{where}/correct?row={row}&month={month}")
    anna.send("/correct", value=value, reason="looked up again")
    return where


def texts(anna: Officer, store: Store) -> dict[str, str]:
    """What readers may meet of the share of looked-after children: pages, report, data shown."""
    addresses = (
        "/",
        "/quality",
        "/measure/children_missing_education_share?cohort=lac",
        "/measure/children_missing_education?cohort=lac",
        "/api/observations.csv",
    )
    pages = {at: anna.client.get(at).get_data(as_text=True) for at in addresses}
    made = report.build(store.record())
    words = repr((bullets(store.record()), made))
    return {at: unescape(re.sub(r"<[^>]+>", " ", page)) for at, page in pages.items()} | {
        "report": words
    }


@pytest.mark.parametrize("meeting", [MARCH, "2022-05-20"])
def test_a_misprint_put_right_is_met_nowhere(
    seeded_store: Store, anna: Officer, meeting: str
) -> None:
    """Row 1e of December 2021: printed 7.0%, and 12 of 495 is 2.4%."""
    before = texts(anna, seeded_store)
    assert MISPRINT.search(before["/measure/children_missing_education_share?cohort=lac"])
    where = correct(anna, meeting, SHARE, "2021-12", "2.4%")
    assert "7.0% → 2.4%" in anna.words
    assert "0 new, 1 revised" in anna.words
    assert "Warning" not in anna.words
    anna.open(where).publish(where)
    after = texts(anna, seeded_store)
    for at, text in after.items():
        assert not MISPRINT.search(text), (at, MISPRINT.search(text))
    page = after["/measure/children_missing_education_share?cohort=lac"]
    assert "Corrected" in page
    assert "2.4%" in page
    # What was published stays: every version is still to be had.
    every = anna.client.get("/api/observations.csv?all=1").get_data(as_text=True)
    assert ",7.0%,misprint" in every


def test_the_next_report_is_held_against_what_was_put_right(
    seeded_store: Store, anna: Officer
) -> None:
    where = correct(anna, MARCH, SHARE, "2021-12", "2.4%")
    anna.open(where).publish(where)
    csv = b"measure,cohort,period,value\n" + b"".join(
        f"{measure},{cohort},2022-04,{value}\n".encode()
        for measure, cohort, value in (
            ("children_missing_education", "all", "500"),
            ("children_missing_education", "lac", "15"),
            ("children_missing_education_share", "lac", "3.0"),
        )
    )
    where = anna.open("/officer/upload").send("upload", {"a.csv": csv}, meeting="2022-05-20").at
    anna.open(where).publish(where, accept="checked")
    said = dict(bullets(seeded_store.record())[0])
    (text,) = (words for lead, words in said.items() if lead.startswith("1e"))
    assert (
        "The figure for December 2021 in the report of 18 March 2022 has been corrected since, to "
        "2.4%; it is now 0.6 points higher." in text
    )


def test_what_changes_nothing_is_refused(anna: Officer) -> None:
    correct(anna, "2022-05-20", CHILDREN, "2021-12", "495")
    assert "495 is published already; nothing would change" in anna.words
    correct(anna, "2022-03-17", CHILDREN, "2021-12", "499")
    assert "first published on 18 March 2022" in anna.words
    assert anna.status == 400


def test_a_correction_before_a_newer_publication_says_what_it_changes(
    seeded_store: Store, anna: Officer
) -> None:
    """July 2021 stands in the reports of September 2021 and of March 2022."""
    where = correct(anna, "2021-09-17", CHILDREN, "2021-07", "389")
    assert (
        "The figure was published again on 18 March 2022: dated 17 September 2021, the "
        "correction changes only what was shown until then." in anna.words
    )
    assert "This changes only what is shown as reported from 17 September 2021" in anna.words
    anna.open(where).publish(where)
    for day, value in ((date(2021, 9, 17), 389), (None, 387)):
        series = seeded_store.record(day).of("children_missing_education", "all", "month")
        assert series is not None
        found = {f"{p.period.end:%Y-%m}": p.value for p in series.points}
        assert found["2021-07"] == value


def test_a_correction_that_breaks_a_relation_is_told_in_the_draft(anna: Officer) -> None:
    correct(anna, "2022-05-20", CHILDREN, "2021-12", "595")
    assert "A share that its counts contradict" in anna.words
    assert "60 of 595 is 10.1%" in anna.words
