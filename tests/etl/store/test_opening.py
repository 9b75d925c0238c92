"""Addresses, schemas, locks: what can be wrong with a database, said in a line."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from etl.council_store import open_store
from etl.store import Store, StoreError, engine, migrations, schema
from tests.etl.made_up import figure, release


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("no address", "not a database address"),
        ("mysql://host/name", "mysql is not known"),
        ("sqlite:////no/such/folder/send.db", "there is no folder"),
        ("postgresql://sam:secret@127.0.0.1:1/send", "cannot be reached"),
        ("postgresql://127.0.0.1:1/send?user=sam&password=secret", "cannot be reached"),
    ],
)
def test_an_address_that_leads_nowhere(url: str, says: str) -> None:
    with pytest.raises(StoreError, match=says) as caught:
        open_store(url, seed=False)
    assert "secret" not in caught.value.in_full
    assert "\n" not in caught.value.in_full


def test_the_address_comes_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEND_DATABASE_URL", f"sqlite:///{tmp_path / 'named.db'}")
    open_store(seed=False).close()
    assert (tmp_path / "named.db").exists()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "send.db").write_bytes(b"Dear committee, " * 100)
    with pytest.raises(StoreError, match="not a database of this program"):
        open_store(f"sqlite:///{tmp_path / 'send.db'}", seed=False)
    assert (tmp_path / "send.db").read_bytes().startswith(b"Dear committee")


def test_a_locked_database_says_so_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    store = open_store(f"sqlite:///{tmp_path / 'send.db'}", seed=False)
    store.publish([release(figure("521"))], "test")
    other = sqlite3.connect(tmp_path / "send.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked by another program"):
        store.publish([release(figure("500"))], "test")
    assert len(store.record().observations) == 1  # readers are not kept waiting
    other.execute("ROLLBACK")
    store.publish([release(figure("500"))], "test")
    assert len(store.releases()) == 2


def test_a_full_disk_says_so_and_loses_nothing(store: Store) -> None:
    store.publish([release(figure("521"))], "test")
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="disk is full"):
        store.publish([release(figure("500"), content=bytes(200_000), name="big")], "test")
    assert [r.number for r in store.releases()] == [1]
    assert len(store.record().observations) == 1


def test_a_newer_schema_is_left_alone(any_store: Store, database_url: str) -> None:
    with any_store.engine.begin() as connection:
        connection.execute(
            schema.migrations.insert().values(number=migrations.newest() + 1, applied_at="x")
        )
    with pytest.raises(StoreError, match="newer version"):
        open_store(database_url, seed=False)


def test_an_older_schema_takes_the_steps_it_has_not_had(
    any_store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    any_store.publish([release(figure("521"))], "test")
    held = migrations.newest()
    steps = {
        **migrations.STEPS,
        held + 1: lambda c: c.exec_driver_sql("ALTER TABLE releases ADD word TEXT"),
        held + 2: lambda c: c.exec_driver_sql("UPDATE releases SET word = 'three'"),
    }
    monkeypatch.setattr(migrations, "STEPS", steps)
    for _ in range(2):  # the second time there is nothing left to do
        moved = open_store(database_url, seed=False)
        with moved.engine.connect() as connection:
            words = connection.exec_driver_sql("SELECT word FROM releases").scalars().all()
            numbers = connection.exec_driver_sql("SELECT number FROM migrations ORDER BY 1")
            assert words == ["three"]
            assert numbers.scalars().all() == list(range(1, held + 3))
        assert len(moved.record().observations) == 1
        moved.close()


def test_a_step_that_fails_leaves_the_older_schema(
    any_store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(connection: object) -> None:
        raise ZeroDivisionError

    held = migrations.newest()
    steps = {
        **migrations.STEPS,
        held + 1: lambda c: c.exec_driver_sql("ALTER TABLE releases ADD word TEXT"),
        held + 2: fails,
    }
    monkeypatch.setattr(migrations, "STEPS", steps)
    with pytest.raises(ZeroDivisionError):
        open_store(database_url, seed=False)
    with any_store.engine.connect() as connection:
        numbers = connection.exec_driver_sql("SELECT number FROM migrations").scalars().all()
    assert list(numbers) == list(range(1, held + 1))


OPEN = """
import sys
from etl.council_store import open_store
store = open_store(sys.argv[1], seed=True)
print(len(store.releases()), len(store.record().observations))
"""


@pytest.mark.slow
def test_several_workers_open_a_new_database_at_once(database_url: str) -> None:
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, database_url],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).resolve().parents[3],
        )
        for _ in range(4)
    ]
    said = [worker.communicate(timeout=120) for worker in workers]
    waited = "The database is in use by another program: waiting up to 10 seconds\n"
    assert {error for _, error in said} <= {"", waited}
    assert len({out for out, _ in said}) == 1
    assert len(open_store(database_url, seed=False).history.all()) == int(said[0][0].split()[0])


def test_a_database_of_the_second_schema_counts_sign_ins_anew(
    any_store: Store, database_url: str
) -> None:
    any_store.accounts.add("sam", "x", editor=True, publisher=True, actor="test")
    with any_store.engine.begin() as connection:  # as the second schema had it
        connection.exec_driver_sql("DROP TABLE sign_ins")
        connection.exec_driver_sql("ALTER TABLE accounts ADD failures INTEGER NOT NULL DEFAULT 0")
        connection.exec_driver_sql("ALTER TABLE accounts ADD last_failure_at TEXT DEFAULT ''")
        connection.exec_driver_sql("DELETE FROM migrations WHERE number >= 3")
    moved = open_store(database_url, seed=False)
    assert moved.accounts.get("sam") == any_store.accounts.get("sam")
    assert moved.sign_ins.count() == 0
    moved.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights otherwise")
def test_a_new_database_and_a_backup_are_their_owners_alone(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'send.db'}", seed=False)
    store.backup(tmp_path / "kept.db")
    for name in ("send.db", "kept.db"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0, name
    store.close()
