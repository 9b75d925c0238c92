"""A backup holds everything; a restore is checked first, whole or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from etl.council_store import open_store
from etl.store import Store, StoreError
from tests.etl.made_up import MARCH, figure, release


def filled(store: Store) -> None:
    store.publish(
        [release(figure("521"), content=b"as it came", name="pack.txt")], "sam", reason="why"
    )
    store.drafts.create("sam", "May", {"cells": []}, "v1", [("b.xlsx", b"draft")])
    store.accounts.add("sam", "hash", editor=True, publisher=True, actor="cli:root")


def contents(store: Store) -> tuple[object, ...]:
    record = store.record()
    return (
        record.observations,
        store.releases(),
        store.drafts.all(),
        [replace(account, epoch=0) for account in store.accounts.all()],  # sessions end
        [act for act in store.history.all() if act.what != "restore"],
    )


def test_what_was_backed_up_comes_back(any_store: Store, tmp_path: Path) -> None:
    filled(any_store)
    before, version = contents(any_store), any_store.version()
    any_store.backup(tmp_path / "copy.db")
    any_store.publish([release(figure("500", published=MARCH))], "sam")
    any_store.restore(tmp_path / "copy.db", "cli:root")
    assert contents(any_store) == before
    assert any_store.version() != version  # no cache takes it for the state it knew
    assert any_store.history.all()[0].what == "restore"
    (number,) = any_store.publish([release(figure("500", published=MARCH))], "sam")
    assert number > 1
    with any_store.engine.connect() as connection, pytest.raises(Exception, match="append-only"):
        connection.exec_driver_sql("DELETE FROM history")


def test_a_backup_moves_a_store_to_another_database(
    any_store: Store, store: Store, tmp_path: Path
) -> None:
    filled(any_store)
    any_store.backup(tmp_path / "copy.db")
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}", seed=False)
    other.restore(tmp_path / "copy.db", "cli:root")
    assert contents(other) == contents(any_store)


STATEMENTS = {
    "bytes of a kept file": "UPDATE files SET content = x'00'",
    "newer": "INSERT INTO migrations VALUES (99, 'x')",
    "a figure without its release": "DELETE FROM releases",
    "another database": "DROP TABLE migrations",
}


def damaged(file: Path, how: str) -> None:
    content = file.read_bytes()
    if how == "cut off":
        file.write_bytes(content[: len(content) // 2])
    elif how == "empty":
        file.write_bytes(b"")
    elif how == "no database":
        file.write_bytes(b"PK\x03\x04" * 1000)
    else:
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute(STATEMENTS[how])


@pytest.mark.parametrize(
    "how",
    [
        "cut off",
        "empty",
        "no database",
        "another database",
        "bytes of a kept file",
        "newer",
        "a figure without its release",
    ],
)
def test_a_damaged_backup_changes_nothing(store: Store, tmp_path: Path, how: str) -> None:
    filled(store)
    store.backup(tmp_path / "copy.db")
    store.publish([release(figure("500", published=MARCH))], "sam")
    before = contents(store)
    damaged(tmp_path / "copy.db", how)
    with pytest.raises(StoreError, match=r"copy\.db"):
        store.restore(tmp_path / "copy.db", "cli:root")
    assert contents(store) == before


def test_a_backup_is_there_whole_or_not_at_all(store: Store, tmp_path: Path) -> None:
    filled(store)
    with pytest.raises(OSError, match="no-such-folder"):
        store.backup(tmp_path / "no-such-folder" / "copy.db")
    store.backup(tmp_path / "copy.db")
    assert sorted(file.name for file in tmp_path.iterdir() if "copy" in file.name) == ["copy.db"]
