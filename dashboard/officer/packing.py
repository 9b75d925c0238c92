"""The report pack made in the background: asked for, in the making, done; on disk, so that
every worker sees the same.

A pack is a folder named by the meeting and the state of the record. `state.json` says how
far it is; the thread that makes it renews it, and one that stopped is begun again.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import os
import shutil
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from etl import atomic_write
from etl.model import UserError
from etl.store.store import Store

log = logging.getLogger(__name__)

ZIP = "report-pack.zip"
_STATE = "state.json"
_STALE = 150.0  # seconds without a sign of life: longer than any one picture may take
_KEPT = 6  # packs kept on disk


@dataclass(frozen=True)
class State:
    """How far a pack is. `done` of `total` pictures; `trouble` says what could not be made."""

    stage: Literal["none", "making", "ready", "failed"]
    done: int = 0
    total: int = 0
    trouble: str = ""
    failures: tuple[str, ...] = ()


class Packs:
    """The packs of a store."""

    def __init__(self, store: Store, root: Path | None = None) -> None:
        self._store = store
        self._lock = threading.Lock()
        owner = getattr(os, "getuid", lambda: 0)()
        self._root = root or Path(tempfile.gettempdir()) / f"send-packs-{owner}"

    def folder(self, meeting: date | None) -> Path:
        """Where the pack for a meeting (None: everything held) lies in the store's state now."""
        name = f"{meeting or 'latest'}|{self._store.version()}|{self._store.engine.url}"
        return self._root / hashlib.sha256(name.encode()).hexdigest()[:24]

    def state(self, meeting: date | None) -> State:
        """How far the pack is."""
        file = self.folder(meeting) / _STATE
        try:
            held = json.loads(file.read_text(encoding="utf-8"))
            held["failures"] = tuple(held["failures"])
            found = State(**held)
            if found.stage == "making" and time.time() - file.stat().st_mtime > _STALE:
                return State("none")
        except (OSError, ValueError, TypeError, KeyError):
            return State("none")
        return found

    def files(self, meeting: date | None) -> tuple[Path, ...]:
        """The files of a pack that is ready, the zip left out."""
        folder = self.folder(meeting)
        if not folder.is_dir():
            return ()
        hidden = (_STATE, ZIP)
        return tuple(
            sorted(
                f
                for f in folder.iterdir()
                if f.is_file() and f.name not in hidden and f.suffix != ".part"
            )
        )

    def begin(self, meeting: date | None) -> None:
        """Begin to make a pack unless it is there or in the making."""
        with self._lock:
            if self.state(meeting).stage in ("making", "ready"):
                return
            self._own_root()
            folder = self.folder(meeting)
            shutil.rmtree(folder, ignore_errors=True)
            try:
                folder.mkdir(mode=0o700)
            except FileExistsError:  # another worker has just begun it
                return
            _write(folder, State("making"))
            self._forget(folder)
        threading.Thread(target=self._make, args=(meeting, folder), daemon=True).start()

    def _own_root(self) -> None:
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = self._root.stat()
        if hasattr(os, "getuid") and held.st_uid != os.getuid():
            raise UserError(f"{self._root}: belongs to somebody else; packs cannot be made there")

    def _forget(self, keep: Path) -> None:
        """Only the newest packs stay on disk."""
        held = sorted(
            (f for f in self._root.iterdir() if f.is_dir() and f != keep),
            key=lambda f: f.stat().st_mtime,
        )
        for old in held[: max(len(held) - _KEPT + 1, 0)]:
            shutil.rmtree(old, ignore_errors=True)

    def _make(self, meeting: date | None, folder: Path) -> None:
        count = {"done": 0, "total": 0}

        def begun(total: int) -> None:
            count["total"] = total
            _write(folder, State("making", 0, total))

        def done(_: object) -> None:
            count["done"] += 1
            _write(folder, State("making", count["done"], count["total"]))

        try:
            from dashboard.reports import pack  # late: it brings Word and workbooks along

            record = self._store.record(meeting)
            made = pack.write(record, folder, replace=True, begun=begun, done=done)
            files = self.files(meeting) if folder == self.folder(meeting) else made.files
            atomic_write.write(folder / ZIP, _zip(files))
            failed = tuple(f"{f.name}: {f.reason}" for f in made.failures)
            state = State("ready", count["done"], count["total"], made.trouble, failed)
        except UserError as error:
            state = State("failed", trouble=str(error))
        except Exception:
            log.exception("the report pack could not be made")
            state = State("failed", trouble="The pack could not be made; the log says why.")
        _write(folder, state)


def _zip(files: Iterable[Path]) -> bytes:
    """The files by their names, without the time of their writing: the same each time."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.name), file.read_bytes(), zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _write(folder: Path, state: State) -> None:
    """All or nothing, so that a page that looks meanwhile reads the old state or the new."""
    if not folder.is_dir():
        return
    made = {
        "stage": state.stage,
        "done": state.done,
        "total": state.total,
        "trouble": state.trouble,
        "failures": list(state.failures),
    }
    atomic_write.write(folder / _STATE, json.dumps(made).encode())
