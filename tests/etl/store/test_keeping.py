"""Files, history, drafts, accounts: what officers rely on."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from sqlalchemy.exc import DBAPIError

from etl.council_store import open_store
from etl.store import Store, StoreError
from etl.store.drafts import DraftChanged
from tests.etl.made_up import figure, release

WORKBOOK = b"PK\x03\x04 \x00\xff bytes as they came"
SHA = hashlib.sha256(WORKBOOK).hexdigest()


def test_a_file_is_kept_byte_for_byte_with_its_release(any_store: Store) -> None:
    new = release(figure("521"), name="figures.xlsx", content=WORKBOOK)
    any_store.publish([new], "cli:sam", reason="checked")
    kept = any_store.files.get(SHA)
    assert kept is not None
    assert (kept.content, kept.name, kept.size) == (WORKBOOK, "figures.xlsx", len(WORKBOOK))
    (act,) = any_store.history.all()
    assert (act.who, act.what, act.release, act.sha256, act.reason) == (
        "cli:sam",
        "publish",
        1,
        SHA,
        "checked",
    )
    assert any_store.record().releases[0].sha256 == SHA


def test_a_purge_forgets_the_bytes_and_keeps_hash_and_fact(any_store: Store) -> None:
    any_store.files.keep("names.xlsx", WORKBOOK)
    with pytest.raises(StoreError, match="reason"):
        any_store.files.purge(SHA, "kim", " ")
    any_store.files.purge(SHA, "kim", "names of children in it")
    kept = any_store.files.get(SHA)
    assert kept is not None
    assert kept.content is None
    assert (kept.purged_by, kept.purge_reason) == ("kim", "names of children in it")
    assert [(a.what, a.sha256) for a in any_store.history.all()] == [("purge", SHA)]
    with pytest.raises(StoreError, match="purged"):
        any_store.files.keep("again.xlsx", WORKBOOK)
    with pytest.raises(StoreError, match="No file"):
        any_store.files.purge(SHA, "kim", "again")


@pytest.mark.parametrize("change", ["UPDATE history SET who = 'x'", "DELETE FROM history"])
def test_nobody_changes_the_history(any_store: Store, change: str) -> None:
    any_store.history.add("sam", "sign-in refused", account="kim")
    with (
        pytest.raises(DBAPIError, match="append-only"),
        any_store.engine.begin() as connection,
    ):
        connection.exec_driver_sql(change)
    assert [(a.who, a.detail) for a in any_store.history.all()] == [("sam", {"account": "kim"})]


def test_a_draft_outlives_a_restart_and_is_saved_by_one_at_a_time(
    any_store: Store, database_url: str
) -> None:
    made = any_store.drafts.create("sam", "May", {"cells": [["nil"]]}, "v1", [("a.xlsx", WORKBOOK)])
    again = open_store(database_url, seed=False)
    read = again.drafts.get(made.id)
    assert read == made
    assert [(f.name, f.sha256) for f in read.files] == [("a.xlsx", SHA)]
    saved = again.drafts.save(read.id, read.revision, {"cells": [["521"]]}, based_on="v2")
    with pytest.raises(DraftChanged):
        any_store.drafts.save(made.id, made.revision, {"cells": []})
    held = any_store.drafts.get(made.id)
    assert held == saved
    assert (held.contents, held.based_on) == ({"cells": [["521"]]}, "v2")
    again.close()


def test_a_published_draft_ends_with_its_publication(any_store: Store) -> None:
    draft = any_store.drafts.create("sam", "May", {}, "v1")
    with pytest.raises(DraftChanged):
        any_store.publish([release(figure("521"))], "sam", draft=(draft.id, draft.revision + 1))
    assert any_store.releases() == ()
    any_store.publish([release(figure("521"))], "sam", draft=(draft.id, draft.revision))
    assert any_store.drafts.all() == ()
    assert [d.id for d in any_store.drafts.all(state="published")] == [draft.id]
    with pytest.raises(StoreError, match="published"):
        any_store.drafts.save(draft.id, draft.revision + 1, {})
    with pytest.raises(StoreError, match="no draft"):
        any_store.drafts.get(99)


def test_drafts_are_listed_by_owner(any_store: Store) -> None:
    mine = any_store.drafts.create("sam", "May", {}, "v1")
    any_store.drafts.create("kim", "June", {}, "v1")
    assert [d.id for d in any_store.drafts.all("sam")] == [mine.id]
    assert len(any_store.drafts.all()) == 2
    any_store.drafts.close(mine.id, 1, "discarded")
    assert any_store.drafts.all("sam") == ()


def test_accounts(any_store: Store) -> None:
    accounts = any_store.accounts
    assert not accounts.any()
    accounts.add("Sam ", "$argon2id$x", editor=True, publisher=False, actor="cli:root")
    assert accounts.any()
    with pytest.raises(StoreError, match="already"):
        accounts.add("sam", "y", editor=True, publisher=False, actor="cli:root")
    with pytest.raises(StoreError, match="role"):
        accounts.add("kim", "y", editor=False, publisher=False, actor="cli:root")
    accounts.signed_in("SAM")
    accounts.change("sam", actor="cli:root", publisher=True, password_hash="$argon2id$z")
    sam = accounts.get("sam")
    assert sam is not None
    assert (sam.last_sign_in_at != "", sam.publisher, sam.password_hash, sam.epoch) == (
        True,
        True,
        "$argon2id$z",
        2,
    )
    with pytest.raises(StoreError, match="no account"):
        accounts.change("kim", actor="cli:root", disabled=True)
    # The history tells the act, never the hash.
    assert "argon2" not in str(any_store.history.all())
    assert [a.what for a in any_store.history.all()] == ["account changed", "account added"]


def test_a_record_is_the_same_one_until_something_is_published(any_store: Store) -> None:
    """What is worked out once a record is kept by its identity: as at a meeting, too."""
    any_store.publish([release(figure("495"))], "kim")
    day = date(2022, 3, 18)
    assert any_store.record(day) is any_store.record(day)
    assert any_store.record(day) is not any_store.record()
