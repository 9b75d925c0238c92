"""A restore undoes no purge, no disabling, no hold; sessions end; what is lost is written down."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event, select

from etl.council_store import open_store
from etl.store import Store, schema
from tests.etl.made_up import MARCH, MAY, figure, release
from tests.etl.store.test_erasing import marked, on_disk, sha

OLD, NAMES, LATER = b"as it came", marked(3_000), b"uploaded after the backup"


def filled(store: Store) -> None:
    """A store with a bit of everything, as the backup finds it."""
    store.publish([release(figure("521"), content=OLD, name="pack.txt")], "sam", reason="why")
    store.drafts.create("sam", "May", {"cells": []}, "v1", [("names.csv", NAMES)])
    for name in ("sam", "kim", "ann"):
        store.accounts.add(name, f"{name}1", editor=True, publisher=True, actor="cli:root")
    store.accounts.change("ann", actor="cli:root", disabled=True)


@pytest.fixture
def kept(any_store: Store, tmp_path: Path) -> Path:
    filled(any_store)
    any_store.backup(tmp_path / "kept.db")
    return tmp_path / "kept.db"


def account(store: Store, name: str) -> tuple[str, bool, bool, bool]:
    found = store.accounts.get(name)
    assert found is not None
    return found.password_hash, found.editor, found.publisher, found.disabled


def test_what_was_purged_since_stays_purged(
    any_store: Store, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temp = tmp_path / "temp"
    temp.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temp))
    any_store.files.keep("later.csv", LATER)
    for content in (NAMES, LATER):
        any_store.files.purge(sha(content), "kim", "names of children")
    loss = any_store.restore(kept, "cli:root")
    assert loss.purged == ("names.csv",)
    for content in (NAMES, LATER):
        found = any_store.files.get(sha(content))
        assert found is not None
        assert (found.content, found.purged_by, found.purge_reason) == (
            None,
            "kim",
            "names of children",
        )
    assert any_store.files.get(sha(OLD)).content == OLD  # type: ignore[union-attr]
    assert on_disk(any_store, temp) == []
    with pytest.raises(Exception, match="purged"):
        any_store.files.keep("again.csv", NAMES)


def test_accounts_stay_as_safe_as_they_are_now(any_store: Store, kept: Path) -> None:
    change = any_store.accounts.change
    change("sam", actor="cli:root", disabled=True)
    change("kim", actor="cli:root", password_hash="kim2", publisher=False)
    change("ann", actor="cli:root", disabled=False)
    any_store.accounts.add("new", "new1", editor=True, publisher=False, actor="cli:root")
    loss = any_store.restore(kept, "cli:root")
    assert account(any_store, "sam") == ("sam1", True, True, True)
    assert account(any_store, "kim") == ("kim2", True, False, False)
    assert account(any_store, "ann") == ("ann1", True, True, True)  # as the backup has it
    assert any_store.accounts.get("new") is None
    assert (loss.disabled, loss.kept, loss.gone) == (("sam",), ("ann", "kim", "sam"), ("new",))
    # The same backup again, and an older one after a newer: no act of safety is forgotten.
    loss = any_store.restore(kept, "cli:root")
    assert account(any_store, "sam") == ("sam1", True, True, True)
    assert account(any_store, "kim") == ("kim2", True, False, False)


def test_a_newer_backups_accounts_come_with_it(
    any_store: Store, kept: Path, tmp_path: Path
) -> None:
    """The older backup first, by mistake, on a new server: then the right one."""
    any_store.accounts.change("kim", actor="cli:root", password_hash="kim2")
    any_store.backup(tmp_path / "newer.db")
    fresh = open_store(f"sqlite:///{tmp_path / 'fresh.db'}", seed=False)
    fresh.restore(kept, "cli:root")
    assert account(fresh, "kim")[0] == "kim1"
    fresh.restore(tmp_path / "newer.db", "cli:root")
    assert account(fresh, "kim")[0] == "kim2"
    fresh.close()


def test_every_session_ends(any_store: Store, kept: Path) -> None:
    any_store.accounts.signed_out("sam")
    any_store.accounts.signed_out("sam")
    before = {a.name: a.epoch for a in any_store.accounts.all()}
    secret = any_store.secret()
    any_store.restore(kept, "cli:root")
    after = {a.name: a.epoch for a in any_store.accounts.all()}
    assert all(after[name] > before[name] for name in before)
    assert any_store.secret() != secret
    assert len(any_store.secret()) > 40


def test_a_backup_holds_nothing_to_sign_with(any_store: Store, kept: Path, tmp_path: Path) -> None:
    held = kept.read_bytes()
    assert any_store.secret().encode() not in held
    any_store.restore(kept, "cli:root")
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}", seed=False)
    other.restore(kept, "cli:root")
    assert any_store.secret() != other.secret()
    other.close()


def test_holds_stand_and_what_they_are_on_stays(any_store: Store, kept: Path) -> None:
    files = any_store.files
    files.hold(sha(OLD), "kim", "ombudsman")
    files.keep("later.csv", LATER)
    files.hold(sha(LATER), "kim", "information request")
    files.keep("lost.csv", b"lost")
    files.lift_hold(files.hold(sha(b"lost"), "kim", "asked for"), "kim", "answered")
    loss = any_store.restore(kept, "cli:root")
    assert loss.held == ("later.csv",)
    assert files.get(sha(LATER)).content == LATER  # type: ignore[union-attr]
    assert files.get(sha(b"lost")) is None
    for content in (OLD, LATER):
        with pytest.raises(Exception, match="A hold is on this file"):
            files.purge(sha(content), "kim", "why")
    assert files.hold(sha(OLD), "kim", "another") > 2


def test_a_hold_lifted_since_is_lifted(any_store: Store, tmp_path: Path) -> None:
    filled(any_store)
    number = any_store.files.hold(sha(OLD), "kim", "ombudsman")
    any_store.files.hold(sha(OLD), "kim", "information request")
    any_store.backup(tmp_path / "kept.db")
    any_store.files.lift_hold(number, "sam", "closed")
    any_store.restore(tmp_path / "kept.db", "cli:root")
    assert [(h.reason, h.lifted_by) for h in any_store.files.holds(sha(OLD))] == [
        ("ombudsman", "sam"),
        ("information request", ""),
    ]


def test_what_is_lost_is_written_into_the_history(any_store: Store, kept: Path) -> None:
    before = any_store.history.all()
    (number,) = any_store.publish([release(figure("500", published=MARCH))], "kim", reason="late")
    any_store.withdraw(1, "kim", "the wrong file")
    any_store.accounts.change("sam", actor="cli:root", disabled=True)
    said = any_store.compare_backup(kept)
    assert [r.number for r in any_store.releases()] == [1, number]  # nothing has changed
    loss = any_store.restore(kept, "cli:root")
    assert loss == said
    assert [(act.who, act.what, act.release, act.reason) for act in loss.lost] == [
        ("kim", "publish", number, "late"),
        ("kim", "withdraw", 1, "the wrong file"),
        ("cli:root", "account changed", None, ""),
    ]
    assert [one.number for one in loss.public_again] == [1]
    act, *rest = any_store.history.all()
    assert tuple(rest) == before
    assert (act.who, act.what, act.reason) == ("cli:root", "restore", "from kept.db")
    detail = dict(act.detail or {})
    acts = detail.pop("acts")
    assert [(a["who"], a["what"]) for a in acts] == [
        ("kim", "publish"),
        ("kim", "withdraw"),
        ("cli:root", "account changed"),
    ]
    assert acts[2]["detail"]["account"] == "sam"
    assert detail == {"lost": 3, "public again": [1], "disabled": ["sam"], "kept": ["sam"]}
    assert [r.withdrawn for r in any_store.releases()] == [False]


def test_numbers_that_were_given_are_not_given_again(any_store: Store, kept: Path) -> None:
    """Release 2 stands in somebody's minutes: no other becomes release 2."""
    (lost,) = any_store.publish([release(figure("500", published=MARCH))], "kim")
    any_store.restore(kept, "cli:root")
    (number,) = any_store.publish([release(figure("501", published=MAY))], "kim")
    assert number > lost


