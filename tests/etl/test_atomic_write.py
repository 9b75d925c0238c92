"""A file that is given out is complete or as it was; nothing else of the process changes."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from etl import atomic_write
from etl.model import UserError

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and devices are Unix's here")


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


# --- what is there already is not written over unless that was asked for ----------------


def a_file(path: Path) -> None:
    path.write_bytes(b"old")


def a_link(path: Path) -> None:
    path.with_name("far").write_bytes(b"old")
    path.symlink_to("far")


def a_link_to_nothing(path: Path) -> None:
    path.symlink_to("far")


def an_empty_file(path: Path) -> None:
    path.touch()


@pytest.mark.parametrize(
    "taken",
    [
        a_file,
        an_empty_file,
        pytest.param(a_link, marks=POSIX),
        pytest.param(a_link_to_nothing, marks=POSIX),
    ],
)
def test_a_name_that_is_taken(tmp_path: Path, taken: object) -> None:
    path = tmp_path / "out.csv"
    taken(path)  # type: ignore[operator]
    before = {f.name: f.is_symlink() or f.read_bytes() for f in tmp_path.iterdir()}
    with pytest.raises(UserError, match=r"out\.csv: is there already; --force replaces it"):
        atomic_write.write(path, b"new", replace=False)
    assert {f.name: f.is_symlink() or f.read_bytes() for f in tmp_path.iterdir()} == before
    was_link = path.is_symlink()
    atomic_write.write(path, b"new", replace=True)
    assert path.read_bytes() == b"new"
    assert path.is_symlink() == was_link  # a link stays a link
    assert not [f for f in tmp_path.iterdir() if f.name.startswith(".")]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    for replace in (False, True):
        with pytest.raises(UserError):
            atomic_write.write(tmp_path, b"new", replace=replace)


@POSIX
def test_devices_and_pipes_are_written_to(tmp_path: Path) -> None:
    atomic_write.write(Path("/dev/null"), b"new", replace=False)
    os.mkfifo(tmp_path / "pipe")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    atomic_write.write(tmp_path / "pipe", b"new", replace=False)
    reader.join(5)
    assert read == [b"new"]


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no /dev/shm here")
def test_a_file_in_shared_memory_is_a_file() -> None:
    path = Path(f"/dev/shm/send-test-{os.getpid()}")
    try:
        path.write_bytes(b"old")
        with pytest.raises(UserError, match="already"):
            atomic_write.write(path, b"new", replace=False)
        assert path.read_bytes() == b"old"
    finally:
        path.unlink()


@pytest.mark.parametrize("links", [True, False])
def test_a_name_that_is_taken_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    """Another program makes the file between the question and the writing."""
    path = tmp_path / "out.csv"
    put = atomic_write.put

    def late(made: Path, target: Path, *, replace: bool) -> None:
        a_file(path)
        put(made, target, replace=replace)

    def no_links(self: Path, target: Path) -> None:
        raise PermissionError("no hard links here")

    monkeypatch.setattr(atomic_write, "put", late)
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", no_links)
    with pytest.raises(UserError, match="is there already"):
        atomic_write.write(path, b"new", replace=False)
    assert path.read_bytes() == b"old"


def test_without_hard_links_a_new_file_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(self: Path, target: Path) -> None:
        raise PermissionError("no hard links here")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    atomic_write.write(tmp_path / "out.csv", b"new", replace=False)
    assert (tmp_path / "out.csv").read_bytes() == b"new"
