"""Atomic writes: a file that is given out is there complete, or as it was before."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from etl.model import UserError


def refuse_existing(path: Path, *, replace: bool) -> None:
    """UserError where a file of this name is there and may not be replaced.

    A link is there even if what it leads to is not; a device such as /dev/stdout is no file.
    """
    if not replace and os.path.lexists(path) and not _is_device(path):
        raise UserError(f"{path}: is there already; --force replaces it")


def write(path: Path, content: bytes, *, replace: bool = True) -> None:
    """Replace or make a file in one step.

    UserError where it cannot be written, or is there already and `replace` does not allow to
    write over it. A link stays a link; a device such as /dev/stdout is written to as it is.
    """
    refuse_existing(path, replace=replace)
    target = path.resolve()
    try:
        if _is_device(path) or path.is_dir():
            path.write_bytes(content)
            return
        beside = target.parent / f".{target.name[:100]}.{secrets.token_hex(8)}"
        # The system takes the process's umask off 0o666 by itself: to ask for the mask is to
        # change it for a moment, for every thread.
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            put(beside, target, replace=replace)
        finally:
            beside.unlink(missing_ok=True)
    except FileExistsError:
        raise UserError(f"{path}: is there already; --force replaces it")
    except OSError as error:
        raise UserError(f"{path}: cannot be written: {error.strerror or error}")


def put(made: Path, target: Path, *, replace: bool) -> None:
    """Give a file its name, in one step; FileExistsError where the name was taken meanwhile."""
    if replace:
        made.replace(target)
        return
    try:
        target.hardlink_to(made)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(target):
            raise FileExistsError(target)
        made.replace(target)
    else:
        made.unlink()


def _is_device(path: Path) -> bool:
    """Whether writing to `path` goes to a device or a pipe, where nothing is kept."""
    if path.is_relative_to("/dev"):  # /dev/stdout may lead to a file, by the shell's own will
        return not path.is_relative_to("/dev/shm")
    return path.exists() and not path.is_file() and not path.is_dir()


_BINARY = getattr(os, "O_BINARY", 0)  # Windows would turn line ends
