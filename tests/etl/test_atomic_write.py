"""A file that is given out is complete or as it was; nothing else of the process changes."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from etl import atomic_write
from etl.model import UserError


def test_a_file_is_made_and_replaced(tmp_path: Path) -> None:
    for content in (b"one", b"another"):
        atomic_write.write(tmp_path / "figures.csv", content)
        assert [file.name for file in tmp_path.iterdir()] == ["figures.csv"]
        assert (tmp_path / "figures.csv").read_bytes() == content


def test_a_write_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    atomic_write.write(tmp_path / "figures.csv", b"one")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UserError, match=r"figures\.csv: cannot be written: No space left"):
        atomic_write.write(tmp_path / "figures.csv", b"another")
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"one"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        atomic_write.write(tmp_path / "no-such-folder" / "figures.csv", b"one")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "shared.csv").write_bytes(b"one")
    (tmp_path / "figures.csv").symlink_to(tmp_path / "shared.csv")
    atomic_write.write(tmp_path / "figures.csv", b"another")
    assert (tmp_path / "figures.csv").is_symlink()
    assert (tmp_path / "shared.csv").read_bytes() == b"another"


def test_a_long_name_can_be_written(tmp_path: Path) -> None:
    name = "figures-" * 30 + ".csv"
    atomic_write.write(tmp_path / name, b"one")
    assert (tmp_path / name).read_bytes() == b"one"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights otherwise")
def test_the_mask_of_the_process_holds_and_is_never_lifted(tmp_path: Path) -> None:
    """A database made by another thread meanwhile must not come out readable for everyone."""
    before = os.umask(0o027)
    try:
        done = threading.Event()

        def write() -> None:
            for number in range(300):
                atomic_write.write(tmp_path / f"{number}.csv", b"one")
            done.set()

        writer = threading.Thread(target=write)
        writer.start()
        beside = 0
        while not done.is_set():
            beside += 1
            os.close(os.open(tmp_path / f"b{beside}", os.O_CREAT | os.O_WRONLY, 0o666))
        writer.join()
        assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o640}
    finally:
        os.umask(before)
