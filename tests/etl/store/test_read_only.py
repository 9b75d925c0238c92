"""A database that may only be read is read; a write says so, and changes nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dashboard.__main__ import main as dashboard
from dashboard.reports import png
from dashboard.web.app import create_app
from etl.commands import main as etl
from etl.council_store import open_store
from etl.store import Store, StoreError, engine, schema
from tests.dashboard.reports.dot import DOT
from tests.etl.made_up import figure, release

Seal = Callable[[], None]


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[tuple[Path, Seal]]:
    """A folder, and what makes it and all in it read-only, also for root."""
    folder = tmp_path / "sealed"
    folder.mkdir()
    if sys.platform == "win32":
        pytest.skip("Windows keeps rights otherwise")
    if os.geteuid() != 0:

        def by_rights() -> None:
            for file in folder.iterdir():
                file.chmod(0o444)
            folder.chmod(0o555)

        yield folder, by_rights
        folder.chmod(0o755)
        return
    mount = ["mount", "-t", "tmpfs", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no filesystem can be mounted here")
    remount = ["mount", "-o", "remount,ro", str(folder)]
    yield folder, lambda: subprocess.run(remount, check=True) and None
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.slow
def test_everything_is_read_and_nothing_written(
    sealed: tuple[Path, Seal],
    real_store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder, seal = sealed
    real_store.backup(folder / "send.db")
    seal()
    monkeypatch.setenv("SEND_DATABASE_URL", f"sqlite:///{folder / 'send.db'}")
    monkeypatch.setattr(png, "render", lambda svg, scale: DOT)
    opened = open_store()
    assert opened.read_only()
    assert list(opened.record().observations) == list(real_store.record().observations)
    pages = create_app(opened).test_client()
    for path in ("/", "/quality", "/measure/ehc_plan_days", "/api/observations.csv", "/health"):
        assert pages.get(path).status_code == 200, path
    for main, line, code in (
        (etl, f"export --out {tmp_path / 'all.csv'}", 0),
        (etl, "check", 0),
        (etl, "releases", 0),
        (etl, f"template --out {tmp_path / 'next.xlsx'}", 0),
        (dashboard, f"export --out {tmp_path / 'pack'} --as-at 2022-03-18", 0),
        (dashboard, f"backup {tmp_path / 'kept.db'}", 0),
    ):
        assert main(line.split()) == code, line
    capsys.readouterr()
    for main, line in (
        (etl, "withdraw 1 --reason why"),
        (
            etl,
            "target ehc_review_on_time 90 --label L --approver A --source S --start 2022-01-01 "
            "--end 2022-12-31 --published 2022-05-20 --accept-warnings why",
        ),
        (dashboard, "add-officer anna"),
        (dashboard, f"restore {tmp_path / 'kept.db'} --yes"),
    ):
        monkeypatch.setenv("SEND_OFFICER_PASSWORD", "otter saddle moonlight")
        assert main(line.split()) == 2, line
        said = capsys.readouterr().err
        assert "cannot be written: it is read-only; nothing was changed" in said
    with pytest.raises(StoreError, match="it is read-only"):
        opened.publish([release(figure("521"))], "test")
    assert sorted(file.name for file in folder.iterdir()) == ["send.db"]
    kept = open_store(f"sqlite:///{tmp_path / 'kept.db'}", seed=False)
    assert kept.releases() == real_store.releases()


def test_seeds_that_are_new_are_left_out_and_that_is_said(
    sealed: tuple[Path, Seal], caplog: pytest.LogCaptureFixture
) -> None:
    folder, seal = sealed
    url = f"sqlite:///{folder / 'send.db'}"
    open_store(url, seed=False).close()
    seal()
    assert open_store(url, seed=True).releases() == ()
    assert "read-only: what is new under" in caplog.text


def test_what_a_killed_writer_left_in_its_log_is_read(sealed: tuple[Path, Seal]) -> None:
    folder, seal = sealed
    url = f"sqlite:///{folder / 'send.db'}"
    if child := os.fork():
        os.waitpid(child, 0)
    else:
        open_store(url, seed=False).publish([release(figure("521"))], "test")
        os.kill(os.getpid(), signal.SIGKILL)
    assert (folder / "send.db-wal").stat().st_size
    seal()
    assert len(open_store(url, seed=False).releases()) == 1


def test_another_may_write_it_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader may not write, the writer beside it may: each read is of one state."""
    url = f"sqlite:///{tmp_path / 'send.db'}"
    writer = open_store(url, seed=False)
    writer.publish([release(figure("521"))], "test")
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK and access(path, mode))
    reader = open_store(url, seed=False)
    assert len(reader.record().observations) == 1
    for number in range(2, 5):
        monkeypatch.setattr(os, "access", access)
        writer.publish([release(figure("521", when=f"2021-0{number}"))], "test")
        writer.close()  # the log is written back and gone
        monkeypatch.setattr(
            os, "access", lambda path, mode: not mode & os.W_OK and access(path, mode)
        )
        assert len(reader.record().observations) == number
        with pytest.raises(StoreError, match="read-only"):
            reader.publish([release(figure("1"))], "test")


def test_an_older_schema_that_cannot_be_migrated(sealed: tuple[Path, Seal]) -> None:
    folder, seal = sealed
    url = f"sqlite:///{folder / 'send.db'}"
    held = open_store(url, seed=False)
    with engine.writing(held.engine) as connection:
        connection.execute(schema.migrations.delete().where(schema.migrations.c.number > 1))
    held.close()
    seal()
    with pytest.raises(StoreError, match="has schema 1 of an older version and is read-only"):
        open_store(url, seed=False)


def test_a_server_that_may_only_be_read(database_url: str) -> None:
    if database_url.startswith("sqlite"):
        pytest.skip("as a file above")
    open_store(database_url, seed=False).publish([release(figure("521"))], "test")
    sealed = database_url.replace("options=", "options=-cdefault_transaction_read_only%3Don%20")
    held = open_store(sealed, seed=True)
    assert held.read_only()
    assert len(held.record().observations) == 1
    with pytest.raises(StoreError, match="it is read-only; nothing was changed"):
        held.publish([release(figure("500"))], "test")
    held.close()


def test_a_new_database_in_a_folder_that_cannot_be_written(sealed: tuple[Path, Seal]) -> None:
    folder, seal = sealed
    seal()
    with pytest.raises(StoreError, match=r"send\.db: cannot be made: "):
        open_store(f"sqlite:///{folder / 'send.db'}", seed=False)


def test_the_file_is_taken_away_and_put_back(tmp_path: Path) -> None:
    """What was published meanwhile into the file that is put there is what is read."""
    url = f"sqlite:///{tmp_path / 'send.db'}"
    store = open_store(url, seed=False)
    store.publish([release(figure("521"))], "test")
    store.backup(tmp_path / "kept.db")
    store.publish([release(figure("500", when="2021-08"))], "test")
    store.close()
    store.record()
    (tmp_path / "send.db").rename(tmp_path / "away.db")
    for _ in range(3):
        with pytest.raises(StoreError, match="cannot be opened"):
            store.record()
        with pytest.raises(StoreError, match="cannot be opened"):
            store.publish([release(figure("1"))], "test")
    assert not (tmp_path / "send.db").exists()  # nobody makes an empty one in its place
    for file in tmp_path.glob("send.db-*"):
        file.unlink()
    shutil.copyfile(tmp_path / "kept.db", tmp_path / "send.db")
    assert len(store.record().observations) == 1
