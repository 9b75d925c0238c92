"""A session that ends while an officer types: what was typed is kept, and nobody else's is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dashboard.officer import again, session
from etl.draft.contents import of
from etl.store import Store
from tests.dashboard.officer.signed_in import PASSWORD, Officer, add, officers_server

CELL = "c:children_missing_education/all@2022-01"


@pytest.fixture
def anna(seeded_store: Store) -> Officer:
    add(seeded_store, "anna")
    return Officer(seeded_store, "anna")


@pytest.fixture
def where(anna: Officer) -> str:
    return anna.open("/officer/drafts/new").send("new", meeting="2022-05-20").at


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Every session has been idle for too long; `undo` lets new ones live."""
    monkeypatch.setattr(session, "IDLE", timedelta(seconds=-1))
    return monkeypatch


def test_what_was_typed_is_sent_after_signing_in_again(
    seeded_store: Store, anna: Officer, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna.open(f"{where}/grid")
    with monkeypatch.context() as past:
        past.setattr(session, "IDLE", timedelta(seconds=-1))
        anna.send("/grid", go="review", **{CELL: "487 <b>"})
        assert anna.status == 401
        assert "What you typed is kept: sign in" in anna.words
        anna.send("sign-in", name="anna", password="wrong")
        assert anna.status == 401
    anna.send("sign-in", name="anna", password=PASSWORD)
    assert "Nothing of it was saved yet" in anna.words
    assert "<b>" not in anna.page
    assert of(seeded_store.drafts.all()[0]).typed == {}  # never sent by itself
    anna.send("/grid")
    assert of(seeded_store.drafts.all()[0]).typed == {CELL[2:]: "487 <b>"}


def test_a_publication_is_asked_for_again_not_made(
    seeded_store: Store, anna: Officer, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna.open(f"{where}/grid").send("/grid", **{CELL: "487"})
    anna.open(where)
    held = len(seeded_store.releases())
    seeded_store.accounts.signed_out("anna")  # in another tab
    anna.publish(where, accept="checked")
    anna.send("sign-in", name="anna", password=PASSWORD)
    assert len(seeded_store.releases()) == held
    anna.send("/publish")
    assert "Nothing is public yet" in anna.words
    anna.send("/publish")
    assert anna.at == "/officer/releases"
    assert len(seeded_store.releases()) == held + 1


def test_a_form_of_another_tab_can_still_be_sent(
    seeded_store: Store, anna: Officer, where: str
) -> None:
    page = anna.open(f"{where}/grid").page
    seeded_store.accounts.signed_out("anna")
    anna.open("/officer/").send("sign-in", name="anna", password=PASSWORD)
    anna.page, anna.at = page, f"{where}/grid"
    anna.send("/grid", **{CELL: "487"})
    assert of(seeded_store.drafts.all()[0]).typed == {CELL[2:]: "487"}


def test_another_officer_s_forms_are_not_taken_over(
    seeded_store: Store, anna: Officer, where: str
) -> None:
    add(seeded_store, "ben")
    page = anna.open(f"{where}/grid").page
    seeded_store.accounts.signed_out("anna")
    anna.open("/officer/").send("sign-in", name="ben", password=PASSWORD)
    anna.page, anna.at = page, f"{where}/grid"
    assert anna.send("/grid", **{CELL: "487"}).status == 400


def test_nothing_is_kept_of_what_no_form_of_this_browser_sent(
    seeded_store: Store, anna: Officer, where: str
) -> None:
    token = anna.open(where).form("/discard")[1]["csrf_token"]
    for client, data in (
        (anna.server.test_client(), {"revision": "1"}),
        (anna.server.test_client(), {"revision": "1", "csrf_token": token}),  # another browser
        (anna.server.test_client(), {"revision": "1", "csrf_token": "x"}),
    ):
        answer = client.post(f"{where}/discard", data=data)
        assert answer.status_code == 401
        assert 'name="again"' not in answer.get_data(as_text=True)
        assert "What you sent was not saved" in answer.get_data(as_text=True)
    with officers_server(seeded_store).test_request_context():
        assert again.kept("made up") is None
    anna.client.get("/officer/")
    assert anna.client.post("/officer/sign-in", data={"again": "x"}).status_code == 400


def test_files_are_to_be_chosen_again(
    seeded_store: Store, anna: Officer, ended: pytest.MonkeyPatch
) -> None:
    ended.undo()
    anna.open("/officer/upload")
    seeded_store.accounts.signed_out("anna")
    anna.send("upload", {"f.csv": b"measure,period,value\n"})
    anna.send("sign-in", name="anna", password=PASSWORD)
    assert "files are to be chosen again" in anna.words
    assert seeded_store.drafts.all() == ()
