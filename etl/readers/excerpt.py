"""A pack's folder under its council's: the tables alone, at the line numbers of the whole pack."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from etl.model import Document, Source, UserError
from etl.readers import text

NAME = "source.yaml"


@dataclass(frozen=True)
class Excerpt:
    """A part of a pack: its file, the whole pack's line it begins at, its paragraph's number."""

    file: str
    line: int
    paragraph: str = ""


@dataclass(frozen=True)
class About:
    """What `source.yaml` says of a pack. `id` (empty where it gives none) is what the folder
    is known by wherever it stands."""

    id: str
    meeting: date
    title: str
    excerpts: tuple[Excerpt, ...]


def is_one(path: Path) -> bool:
    """Whether a file is `source.yaml` or an excerpt that the one beside it names."""
    beside = path.parent / NAME
    if path.name == NAME:
        return path.is_file()
    return path.is_file() and beside.is_file() and path.name in _names(about(beside))


def about(file: Path) -> About:
    """A `source.yaml`. Raises UserError that names its folder where it does not fit."""
    where = f"{file.parent.name}/{NAME}"
    said = _load(file, where)
    meeting, title, name = said.get("meeting"), said.get("title"), said.get("id", "")
    if type(meeting) is not date or not isinstance(title, str):
        raise UserError(f"{where}: needs `meeting` (a date) and `title`")
    try:
        excerpts = tuple(
            Excerpt(str(entry["file"]), int(entry["line"]), str(entry.get("paragraph", "")))
            for entry in said.get("excerpts") or ()
        )
    except (AttributeError, TypeError, KeyError, ValueError):
        raise UserError(f"{where}: each excerpt needs `file` and `line`")
    return About("" if name is None else str(name), meeting, title, excerpts)


def read(path: Path) -> Document:
    """The document of a folder's excerpts, or of one of them: figures, places and source
    are those of the whole pack. Raises UserError where `source.yaml` does not fit.
    """
    folder = path if path.is_dir() else path.parent
    if not (folder / NAME).is_file():
        raise UserError(f"{folder.name}: a folder without {NAME} is no pack's excerpt")
    pack = about(folder / NAME)
    only = path.name if path.name in _names(pack) else ""
    lines: list[text.Line] = []
    digest = hashlib.sha256()
    for one in sorted(pack.excerpts, key=lambda one: (one.line, one.paragraph)):
        if only and one.file != only:
            continue
        try:
            content = (folder / one.file).read_bytes()
            decoded = content.decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(f"{folder.name}/{one.file}: cannot be read: {error}")
        digest.update(content)
        printed = decoded.removesuffix("\n").split("\n")
        if one.paragraph:  # as if the number stood alone on the line above
            lines.append((one.line - 1, one.paragraph))
        lines += [(one.line + offset, line) for offset, line in enumerate(printed)]
        # A blank line after each keeps two excerpts from being read as one table.
        lines.append((one.line + len(printed), ""))
    source = Source(folder.name, digest.hexdigest(), "text", pack.meeting, pack.title)
    return text.document(lines, source)


def _load(file: Path, where: str) -> dict[str, Any]:
    try:
        said = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        said = None
    if not isinstance(said, dict):
        raise UserError(f"{where}: not readable as YAML")
    return said


def _names(pack: About) -> set[str]:
    return {one.file for one in pack.excerpts}
