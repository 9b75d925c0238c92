"""The forms in which council papers print a time: one pattern, one alternative a form.

Each form that is read stands in tests/etl/test_when.py. Python's `re` backtracks, but nothing here
repeats within a repetition, and `when.find` looks at 300 characters at most.
"""

from __future__ import annotations

import re
from typing import Literal

from etl import periods

YearKind = Literal["", "financial", "academic", "calendar"]

MONTH = rf"(?:{periods.MONTH_NAME})(?![a-z])\.?"
YEAR_WORD = r"(?:(?:19|20)[0-9]{2}|['\u2018\u2019]?[0-9]{2})(?![0-9%])"
_MY = rf"{MONTH}[-/.,'\u2018\u2019_\s]*{YEAR_WORD}"
_DM = rf"[0-3]?[0-9](?:st|nd|rd|th)?[-\s/.]?{MONTH}[-\s/,.]*{YEAR_WORD}"
_DN = r"[0-3]?[0-9][./-][01]?[0-9][./-](?:(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9])"
_ISO = r"(?:19|20)[0-9]{2}-[01][0-9](?:-[0-3][0-9])?(?:[T\s]?00:00(?::00)?)?(?![0-9])"
_POINT = rf"(?:{_ISO}|{_DM}|{_DN}|{_MY})"
_SPLIT = (
    r"(?:(?:19|20)[0-9]{2}\s?[-/]\s?(?:(?:19|20)[0-9]{2}|[0-9]{2})|[0-9]{2}/[0-9]{2})(?![0-9/-])"
)
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9/-])"
_KIND = r"(?:(?:academic|school|financial|fiscal|calendar)(?:\s+year)?|FY|AY|CY)"
_NTH = r"(?:1st|2nd|3rd|4th|first|second|third|fourth)"
_Q = rf"(?:Q(?:uarter|tr)?\.?\s?[1-4]|{_NTH}\s+quarter)(?![0-9])"
_AS_AT = r"(?:as\s+(?:at|of)|(?:position|snapshot)\s+(?:as\s+)?(?:at|on))"
_END = r"(?:\s+(?:the\s+)?end\s+of)?"
_T = r"(?:autumn|spring|summer)(?:\s+term)?"
_JOIN = r"\s*(?:to|until|-|through)\s*"
_WEEK = r"(?:w/?e|w/?c|week\s+(?:ending|commencing|beginning|to)|wk\.?\s+(?:ending|commencing))"

# One alternative a way of naming a time, the longest first; each is tried at a word's start.
PATTERN = re.compile(
    rf"""(?<![a-z0-9/.])(?:
      (?P<week>{_WEEK}\s*:?\s*(?:{_POINT}|[0-9]{{1,2}}(?:/[0-9]{{1,2}})?)|week\s+[0-9]{{1,2}}(?![0-9]))
    | (?P<rolling>(?:(?:rolling\s+)?(?:12|twelve)\s+months?|(?:rolling\s+)?year)
        \s+(?:up\s+)?(?:to|ending|ended){_END}\s+(?P<until>{_POINT}))
    | (?P<range>(?P<first>{_POINT}|{MONTH}){_JOIN}(?P<last>{_POINT}))
    | (?P<upto>(?P<in>{_SPLIT})\s*\(?\s*(?:up\s+)?to{_END}\s+(?P<month>{MONTH})\)?)
    | (?P<quarter>{_Q}[\s,:(-]*(?:of\s+)?(?:{_KIND}\s*)?(?P<qy>{_SPLIT}|{_YEAR})\)?
        |(?:{_KIND}\s*)?(?P<qy2>{_SPLIT}|{_YEAR})[\s,:-]*{_Q})
    | (?P<term>{_T}[\s,:(-]*(?P<ty>{_SPLIT}|{_YEAR}|['\u2019]?[0-9]{{2}}(?![0-9%]))\)?
        |(?P<ty2>{_SPLIT}|{_YEAR})[\s,:-]*{_T})
    | (?P<asat>{_AS_AT}{_END}\s+(?P<at>{_POINT}))
    | (?P<point>(?:(?:the\s+)?end\s+(?:of\s+)?)?(?P<on>{_POINT}))
    | (?P<split>(?:{_KIND}\s*)?(?P<sy>{_SPLIT})(?:\s*\(?{_KIND}\)?)?)
    | (?P<year>(?:{_KIND}\s*)?(?P<yy>{_YEAR})(?:\s*\(?calendar(?:\s+year)?\)?)?)
    | (?P<bareq>{_Q}) | (?P<baret>{_T}) | (?P<months>{MONTH}{_JOIN}{MONTH}) | (?P<barem>{MONTH})
    )(?![a-z0-9])""",
    re.IGNORECASE | re.VERBOSE,
)


def year_kind(text: str) -> YearKind:
    """Which kind of year words speak of; "" where they name none, or several."""
    kinds: dict[YearKind, str] = {
        "academic": r"\b(?:academic|school)\s+years?\b|\(academic\)|\bAY\b",
        "financial": r"\b(?:financial|fiscal)\s+years?\b|\((?:financial|fiscal)\)|\bFY(?=\b|[0-9])",
        "calendar": r"\bcalendar\s+years?\b|\(calendar\)|\bCY\b",
    }
    named = [kind for kind, pattern in kinds.items() if re.search(pattern, text, re.IGNORECASE)]
    return named[0] if len(named) == 1 else ""
