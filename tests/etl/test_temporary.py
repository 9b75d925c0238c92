"""What killed processes leave is removed; what a living one uses, or is not ours, stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl import temporary

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs locks that end by a kill")

ROOT = Path(__file__).resolve().parents[2]
HOLDS = """
import sys, time
from pathlib import Path
from etl import temporary
with temporary.folder("upload") as one, temporary.beside(Path(sys.argv[1])) as other:
    (one / "upload.csv").write_text("children's names")
    (other / "backup.db").write_text("everything")
    print(one, other, sep="\\n", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's temporary folder, of this test alone."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def worker(temp: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], list[Path]]]:
    """A process that uses a temporary folder of each kind, and these folders."""
    backups = tmp_path / "backups"
    backups.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(backups / "kept.db")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        yield running, [Path(running.stdout.readline().strip()) for _ in range(2)]
        running.kill()


def test_a_killed_workers_folders_go_and_a_living_ones_stay(
    worker: tuple[subprocess.Popen[str], list[Path]], temp: Path
) -> None:
    running, folders = worker
    temporary.clear()
    assert [len(list(folder.iterdir())) for folder in folders] == [2, 2]
    running.send_signal(signal.SIGKILL)
    running.wait()
    temporary.clear()
    assert [folder for folder in folders if folder.exists()] == []
    assert list(temp.iterdir()) == []
    assert list(folders[1].parent.iterdir()) == []


def test_the_next_backup_into_a_folder_clears_it(
    worker: tuple[subprocess.Popen[str], list[Path]], temp: Path
) -> None:
    running, (_, left) = worker
    running.kill()
    running.wait()
    for note in temp.iterdir():  # a restart of the machine takes the notes away
        for file in note.iterdir():
            file.unlink()
        note.rmdir()
    with temporary.beside(left.parent / "kept.db") as mine:
        assert [one.name for one in left.parent.iterdir()] == [mine.name]
    assert list(left.parent.iterdir()) == []


def test_nothing_is_left_after_use_or_failure(temp: Path) -> None:
    def fails() -> None:
        with temporary.folder("restore") as folder:
            (folder / "restore.db").touch()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert list(temp.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "hours", "stays"),
    [
        ("send-upload-old", 2, False),  # as versions before locks named theirs
        ("send-upload-new", 0, True),
        (".send-new-abc", 2, False),
        (".send-new-abc", 0, True),
        ("send-packs-0", 200, True),
        ("send-uploads", 200, True),
        ("somebody-elses", 200, True),
        ("send-upload-file.csv", 200, True),
    ],
)
def test_by_name_and_age(temp: Path, name: str, hours: int, stays: bool) -> None:
    (temp / name).mkdir()
    (temp / name / "upload.csv").touch()
    then = time.time() - hours * 3600
    os.utime(temp / name, (then, then))
    temporary.clear()
    assert (temp / name).exists() == stays


def test_a_note_leads_to_no_folder_but_ours(temp: Path, tmp_path: Path) -> None:
    """The temporary folder is open to everybody: what is written there is not believed."""
    precious = tmp_path / "precious"
    precious.mkdir()
    link = tmp_path / ".send-beside-link"
    link.symlink_to(precious)
    for number, target in enumerate((precious, link, tmp_path / "gone")):
        note = temp / f"send-note-{number}"
        note.mkdir()
        (note / ".lock").touch()
        (note / "beside").write_text(str(target))
    temporary.clear()
    assert precious.is_dir()
    assert link.is_symlink()
    assert list(temp.iterdir()) == []
