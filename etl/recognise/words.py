"""Lines of text -> words with their place on the line; what is a cell's, what is a page's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from etl import roles
from etl.model import Cell
from etl.periods import MONTH_NAME
from etl.recognise.labels import serial_of
from etl.text.signs import squash

_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
# Words that the cells of a table are made of; any other word is a label's or prose.
_CELL_WORDS = frozenset(
    {"day", "days", "week", "weeks", "wks", "in", "on", "time", "na", "nil", "only", "no", "lac"}
    | {"calc", "calcs", "calculation", "calculations", "pupil", "pupils", "children", "cases"}
    | {"plans", "reviews", "the", "per", "cent"}
)
_BULLETS = "*\u2022\u25cf\u25aa\uf0b7\u00b7"
# A month with its year; or two months, whose years may stand on the next line.
_MONTH = re.compile(
    rf"\b{MONTH_NAME}\W{{0,3}}[0-9]{{2}}|\b{MONTH_NAME}\b.*\b{MONTH_NAME}\b", re.IGNORECASE
)
DASHES = ("-", "\u2013", "\u2014")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?([0-9]{1,4})(?:\s+of\s+[0-9]{1,4})?", re.IGNORECASE)


@dataclass(frozen=True)
class Word:
    """A word: which line of the stretch it is on, from where to where, the space before it."""

    text: str
    at: int
    start: int
    end: int
    gap: int

    @property
    def foreign(self) -> bool:
        """Whether no cell has such a word."""
        if self.text[:1] == "(" and roles.beside_figure(self.text):
            return False
        letters = _LETTERS.findall(self.text)
        return any(word.lower() not in _CELL_WORDS for word in letters)


@dataclass(frozen=True)
class TextLine:
    """A line: its number in the file, its words, the page it is on.

    `edge`: a number alone at the end of a page, which may be the page's own.
    """

    number: int
    words: tuple[Word, ...]
    page: int
    edge: bool = False

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass
class Stretch:
    """Lines between two tables of other layouts, page furniture taken out."""

    lines: list[TextLine] = field(default_factory=list)

    def words(self, start: int, end: int) -> list[Word]:
        return [word for line in self.lines[start:end] for word in line.words]


def stretch(lines: Sequence[Cell]) -> Stretch:
    """The lines' words, without empty lines and without what recurs at pages' edges."""
    pages: list[list[tuple[int, str]]] = [[]]
    for cell in lines:
        first, *rest = cell.text.split("\f")
        pages[-1].append((cell.place.line or 0, first))
        for part in rest:
            pages.append([(cell.place.line or 0, part)])
    found = Stretch()
    dropped, numbered = _furniture(pages)
    for page, content in enumerate(pages):
        last = max((at for at, (_, text) in enumerate(content) if text.strip()), default=-1)
        for place, (number, text) in enumerate(content):
            if (page, place) in dropped or not text.strip():
                continue
            edge = place == last and page in numbered and bool(_PAGE_NUMBER.fullmatch(text.strip()))
            found.lines.append(_line(len(found.lines), number, text, page, edge))
    return found


def _line(at: int, number: int, text: str, page: int, edge: bool) -> TextLine:
    words, end = [], 0
    for match in _WORD.finditer(text):
        words.append(Word(match[0], at, match.start(), match.end(), match.start() - end))
        end = match.end()
    return TextLine(number, tuple(words), page, edge)


def _furniture(
    pages: Sequence[Sequence[tuple[int, str]]],
) -> tuple[set[tuple[int, int]], set[int]]:
    """Lines at the top or bottom of pages that recur there, and page numbers that count on;
    and the pages that may still end with their number.

    Of four pages or more, two with their numbers would count on: where none do, no page is
    numbered. A page whose number was found has no second one.
    """
    if len(pages) < 2:
        return set(), set()
    edges: dict[str, list[tuple[int, int]]] = {}
    numbers: Counter[int] = Counter()
    numbered: list[tuple[int, int, int]] = []
    for page, content in enumerate(pages):
        filled = [place for place, (_, text) in enumerate(content) if text.strip()]
        for place in {*filled[:2], *filled[-2:]}:
            text = content[place][1].strip()
            if found := _PAGE_NUMBER.fullmatch(text):
                offset = int(found[1]) - page
                numbers[offset] += 1
                numbered.append((page, place, offset))
            elif len(_LETTERS.findall(text)) > 2 and not _MONTH.search(text):
                edges.setdefault(squash(text), []).append((page, place))
    recurring = {place for places in edges.values() if len(places) > 1 for place in places}
    counting = {(page, place) for page, place, offset in numbered if numbers[offset] > 1}
    open_pages = set(range(len(pages))) - {page for page, _ in counting}
    return recurring | counting, set() if len(pages) > 3 and not counting else open_pages


def leads(words: Sequence[Word]) -> bool:
    """Whether words before a label on its line are a serial's or a bullet: "1a", "-", or none."""
    return all(serial_of(word.text.strip(_BULLETS)) is not None for word in words)
