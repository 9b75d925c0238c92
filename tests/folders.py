"""Data folders for tests: a copy of the project's, to be changed or spoiled."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from etl import data_folder, registry

OURS = Path("councils/norfolk")  # the council whose figures the tests read
PACKS = registry.DATA / OURS / "packs"


def copied(folder: Path, *without: str) -> Path:
    """A copy of the project's data folder at `folder`, without its stores and what else is named
    (patterns of file names)."""
    ignored = shutil.ignore_patterns("send.db*", "stores", *without)
    shutil.copytree(data_folder.PROJECT, folder, ignore=ignored)
    return folder


def another(data: Path, name: str, said: dict[str, Any]) -> Path:
    """The folder of another council in `data`, in our own's place; `said` is its council.yaml."""
    shutil.rmtree(data / OURS)
    folder = data / data_folder.COUNCILS / name
    folder.mkdir()
    text = yaml.safe_dump(said, allow_unicode=True)
    (folder / "council.yaml").write_text(text, encoding="utf-8")
    return folder
