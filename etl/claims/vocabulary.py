"""The registry's `prose` -> what to look for in a sentence, and which series it can mean.

A phrase is groups of alternatives: "alternative education | alternative provision + average |
days" needs one of the first two and one of the last two, anywhere near. Singular words cover
plurals. A cohort's phrase of one group says whom: it is added to those of `all` where the
measure has it; one of several groups stands by itself. A phrase that begins "the rest:" names
what is left of a hundred per cent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from etl.claims import english
from etl.model import Cohort, Measure, MeasureRef, Registry
from etl.text import signs

_IRREGULAR = {
    "child": "child(?:ren)?",
    "20": "(?:20|twenty)",
    "4": "(?:4|four)",
    "52": "(?:52|fifty[- ]two)",
    "12": "(?:12|twelve)",
}
_VERB = re.compile(r"[a-z]{3,}ed")
_BETWEEN = (
    rf"[\s\-{signs.DASHES}'\u2018\u2019\"\u201c\u201d&/,()]+"
    r"(?:(?:the|a|an|our|their|its|and)[\s\-]+){0,2}"
)
_REST = "the rest:"
_INCLUDING = re.compile(
    r"\b(?:including|inclusive of|incl\.?|as well as)\s+(?:the\s+|our\s+)?$", re.IGNORECASE
)


# What a phrase becomes where it only marks whose figure it is.
_WHO = "who: "
_WITH = re.compile(
    r"\b(?:with|had|have|has|having|hold|holds|holding|held)\s+(?:an?\s+|the\s+|their\s+|no\s+)?"
    r"(?:(?:education,?\s+)?health\s+(?:and|&)\s+care\s+|EHC\s+)?$",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\s+(?:issued|finalised|completed|produced|agreed|within|in time|on time|reviewed)\b",
    re.IGNORECASE,
)
_WHOSE = re.compile(r"\s+(?:children|child|pupils?|cohort|cases only|holders?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Words:
    """A stretch of a sentence that is one of the vocabulary's alternatives."""

    phrase: str
    start: int
    end: int


@dataclass(frozen=True)
class Meaning:
    """A series that a sentence may speak of: it needs one alternative of every group.

    `whom` are the groups of the cohort, `rest` says that the share left over is named.
    """

    ref: MeasureRef
    groups: tuple[frozenset[str], ...]
    whom: tuple[frozenset[str], ...] = ()
    rest: bool = False


@dataclass
class Vocabulary:
    """All that the registry's prose says, ready to be looked for."""

    registry: Registry
    meanings: list[Meaning] = field(default_factory=list)

    def __post_init__(self) -> None:
        for measure in self.registry.measures.values():
            everyone = measure.cohorts.get("all")
            for name, cohort in measure.cohorts.items():
                ref = MeasureRef(measure.id, name)
                for groups, rest in _phrases(cohort, marks=name != "all"):
                    if name == "all" or everyone is None or len(groups) > 1:
                        self.meanings.append(Meaning(ref, groups, rest=rest))
                        continue
                    self.meanings += [
                        Meaning(ref, whole, groups, both)
                        for whole, both in _phrases(everyone, marks=False)
                    ]

    @cached_property
    def patterns(self) -> dict[str, tuple[str, re.Pattern[str]]]:
        """Alternative -> (a word that a text with it holds, its pattern)."""
        alternatives = {
            phrase
            for meaning in self.meanings
            for group in (*meaning.groups, *meaning.whom)
            for phrase in group
            if not phrase.startswith(_WHO)
        }
        return {phrase: (_key(phrase), _pattern(phrase)) for phrase in sorted(alternatives)}

    @cached_property
    def anything(self) -> re.Pattern[str]:
        """A quick look whether a text may hold a phrase that is no mere time or number."""
        keys = {key for key, _ in self.patterns.values()}
        return re.compile("|".join(re.escape(key) for key in sorted(keys)))

    def measure(self, ref: MeasureRef) -> Measure:
        return self.registry.measures[ref.measure]

    def cohort(self, ref: MeasureRef) -> Cohort:
        return self.registry.measures[ref.measure].cohorts[ref.cohort]

    def words(self, text: str) -> list[Words]:
        """Every alternative that stands in a text."""
        lowered = text.lower()
        return [
            Words(
                _WHO + phrase
                if phrase in self._marks and _says_who(text, match.start(), match.end())
                else phrase,
                match.start(),
                match.end(),
            )
            for phrase, (key, pattern) in self.patterns.items()
            if key in lowered
            for match in pattern.finditer(text)
            if not _INCLUDING.search(text[max(0, match.start() - 24) : match.start()])
        ]

    @cached_property
    def _marks(self) -> frozenset[str]:
        """What may only say whom: a cohort's words, and "plan" as the last of them."""
        groups = [group for meaning in self.meanings for group in meaning.whom]
        whom = {phrase for group in groups for phrase in group if not phrase.startswith(_WHO)}
        return frozenset(
            phrase
            for phrase in self.patterns
            if phrase in whom or any(one.endswith(f" {phrase}") for one in whom)
        )

    def knows(self, word: str) -> bool:
        """Whether a word is part of any phrase of the registry's prose."""
        return word in self._all_words

    @cached_property
    def _all_words(self) -> frozenset[str]:
        return frozenset(word for phrase in self.patterns for word in phrase.lower().split())

    @cached_property
    def nouns(self) -> re.Pattern[str]:
        """The words that a bare number may count, of any measure."""
        return _nouns(self.registry.measures.values())

    def nouns_of(self, ref: MeasureRef) -> re.Pattern[str]:
        """The words that a bare number of this measure may count."""
        if ref.measure not in self._nouns:
            self._nouns[ref.measure] = _nouns([self.measure(ref)])
        return self._nouns[ref.measure]

    @cached_property
    def _nouns(self) -> dict[str, re.Pattern[str]]:
        return {}


