"""Lists of plain English words, from english.yaml beside this file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml


@lru_cache(maxsize=1)
def _lists() -> dict[str, Any]:
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    found = yaml.safe_load(text)
    assert isinstance(found, dict), "english.yaml holds lists by name"
    return found


def words(name: str) -> frozenset[str]:
    """The words of one list."""
    return frozenset(_lists()[name].split())


@lru_cache(maxsize=1)
def said_also() -> dict[str, frozenset[str]]:
    """What a phrase of the measure files stands for -> other phrases for the same."""
    return {
        phrase: frozenset(" ".join(word.split()) for word in others.split("|"))
        for phrase, others in _lists()["said_also"].items()
    }
