"""Atomic writes: a file that is given out is there complete, or as it was before."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from etl.model import UserError


def write(path: Path, content: bytes) -> None:
    """Replace or make a file in one step; UserError where it cannot be written.

    A link stays a link; a device such as /dev/stdout is written to as it is.
    """
    target = path.resolve()
    try:
        if path.is_relative_to("/dev") or (path.exists() and not path.is_file()):
            path.write_bytes(content)
            return
        beside = target.parent / f".{target.name[:100]}.{secrets.token_hex(8)}"
        # The system takes the process's umask off 0o666 by itself: to ask for the mask is to
        # change it for a moment, for every thread.
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            beside.replace(target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UserError(f"{path}: cannot be written: {error.strerror or error}")


_BINARY = getattr(os, "O_BINARY", 0)  # Windows would turn line ends
