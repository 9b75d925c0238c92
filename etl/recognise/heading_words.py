"""Words of headings: which lines may head a table, which words belong to any heading.

The lists stand in heading_words.yaml.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from etl import areas, periods
from etl.areas import Token

LONG = 160  # characters; what is longer is a sentence, not a heading
_SHORT = 40  # characters of a line that ends with a full stop and may head a table all the same
_NUMBERED = re.compile(
    r"\W*(?:table|figure|appendix|annex|chart|part|section)\s*[0-9A-Z]{1,4}\b", re.IGNORECASE
)
_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|would|should|could|must|shows|showed|agreed to|"
    r"we|they|their|which|that|who|did|does|do|it)\b|\b(?:may|will|can)\b"
)
SOURCE = re.compile(r"[(\[]?\bsources?\s*:.*", re.IGNORECASE)
SEPARATOR = re.compile(r"[:;|/()\[\]\u2013\u2014\u2022,_]|(?<=\s)-+(?=\s)|\t|\s{3,}")
_NUMBER = re.compile(r"[0-9]+(?:st|nd|rd|th)?|[a-z]|[ivx]+|[0-9]+[a-z]")


@lru_cache(maxsize=1)
def _lists() -> dict[str, Any]:
    found = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    assert isinstance(found, dict), "heading_words.yaml holds lists by name"
    return found


@lru_cache(maxsize=8)
def words(name: str) -> frozenset[str]:
    """The words of one of the lists; phrases stand in quotes."""
    quoted, plain = re.findall('"([^"]+)"', _lists()[name]), re.sub('"[^"]+"', " ", _lists()[name])
    return frozenset([*quoted, *plain.split()])


@lru_cache(maxsize=1)
def comparators() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in _lists()["comparators"]), re.IGNORECASE)


def is_heading(text: str) -> bool:
    """Whether a line may head a table: not a sentence, nor people, nor a source."""
    if not text or len(text) > LONG:
        return False
    first = re.match(r"\W*([^\W\d_]+)", text)
    if first and first[1].casefold() in words("aside"):
        return False
    if _NUMBERED.match(text):
        return True
    if first and first[1][0].islower():
        return False
    if text.rstrip()[-1:] in ".?!;,":
        return len(text) < _SHORT and text.rstrip()[-1:] == "." and not _SENTENCE.search(text)
    return not _SENTENCE.search(text)


def unmarked(text: str) -> str:
    """A line as a heading is printed: without the marks of Markdown, blanks single."""
    return " ".join(text.replace("#", " ").replace("*", " ").split())


def is_numbered(text: str) -> bool:
    """Whether a line is a caption of its own: "Table 2", "Appendix 1 ..."."""
    return _NUMBERED.match(text) is not None


def is_caption(text: str) -> bool:
    """Whether a line numbers a table or figure, and so heads that one alone."""
    return re.match(r"\W*(?:table|figure|chart)\s*[0-9]", text, re.IGNORECASE) is not None


def names_place(name: str) -> bool:
    """Whether words before "County Council" name a place: "The County Council" names none."""
    return any(token.word not in words("heading") for token in areas.tokens(name))


def plain(text: str) -> bool:
    """Whether all words of a text belong to headings in general."""
    return all(map(plain_word, areas.tokens(text)))


def plain_word(token: Token) -> bool:
    """Whether a word belongs to headings in general: theirs, a month, a number."""
    word = token.word
    return (
        word in words("heading")
        or _NUMBER.fullmatch(word) is not None
        or re.fullmatch(periods.MONTH_NAME + "[0-9]*", word, re.IGNORECASE) is not None
    )


def versus(token: Token) -> bool:
    return token.word in words("versus")
