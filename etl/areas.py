"""Words -> the authorities, regions and councils that they name.

One look at each word: a name is looked up by its words, the longest first, so that "East of
England" is not England and "North Somerset" not Somerset.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from etl import area_words
from etl.area_forms import Forms
from etl.model import Area
from etl.text import signs

# A word, "&", or letters with full stops: "C.C.", "N.E.".
_TOKEN = re.compile(
    "(?<![^\\W_])(?:[^\\W\\d_]\\.){2,}|(?<![^\\W_])(?:[^\\W\\d_]\\.)+[^\\W\\d_](?![^\\W_])"
    "|[^\\W_]+(?P<owns>['\u2019]s?(?![^\\W_]))?|&"
)
_GAP = re.compile(rf"[\s.,()\u2019'\-{signs.DASHES}]*")
_BLANK = re.compile(rf"[\s\-{signs.DASHES}]*")
_DOT = re.compile(r"[\s.]*")  # after a shortened word
_MOST = 8  # words of the longest phrase in areas.yaml


class Token(NamedTuple):
    """A word as it is compared, and where it stands; `owns` where "'s" follows it."""

    word: str
    start: int
    end: int
    owns: bool


class Mention(NamedTuple):
    """A place in a text that names an area; `end` is before a possessive "'s".

    `council` says that it names the area's council, not only the area; `part` that a side is
    said before it ("North Somerset"), so that it is another, smaller place.
    """

    start: int
    end: int
    area: Area
    council: bool = False
    part: bool = False
    owns: bool = False


def tokens(text: str) -> list[Token]:
    """The words of a text in order, in lower case; "&" is "and"."""
    found = []
    for match in _TOKEN.finditer(text):
        owns = match["owns"] or ""
        word = match[0].removesuffix(owns).replace(".", "").casefold()
        found.append(Token("and" if word == "&" else word, match.start(), match.end(), bool(owns)))
    return found


@dataclass(frozen=True)
class Names:
    """Every name of every area by its first word: the words, longest first, and whether the
    name says the area by itself."""

    by_first: dict[str, list[tuple[tuple[str, ...], Area, bool]]]
    forms: Forms

    def mentions(self, text: str) -> list[Mention]:
        """What a text names, in order, none within another."""
        found = self._worded(text)
        for start, end, area, council in self.forms.mentions(text):
            over = [one for one in found if one.start < end and start < one.end]
            if all(start <= one.start and one.end <= end for one in over):
                found = [one for one in found if one not in over]
                found.append(Mention(start, end, area, council and area.authority))
        return sorted(found)

    def _worded(self, text: str) -> list[Mention]:
        words = tokens(text)
        found: list[Mention] = []
        at = 0
        while at < len(words):
            mention, taken = self._at(text, words, at)
            if mention:
                # The London of "London Borough of Barnet" is only part of that name.
                while found and found[-1].end > mention.start:
                    found.pop()
                found.append(mention)
            at += taken
        return found

    def _at(self, text: str, words: Sequence[Token], at: int) -> tuple[Mention | None, int]:
        """The mention that begins with a word, if one does, and how many words to go on."""
        for name, area, alone in self.by_first.get(words[at].word, ()):
            last = at + len(name) - 1
            if last >= len(words) or any(words[at + n].word != w for n, w in enumerate(name)):
                continue
            if not _together(text, words[at : last + 1], _GAP):
                continue
            if len(name[0]) == 1 and not _initial(text, words, at):
                continue
            if (
                area.type == "country"
                and at
                and words[at - 1].word in area_words.words("not_country_after")
            ):
                return None, len(name)
            after, before = _council_after(text, words, last), _council_before(text, words, at)
            if _friend(text, words, at, last, bool(after or before)):
                return None, len(name)
            part = _side_before(text, words, at) if area.authority and not before else 0
            if not (alone or ((after or before) and area.authority)):
                continue
            start = words[at - before - part].start
            end = words[last + after]
            council = bool(after or before) and area.authority
            owns = end.owns
            own_s = text[: end.end].casefold().endswith("s")
            stop = end.end - (len("'s") if owns and own_s else owns)
            return Mention(start, stop, area, council, bool(part), owns), len(name) + after
        return None, 1


def _together(text: str, words: Sequence[Token], gap: re.Pattern[str]) -> bool:
    """Whether nothing but a name's own punctuation stands between the words."""
    return all(
        gap.fullmatch(text, a.end, b.start) is not None and not (a.owns and b.word != "and")
        for a, b in pairwise(words)
    )


