"""Words beside and within the names of places, from areas.yaml; how names are shortened."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path

import yaml

_KNOWN_BY = 4  # letters of the longest word of a shortened name


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    found = yaml.safe_load(Path(__file__).with_name("areas.yaml").read_text(encoding="utf-8"))
    assert isinstance(found, dict), "areas.yaml holds lists by name"
    return found


@lru_cache(maxsize=16)
def phrases(name: str) -> frozenset[tuple[str, ...]]:
    """A list's phrases by their words."""
    return frozenset(tuple(phrase.casefold().split()) for phrase in _lists()[name])


@lru_cache(maxsize=16)
def words(name: str) -> frozenset[str]:
    """A list's single words."""
    return frozenset(_lists()[name])


@lru_cache(maxsize=1)
def capitals() -> frozenset[str]:
    """Short forms of "council", which count in capitals alone: "Surrey CC"."""
    phrases = (*_lists()["council_after"], *_lists()["council_before"])
    return frozenset(w.casefold() for phrase in phrases for w in phrase.split() if w.isupper())


@lru_cache(maxsize=1)
def _shorter() -> dict[str, list[str]]:
    """Words of names and how they are shortened: north n."""
    return {full: short for full, *short in map(str.split, _lists()["shortened"])}


@lru_cache(maxsize=1)
def shortened() -> frozenset[str]:
    """Every shortened word."""
    return frozenset(word for short in _shorter().values() for word in short)


def written(name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A name, and its words shortened in every mixture that leaves a word to know it by."""
    for chosen in product(*([word, *_shorter().get(word, ())] for word in name)):
        if chosen == name or max(map(len, chosen)) >= _KNOWN_BY:
            yield chosen
            sides = "".join(word for word in chosen[:2] if len(word) == 1)
            if len(sides) == 2:  # "N E" and "NE"
                yield (sides, *chosen[2:])
