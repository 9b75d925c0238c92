"""A cell's lines as printed -> its text, and what keeps it from being certain."""

from __future__ import annotations

import re
from collections.abc import Iterable

_DIGIT_END = re.compile(r"\d[.,]?$")
_DIGIT_START = re.compile(r"[.,]?\d")
_DATE_STROKE = re.compile(r"\d/$")
# A heading whose year is broken, `Jul-2` and `0`, can be no other month; `Jul-20` and `21` can.
_MONTH = re.compile(r"[A-Za-z]{3,9}[-/'’]?(?:20)?\d\d(?!\d)")
_YEAR_END = re.compile(r"\d{1,2}/\d{1,2}/(\d{1,3})$")


def joined(lines: Iterable[str]) -> tuple[str, str]:
    """The lines as one text with single spaces, and the problem with it (mostly none).

    A word at its soft hyphen, a date at its stroke and a figure at its percent sign are
    put together. Digits over two lines are not: 11661 and 7 may be one number or two.
    """
    text = problem = ""
    for line in lines:
        part = " ".join(line.split())
        if not part:
            continue
        year = _broken_year(text, part)
        if not year and _DIGIT_END.search(text) and _DIGIT_START.match(part):
            broken = f"“{text.split()[-1]}” and “{part.split()[0]}”"
            problem = problem or f"the digits stand on two lines, {broken}: one number or two?"
        if text.endswith("\u00ad"):
            text = text[:-1] + part
        elif (
            year
            or (_DATE_STROKE.search(text) and part[0].isdigit())
            or (part.startswith("%") and text[-1:].isdigit())
        ):
            text += part
        else:
            text = f"{text} {part}" if text else part
    text = text.replace("\u00ad", "")
    if problem and _MONTH.fullmatch(text.replace(" ", "")) and not _MONTH.match(text):
        return text.replace(" ", ""), ""
    return text, problem


def _broken_year(text: str, part: str) -> bool:
    """Whether a date's year of four digits goes on: 12/08/202 and 0."""
    begun, rest = _YEAR_END.search(text), re.match(r"(\d{1,3})(?!\d)", part)
    return bool(begun and rest and re.fullmatch(r"20\d\d", begun[1] + rest[1]))
