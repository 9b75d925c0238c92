"""A locked database, a full disk: a message, nothing lost, and on it goes afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from etl.council_store import open_store
from etl.store import Store, engine
from tests.dashboard.officer.signed_in import Officer, add

CELL = "c:children_missing_education/all@2022-01"
BIG = b"measure,period,value\nehc_plan_days,2022-02,9\n" + b"\n" * 99_999


def begun(store: Store) -> tuple[Officer, str]:
    """An officer with one figure typed into a draft."""
    add(store, "anna")
    anna = Officer(store, "anna")
    where = anna.open("/officer/drafts/new").send("new", meeting="2022-05-20").at
    anna.open(f"{where}/grid").send("/grid", **{CELL: "487"})
    return anna, where


def publish(anna: Officer, where: str) -> None:
    anna.open(where).publish(where, accept="checked")


def test_a_locked_database_says_so_and_loses_nothing(
    any_seeded_store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 1)
    opened = open_store(database_url, seed=False)
    anna, where = begun(opened)
    with engine.writing(any_seeded_store.engine) as other:
        other.execute(text("SELECT 1"))
        publish(anna, where)
        assert anna.status == 409
        assert "is locked by another program; nothing was changed" in anna.words
    assert "1 figure typed in the grid" in anna.open(where).words
    publish(anna, where)
    assert anna.at == "/officer/releases"
    opened.close()


def test_a_database_that_can_grow_no_more_says_so(seeded_store: Store, tmp_path: Path) -> None:
    opened = open_store(f"sqlite:///{tmp_path / 'send.db'}", seed=False)
    anna, where = begun(opened)
    held = len(opened.releases())
    with opened.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")  # the disk is full from here
    anna.open(f"{where}/upload").send("upload", {"big.csv": BIG})
    assert anna.status == 409
    assert "disk is full" in anna.words
    with opened.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1073741823")
    anna.open(where)
    assert "1 figure typed in the grid" in anna.words
    assert "big.csv" not in anna.words
    assert len(opened.releases()) == held
    opened.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real filesystem of 12 MB, taken away afterwards."""
    folder = tmp_path / "small"
    folder.mkdir()
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("mounting a small filesystem needs root on Linux")
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no filesystem can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """A file that leaves no byte free."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as out:
        for size in (2**16, 2**12, 1):
            try:
                while True:
                    out.write(b"0" * size)
            except OSError:
                continue
    return filler


@pytest.mark.slow
def test_a_disk_that_is_really_full_says_so_and_loses_nothing(
    real_store: Store, small_disk: Path
) -> None:
    file = small_disk / "send.db"
    real_store.backup(file)
    opened = open_store(f"sqlite:///{file}", seed=False)
    anna, where = begun(opened)
    before = (opened.record().version, len(opened.history.all()), opened.drafts.all())
    filler = fill(small_disk)
    for act in (
        lambda: anna.open(f"{where}/upload").send("upload", {"big.csv": BIG}),
        lambda: publish(anna, where),
    ):
        act()
        assert anna.status == 409, anna.words
        assert "disk is full" in anna.words
    assert anna.open("/").status == 200  # readers go on reading
    again = open_store(f"sqlite:///{file}", seed=False)  # as after a restart
    assert (again.record().version, len(again.history.all()), again.drafts.all()) == before
    again.close()
    filler.unlink()
    publish(anna, where)
    assert anna.at == "/officer/releases"
    opened.close()
