"""Files written whole or not at all, and the same bytes for the same content."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Writes `path`; what was cut off never stands under its final name."""
    unfinished = path.with_name(path.name + ".part")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def write_zip(path: Path, files: Iterable[Path]) -> None:
    """Writes the files into a zip by their names, without the time of their writing."""
    unfinished = path.with_name(path.name + ".part")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in files:
                archive.writestr(
                    zipfile.ZipInfo(file.name), file.read_bytes(), zipfile.ZIP_DEFLATED
                )
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
