"""After a purge nothing of the content is on the disk; what still is, and why, is said."""

from __future__ import annotations

import hashlib
import os
import random
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from etl import temporary
from etl.council_store import open_store
from etl.draft import entry
from etl.store import Store, StoreError, engine, erasing, schema
from tests.etl.made_up import figure, release

pytestmark = pytest.mark.slow

# In every block of 64 bytes, so that it is found in whatever part of a page is left.
MARK = b"Jane Doe, Year 7"


def marked(rows: int, seed: int = 0) -> bytes:
    """A file in which each row is marked, unlike any other."""
    filler = random.Random(seed)
    return b"".join(MARK + b"%012d" % n + filler.randbytes(18).hex().encode() for n in range(rows))


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def on_disk(store: Store, temp: Path) -> list[str]:
    """The files of the database and of the temporary folder that hold the mark."""
    if store.engine.dialect.name == "postgresql":
        held = _tables_that_hold(store)
    else:
        file = engine.file_of(store.engine.url)
        assert file is not None
        held = [f.name for f in file.parent.glob(f"{file.name}*") if MARK in f.read_bytes()]
    return held + [f.name for f in temp.rglob("*") if f.is_file() and MARK in f.read_bytes()]


def _tables_that_hold(store: Store) -> list[str]:
    """The tables of the schema, the samples and what is toasted, whose files hold the mark."""
    query = (
        "SELECT c.relname, pg_read_binary_file(pg_relation_filepath(c.oid)) FROM pg_class c "
        "WHERE c.relkind IN ('r', 't', 'm', 'i') AND pg_relation_filepath(c.oid) IS NOT NULL AND "
        "(c.relnamespace = current_schema()::regnamespace OR c.oid IN (SELECT reltoastrelid FROM "
        "pg_class WHERE relnamespace = current_schema()::regnamespace))"
    )
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE files")
        connection.exec_driver_sql("CHECKPOINT")
        held = [name for name, content in connection.exec_driver_sql(query) if MARK in content]
        sampled = connection.exec_driver_sql(
            "SELECT attname FROM pg_stats WHERE schemaname = current_schema() "
            "AND tablename = 'files' AND attname = 'content'"
        ).all()
    return held + [f"samples of {name}" for (name,) in sampled]


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests beside this one read in the same PostgreSQL database, and are waited for."""
    monkeypatch.setattr(erasing, "SECONDS", 30.0)


@pytest.fixture(autouse=True)
def _uncompressed(request: pytest.FixtureRequest) -> None:
    """PostgreSQL keeps what is long compressed: here the mark must be found in it."""
    if "any_store" not in request.fixturenames:
        return
    store = request.getfixturevalue("any_store")
    if store.engine.dialect.name == "postgresql":
        with store.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE files ALTER content SET STORAGE EXTERNAL")


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@contextmanager
def busy(store: Store, url: str) -> Iterator[Store]:
    """Another worker with an open connection that has read and written."""
    other = open_store(url, seed=False)
    other.history.add("other", "something")
    with engine.reading(other.engine) as connection:
        connection.execute(select(schema.releases)).all()
    yield other
    other.close()


def finished_when_opened(url: str) -> bool:
    """Whether a program that opens the store finishes what was left of a purge.

    On PostgreSQL a test beside this one may just then read in the same database.
    """
    opened = open_store(url, seed=False)
    done = not opened.files.erasing()
    if not done and opened.engine.dialect.name == "postgresql":
        done = erasing.finish(opened.engine, 10) == ""
    opened.close()
    return done


# --- what is left -------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 40, 3_000, 60_000])
def test_nothing_is_left_while_others_are_connected(
    any_store: Store, database_url: str, temp: Path, rows: int
) -> None:
    content = marked(rows)
    any_store.files.keep("before.csv", b"another file, before" * 50)
    any_store.drafts.create("sam", "May", {}, "v1", [("names.csv", content)])
    any_store.files.keep("after.csv", b"another file, after" * 50)
    with busy(any_store, database_url) as other:
        other.drafts.create("kim", "June", {}, "v1", [("the same.csv", content)])
        assert on_disk(any_store, temp)  # the test can see it
        assert any_store.files.purge(sha(content), "kim", "names of children") == ""
        assert not any_store.files.erasing()
        assert on_disk(any_store, temp) == []
    kept = any_store.files.get(sha(b"another file, after" * 50))
    assert kept is not None
    assert kept.content == b"another file, after" * 50


@pytest.mark.parametrize("how", ["published", "of many"])
def test_nothing_is_left_of_a_file_however_it_came(any_store: Store, temp: Path, how: str) -> None:
    """Small files share pages with others, which move as these grow and go."""
    content = marked(20)
    if how == "published":
        any_store.publish([release(figure("521"), content=content, name="pack.txt")], "test")
    else:
        others = [random.Random(n).randbytes(300 + 37 * n) for n in range(60)]
        for n, other in enumerate(others):
            any_store.files.keep(f"{n}.csv", content if n == 30 else other)
        for n in (29, 31, 28, 33):
            any_store.files.purge(sha(others[n]), "kim", "why")
    assert any_store.files.purge(sha(content), "kim", "names") == ""
    assert on_disk(any_store, temp) == []


def test_an_upload_that_was_killed_is_gone_with_it(any_store: Store, temp: Path) -> None:
    content = marked(20)
    any_store.files.keep("names.csv", content)
    left = temp / "send-upload-killed"
    left.mkdir()
    (left / ".lock").touch()
    (left / "upload.csv").write_bytes(content)
    assert any_store.files.purge(sha(content), "kim", "names") == ""
    assert on_disk(any_store, temp) == []


def test_an_upload_that_another_reads_just_now_is_told(
    store: Store, temp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "SECONDS", 0.3)
    content = marked(20)
    store.files.keep("names.csv", content)
    with temporary.folder("upload") as folder:
        (folder / "upload.csv").write_bytes(content)
        with engine.writing(store.engine):
            pass
        told = erasing.finish(store.engine, 0.3, sha256=sha(content))
        assert told == "another worker is reading the uploaded file"
    assert erasing.finish(store.engine, 0.3, sha256=sha(content)) == ""


def test_reading_an_upload_leaves_no_copy(store: Store, temp: Path) -> None:
    content = b"measure,period,value\nchildren_missing_education,2022-02,512\n"
    entry.read_bytes("names.csv", content, store.registry, date(2022, 5, 20))
    assert list(temp.iterdir()) == []


# --- what cannot go yet -------------------------------------------------------------


def test_a_long_reader_is_told_of_and_the_rest_is_done_later(
    any_store: Store, database_url: str, temp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "SECONDS", 0.3)
    content = marked(3_000)
    any_store.files.keep("names.csv", content)
    other = open_store(database_url, seed=False)
    with engine.reading(other.engine) as connection:
        connection.execute(select(schema.releases)).all()  # begins to read, and goes on
        told = any_store.files.purge(sha(content), "kim", "names")
        assert "a program that began to read before the purge" in told
        assert any_store.files.erasing()
        assert any_store.files.get(sha(content)).content is None  # type: ignore[union-attr]
        any_store.history.add("sam", "others may write meanwhile")
        assert any_store.files.purge(sha(content), "kim", "again")  # still there, and no new act
    assert [a.what for a in any_store.history.all()].count("purge") == 1
    assert finished_when_opened(database_url)
    assert on_disk(any_store, temp) == []
    with pytest.raises(StoreError, match=r"No file .* is kept: it was purged on "):
        any_store.files.purge(sha(content), "kim", "again")
    other.close()


def test_a_reader_that_ends_in_time_is_waited_for(
    any_store: Store, database_url: str, temp: Path
) -> None:
    content = marked(3_000)
    any_store.files.keep("names.csv", content)
    other = open_store(database_url, seed=False)
    begun = threading.Event()

    def read() -> None:
        with engine.reading(other.engine) as connection:
            connection.execute(select(schema.releases)).all()
            begun.set()
            time.sleep(0.7)

    reader = threading.Thread(target=read)
    reader.start()
    begun.wait()
    assert any_store.files.purge(sha(content), "kim", "names") == ""
    assert on_disk(any_store, temp) == []
    reader.join()
    other.close()


def test_what_was_purged_meanwhile_is_not_taken_for_done(
    any_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = erasing._in_sqlite, erasing._in_postgresql
    one, two = marked(20, 1), marked(20, 2)
    for content in (one, two):
        any_store.files.keep("names.csv", content)

    def slow(work: Callable[..., str]) -> Callable[..., str]:
        def erase(*given: object) -> str:
            told = work(*given)
            with engine.writing(any_store.engine) as connection:
                erasing.note(connection)  # another worker's purge, committed just now
            return told

        return erase

    monkeypatch.setattr(erasing, "_in_sqlite", slow(done[0]))
    monkeypatch.setattr(erasing, "_in_postgresql", slow(done[1]))
    any_store.files.purge(sha(one), "kim", "names")
    assert any_store.files.erasing()


def test_purges_of_an_older_version_are_finished(any_store: Store, database_url: str) -> None:
    """Its purges left the content in the log: the first opening by this version erases it."""
    content = marked(3_000)
    any_store.files.keep("names.csv", content)
    with engine.writing(any_store.engine) as connection:
        connection.execute(
            schema.files.update().values(content=None, purged_at="2026-11-23T10:00:00Z")
        )
        connection.exec_driver_sql("DROP TABLE holds")
        connection.exec_driver_sql("ALTER TABLE state DROP COLUMN purges_pending")
        connection.execute(schema.migrations.delete().where(schema.migrations.c.number >= 4))
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("ALTER TABLE files ALTER COLUMN content SET STATISTICS -1")
    assert finished_when_opened(database_url)
    assert on_disk(any_store, Path("/nowhere")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_a_purge_that_is_killed_is_finished_by_the_next(
    any_store: Store, database_url: str, temp: Path
) -> None:
    content = marked(3_000)
    any_store.files.keep("names.csv", content)
    any_store.close()
    child = os.fork()
    if child == 0:
        store = open_store(database_url, seed=False)
        erasing.temporary.clear = lambda: os.kill(os.getpid(), 9)  # type: ignore[attr-defined]
        store.files.purge(sha(content), "kim", "names")
        os._exit(1)
    os.waitpid(child, 0)
    assert finished_when_opened(database_url)
    assert on_disk(any_store, temp) == []


def test_a_database_with_free_pages_of_another_program(store: Store, temp: Path) -> None:
    """sqlite3's own shell overwrites nothing: what it left is gone after the next purge."""
    content = marked(300)
    store.files.keep("names.csv", content)
    store.files.keep("other.csv", marked(30, 5))
    file = engine.file_of(store.engine.url)
    assert file is not None
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA secure_delete=OFF")
        connection.execute("UPDATE files SET content = NULL WHERE name = 'names.csv'")
    assert store.files.purge(sha(marked(30, 5)), "kim", "names") == ""
    assert on_disk(store, temp) == []


