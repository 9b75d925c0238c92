"""A cell's lines as printed -> its text, and what keeps it from being certain."""

from __future__ import annotations

import re
from collections.abc import Iterable

_DIGIT_END = re.compile(r"\d[.,]?$")
_DIGIT_START = re.compile(r"[.,]?\d")
_DATE_STROKE = re.compile(r"\d/$")


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
        if _DIGIT_END.search(text) and _DIGIT_START.match(part):
            broken = f"“{text.split()[-1]}” and “{part.split()[0]}”"
            problem = problem or f"the digits stand on two lines, {broken}: one number or two?"
        if text.endswith("\u00ad"):
            text = text[:-1] + part
        elif (_DATE_STROKE.search(text) and part[0].isdigit()) or (
            part.startswith("%") and text[-1:].isdigit()
        ):
            text += part
        else:
            text = f"{text} {part}" if text else part
    return text.replace("\u00ad", ""), problem
