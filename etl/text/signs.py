"""Signs that differ between converters and mean the same: dashes, quotes, what is not seen.

Readers, periods, cells, layouts and claims compare texts by these and by no lists of their own.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Hyphen, non-breaking hyphen, figure, en and em dash, horizontal bar; the minus sign.
DASHES = "\u2010-\u2015\u2212"
"""For a class in a pattern, beside "-" itself."""
_DASHES = re.compile(f"[{DASHES}\u00ad]")  # some converters print a soft hyphen for a hyphen
_QUOTES = re.compile("[\u2018\u2019]")
# Zero-width spaces and joiners, marks of direction, the mark of byte order, soft hyphens.
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
BULLETS = "\u2022\u25cf\u25aa\uf0b7\u00b7"
"""Signs that open an item of a list, for a class in a pattern; hyphens and dashes may, too."""


def hyphens(text: str) -> str:
    """The text with every kind of dash as "-"; its length stays."""
    return _DASHES.sub("-", text)


def straight(text: str) -> str:
    """The text with single quotes and apostrophes as "'"; its length stays."""
    return _QUOTES.sub("'", text)


def visible(text: str) -> str:
    """The text without the signs that nobody sees."""
    return _INVISIBLE.sub("", text)


def collapsed(text: str) -> str:
    """The text with each run of white space as one space, and none around it."""
    return " ".join(text.split())


def cleaned(text: str) -> str:
    """A cell's or a line's text as readers give it: visible, and collapsed."""
    return collapsed(visible(text))


def squash(text: str) -> str:
    """A label as it is compared: letters, digits, brackets and % alone, in lower case.

    White space, hyphens, quotes and other punctuation differ between converters; brackets
    stay, since rows 3 and 4 differ by nothing else. "&" and "and" are the same.
    """
    return _remembered(text) if len(text) < _SHORT else _squash(text)


def _squash(text: str) -> str:
    text = text.casefold().replace("&amp;", " and ").replace("&", " and ")
    return "".join(sign for sign in text if sign.isalnum() or sign in "()%")


# A table's cells are asked for many times over; labels have at most 240 characters.
_SHORT = 300
_remembered = lru_cache(maxsize=20_000)(_squash)
