"""Where a command may write what it gives out."""

from __future__ import annotations

from pathlib import Path

from etl import atomic_write
from etl.model import UserError
from etl.store.opening import database_files


def refuse_taken(path: Path, *, replace: bool) -> None:
    """UserError where a file is there already and is not to be replaced, or is the database's.

    For `--out` and its like: asked before anything is made.
    """
    if any(path.resolve() == file.resolve() for file in database_files()):
        raise UserError(f"{path}: is the database itself; nothing was written")
    atomic_write.refuse_existing(path, replace=replace)
