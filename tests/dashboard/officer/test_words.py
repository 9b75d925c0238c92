"""One word beside a figure is taken back, and its release stays."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.store import Store, StoreError
from tests.dashboard.officer.signed_in import Officer, add

PAGE = "/measure/ehc_plan_days"
FIGURE = "c:ehc_plan_days/all@2022-02"


@pytest.fixture
def anna(any_seeded_store: Store) -> Officer:
    add(any_seeded_store, "anna")
    return Officer(any_seeded_store, "anna")


def say(anna: Officer, text: str, **cells: str) -> int:
    """Publishes an explanation of December 2021; the number of the word."""
    where = anna.open("/officer/drafts/new").send("new", meeting="2022-05-20").at
    anna.open(f"{where}/add/explanation")
    anna.send("/add/explanation", row="ehc_plan_days/all", month="Dec-21", text=text)
    if cells:
        anna.open(f"{where}/grid").send("/grid", **cells)
    anna.open(where).publish(where, accept="checked")
    assert anna.at == "/officer/releases", anna.words
    anna.open("/officer/words")
    return int(anna.page.partition("/officer/words/")[2].partition('"')[0])


def public(anna: Officer) -> str:
    page: str = anna.server.test_client().get(PAGE).get_data(as_text=True)
    return page


def test_a_word_is_taken_back_and_said_again_its_release_stays(
    any_seeded_store: Store, anna: Officer
) -> None:
    number = say(anna, "Two <b>officers</b> were away", **{FIGURE: "201"})
    assert "Two &lt;b&gt;officers&lt;/b&gt; were away" in public(anna)
    anna.open(f"/officer/words/{number}")
    assert "About 3 Average time to a final plan, Dec-21. Published by anna" in anna.words
    anna.send("take-back", reason=" ")
    assert (anna.status, "Give the reason" in anna.words) == (400, True)
    anna.send("take-back", reason="it was one officer")
    assert "The explanation is taken back" in anna.words
    assert "were away" not in public(anna)
    held = any_seeded_store.record().of("ehc_plan_days", "all", "month")
    assert held is not None
    assert held.points[-1].value == Decimal(201)  # the figure it came with
    act = any_seeded_store.history.all()[0]
    assert (act.who, act.what, act.reason, (act.detail or {})["text"]) == (
        "anna",
        "take back a word",
        "it was one officer",
        "Two <b>officers</b> were away",
    )
    assert "it was one officer" in anna.open("/officer/history").words
    assert "it was one officer" not in public(anna)
    anna.open(f"/officer/words/{number}").send("say-again", reason="it was two")
    assert "were away" in public(anna)


def test_what_a_word_replaced_shows_again(any_seeded_store: Store, anna: Officer) -> None:
    say(anna, "The first reason")
    number = say(anna, "The second reason")
    assert "replaced by a newer one" in anna.open("/officer/words").words
    assert "The first reason" not in public(anna)
    anna.open(f"/officer/words/{number}").send("take-back", reason="not so")
    assert "The first reason" in public(anna)
    assert "The second reason" not in public(anna)


def test_words_are_of_their_release_and_of_nobody_else(
    any_seeded_store: Store, anna: Officer
) -> None:
    number = say(anna, "The first reason")
    release = any_seeded_store.releases()[-1].number
    assert "Explanation: The first reason" in anna.open(f"/officer/releases/{release}").words
    anna.send("take-back", reason="all of it")
    assert "taken back with its release" in anna.open("/officer/words").words
    add(any_seeded_store, "ed", publisher=False)
    ed = Officer(any_seeded_store, "ed", anna.server)
    assert "A publisher can take it back" in ed.open(f"/officer/words/{number}").words
    for wrong in (0, 1, 99999):  # a target of data/targets.yaml has no release
        with pytest.raises(StoreError, match="There is no word"):
            any_seeded_store.take_back_word(wrong, "anna", "x")
        assert anna.open(f"/officer/words/{wrong}").status == 404
    with pytest.raises(StoreError, match="needs a reason"):
        any_seeded_store.take_back_word(number, "anna", " ")
    any_seeded_store.take_back_word(number, "anna", "x")
    with pytest.raises(StoreError, match="taken back already"):
        any_seeded_store.take_back_word(number, "anna", "x")
