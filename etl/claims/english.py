"""Lists of plain English words, from english.yaml beside this file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml


@lru_cache(maxsize=1)
def _lists() -> dict[str, str]:
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    found = yaml.safe_load(text)
    assert isinstance(found, dict), "english.yaml holds lists by name"
    return found


def words(name: str) -> frozenset[str]:
    """The words of one list."""
    return frozenset(_lists()[name].split())
