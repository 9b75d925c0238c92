"""Taking back on the page: first what disappears and what rests on it, then the choice."""

from __future__ import annotations

import pytest

from etl.store import Store
from tests.dashboard.officer.signed_in import Officer, add
from tests.etl.made_up import figure, release

TYPED = "officers' correction (row 1a, Jul-21)"


@pytest.fixture
def seeded_store(any_seeded_store: Store) -> Store:
    return any_seeded_store


@pytest.fixture
def corrected(any_store: Store) -> Store:
    """A report, a correction of it, and one that holds a new month as well."""
    add(any_store, "anna")
    fix = {"table": "officer", "locator": TYPED}
    any_store.publish([release(figure("521"), figure("7", "2021-08"))], "anna")
    any_store.publish([release(figure("512", **fix))], "anna")
    any_store.publish([release(figure("8", "2021-08", **fix), figure("9", "2022-01"))], "anna")
    return any_store


def values(store: Store) -> list[str]:
    return sorted(str(one.value) for one in store.record().shown())


def test_the_page_says_what_rests_on_it_and_takes_it_along(corrected: Store) -> None:
    anna = Officer(corrected, "anna").open("/officer/releases/1")
    assert "Release 2 (Pack of 2021-09-17, 2021-09-17) corrects 1 figure of it" in anna.words
    assert "it holds 1 figure besides, which would go too" in anna.words
    # Ticked where it corrects and does no more.
    assert anna.form("take-back")[1]["along"] == "2"
    anna.send("take-back", reason="the wrong file")
    assert "Releases 1, 2 are taken back: nothing public shows them." in anna.words
    assert "Release 3 stays public." in anna.words
    assert values(corrected) == ["8", "9"]
    anna.open("/officer/releases/2")
    assert "whose figures it corrects. That release stays hidden" in anna.words
    anna.open("/officer/releases/1").send("publish-again", reason="it was right")
    assert "Releases 1, 2 are published again." in anna.words
    assert values(corrected) == ["512", "8", "9"]
    assert "along with release 1" in anna.open("/officer/history").words


def test_what_is_not_ticked_stays(corrected: Store) -> None:
    anna = Officer(corrected, "anna").open("/officer/releases/1")
    address, fields = anna.form("take-back")
    del fields["along"]
    anna.client.post(address, data={**fields, "reason": "the wrong file"})
    assert [r.withdrawn for r in corrected.releases()] == [True, False, False]


def test_a_release_that_does_not_rest_on_it_cannot_be_sent_along(corrected: Store) -> None:
    anna = Officer(corrected, "anna").open("/officer/releases/2")
    anna.send("take-back", reason="why", along="3")
    assert [r.withdrawn for r in corrected.releases()] == [False, True, False]


def test_a_missing_reason_keeps_the_choice(corrected: Store) -> None:
    anna = Officer(corrected, "anna").open("/officer/releases/1")
    anna.send("take-back", reason=" ", along="3")
    assert (anna.status, "Give the reason" in anna.words) == (400, True)
    assert anna.form("take-back")[1]["along"] == "3"
    assert not any(r.withdrawn for r in corrected.releases())


def test_what_was_published_meanwhile_is_shown_first(corrected: Store) -> None:
    anna = Officer(corrected, "anna").open("/officer/releases/1")
    corrected.publish([release(figure("513", table="officer", locator=TYPED))], "ben")
    anna.send("take-back", reason="why")
    assert (anna.status, "Something was published meanwhile" in anna.words) == (400, True)
    assert "Release 4 (" in anna.words
    assert not any(r.withdrawn for r in corrected.releases())


def test_the_list_tells_releases_apart(seeded_store: Store) -> None:
    add(seeded_store, "anna")
    anna = Officer(seeded_store, "anna").open("/officer/releases")
    assert "222 new, 123 unchanged" in anna.words
    assert "seed" in anna.words
    for number in [r.number for r in seeded_store.releases()]:
        anna.open(f"/officer/releases/{number}")
        assert "0 new, 0 revised, 0 unchanged" not in anna.words
        assert "Published by seed on " in anna.words
