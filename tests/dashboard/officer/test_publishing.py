"""Publishing asks once more: what, for whom, when. What was typed is never ignored."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dashboard import words
from etl import set_time
from etl.store import Store
from tests.dashboard.officer.signed_in import Officer, add

CELL = "c:children_missing_education/all@2022-01"
OFFERED = '<option value="2022-05-20"'  # among "As reported at"
TODAY = set_time.today()
COMING = TODAY + timedelta(days=45)  # a meeting to come, its agenda too
OPENS = set_time.agenda_opens(COMING).isoformat()
SOON = (TODAY + timedelta(days=3)).isoformat()


@pytest.fixture
def anna(seeded_store: Store) -> Officer:
    add(seeded_store, "anna")
    return Officer(seeded_store, "anna")


def draft(anna: Officer, meeting: str = "2022-05-20") -> str:
    """A draft with one figure of January 2022, and its page on show."""
    where = anna.open("/officer/drafts/new").send("new", meeting=meeting).at
    anna.open(f"{where}/grid").send("/grid", **{CELL: "487"})
    anna.open(where)
    return where


def asked(anna: Officer, where: str, **fields: str) -> Officer:
    return anna.send("/answers", to=f"{where}/publish", **fields)


def shows_from(store: Store) -> str:
    return store.releases()[-1].visible_from


def test_it_says_what_for_whom_and_when_before_anything_is_public(
    anna: Officer, seeded_store: Store
) -> None:
    held = len(seeded_store.releases())
    where = draft(anna)
    anna.open(f"{where}/add/target").send(
        "/add/target",
        row="ehc_plans_on_time_share_including_exceptions/all",
        value="75",
        kind="agreed",
        form="annual",
        basis="including",
        start="2024-01-01",
        end="2024-12-31",
        label="Agreed: three in four",
        approver="Cabinet",
        source="Minutes",
    )
    asked(anna.open(where), where)
    for said in (
        "Publish draft",
        "Nothing is public yet",
        "1 new figure, for January 2022",
        "Target: Agreed: three in four: 75% for \u201cPlans within 20 weeks, including "
        "exceptions\u201d, from 1 January 2024 to 31 December 2024",
        "For whom Everybody",
        "the meeting of 20 May 2022",
        "When At once",
        "Publish at once",
    ):
        assert said in anna.words, said
    assert len(seeded_store.releases()) == held
    anna.send("/publish")
    assert anna.at == "/officer/releases"
    assert len(seeded_store.releases()) == held + 1
    assert shows_from(seeded_store) == ""


@pytest.mark.parametrize(
    ("fields", "shows"),
    [
        ({}, ""),
        ({"when": "now"}, ""),
        ({"day": SOON}, f"{SOON} 09:00"),
        ({"when": "now", "day": SOON}, f"{SOON} 09:00"),
        ({"when": "now", "day": SOON, "time": "14:30"}, f"{SOON} 14:30"),
        ({"when": "later", "day": SOON, "time": "7:05"}, f"{SOON} 07:05"),
    ],
)
def test_a_day_or_a_time_that_was_typed_is_meant(
    anna: Officer, seeded_store: Store, fields: dict[str, str], shows: str
) -> None:
    where = draft(anna)
    asked(anna, where, **fields)
    assert ("When At once" in anna.words) == (not shows)
    anna.send("/publish")
    assert anna.at == "/officer/releases"
    told = set_time.in_words(shows_from(seeded_store)) if shows_from(seeded_store) else ""
    assert told.removesuffix(", council's time") == shows


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"when": "now", "time": "10:00"}, "Give the day as well as the time"),
        ({"when": "later"}, "Give the day and the time"),
        ({"when": "now", "day": "2026-1"}, "is not a day"),
        ({"when": "now", "day": SOON, "time": "9"}, "is not a time"),
        ({"when": "now", "day": SOON, "time": "25:61"}, "is not a time"),
        ({"when": "now", "day": "2023-02-30"}, "There is no day 2023-02-30"),
        ({"when": "now", "day": "2022-05-12"}, "has passed"),
        ({"when": "later", "day": "2062-05-12"}, "more than a year ahead"),
        ({"when": "sometime"}, "Choose when it shows"),
        ({"when": "agenda"}, "The agenda has opened meanwhile"),
    ],
)
def test_half_a_time_and_no_time_to_come_publish_nothing(
    anna: Officer, seeded_store: Store, fields: dict[str, str], says: str
) -> None:
    held = len(seeded_store.releases())
    where = draft(anna)
    asked(anna, where, **fields)
    assert anna.status == 400
    assert says in anna.words
    for name in ("day", "time"):  # what was typed stands there to be mended
        if name in fields:
            assert f'value="{fields[name]}"' in anna.page
    assert len(seeded_store.releases()) == held


def test_a_meeting_to_come_is_offered_the_day_its_agenda_opens(
    anna: Officer, seeded_store: Store
) -> None:
    where = draft(anna, COMING.isoformat())
    assert anna.form("/answers")[1]["when"] == "agenda"
    asked(anna, where)
    assert f"from {words.day(date.fromisoformat(OPENS))}, 09:00" in anna.words
    anna.send("/publish")
    assert set_time.in_words(shows_from(seeded_store)).startswith(f"{OPENS} 09:00")


def test_at_once_for_a_meeting_to_come_says_that_its_agenda_comes_later(
    anna: Officer, seeded_store: Store
) -> None:
    where = draft(anna, COMING.isoformat())
    asked(anna, where, when="now")
    assert "is still to come" in anna.words
    assert f"Its agenda opens on {words.day(date.fromisoformat(OPENS))}" in anna.words
    anna.send("/publish")
    assert shows_from(seeded_store) == ""


def test_a_meeting_whose_agenda_has_opened_is_published_at_once(anna: Officer) -> None:
    draft(anna, (TODAY + timedelta(days=2)).isoformat())
    assert anna.form("/answers")[1]["when"] == "now"


def test_going_back_keeps_what_was_chosen(anna: Officer, seeded_store: Store) -> None:
    held = len(seeded_store.releases())
    where = draft(anna)
    asked(anna, where, day=SOON, time="14:30")
    anna.send("/publish", change="1")
    assert "When it shows on the public pages" in anna.words
    fields = anna.form("/answers")[1]
    assert (fields["day"], fields["time"]) == (SOON, "14:30")
    assert len(seeded_store.releases()) == held


def test_saving_answers_keeps_the_time_that_was_typed(anna: Officer) -> None:
    where = draft(anna)
    anna.open(f"{where}/grid").send("/grid", **{CELL: "4870"})
    anna.open(where).send("/answers", day=SOON, time="14:30")
    fields = anna.form("/answers")[1]
    assert (fields["day"], fields["time"]) == (SOON, "14:30")


def test_what_was_confirmed_is_what_is_published(anna: Officer, seeded_store: Store) -> None:
    """A draft saved between question and answer is asked about again."""
    where = draft(anna)
    asked(anna, where)
    question, at = anna.page, anna.at
    anna.open(f"{where}/grid").send("/grid", **{CELL: "488"})
    held = len(seeded_store.releases())
    anna.page, anna.at = question, at
    anna.send("/publish")
    assert "saved from elsewhere" in anna.words
    assert len(seeded_store.releases()) == held
    anna.page, anna.at = question, at
    anna.send("/publish", day=SOON)  # another time than the one confirmed
    assert len(seeded_store.releases()) == held


def test_a_target_replaces_another_and_never_the_law(anna: Officer, seeded_store: Store) -> None:
    where = draft(anna)
    law = next(t.id for t in seeded_store.record().targets if t.kind == "statutory")
    wanted = {
        "row": "ehc_plans_on_time_share_including_exceptions/all",
        "value": "70",
        "kind": "agreed",
        "form": "by_date",
        "basis": "not_stated",
        "start": "2021-01-01",
        "end": "2021-12-31",
        "label": "Agreed: 70%",
        "approver": "Cabinet",
        "source": "Minutes",
    }
    anna.open(f"{where}/add/target")
    assert f'value="{law}"' not in anna.page
    anna.send("/add/target", **wanted, replaces=law)
    assert (anna.status, f"nothing called {law}" in anna.words) == (400, True)
    anna.send("/add/target", **wanted, replaces="")
    assert "Two targets that contradict each other" in anna.words
    anna.send("/take-out")
    anna.open(f"{where}/add/target").send("/add/target", **wanted, replaces="agreed-60-2021")
    assert "Two targets that contradict each other" not in anna.words


def test_an_unlisted_meeting_is_one_by_its_report_and_goes_with_it(
    anna: Officer, seeded_store: Store
) -> None:
    """20 May 2022 stands in no list of meetings."""
    typed = {
        "children_missing_education/all": "512",
        "ehc_plan_days/all": "201 days",
        "complaints_local/all": "110",
    }
    where = draft(anna)
    cells = {f"c:{row}@2022-02": text for row, text in typed.items()}
    anna.open(f"{where}/grid").send("/grid", **cells)
    anna.open(where).publish(where, accept="checked")
    front = anna.client.get("/").get_data(as_text=True)
    assert OFFERED in front
    assert "Change from the last report held, Mar 2022" in front
    assert "20 May 2022" in anna.open("/officer/packs").words
    assert anna.client.get("/officer/packs/2022-05-20").status_code == 200
    number = seeded_store.releases()[-1].number
    anna.open(f"/officer/releases/{number}").send("take-back", reason="not yet right")
    assert OFFERED not in anna.client.get("/").get_data(as_text=True)
    assert "20 May 2022" not in anna.open("/officer/packs").words


def test_a_correction_makes_no_meeting(anna: Officer) -> None:
    where = anna.open("/officer/drafts/new").send("new", meeting="2022-05-20").at
    row = "officer|children_missing_education/all|month"
    anna.open(f"{where}/correct?row={row}&month=2021-12")
    anna.send("/correct", value="496", reason="one counted late")
    anna.open(where).publish(where, accept="checked")
    assert anna.at == "/officer/releases"
    assert OFFERED not in anna.client.get("/").get_data(as_text=True)
