"""Files written whole, or as they were before. For everything that is given out."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from etl.model import UserError


def write(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or as it was before; UserError where it cannot be.

    A link stays a link; a device such as /dev/stdout is written to as it is.
    """
    target = path.resolve()
    try:
        if path.is_relative_to("/dev") or (path.exists() and not path.is_file()):
            path.write_bytes(content)
            return
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            mask = os.umask(0)
            os.umask(mask)
            Path(name).chmod(0o666 & ~mask)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UserError(f"{path}: cannot be written: {error.strerror or error}")