def _initial(text: str, words: Sequence[Token], at: int) -> bool:
    """Whether a letter may be a name's first word: no appendix is numbered with it."""
    numbers = at > 0 and words[at - 1].word in area_words.words("numbered_by_letter")
    close = _DOT.fullmatch(text, words[at].end, words[at + 1].start) is not None
    return close and not numbers


def _close(text: str, words: Sequence[Token]) -> bool:
    """Whether only blanks stand between words, or the full stop of a shortened one."""
    return all(
        (_DOT if a.word in area_words.shortened() else _BLANK).fullmatch(text, a.end, b.start)
        is not None
        and not a.owns
        for a, b in pairwise(words)
    )


def _council_after(text: str, words: Sequence[Token], last: int) -> int:
    """How many words after a name make it the council's."""
    for count in range(min(_MOST, len(words) - last - 1), 0, -1):
        following = words[last + 1 : last + 1 + count]
        if tuple(word.word for word in following) not in area_words.phrases("council_after"):
            continue
        if not _close(text, [*words[last : last + 1], *following]):
            continue
        printed = text[following[-1].start : following[-1].end]
        if following[-1].word in area_words.capitals() and not printed.isupper():
            continue
        beyond = words[last + 1 + count : last + 2 + count]
        if beyond and beyond[0].word in area_words.words("not_council") and not following[-1].owns:
            return 0
        return count
    return 0


def _council_before(text: str, words: Sequence[Token], at: int) -> int:
    """How many words before a name make it the council's."""
    for count in range(min(_MOST, at), 0, -1):
        before = words[at - count : at]
        if tuple(word.word for word in before) not in area_words.phrases("council_before"):
            continue
        if not _close(text, words[at - count : at + 1]):
            continue
        short = [word for word in before if word.word in area_words.capitals()]
        if all(text[word.start : word.end].isupper() for word in short):
            return count
    return 0


def _side_before(text: str, words: Sequence[Token], at: int) -> int:
    """1 where a side is said of the name: North Norfolk, Mid Devon, N. Norfolk."""
    before = words[at - 1] if at else None
    if before is None or before.word not in area_words.words("sides") or before.owns:
        return 0
    if len(before.word) == 1:
        return int(text[before.start].isupper() and _initial(text, words, at - 1))
    capital = text[before.start].isupper()
    return int(capital and _BLANK.fullmatch(text, before.end, words[at].start) is not None)


def _friend(text: str, words: Sequence[Token], at: int, last: int, council: bool) -> bool:
    """Whether a name is only part of another one: Suffolk Road School, University of Essex."""
    following = words[last + 1 : last + 2]
    if following and not words[last].owns and not council:
        close = _BLANK.fullmatch(text, words[last].end, following[0].start) is not None
        if close and following[0].word in area_words.words("others_after"):
            return True
    for beside in (words[at - 1 : at], words[at - 2 : at - 1] if at > 1 else ()):
        if beside and beside[0].word in area_words.words("others_before") and not council:
            return True
        if beside and beside[0].word not in ("of", "for"):
            break
    return False


@lru_cache(maxsize=16)
def names(areas: tuple[Area, ...]) -> Names:
    """The names of these areas, ready to be looked up. An area that ended gives way to the
    one that bears its name now."""
    known: dict[tuple[str, ...], tuple[Area, bool]] = {}
    for area in sorted(areas, key=lambda one: one.end is not None):
        for name in (area.name, area.code, *area.spellings, area.only_with_council):
            plain = tuple(token.word for token in tokens(name))
            for words in area_words.written(plain) if plain else ():
                known.setdefault(words, (area, name != area.only_with_council))
    found: dict[str, list[tuple[tuple[str, ...], Area, bool]]] = {}
    for words, (area, alone) in sorted(known.items(), key=lambda one: -len(one[0])):
        found.setdefault(words[0], []).append((words, area, alone))
    after = area_words.phrases("council_after")
    return Names(
        found, Forms({words: one[0] for words, one in known.items()}, after, area_words.capitals())
    )


_KIND = (
    r"(?:County|City|Borough|District|Metropolitan(?: Borough| District)?|Unitary|County Borough)"
)
_JOINT = r"(?:and|upon|on|of|in|with|under|the|le|by|\u2013|-)"
_UNKNOWN = re.compile(
    rf"(?P<name>[A-Z][\w'\u2019]{{0,30}}(?:[ -](?:{_JOINT}[ -])?[A-Z][\w'\u2019]{{0,30}}){{0,4}})"
    rf" {_KIND} Council\b(?!s? Tax)"
)


def other_councils(text: str) -> Iterator[re.Match[str]]:
    """Names of councils by their form alone, "Breckland District Council", as matches whose
    group `name` is the place; for councils that no table of areas has."""
    if "Council" in text:
        yield from _UNKNOWN.finditer(text)
