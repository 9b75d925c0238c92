"""How much of a sentence is read: reading it weighs each of its figures against all others."""

from __future__ import annotations

import re

from etl.claims import dates, numerals
from etl.claims.figures import figures

# The longest sentence of the papers held here has 1,126 characters and 27 figures, with its
# dates 66 numbers. Forty figures take a third of a second, twice as many eight times as long.
MOST_FIGURES = 40
MOST_NUMBERS = 120
LONGEST = 4_000  # characters
_NUMBER = re.compile(rf"[0-9][0-9.,]*|\b{numerals.NUMBER}\b", re.IGNORECASE)

TOO_MUCH = f"only the first {MOST_FIGURES} figures of a sentence are checked"
FAILED = "something went wrong in this software while it was read"


def part_read(sentence: str, nouns: re.Pattern[str]) -> str:
    """The sentence, or as much of it as is read: up to its 41st figure, 4,000 characters.

    `nouns` are the words that a figure may count (Vocabulary.nouns).
    """
    part = sentence if len(sentence) <= LONGEST else sentence[:LONGEST].rpartition(" ")[0]
    numbers = [found.start() for found in _NUMBER.finditer(part)]
    if len(numbers) <= MOST_FIGURES:
        return part
    if len(numbers) > MOST_NUMBERS:
        part = part[: numbers[MOST_NUMBERS]]
    taken = [(one.start, one.end) for one in dates.named(part)]
    found = figures(part, taken, nouns)
    return part[: found[MOST_FIGURES].start] if len(found) > MOST_FIGURES else part
