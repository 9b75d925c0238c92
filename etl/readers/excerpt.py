"""A pack's folder under data/packs: the tables alone, at the line numbers of the whole pack."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from etl.model import Document, Source, UserError
from etl.readers import text

NAME = "source.yaml"


def is_one(path: Path) -> bool:
    """Whether a file is `source.yaml` or an excerpt that the one beside it names."""
    beside = path.parent / NAME
    if path.name == NAME:
        return path.is_file()
    return path.is_file() and beside.is_file() and path.name in _excerpts(beside)


def read(path: Path) -> Document:
    """The document of a folder's excerpts, or of one of them: figures, places and source
    are those of the whole pack. Raises UserError where `source.yaml` does not fit.
    """
    folder = path if path.is_dir() else path.parent
    if not (folder / NAME).is_file():
        raise UserError(f"{folder.name}: a folder without {NAME} is no pack's excerpt")
    said = _load(folder / NAME)
    excerpts = _excerpts(folder / NAME)
    if path.name in excerpts:
        excerpts = {path.name: excerpts[path.name]}
    lines: list[text.Line] = []
    digest = hashlib.sha256()
    for name, (begins, paragraph) in sorted(excerpts.items(), key=lambda item: item[1]):
        try:
            content = (folder / name).read_bytes()
            decoded = content.decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(f"{folder.name}/{name}: cannot be read: {error}")
        digest.update(content)
        printed = decoded.removesuffix("\n").split("\n")
        if paragraph:  # as if the number stood alone on the line above
            lines.append((begins - 1, paragraph))
        lines += [(begins + offset, line) for offset, line in enumerate(printed)]
        # A blank line after each keeps two excerpts from being read as one table.
        lines.append((begins + len(printed), ""))
    meeting = said.get("meeting")
    if not isinstance(meeting, date) or not isinstance(said.get("title"), str):
        raise UserError(f"{folder.name}/{NAME}: needs `meeting` (a date) and `title`")
    source = Source(folder.name, digest.hexdigest(), "text", meeting, said["title"])
    return text.document(lines, source)


def _load(file: Path) -> dict[str, Any]:
    try:
        said = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        said = None
    if not isinstance(said, dict):
        raise UserError(f"{file.parent.name}/{NAME}: not readable as YAML")
    return said


def _excerpts(file: Path) -> dict[str, tuple[int, str]]:
    """The excerpts' names, the whole pack's line that each begins at, its paragraph's number."""
    listed = _load(file).get("excerpts")
    try:
        return {
            str(entry["file"]): (int(entry["line"]), str(entry.get("paragraph", "")))
            for entry in listed or ()
        }
    except (AttributeError, TypeError, KeyError, ValueError):
        raise UserError(f"{file.parent.name}/{NAME}: each excerpt needs `file` and `line`")
