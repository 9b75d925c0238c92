"""What is not this program's database is refused in words, and left byte for byte as it is."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from dashboard.__main__ import main as dashboard
from etl.commands import main as etl
from etl.council_store import open_store
from etl.store import Store, StoreError, engine
from tests.conftest import ROOT
from tests.etl.made_up import figure, release


def another_programs(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def a_web_frameworks(file: Path) -> None:
    """Its tables are called as some of ours are."""
    another_programs(
        file,
        "CREATE TABLE migrations (id INTEGER, migration TEXT, batch INTEGER)",
        "CREATE TABLE accounts (id INTEGER, email TEXT)",
        "CREATE TABLE history (id INTEGER, url TEXT)",
        "INSERT INTO accounts VALUES (1, 'someone')",
    )


def in_its_log(file: Path) -> None:
    """A database with tables that are still in its write-ahead log alone."""
    script = (
        "import sqlite3, os, sys; c = sqlite3.connect(sys.argv[1]); "
        "c.execute('PRAGMA journal_mode=WAL'); c.execute('CREATE TABLE photos (id INTEGER)'); "
        "c.commit(); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, str(file)], check=True)
    assert file.with_name(f"{file.name}-wal").stat().st_size


def half_of_ours(file: Path) -> None:
    open_store(f"sqlite:///{file}", seed=False).close()
    another_programs(file, "DROP TABLE migrations")


KINDS: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda file: file.touch(), "is empty, not a database of this program"),
    "text": (lambda file: file.write_text("Dear committee,\n"), "is not a database"),
    "one byte": (lambda file: file.write_bytes(b"S"), "is not a database"),
    "a workbook": (lambda file: file.write_bytes(b"PK\x03\x04" * 999), "is not a database"),
    "zeros": (lambda file: file.write_bytes(bytes(8192)), "is not a database"),
    "a folder": (lambda file: file.mkdir(), "is a folder, not a database"),
    "photos": (
        lambda file: another_programs(file, "CREATE TABLE photos (id INTEGER)"),
        "holds other tables (photos)",
    ),
    "a web framework's": (a_web_frameworks, "holds other tables (accounts, history, migrations)"),
    "half of ours": (half_of_ours, "is not a database of this program: it holds other tables"),
    "no table": (
        lambda file: another_programs(file, "PRAGMA user_version = 7"),
        "is not a database of this program",
    ),
    "a header alone": (
        lambda file: file.write_bytes(b"SQLite format 3\0" + b"\xff" * 84),
        "not a database of this program|is damaged",
    ),
}
if sys.platform != "win32":
    KINDS["a pipe"] = (lambda file: os.mkfifo(file), "is no file, not a database")


def content(file: Path) -> object:
    if file.is_dir():
        return sorted(file.iterdir())
    return file.read_bytes() if file.is_file() else None


COMMANDS = [
    (etl, "releases"),
    (etl, "export"),
    (etl, "check"),
    (etl, "words"),
    (etl, "withdraw 1 --reason x"),
    (etl, "purge 00 --reason x"),
    (etl, f"import {ROOT / 'data' / 'packs' / '2021-09-17'}"),
    (dashboard, "serve --port 1"),
    (dashboard, "backup kept.db"),
    (dashboard, "restore kept.db --yes"),
    (dashboard, "export --out pack"),
    (dashboard, "add-officer anna"),
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_not_ours(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make, says = KINDS[kind]
    file = tmp_path / "given" / "send.db"
    file.parent.mkdir()
    make(file)
    before = content(file), sorted(file.parent.iterdir())
    monkeypatch.setenv("SEND_DATABASE_URL", f"sqlite:///{file}")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kept.db").write_bytes(b"any")
    with pytest.raises(StoreError) as caught:
        open_store()
    assert any(text in caught.value.in_full for text in says.split("|"))
    for main, line in COMMANDS:
        if (main, line) == (dashboard, "backup kept.db"):
            line = "backup new.db"
        assert main(line.split()) == 2, line
        said = capsys.readouterr()
        assert (said.out, said.err.count("\n")) == ("", 1), line
    assert (content(file), sorted(file.parent.iterdir())) == before


def test_a_database_whose_tables_are_in_its_log_alone(tmp_path: Path) -> None:
    in_its_log(tmp_path / "send.db")
    kept = (tmp_path / "send.db").read_bytes()
    with pytest.raises(StoreError, match="is not a database of this program"):
        open_store(f"sqlite:///{tmp_path / 'send.db'}", seed=False)
    with closing(sqlite3.connect(tmp_path / "send.db")) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    assert tables == [("photos",)]
    assert (tmp_path / "send.db").read_bytes()[:16] == kept[:16]


def test_our_own_that_was_killed_before_its_log_was_written_back(tmp_path: Path) -> None:
    file = tmp_path / "send.db"
    script = (
        "import os, sys; from etl.store import engine, migrations; "
        "migrations.ensure(engine.connect(engine.address(sys.argv[1]), create=True)); "
        "os._exit(0)"
    )
    url = f"sqlite:///{file}"
    subprocess.run([sys.executable, "-c", script, url], check=True, cwd=ROOT)
    assert file.with_name("send.db-wal").stat().st_size
    assert open_store(url, seed=False).releases() == ()


@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE photos (id INTEGER)", "CREATE TABLE migrations (id INTEGER, batch INTEGER)"],
)
def test_another_programs_tables_on_a_server(database_url: str, statement: str) -> None:
    if database_url.startswith("sqlite"):
        pytest.skip("as a file above")
    with engine.connect(engine.address(database_url)).begin() as connection:
        connection.exec_driver_sql(statement)
    with pytest.raises(StoreError) as caught:
        open_store(database_url, seed=False)
    assert "holds other tables" in caught.value.in_full
    assert "send_test:send_test" not in caught.value.in_full
    with engine.connect(engine.address(database_url)).begin() as connection:
        found = connection.exec_driver_sql(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        ).scalars()
        assert list(found) == [statement.split()[2]]


def test_other_tables_beside_ours_do_no_harm(any_store: Store, database_url: str) -> None:
    with any_store.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE notes_of_an_administrator (id INTEGER)")
    any_store.publish([release(figure("521"))], "test")
    again = open_store(database_url, seed=False)
    assert len(again.releases()) == 1
    again.close()


def test_a_file_that_is_not_there_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "link.db").symlink_to(tmp_path / "far" / "send.db")
    for name in ("send.db", "link.db"):
        open_store(f"sqlite:///{tmp_path / name}", seed=False).close()
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
    assert (tmp_path / "link.db").is_symlink()
    assert list(tmp_path.rglob(".*")) == []
