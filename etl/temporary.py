"""Temporary folders of this program: known by their names, locked while their process lives.

A process that is killed leaves its folders behind. What is in them may be an upload or a copy
of the store, so that they are looked for and removed when a server starts. A lock, which ends
with its process, tells them from those of another worker; where files cannot be locked
(Windows), only what is older than a day is removed.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_LOCK = ".lock"
# Where a beside folder lies, written into a folder of the system's temporary folder.
_NOTE = "beside"
# No folder is known by these names before it is locked.
_NEW = ".send-new-"
_OURS = re.compile(r"send-(upload|restore|note)-\w+")
_BESIDE = re.compile(r"\.send-beside-\w+")
# Without a lock: how old (seconds) a folder must be to be nobody's any more. Reading an upload
# or making a pack takes minutes.
_OLD = 24 * 3600 if fcntl is None else 3600


@contextmanager
def folder(purpose: str) -> Iterator[Path]:
    """A folder of its own in the system's temporary folder, gone afterwards."""
    assert _OURS.fullmatch(f"send-{purpose}-x"), f"{purpose}: not known to clear()"
    with _made(Path(tempfile.gettempdir()), f"send-{purpose}-") as made:
        yield made


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A folder in the folder of `path`, so that what is made in it can be renamed to `path`.

    It is noted in the system's temporary folder, for `clear` to find. OSError where the folder
    of `path` is not there or cannot be written.
    """
    clear_folder(path.parent)
    with folder("note") as note, _made(path.parent, ".send-beside-", note) as made:
        yield made


def clear() -> None:
    """Remove what killed processes of this user left in the system's temporary folder and, as
    noted there, elsewhere. What a living process uses stays."""
    for left in _left(Path(tempfile.gettempdir()), _OURS):
        with suppress(OSError, ValueError):
            noted = Path((left / _NOTE).read_text(encoding="utf-8"))
            if _BESIDE.fullmatch(noted.name) and _dead(noted):
                shutil.rmtree(noted, ignore_errors=True)
        shutil.rmtree(left, ignore_errors=True)


def clear_folder(parent: Path) -> None:
    """Remove what killed processes of this user left in one folder by `beside`."""
    for left in _left(parent, _BESIDE):
        shutil.rmtree(left, ignore_errors=True)


def holds(sha256: str) -> bool:
    """Whether a file with this SHA-256 lies in a temporary folder of this program now."""
    for held in _named(Path(tempfile.gettempdir()), _OURS):
        for file in held.glob("*"):
            with suppress(OSError):
                if file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == sha256:
                    return True
    return False


@contextmanager
def _made(parent: Path, prefix: str, note: Path | None = None) -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix=_NEW, dir=parent))
    lock = os.open(made / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        named = parent / f"{prefix}{made.name.removeprefix(_NEW)}"
        if note is not None:
            (note / _NOTE).write_text(str(named.resolve()), encoding="utf-8")
        if fcntl is None:  # an open file keeps its folder's name on Windows
            os.close(lock)
            lock = -1
        made = made.rename(named)
        yield made
    finally:
        if lock >= 0:
            os.close(lock)
        shutil.rmtree(made, ignore_errors=True)


def _left(parent: Path, names: re.Pattern[str]) -> Iterator[Path]:
    """The folders of these names that a killed process left."""
    for one in _named(parent, names):
        locked_later = one.name.startswith(_NEW) and _age(one) <= _OLD
        if not locked_later and _dead(one):
            yield one


def _named(parent: Path, names: re.Pattern[str]) -> list[Path]:
    try:
        return sorted(
            one
            for one in parent.iterdir()
            if one.name.startswith(_NEW) or names.fullmatch(one.name)
        )
    except OSError:
        return []


def _dead(made: Path) -> bool:
    """Whether a folder is this user's own and no living process has it locked."""
    try:
        found = made.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(found.st_mode) or (hasattr(os, "getuid") and found.st_uid != os.getuid()):
        return False
    if fcntl is None or not (made / _LOCK).exists():
        return _age(made) > _OLD
    try:
        lock = os.open(made / _LOCK, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(lock)
    return True


def _age(made: Path) -> float:
    try:
        return time.time() - made.lstat().st_mtime
    except OSError:
        return 0.0
