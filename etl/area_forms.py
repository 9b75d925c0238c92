"""Councils' names in other forms than words: an address, words run together, letters spaced out.

`areas` reads names by their words; what stands here is asked where no word begins a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from etl.model import Area

# Councils' sites are registered as name.gov.uk, by the rules of the .gov.uk domain.
_ADDRESS = re.compile(
    r"(?<![\w@.-])(?:https?://)?(?:www\.)?(?P<name>[a-z][a-z0-9-]{1,40})\.gov\.uk\b(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:[ \u00a0.]{1,2}[^\W\d_](?![^\W_])){3,40}")
_WORD = re.compile(r"(?<![^\W_])[^\W\d_]{5,60}(?![^\W_])")
# "SUFF CC": the beginning of a name, and after it the capitals that make it a council's.
_SHORT = re.compile(r"(?<![^\W_])(?P<name>[^\W\d_]{4,12})\.? (?P<kind>[A-Z]{2,3})(?![^\W_])")
_CAPITALS = 5  # letters and spaces of a council's short form: " MBC"

Form = tuple[int, int, Area, bool]  # start, end, whom it names, whether as a council


@dataclass(frozen=True)
class Forms:
    """The other forms of names that are known by their words; `after` are the words that make
    a name its council's, `short` those of them that count in capitals alone."""

    names: Mapping[tuple[str, ...], Area]
    after: Iterable[tuple[str, ...]]
    short: frozenset[str]

    @cached_property
    def joined(self) -> dict[str, tuple[Area, bool]]:
        """Names without spaces, with and without what makes them a council's."""
        found: dict[str, tuple[Area, bool]] = {}
        endings = ["".join(words) for words in self.after]
        for words, area in self.names.items():
            name = "".join(words)
            if not name.isalpha():
                continue
            if len(words) > 1 or len(name) > 4:
                found.setdefault(name, (area, False))
            if area.authority:
                for ending in endings:
                    found.setdefault(name + ending, (area, True))
        return found

    @cached_property
    def single(self) -> dict[str, Area]:
        """Names of one word."""
        return {words[0]: area for words, area in self.names.items() if len(words) == 1}

    def mentions(self, text: str) -> list[Form]:
        """What a text names in these forms, in order, none over another."""
        found = [*self._addresses(text), *self._spaced(text)]
        found += [*self._together(text), *self._shortened(text)]
        kept: list[Form] = []
        for one in sorted(found, key=lambda form: (form[0], -form[1])):
            if not kept or one[0] >= kept[-1][1]:
                kept.append(one)
        return kept

    def _addresses(self, text: str) -> Iterable[Form]:
        for match in _ADDRESS.finditer(text) if ".gov" in text.casefold() else ():
            named = self.joined.get(match["name"].casefold().replace("-", ""))
            area = named[0] if named else self.single.get(match["name"].casefold())
            if area and area.authority:
                yield match.start(), match.end(), area, True

    def _spaced(self, text: str) -> Iterable[Form]:
        for match in _SPACED.finditer(text):
            named = self.joined.get(re.sub(r"[\W_]", "", match[0]).casefold())
            if named:
                yield match.start(), match.end(), *named

    def _together(self, text: str) -> Iterable[Form]:
        for match in _WORD.finditer(text):
            word = match[0].casefold()
            if word not in self.single and (named := self.joined.get(word)):
                yield match.start(), match.end(), *named

    def _shortened(self, text: str) -> Iterable[Form]:
        for match in _SHORT.finditer(text):
            begun, kind = match["name"].casefold(), match["kind"]
            if kind.casefold() not in self.short or begun in self.single:
                continue
            areas = {self.single[one].code: self.single[one] for one in self._begun_by(begun)}
            if len(areas) == 1:
                yield match.start(), match.end(), next(iter(areas.values())), True

    def _begun_by(self, letters: str) -> Sequence[str]:
        return [
            word
            for word, area in self.single.items()
            if area.authority and word.isalpha() and word.startswith(letters)
        ]


def proper(printed: str, area: Area, *, part: bool = False) -> str:
    """Whom a mention names, as a reader knows the name: not "SUFFOLK'S", a code or an address."""
    at = printed.casefold().find(area.name.casefold())
    if part or not area.name:
        return printed
    if at < 0 or ".gov" in printed.casefold():
        return area.name
    before, after = printed[:at], printed[at + len(area.name) :]
    if (before and before[-1].isalnum()) or (after and after[0].isalnum()):
        return area.name
    before, after = (
        text.title().replace(" Of ", " of ")
        if (text.isupper() or text.islower()) and len(text) > _CAPITALS
        else text
        for text in (before, after)
    )
    return before + area.name + after
