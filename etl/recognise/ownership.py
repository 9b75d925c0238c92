"""Whose table it is, by the words that head it: title, caption, sheet, a column's or row's heading.

`Owners.of` reads one heading and says what it names: the council itself, another council, or
somebody that figures are compared with. It knows nothing of tables; `sections` asks it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from etl import area_forms, areas
from etl.areas import Mention, Token
from etl.model import Area, Registry
from etl.recognise import heading_words

_SHORT = 60  # characters of a heading in small letters
# "Performance against national": our figures, only related to the others.
_RELATED = re.compile(
    r"\b(?:performance|outturns?|results?|actuals?|progress)\s+(?:as\s+)?"
    r"(?:compared\s+(?:with|to)|against|versus|vs?\.?|relative\s+to)\s+(?:the\s+)?$",
    re.IGNORECASE,
)

Verdict = Literal["", "own", "other", "comparator", "unclear"]


@dataclass(frozen=True)
class Whose:
    """What a heading names. `others` are other councils and places, `comparators` what figures
    are compared with (England, a region, neighbours), as printed; `known` are the others by
    the names that areas.csv has for them; `compared` says that they are
    held beside ours, `council` that it is a council that is named and no mere place. `alone`
    says that all other words are those of any heading.
    """

    printed: str = ""
    own: bool = False
    others: tuple[str, ...] = ()
    comparators: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    compared: bool = False
    council: bool = False
    alone: bool = False

    @property
    def verdict(self) -> Verdict:
        """Whose table stands below; empty where the heading does not say."""
        if not (self.others or self.comparators):
            return "own" if self.own else ""
        if self.own or self.compared:
            return "unclear"
        return "other" if self.others else "comparator"

    @property
    def named(self) -> str:
        """Who is named besides the council, by the names that a reader knows."""
        return " and ".join(dict.fromkeys((*(self.known or self.others), *self.comparators)))


NOBODY = Whose()


@dataclass(frozen=True)
class Owners:
    """Whose a table may be, seen from the registry's council."""

    registry: Registry

    @cached_property
    def names(self) -> areas.Names:
        council = self.registry.council
        own = Area(
            council.authority, council.name, "unitary", spellings=(council.short_name,)
        )  # as its own file spells it, whatever the table of areas has
        return areas.names((own, *self.registry.areas))

    @cached_property
    def words_too(self) -> frozenset[str]:
        """Names of authorities that are common words: they count where nothing else stands."""
        named = (area.only_with_council.casefold() for area in self.registry.areas)
        return frozenset(name for name in named if name)

    def of(self, text: str) -> Whose:
        """What a title, a caption or a sheet's name says; nothing where it is a sentence."""
        text = heading_words.SOURCE.sub("", " ".join(text.split("\n"))).strip()
        if not self.is_heading(text):
            return NOBODY
        if text.casefold() in self.words_too:
            return Whose(text, others=(text,), alone=True)
        return self._read(text)

    def is_heading(self, text: str) -> bool:
        """Whether a line may head a table; one in small letters, if it begins with a name."""
        if heading_words.is_heading(text):
            return True
        capital = text[:1].upper() + text[1:]
        if len(text) > _SHORT or not heading_words.is_heading(capital):
            return False
        return any(one.start == 0 for one in self.names.mentions(text))

    def of_cell(self, text: str) -> Whose:
        """What the heading of a column or row says, if it says nothing but whose it is."""
        found = self._read(text) if text and len(text) < heading_words.LONG else NOBODY
        return found if found.alone else NOBODY

    def apart(self, text: str) -> tuple[Whose, str]:
        """Whom a heading names, and the rest of it: "England" and "Jul-20". Nobody where the
        name is part of the words around it."""
        spans = [(m.start, m.end) for m in self.names.mentions(text)]
        spans += [match.span() for match in heading_words.comparators().finditer(text)]
        rest, at = [], 0
        for start, end in sorted(spans):
            rest.append(text[at : max(at, start)])
            at = max(at, end)
        left = " ".join(" ".join([*rest, text[at:]]).split())
        left = left.strip(" -:;,/|()[]\u2013\u2014\n")
        return (self.of_cell(text[slice(*spans[0])]), left) if len(spans) == 1 else (NOBODY, text)

    def code(self, text: str) -> str:
        """The ONS code of the one area that a text names and nothing else; empty where none."""
        found = self.names.mentions(text)
        whole = len(found) == 1 and not found[0].part and not text[: found[0].start].strip()
        if whole and not text[found[0].end :].strip():
            return found[0].area.code
        named = (area for area in self.registry.areas if area.only_with_council)
        return next((a.code for a in named if a.name.casefold() == text.strip().casefold()), "")

    def names_any(self, text: str) -> bool:
        """Whether a text names any area at all, quickly."""
        return bool(heading_words.comparators().search(text) or self.names.mentions(text))

    def _read(self, text: str) -> Whose:
        mentions = self.names.mentions(text)
        phrases = [match.span() for match in heading_words.comparators().finditer(text)]
        known = [(one.start, one.end) for one in mentions]
        unknown = [
            one.span()
            for one in areas.other_councils(text)
            if not any(start < one.end() and one.start() < end for start, end in known)
            and heading_words.names_place(one["name"])
        ]
        if not (mentions or phrases or unknown):
            return NOBODY
        tokens = areas.tokens(text)
        code = self.registry.council.authority
        own = [m for m in mentions if m.area.code == code and not m.part]
        if own:
            mentions = [m for m in mentions if m in own or not _of_the_past(tokens, m)]
        named = [*mentions, *(Mention(a, b, _NOWHERE, True) for a, b in unknown)]
        named = [
            m for m in named if m not in own and (m.council or _stands(text, tokens, m, named))
        ]
        theirs_too = [m for m in named if m.area.authority]
        others = tuple(text[m.start : m.end] for m in theirs_too)
        known_as = tuple(
            area_forms.proper(text[m.start : m.end], m.area, part=m.part) for m in theirs_too
        )
        spans = {(m.start, m.end) for m in named if not m.area.authority}
        spans |= {(a, b) for a, b in phrases if not any(c <= a and b <= d for c, d in spans)}
        if not others and spans and _RELATED.search(text[: min(spans)[0]]):
            spans = set()
        comparators = tuple(" ".join(text[a:b].split()) for a, b in sorted(spans))
        begins = min((*(m.start for m in named), *(a for a, _ in phrases)), default=len(text))
        # "Westmere's statistical neighbours" are not Westmere.
        theirs = [m for m in own if not (m.owns and _beside(text, m.end, phrases))]
        formal = any(m.council for m in named)
        return Whose(
            text,
            bool(theirs),
            others,
            comparators,
            _shortest(known_as),
            any(
                token.word in heading_words.words("versus") and token.end <= begins
                for token in tokens
            ),
            formal and bool(others),
            _all_explained(tokens, [*known, *unknown, *phrases]),
        )