# --- holds --------------------------------------------------------------------------


def test_a_file_under_a_hold_is_not_purged(any_store: Store) -> None:
    content = b"what was asked for"
    any_store.files.keep("pack.txt", content)
    with pytest.raises(StoreError, match="A hold needs a reason"):
        any_store.files.hold(sha(content), "kim", "  ")
    first = any_store.files.hold(sha(content), "kim", "information request 12")
    second = any_store.files.hold(sha(content), "sam", "ombudsman")
    before = any_store.history.all()
    with pytest.raises(StoreError, match=r"A hold is on this file .*request 12; .*ombudsman"):
        any_store.files.purge(sha(content), "kim", "names")
    assert any_store.files.get(sha(content)).content == content  # type: ignore[union-attr]
    assert any_store.history.all() == before
    any_store.files.lift_hold(first, "kim", "answered")
    with pytest.raises(StoreError, match="ombudsman"):
        any_store.files.purge(sha(content), "kim", "names")
    with pytest.raises(StoreError, match="needs a reason"):
        any_store.files.lift_hold(second, "kim", "")
    any_store.files.lift_hold(second, "kim", "closed")
    with pytest.raises(StoreError, match=f"Hold {second} was lifted on "):
        any_store.files.lift_hold(second, "kim", "closed")
    assert any_store.files.purge(sha(content), "kim", "names") == ""
    acts = [
        (a.who, a.what, a.reason, (a.detail or {}).get("hold"))
        for a in reversed(any_store.history.all())
    ]
    assert acts == [
        ("kim", "hold", "information request 12", first),
        ("sam", "hold", "ombudsman", second),
        ("kim", "lift hold", "answered", first),
        ("kim", "lift hold", "closed", second),
        ("kim", "purge", "names", None),
    ]
    holds = any_store.files.holds(sha(content))
    assert [(h.reason, h.placed_by, h.lifted_by, h.lift_reason, h.stands) for h in holds] == [
        ("information request 12", "kim", "kim", "answered", False),
        ("ombudsman", "sam", "kim", "closed", False),
    ]


def test_what_cannot_be_held(any_store: Store) -> None:
    any_store.files.keep("pack.txt", b"gone")
    any_store.files.purge(sha(b"gone"), "kim", "why")
    for digest in ("0" * 64, sha(b"gone"), ""):
        with pytest.raises(StoreError, match="No file"):
            any_store.files.hold(digest, "kim", "why")
    with pytest.raises(StoreError, match="There is no hold 7"):
        any_store.files.lift_hold(7, "kim", "why")


def test_the_list_of_files(any_store: Store) -> None:
    for name in ("a", "b", "c"):
        any_store.files.keep(f"{name}.csv", name.encode())
    any_store.files.hold(sha(b"a"), "kim", "why")
    any_store.files.hold(sha(b"a"), "kim", "and why")
    any_store.files.purge(sha(b"b"), "kim", "why")
    listed = {f.name: (f.sha256, f.size, f.holds, bool(f.purged_at)) for f in any_store.files.all()}
    assert listed == {
        "a.csv": (sha(b"a"), 1, 2, False),
        "b.csv": (sha(b"b"), 1, 0, True),
        "c.csv": (sha(b"c"), 1, 0, False),
    }
