"""Words in pixels: their width, their lines, and what the font cannot print."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from dashboard.charts.font import font

LINE_HEIGHT = 1.25  # of a line of text, in its size
ASCENT = 0.905  # from a line's top to its baseline in Arimo (hhea), in its size
_UNPRINTABLE = "(character not shown)"
_LONGEST_NAME = 3  # words of a character's Unicode name that a label has room for

_log = logging.getLogger(__name__)


@lru_cache(maxsize=8192)
def width_of(text: str, size: float, bold: bool = False) -> float:
    """The width in pixels of one line of printable text in Arimo, without kerning."""
    known = font()
    widths = known.bold if bold else known.regular
    return sum(widths[known.glyphs.get(ord(c), 0)] for c in text) * size / known.units


@lru_cache(maxsize=2048)
def printable(text: str) -> str:
    """The text with white space collapsed and a word for each character the font lacks.

    What is replaced is told in the log. A letter with marks falls back to its parts, a
    control or formatting character to nothing.
    """
    known = font()
    shown = unicodedata.normalize("NFC", " ".join(text.split()))
    if shown.isprintable() and all(map(known.has, shown)):
        return shown
    parts = (c if c.isprintable() and known.has(c) else _in_words(c) for c in shown)
    return " ".join("".join(parts).split())


@lru_cache(maxsize=256)
def _in_words(character: str) -> str:
    if unicodedata.category(character) in ("Cc", "Cf", "Mn", "Me"):
        return ""  # nothing is lost
    if all(map(font().has, parts := unicodedata.normalize("NFKD", character))):
        word = parts
    else:
        name = unicodedata.name(character, "").lower()
        short = name and len(name.split()) <= _LONGEST_NAME and "ideograph" not in name
        word = f" ({name}) " if short else f" {_UNPRINTABLE} "
    _log.warning("The font lacks U+%04X: printed as %r", ord(character), word.strip())
    return word


def wrap(text: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """Printable text in lines no wider than `room` pixels.

    A single word that is wider is broken where it must be, with nothing put in.
    """
    lines: list[str] = []
    for word in printable(text).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold) <= room:
            lines[-1] = longer
            continue
        while len(word) > 1 and width_of(word, size, bold) > room:
            kept = next(
                (n for n in range(len(word) - 1, 1, -1) if width_of(word[:n], size, bold) <= room),
                1,
            )
            lines.append(word[:kept])
            word = word[kept:]
        lines.append(word)
    return tuple(lines)


def longest_word(text: str, size: float, bold: bool = False) -> float:
    """The width in pixels of the widest word."""
    return max((width_of(word, size, bold) for word in printable(text).split()), default=0.0)


def balance(text: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """As `wrap`, in as few lines, but these as alike in width as may be.

    Only a word that is wider than `room` is broken.
    """
    lines = wrap(text, size, room, bold=bold)
    low, high = max(room / max(len(lines), 1), longest_word(text, size, bold)), room
    if low < high and len(tried := wrap(text, size, low, bold=bold)) == len(lines):
        return tried
    while len(lines) > 1 and high - low > size / 2:
        middle = (low + high) / 2
        tried = wrap(text, size, middle, bold=bold)
        if len(tried) > len(lines):
            low = middle
        else:
            lines, high = tried, middle
    return lines


def size_of(lines: Sequence[str], size: float, *, bold: bool = False) -> tuple[float, float]:
    """Width and height in pixels of lines of text."""
    widest = max((width_of(line, size, bold) for line in lines), default=0.0)
    return widest, len(lines) * size * LINE_HEIGHT