def test_nothing_is_lost_where_the_backup_is_of_now(any_store: Store, kept: Path) -> None:
    loss = any_store.restore(kept, "cli:root")
    assert loss.detail == {"lost": 0}


@pytest.mark.parametrize("way", ["to a new database", "from SQLite"])
def test_another_database(
    any_store: Store, database_url: str, kept: Path, tmp_path: Path, way: str
) -> None:
    """A backup moves between SQLite and PostgreSQL, also onto what another store holds."""
    if way == "from SQLite":
        other = open_store(f"sqlite:///{tmp_path / 'other.db'}", seed=False)
        other.publish([release(figure("7"), content=b"other", name="other.txt")], "olga")
        other.accounts.add("sam", "other", editor=True, publisher=True, actor="cli:root")
        other.backup(tmp_path / "other-kept.db")
        loss = any_store.restore(tmp_path / "other-kept.db", "cli:root")
        assert len(loss.lost) == 5  # all that it held: another store's history
        assert [a.name for a in any_store.accounts.all()] == ["sam"]
        assert any_store.files.get(sha(OLD)) is None
    else:
        other = open_store(f"sqlite:///{tmp_path / 'other.db'}", seed=False)
        assert other.restore(kept, "cli:root").detail == {"lost": 0}
    assert other.record().observations == any_store.record().observations
    assert [replace(a, epoch=0) for a in other.accounts.all()] == [
        replace(a, epoch=0) for a in any_store.accounts.all()
    ]
    with any_store.engine.connect() as connection, pytest.raises(Exception, match="append-only"):
        connection.exec_driver_sql("DELETE FROM history")
    other.close()