def _says_who(text: str, start: int, end: int) -> bool:
    """Whether a plan only marks whose: "children with an EHC plan", not "had a plan issued"."""
    who = _WITH.search(text[:start]) and not _DONE.match(text[end:])
    return bool(who) or bool(_WHOSE.match(text[end:]))


def _phrases(cohort: Cohort, marks: bool) -> list[tuple[tuple[frozenset[str], ...], bool]]:
    """A cohort's phrases; what `marks` whom it counts may stand as "with an EHC plan", too."""
    found = []
    for phrase in cohort.prose:
        rest = phrase.startswith(_REST)
        groups = tuple(
            _widened(" ".join(word.split()) for word in group.split("|") if word.strip())
            for group in phrase.removeprefix(_REST).split(" + ")
        )
        if marks:
            groups = tuple(group | {_WHO + phrase for phrase in group} for group in groups)
        found.append((groups, rest))
    return found


def _widened(phrases: Iterable[str]) -> frozenset[str]:
    """With the other ways to say each."""
    own = frozenset(phrases)
    also = english.said_also()
    return own.union(*(also[phrase] for phrase in own if phrase in also))


def _key(phrase: str) -> str:
    """The longest word of a phrase that stands as it is in any form of it."""
    plain = [word for word in phrase.lower().split() if word not in _IRREGULAR or word == "child"]
    longest = max(plain, key=len)
    return longest.removesuffix("ed") if _VERB.fullmatch(longest) else longest


def _word(word: str) -> str:
    """A word in its forms: plurals, and of "issued" also "issuing"."""
    if _VERB.fullmatch(word):
        return rf"{re.escape(word[:-2])}(?:ed|ing)"
    return _IRREGULAR.get(word.lower(), re.escape(word) + r"(?:['\u2019]?s|es)?")


def _pattern(phrase: str) -> re.Pattern[str]:
    parts = _BETWEEN.join(_word(word) for word in phrase.split())
    return re.compile(rf"(?<!\w){parts}(?!\w)", re.IGNORECASE)


_NO_NOUNS = english.words("words_that_count_nothing")


def _nouns(measures: Iterable[Measure]) -> re.Pattern[str]:
    words: set[str] = set()
    for measure in measures:
        texts = [measure.title, measure.short_title, measure.counts]
        for cohort in measure.cohorts.values():
            texts += [cohort.title, cohort.says]
            words |= {word for phrase in cohort.prose for word in re.findall(r"[A-Z]{3,}", phrase)}
        for text in texts:
            words |= {
                word for word in re.findall(r"[a-z]{3,}", text.lower()) if word not in _NO_NOUNS
            }
    stems = {word[:-3] if word == "children" else word.removesuffix("s") for word in words}
    return re.compile(
        rf"(?:{'|'.join(sorted(map(re.escape, stems)))})(?:ren|s|es|'s)?\b", re.IGNORECASE
    )
