"""A cell's text -> its figure and what else it prints: a rating, an arrow, last year's figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from etl import cells, when
from etl.layouts import patterns
from etl.model import Reading, Unit

NUMBER = (
    r"(?:\u00a3\s?)?-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
    r"(?:\s?%|\s(?:days?|weeks?|per cent|in time|% in time))?|nil"
)
_NOTE = r"[^(){}\[\]]{1,80}"
_NUMBERS = ("value", "previous", "target", "floor", "actual")


@dataclass(frozen=True)
class Printed:
    """A cell understood: its figure, and the further ones and words by their slot's name."""

    reading: Reading
    beside: Mapping[str, Reading]
    words: Mapping[str, str]


@lru_cache(maxsize=500)
def _pattern(form: str, ratings: tuple[str, ...], directions: tuple[str, ...]) -> re.Pattern[str]:
    """A form as a pattern; a slot accepts numbers, a vocabulary's words, or a short note."""
    words = {
        "rating": any_of(ratings),
        "direction": any_of(directions),
        "note": _NOTE,
        "numerator": r"[0-9][0-9,]*",
        "denominator": r"[0-9][0-9,]*",
        **dict.fromkeys(_NUMBERS, NUMBER),
    }
    parts = re.split(r"\{([a-z_]+)\}", form)
    text = "".join(
        f"(?P<{part}>{words[part]})" if n % 2 else re.escape(part).replace(r"\ ", r"\s*")
        for n, part in enumerate(parts)
    )
    return re.compile(text, re.IGNORECASE)


def any_of(words: Iterable[str]) -> str:
    """The words of a vocabulary; single letters count as capitals alone ("35% G", not "35 g")."""
    parts = [f"(?-i:{w.upper()})" if len(w) == 1 and w.isascii() else re.escape(w) for w in words]
    return "(?:" + "|".join(sorted(parts, key=len, reverse=True)) + ")\ufe0f?"


@dataclass(frozen=True)
class Forms:
    """The forms that cells of a table may have: `own` of the paper or layout, then `usual`."""

    own: tuple[str, ...]
    usual: tuple[str, ...]
    ratings: tuple[str, ...]
    directions: tuple[str, ...]
    no_value: frozenset[str]

    def read(self, text: str, unit: Unit) -> Printed | cells.Blank | cells.Unreadable:
        """What a cell of a row in `unit` prints; unreadable where forms differ on its value."""
        plain = " ".join(text.split())
        if plain.casefold().strip(" .") in self.no_value:
            return cells.Blank(plain)
        read = figure(plain, unit)
        if isinstance(read, Reading):
            return Printed(read, {}, {})
        if isinstance(read, cells.Blank):
            return read
        for forms in (self.own, self.usual):
            found = [one for form in forms if (one := self._by(form, plain, unit))]
            values = {(one.reading.value, one.reading.status) for one in found}
            if len(values) > 1:
                return cells.Unreadable(plain, "it can be read in more than one way")
            if found:
                return found[0]
        return read

    def _by(self, form: str, text: str, unit: Unit) -> Printed | None:
        """The cell by one form; None where it has another."""
        match = _pattern(form, self.ratings, self.directions).fullmatch(text[: patterns.LONGEST])
        if match is None:
            return None
        said = {name: value.strip() for name, value in match.groupdict().items() if value}
        main = figure(said.pop("value"), unit)
        if not isinstance(main, Reading):
            return None
        beside: dict[str, Reading] = {}
        for name in ("previous", "target", "floor"):
            if name in said:
                other = figure(said.pop(name), unit)
                if not isinstance(other, Reading):
                    return None
                beside[name] = other
        note = said.get("note", "")
        if note and not re.search(r"[a-z]", note, re.IGNORECASE) and not when.parse(note):
            return None  # a second number is no note, unless it is the figure's year
        for name in ("numerator", "denominator"):
            if name in said:
                read = cells.parse(said.pop(name), "count")
                if not isinstance(read, Reading):
                    return None
                beside[name] = read
        return Printed(replace(main, raw=text, note=note or main.note), beside, said)


def figure(text: str, unit: Unit) -> Reading | cells.Blank | cells.Unreadable:
    """A figure alone, as `cells.parse` has it; pounds with their sign."""
    if text.startswith("\u00a3"):
        if unit != "pounds":
            return cells.Unreadable(text, f"the row holds {cells.UNIT_WORDS[unit]}, not pounds")
        read = cells.parse(text[1:].strip(), unit)
        return replace(read, raw=text) if isinstance(read, Reading) else read
    return cells.parse(text, unit)
