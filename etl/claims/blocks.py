"""A document's paragraphs -> the pieces of prose that claims are looked for in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from etl.model import Cell, Place
from etl.text import signs

_BULLET = re.compile(rf"\s*(?:[{signs.BULLETS}]|[-*\u2013](?=\s))\s*")
_NUMBER = re.compile(r"\s*(?:[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\.?|[0-9]{1,2}\.)(?=\s)")
_SENTENCE = re.compile(
    r"(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bNo\.)[\s\u00a0]+(?=[\"'(\u2018\u201cA-Z0-9])"
)
_ENDS = (".", ":", ";", "?", "!")
_NEAR = 4  # lines that a page break may put between two halves of a sentence


@dataclass(frozen=True)
class Block:
    """A paragraph or one bullet of a list, without its mark or printed number."""

    text: str
    place: Place
    bullet: bool = False

    @property
    def leads(self) -> bool:
        """Whether a list follows that it introduces."""
        return self.text.rstrip().endswith(":")

    @cached_property
    def sentences(self) -> list[str]:
        """Its sentences, without the space between them."""
        return [part for part in _SENTENCE.split(self.text) if part.strip()]


def blocks(paragraphs: Iterable[Cell]) -> Iterator[Block]:
    """The paragraphs as blocks; one that a page break or a converter cut in two is one again."""
    held: Block | None = None
    for cell in paragraphs:
        for text in cell.text.split("\n"):
            plain = signs.cleaned(text)
            bullet = _BULLET.match(plain)
            body = plain[bullet.end() :] if bullet else plain
            if not bullet:
                number = _NUMBER.match(body)
                body = body[number.end() :].strip() if number else body
            if not body:
                continue
            if held is not None and not bullet and _goes_on(held, body, cell.place):
                held = Block(f"{held.text} {body}", held.place, held.bullet)
                continue
            if held is not None:
                yield held
            held = Block(body, cell.place, bool(bullet))
    if held is not None:
        yield held


def _goes_on(block: Block, text: str, place: Place) -> bool:
    if block.text.rstrip().endswith(_ENDS) or not text[0].islower():
        return False
    if block.place.line is None or place.line is None:
        return block.place.page != place.page
    lines_taken = 1 + len(block.text) // 60
    return place.line - block.place.line <= lines_taken + _NEAR
