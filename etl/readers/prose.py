"""Lines outside tables -> paragraphs: wrapped lines joined, with their printed number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.model import Cell, Place
from etl.readers import markup
from etl.text import signs

_BULLET = re.compile(rf"\s*(?:[{signs.BULLETS}]|[-*+\u2013](?=\s))\s*")
_NUMBER = re.compile(r"\s*(?:\*\*|__)?([0-9]{1,2}(?:\.[0-9]{1,2}){1,3})\.?(?:\*\*|__)?(?=\s|$)")
_HEADING = re.compile(r"\s*#+\s")
BULLET = "\u2022 "


def paragraphs(lines: Sequence[tuple[int, str]]) -> Iterator[Cell]:
    """Each paragraph or bullet as one text; a bullet's begins with "\u2022 ".

    `place.line` is its first line; `place.paragraph` the last number printed before it
    (2.7), carried over the bullets that follow. Where numbers stand stacked, apart from
    their text, it is all that is certain: "2.3 to 2.6", from the number before the stack.
    """
    printed = ""
    stacked = False
    before = opened = last = ""
    text: list[str] = []
    first = 0
    previous = None

    def finished() -> Iterator[Cell]:
        if text:
            joined = " ".join(markup.without_emphasis(" ".join(text)).split())
            yield Cell(joined, Place(line=first, paragraph=printed))

    for number, line in lines:
        if not line.strip() or (previous is not None and number != previous + 1):
            yield from finished()
            text = []
        previous = number
        if not line.strip():
            continue
        heading, bullet = _HEADING.match(line), _BULLET.match(line)
        body = line[(heading or bullet).end() :] if heading or bullet else line  # type: ignore[union-attr]
        numbered = _NUMBER.match(body)
        if heading or bullet or numbered:
            yield from finished()
            text, first = [], number
        if heading:
            printed, stacked, last = "", False, ""
        if numbered:
            alone = not body[numbered.end() :].strip()
            if stacked and alone:
                same = before.partition(".")[0] == opened.partition(".")[0]
                printed = f"{before if same else opened} to {numbered[1]}"
            else:
                before, opened, printed = last, numbered[1], numbered[1]
            last = numbered[1]
            stacked = alone
            body, bullet = body[numbered.end() :], None
        if body.strip():
            if not numbered:
                stacked = False
            if not text:
                first = number
                body = BULLET + body if bullet else body
            text.append(body)
    yield from finished()
