"""What officers type: no limit passed in silence, no number that breaks a page, nothing unseen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.officer import typed
from etl import set_time
from etl.model import Refused
from etl.store import Store
from tests.dashboard.officer.signed_in import Officer, add

TARGET = {
    "row": "ehc_review_on_time/all",
    "value": "90",
    "label": "Agreed: 90%",
    "approver": "Committee",
    "source": "minutes",
    "start": "2022-01-01",
    "end": "2022-12-31",
}


@pytest.fixture
def anna(any_seeded_store: Store) -> Officer:
    add(any_seeded_store, "anna")
    return Officer(any_seeded_store, "anna")


@pytest.fixture
def where(anna: Officer) -> str:
    return anna.open("/officer/drafts/new").send("new", meeting="2022-05-20").at


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("value", "1e999999999", "Give the level as a number"),
        ("value", "NaN", "Give the level as a number"),
        ("value", "9" * 400, "Give the level as a number"),
        ("value", "900", "A percentage lies between 0 and 100"),
        ("end", "9999-12-31", "Give a date, such as 2022-03-18"),
        ("start", "0001-01-01", "Give a date, such as 2022-03-18"),
        ("label", "x" * 501, "At most 500 characters; these are 501"),
    ],
)
def test_a_target_that_no_page_could_show_is_refused(
    anna: Officer, where: str, field: str, text: str, says: str
) -> None:
    anna.open(f"{where}/add/target").send("/add/target", **{**TARGET, field: text})
    assert (anna.status, says in anna.words) == (400, True), anna.words
    assert text in anna.page  # what was typed is still in the form
    anna.send("/add/target", **TARGET)
    assert "The target is in the draft" in anna.words


def test_a_long_text_is_never_cut_off_in_silence(anna: Officer, where: str) -> None:
    text = "because " * 200
    anna.open(f"{where}/add/explanation")
    anna.send("/add/explanation", row="ehc_plan_days/all", text=text)
    assert (anna.status, "At most 1,000 characters" in anna.words) == (400, True)
    assert text.strip() in anna.page
    number = "2"
    anna.open(f"/officer/releases/{number}").send("take-back", reason=text)
    assert (anna.status, "At most 1,000 characters" in anna.words) == (400, True)
    assert "now public" in anna.words


def test_characters_that_are_not_seen_do_not_arrive(anna: Officer, where: str) -> None:
    anna.open(f"{where}/add/explanation")
    anna.send("/add/explanation", row="ehc_plan_days/all", text="so\0 \u202emany\u2066 caf\u00e9s")
    assert "so many caf\u00e9s" in anna.words
    anna.open(f"{where}/grid").send("/grid", **{"c:ehc_plan_days/all@2022-02": "2\x0001"})
    # Between digits it may have stood for anything: 2 and 01 are not 201.
    words = anna.open(where).words
    assert "1 refused" in words
    assert "201" not in words
    anna.server.test_client().get("/officer/sign-in")
    assert typed.plain("a\tb\r\nc") == "a\tb\r\nc"


def test_a_number_that_no_database_counts_to_is_not_found(anna: Officer) -> None:
    for number in (2**31, 10**30):
        for path in ("drafts", "releases"):
            assert anna.open(f"/officer/{path}/{number}").status == 404


def test_an_address_of_a_form_opened_as_a_page_leads_to_its_page(anna: Officer, where: str) -> None:
    """As when a page that says what is wrong is reloaded, or opened after signing in."""
    assert anna.open(f"{where}/publish").at == where
    assert anna.open("/officer/releases/2/take-back").at == "/officer/releases/2"
    assert anna.open("/officer/sign-out").at == "/officer/"
    assert anna.open("/officer/nowhere").status == 404
    assert anna.server.test_client().get("/officer/nowhere").status_code == 401


def test_a_closed_draft_names_its_rows(anna: Officer, where: str) -> None:
    anna.open(f"{where}/grid").send("/grid", **{"c:ehc_plan_days/all@2022-02": "201"})
    anna.open(where).send("/discard")
    assert "3 Average time to a final plan, Feb-22: 201" in anna.open(where).words


NOW = datetime(2022, 5, 12, 8, 0, tzinfo=UTC)  # 09:00 in the council's summer time


@pytest.mark.parametrize(
    ("day", "time", "stored"),
    [
        ("2022-05-12", "09:01", "2022-05-12T08:01:00Z"),
        ("2022-05-13", "", "2022-05-13T08:00:00Z"),
        ("2022-05-13", "9:15", "2022-05-13T08:15:00Z"),
        (" 2022-05-13 ", "09:15:00", "2022-05-13T08:15:00Z"),
        ("2023-01-09", "09:00", "2023-01-09T09:00:00Z"),
        ("2022-10-30", "01:30", "2022-10-30T01:30:00Z"),  # twice that night: the later
    ],
)
def test_a_set_time_is_the_council_s(day: str, time: str, stored: str) -> None:
    assert set_time.visible_from(day, time, now=NOW) == stored


@pytest.mark.parametrize(
    ("day", "time", "says"),
    [
        ("2022-05-12", "09:00", "has passed"),
        ("2021-05-12", "09:00", "has passed"),
        ("2024-05-12", "09:00", "more than a year ahead"),
        ("2022-05-12", "25:00", "'25:00' is not a time"),
        ("2022-06-31", "", "There is no day 2022-06-31"),
        ("2022-05-13", "24:00", "is not a time"),
        ("2022-05-13", "9:5", "is not a time"),
        ("2023-03-26", "01:30", "the clocks go forward"),
        ("12/5/2022", "", "'12/5/2022' is not a day"),
        ("2022-05", "", "'2022-05' is not a day"),
        ("20220513", "", "'20220513' is not a day"),
        ("2022-W19-5", "", "is not a day"),
        ("2022-05-13", "09", "'09' is not a time"),
        ("2022-05-13", "9am", "'9am' is not a time"),
        ("2022-05-13", "09:00+05:00", "is not a time"),
        ("", "09:00", "Give the day as well"),
        ("", "", "Give the day and the time"),
    ],
)
def test_what_is_no_time_to_come_is_refused(day: str, time: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        set_time.visible_from(day, time, now=NOW)


def test_a_time_that_has_passed_never_publishes_at_once(anna: Officer, where: str) -> None:
    anna.open(f"{where}/grid").send("/grid", **{"c:ehc_plan_days/all@2022-02": "201"})
    yesterday = datetime.now() - timedelta(days=1)
    anna.open(where).publish(where, when="later", day=f"{yesterday:%Y-%m-%d}", time="09:00")
    assert anna.status == 400
    assert "has passed" in anna.words
    assert "Nothing is public yet" in anna.words


@pytest.mark.parametrize(
    ("page", "fields", "says"),
    [
        ("add/explanation", {"text": "Why it is so"}, "Choose a row"),
        ("add/target", {"value": "90", "label": "x"}, "Choose a measure"),
        ("state", {"period": "Dec-22", "value": "5", "place": "page 8"}, "Choose a measure"),
    ],
)
def test_no_row_is_chosen_for_an_officer(
    anna: Officer, where: str, page: str, fields: dict[str, str], says: str
) -> None:
    anna.open(f"{where}/{page}")
    assert anna.form(f"/{page}")[1]["row"] == ""
    first = anna.page.partition('name="row"')[2].partition("<option")[2]
    assert first.startswith(f' value="">{says}<')
    anna.send(f"/{page}", **fields)
    assert (anna.status, says in anna.words) == (400, True)


def test_no_row_is_chosen_to_be_corrected(anna: Officer, where: str) -> None:
    anna.open(f"{where}/correct")
    first = anna.page.partition('name="row"')[2].partition("<option")[2]
    assert first.startswith(' value="">Choose a row<')
    anna.open(f"{where}/correct?row=")
    assert (anna.status, "Choose a row" in anna.words) == (400, True)
