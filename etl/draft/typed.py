"""What an officer typed, as it may be kept: no invisible characters, nothing cut off."""

from __future__ import annotations

import re
from collections.abc import Mapping

# Control characters but tab and line ends (PostgreSQL refuses NUL), and what turns the direction
# of the text after it: a sentence must not read otherwise on the page than it was approved.
_SET = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
_UNSEEN = re.compile(_SET)
# Between two digits nobody knows what one stood for: 4 and 75 are not 475.
_IN_NUMBER = re.compile(rf"(?<=[0-9.,]){_SET}+(?=[0-9.,])")
LOST = "\ufffd"  # stands for a character that cannot be shown

REASON = 1000
NAME = 100


def plain(text: str) -> str:
    """The text without characters that are not seen; one within a number is shown as lost."""
    return _UNSEEN.sub("", _IN_NUMBER.sub(LOST, text))


def line(form: Mapping[str, str], name: str, errors: dict[str, str], most: int = REASON) -> str:
    """A field as one line. One longer than `most` is an error and given back whole."""
    text = " ".join(plain(form.get(name, "")).split())
    if len(text) > most:
        errors[name] = f"At most {most:,} characters; these are {len(text):,}. Nothing was cut off"
    return text
