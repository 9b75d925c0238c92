"""Cards: a KPI's name and, in the same paragraph or the next, a line of its figures -> tables.

"EHC plans issued within 20 weeks RED Latest: 36% Target: 60%, Floor: 55%" is a row of a table
whose columns are Latest, Target and Floor; the council's file gives the form of the line, and of
the words above that say the period.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from etl.layouts import forms, patterns
from etl.layouts.words import Words
from etl.model import Cell, Document, Table

# Which heading a slot's column has, in words that `Words.heading` understands.
_HEADS = {
    "actual": "Latest",
    "target": "Target",
    "floor": "Floor",
    "previous": "Previous",
    "rating": "RAG",
    "direction": "Direction of travel",
    "note": "Comments",
}


def tables(document: Document, words: Words) -> list[Table]:
    """A table for each period whose cards a document's paragraphs hold; none without a form."""
    paper = words.registry.paper
    if not paper.card or not paper.card_period:
        return []
    slots = patterns.slots(paper.card)
    rows: dict[str, list[tuple[Cell, ...]]] = defaultdict(list)
    period = ""
    for before, cell in zip([None, *document.paragraphs], document.paragraphs, strict=False):
        if stated := patterns.period_form(paper.card_period).search(cell.text[: patterns.LONGEST]):
            period = patterns.usual_period(paper.card_period, stated[0])
        for label, match in _cards(cell, before, words):
            values = (Cell(match[slot] or "", cell.place) for slot in slots)
            rows[period].append((Cell(label, cell.place), *values))
    found = []
    for when, held in rows.items():
        place = held[0][0].place
        head = (Cell("Measure", place), *(Cell(_HEADS[slot], place) for slot in slots))
        found.append(Table((head, *held), when, place, above=(when,)))
    return found


def _cards(cell: Cell, before: Cell | None, words: Words) -> Iterator[tuple[str, re.Match[str]]]:
    """Each card that ends in a paragraph: its name as known, and the match of its figures."""
    ratings = words.registry.table_words.get("ratings", ())
    pattern = _pattern(words.registry.paper.card, ratings)
    at = 0
    for match in pattern.finditer(cell.text):
        name = cell.text[at : match.start()].strip()
        at = match.end()
        if not name and before is not None:
            name = before.text
        if label := _known(name, ratings, words):
            yield label, match


def _known(name: str, ratings: Sequence[str], words: Words) -> str:
    """A card's name without the rating that may stand in or behind it, if it is a known label."""
    colours = {word.upper() for word in ratings if len(word) > 1}
    plain = " ".join(word for word in name.split() if word not in colours)
    return next((one for one in (name, plain) if words.label(one)), "")


@lru_cache(maxsize=16)
def _pattern(card: str, ratings: tuple[str, ...]) -> re.Pattern[str]:
    """A card's form as a pattern; blanks and commas between its parts may be left out, and what
    stands in brackets at its end."""
    slots = {
        **dict.fromkeys(("actual", "target", "floor", "previous"), forms.NUMBER),
        "rating": forms.any_of(ratings),
        "direction": r"[^\s\w]{1,2}",
        "note": r"[^(){}\[\]]{1,80}",
    }
    parts = re.split(r"\{([a-z_]+)\}", card)
    text = "".join(
        f"(?P<{part}>{slots[part]})" if n % 2 else _loose(part) for n, part in enumerate(parts)
    )
    return re.compile(text, re.IGNORECASE)


def _loose(text: str) -> str:
    return re.sub(r"(?:\\ |,)+", r"[\\s,]*", re.escape(text))