def _shortest(names: Sequence[str]) -> tuple[str, ...]:
    """Each name once, in order: "Suffolk" is in "Suffolk County Council" already."""
    once = dict.fromkeys(names)
    return tuple(a for a in once if not any(a != b and a in b for b in once))


def _of_the_past(tokens: Sequence[Token], one: Mention) -> bool:
    """Whether a name is said to have been ours: "(formerly with Suffolk)"."""
    before = [t.word for t in tokens if t.end <= one.start]
    while before and before[-1] in heading_words.words("formerly_with"):
        before.pop()
    return before[-1:] != [] and before[-1] in heading_words.words("formerly")


_NOWHERE = Area("", "", "unitary")


def _beside(text: str, end: int, phrases: Sequence[tuple[int, int]]) -> bool:
    return any(re.fullmatch(r"['\u2019]s?\s+", text[end:start]) for start, _ in phrases)


def _stands(text: str, tokens: Sequence[Token], one: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether the bare name of a place stands as the area: set apart, or among words that
    headings are made of. Clark Kent and "Essex Road closure" are neither.
    """
    before = [t for t in tokens if t.end <= one.start]
    after = [t for t in tokens if t.start >= one.end]
    left = text[before[-1].end if before else 0 : one.start]
    right = text[one.end : after[0].start if after else len(text)]
    apart = bool(heading_words.SEPARATOR.search(left)) or not before
    ends = bool(heading_words.SEPARATOR.search(right)) or not after or one.owns
    # A name of several words at the beginning cannot be part of another's.
    if not before and _several_words(tokens, one) and not _goes_on(after):
        return True
    joined = {m.start for m in mentions} | {m.end for m in mentions}

    def fits(beside: Sequence[Token]) -> bool:
        """Whether the words beside it go with a heading; "and" goes with what it joins."""
        token = beside[0]
        if token.word == "and" and len(beside) > 1:
            return fits(beside[1:])
        return (
            heading_words.plain_word(token)
            or bool({token.start, token.end} & joined)
            or heading_words.versus(token)
        )

    return (apart or fits(before[::-1])) and (ends or fits(after))


def _several_words(tokens: Sequence[Token], one: Mention) -> bool:
    return one.area.authority and sum(one.start <= t.start < one.end for t in tokens) > 1


def _goes_on(after: Sequence[Token]) -> bool:
    """Whether a name goes on behind this one: North Lincolnshire and Goole."""
    return bool(after) and after[0].word == "and"


def _all_explained(tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether every word is part of a name, or of headings in general."""
    outside = [t for t in tokens if not any(a <= t.start and t.end <= b + 2 for a, b in spans)]
    return all(heading_words.plain_word(token) or heading_words.versus(token) for token in outside)
