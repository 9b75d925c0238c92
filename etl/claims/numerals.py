"""Numbers written as words: twelve, twenty-three, two hundred and four; half, three quarters."""

from __future__ import annotations

import re
from decimal import Decimal

from etl.text.numbers import rounded

_ONES = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {name: number for number, name in enumerate(_ONES)} | {
    name: 10 * number for number, name in enumerate(_TENS, 2)
}
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?|{'|'.join(_ONES[1:])})"
_HUNDREDS = rf"(?:{_SMALL}|a) hundred(?:(?: and|,)? {_SMALL})?"
NUMBER = (
    rf"(?:(?<!half )(?:{_HUNDREDS}|{_SMALL}|a) thousand(?:,?(?: and)? (?:{_HUNDREDS}|{_SMALL}))?"
    rf"|{_HUNDREDS}|half a dozen|a dozen|{_SMALL})"
)
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
FRACTION = re.compile(
    r"\b(?:(?P<half>half)(?=\s+(?:\([^)]*\)\s+)?of\b)"
    rf"|(?P<many>a|one|{'|'.join(_ONES[2:10])})[- ](?P<part>third|quarter|fifth|sixth|eighth"
    rf"|tenth)(?:s\b(?!\s+of\s+(?:the\s+)?(?:year|[0-9]))|(?=\s+of\b(?!\s+(?:the\s+)?(?:year"
    rf"|[0-9]))))"
    rf"|(?P<part_of>{_SMALL}|[1-9][0-9]?) (?:in (?:every )?(?:a (?=hundred))?|out of (?:every )?)"
    rf"(?P<whole>{_SMALL}|hundred|100|[1-9][0-9]?)\b(?! (?:months|weeks|days|years|per|December"
    rf"|January|of)\b))",
    re.IGNORECASE,
)


def value(words: str) -> Decimal:
    """The number that words matched by NUMBER stand for."""
    if words.lower().endswith("dozen"):
        return Decimal(6 if words.lower().startswith("half") else 12)
    thousands = total = 0
    for word in re.split(r"[-, ]+", words.lower()):
        if word == "thousand":
            thousands, total = (total or 1) * 1000, 0
        elif word == "hundred":
            total = (total or 1) * 100
        elif word not in ("and", "a"):
            total += _VALUES[word]
    return Decimal(thousands + total)


def _small(text: str) -> int:
    if text.isdigit():
        return int(text)
    return 100 if text.lower() == "hundred" else int(value(text))


def percent(found: re.Match[str]) -> Decimal:
    """The share in percent, to one decimal, that a match of FRACTION stands for."""
    if found["half"]:
        return Decimal(50)
    if found["whole"]:
        part, whole = _small(found["part_of"]), _small(found["whole"])
    else:
        part, whole = _VALUES.get(found["many"].lower(), 1), _PARTS[found["part"].lower()]
    return rounded(Decimal(100 * part) / whole, 1)