def test_failed_sign_ins_go_on_counting(any_store: Store, kept: Path) -> None:
    def begin(key: str) -> float:
        return any_store.sign_ins.begin([key], 1e9, lambda _: 0.0, forget=1e6, kept=100)

    begin("a digest")
    any_store.restore(kept, "cli:root")
    assert any_store.sign_ins.count() == 1


# --- killed -------------------------------------------------------------------------


def state(url: str) -> str:
    """Everything that the store holds, as another process sees it."""
    store = open_store(url, seed=False)
    digest = hashlib.sha256()
    with store.engine.connect() as connection:
        for table in schema.metadata.sorted_tables:
            rows = connection.execute(select(table).order_by(*table.primary_key.columns)).all()
            digest.update(repr((table.name, [tuple(row) for row in rows])).encode())
    store.close()
    return digest.hexdigest()


def dies(url: str, statement: int, act: Callable[[Store], object]) -> bool:
    """Whether `act` came to its end in a child that dies at its n-th statement."""
    child = os.fork()
    if child == 0:
        try:
            store = open_store(url, seed=False)
            left = [statement]

            def count(*_: object) -> None:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

            for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
                event.listen(store.engine, moment, count)
            act(store)
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0, "the child failed otherwise"
    return os.WIFEXITED(status)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_killed_at_many_moments(
    any_store: Store,
    database_url: str,
    kept: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    any_store.publish([release(figure("500", published=MARCH))], "kim")
    any_store.files.purge(sha(NAMES), "kim", "names")
    any_store.close()
    before = state(database_url)
    for statement in range(1, 600, 9):
        finished = dies(database_url, statement, lambda store: store.restore(kept, "cli:root"))
        found = open_store(database_url, seed=False)
        acts = [act.what for act in found.history.all()]
        found.close()
        if acts[0] == "restore":
            assert state(database_url) != before
            break
        assert not finished
        assert state(database_url) == before, f"statement {statement}"
    assert statement > 90  # it was killed often enough to mean something
