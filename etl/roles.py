"""Words of a heading, caption or sheet's name -> what the figures under them are.

A committee's table is taken to hold actual figures unless words over it say otherwise:
targets, forecasts, last year's, another area's. The words are data, in roles.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import yaml

from etl import periods
from etl.text import signs

ACTUAL = "actual"
MIXED = "mixed"
_QUARTER = 3  # months from one quarter's end to the next
_SENTENCE = 25  # words; a caption is shorter
_LONG = 40  # words; what a longer sentence says of a table is said in passing
_SHORT = 14  # words; a caption that ends with a full stop is shorter still
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|remain\w*|continue\w*)\b")
_LONGEST = 400  # characters of a caption, and of a heading's cell
_NUMBERED = re.compile(
    r"^\W*(?:table|figure|chart|graph|appendix|annex)\s+[0-9a-z]{1,3}(?:\.[0-9]{1,2})?\b[\s.:)-]*"
)
_REFERS = re.compile(
    r"\b(?:tables?|figures? below|columns?|rows?|below|following|(?:shows?|shown|sets? out|gives?|"
    r"contains?|lists?|summari[sz]es?)\b|\bas follows\b|\b(?:is|are|was|were)\W*$)"
)
# What is said of another place: "Targets are set out in section 4".
_ELSEWHERE = re.compile(
    r"\b(?:in|at|on|under|see|to)\s+(?:the\s+)?(?:section|appendix|annex|page|paragraph|chapter|part)\b"
)
_SPOKEN = re.compile(r"^(?:we|they|it|this|these|there)\b")
# "of 60", ": 60%" or "60%" after a target's name; not its number or its year.
_LEVEL = (
    r"(?:\s*(?:of|is|was|at|set at|remains|=|:)\s*(?:at least\s+)?(?!(?:19|20)[0-9]{2}\b)"
    r"[0-9]{1,4}(?:\.[0-9]+)?(?![0-9/])\s*(?:%|per cent|days|weeks)?"
    r"|\s+[0-9]{1,4}(?:\.[0-9]+)?\s*(?:%|per cent|days|weeks))"
)
_KEPT = (
    r"(?:our\s+|the\s+)?"
    r"(?:performance\s+(?:in|of|to|since|by|at|over)|actuals?|results?|outturns?)\b"
)
_HELD = re.compile(
    r"\((?:target|tgt|goal|floor|limit)s?[\s:=]+[0-9.,]+\s*(?:%|days|weeks)?\)", re.IGNORECASE
)
_YEARS = re.compile(r"\b(?:19|20)?[0-9]{2}\s*[-/]\s*(?:20)?[0-9]{2}\b|\b(?:19|20)[0-9]{2}\b")
_WORD = re.compile(r"[a-z][a-z'/]*|[+/%#£-]+|[0-9]+")
_MONTHLIKE = re.compile(rf"\b{periods.MONTH_NAME}|(?:19|20)[0-9]{{2}}-[01][0-9]", re.IGNORECASE)


@dataclass(frozen=True)
class Meaning:
    """What words say: a role ("" where none), a span ("" where none), the words that decided."""

    role: str = ""
    span: str = ""
    word: str = ""

    @property
    def told(self) -> bool:
        return bool(self.role or self.span)

    @property
    def other(self) -> bool:
        """Whether the figures are something else than the actual ones."""
        return self.role not in ("", ACTUAL)


@dataclass(frozen=True)
class Reason:
    """What words make of figures: their meaning, where they stand, how they are printed.

    `doubt` says why nobody can tell what the figures are.
    """

    meaning: Meaning
    level: Literal["caption", "sheet", "section", "row", "heading"]
    place: str
    printed: str = ""
    doubt: str = ""

    @property
    def keeps(self) -> bool:
        """Whether it keeps figures apart: "Actual" over them does not."""
        return self.meaning.other or bool(self.meaning.span)


NOTHING = Meaning()
ACTUALLY = Meaning(ACTUAL)


@cache
def _vocabulary() -> Mapping[str, Any]:
    file = Path(__file__).with_name("roles.yaml")
    read = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert isinstance(read, dict), "roles.yaml holds lists by name"
    lists = [
        v for part in read.values() for v in (part.values() if isinstance(part, dict) else [part])
    ]
    # An unquoted no, on or off is a truth value to YAML.
    assert all(isinstance(word, str) for words in lists for word in words), "quote no, on and off"
    return read


def _pattern(phrases: Iterable[str], after: str = "") -> re.Pattern[str]:
    """A pattern for any of the phrases as whole words, the longest first."""
    parts = sorted((_phrase(phrase) for phrase in phrases), key=len, reverse=True)
    return re.compile(rf"(?<![a-z0-9'])(?:{'|'.join(parts)}){after}(?![a-z0-9])")


def _phrase(phrase: str) -> str:
    words = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", phrase))
    return words + (r"(?:'?s'?)?" if phrase[-1].isalpha() else "")


@cache
def _roles(part: str) -> Mapping[str, re.Pattern[str]]:
    return {name: _pattern(phrases) for name, phrases in _vocabulary()[part].items()}


@cache
def _words_of_headings() -> frozenset[str]:
    """Every word of a heading's vocabulary."""
    lists = _vocabulary()
    phrases = [p for part in ("headings", "spans") for ps in lists[part].values() for p in ps]
    return frozenset(w for p in (*phrases, *lists["neutral"]) for w in re.split(r"[\s-]+", p))


@lru_cache(maxsize=10_000)
def understood(word: str) -> bool:
    """Whether a word may stand in a heading that `of_heading` understands.

    Asked of each word of a text before its phrases are looked at, so it is cheap, and says
    yes where it is not sure.
    """
    plain = word.lower()
    if not plain.isalpha():
        return True
    return plain in _words_of_headings() or plain.removesuffix("s") in _words_of_headings()


@cache
def _neutral() -> re.Pattern[str]:
    return _pattern(_vocabulary()["neutral"])


@cache
def _related() -> Sequence[re.Pattern[str]]:
    """What names a role without giving its figures: "against target", "a target of 60%"."""
    words = _vocabulary()
    named = [p for role, phrases in words["captions"].items() if role != ACTUAL for p in phrases]
    named += [p for phrases in words["alone"].values() for p in phrases]
    one = "|".join(sorted(map(_phrase, named), key=len, reverse=True))
    between = "|".join(map(re.escape, words["between"]))
    beside = "|".join(re.escape(word) for word in sorted(words["beside"], key=len, reverse=True))
    after = "|".join(map(re.escape, words["after"]))
    levels = "|".join(map(_phrase, words["levels"]))
    kept = "|".join(map(re.escape, words["kept"]))
    return (
        re.compile(rf"(?<![a-z])(?:{one})\s+(?:{after})s?(?![a-z])"),
        re.compile(rf"(?<![a-z%])(?:{beside})\.?\s+(?:(?:{between})\s+){{0,3}}(?:{one})(?![a-z])"),
        re.compile(rf"(?<![a-z])(?:{levels}){_LEVEL}"),
        re.compile(rf"(?<![a-z])(?:{one})\s+(?:is |was |were |are |not )*(?:{kept})(?![a-z])"),
        # What is said of targets before a colon, and after it how they are kept.
        re.compile(rf"(?<![a-z])(?:{one})\s*(?::|\s-)\s+(?={_KEPT})"),
    )


def _plain(text: str) -> str:
    plain = signs.straight(signs.hyphens(text[:_LONGEST]))
    return " ".join(plain.lower().split())


def _first(text: str, patterns: Mapping[str, re.Pattern[str]]) -> tuple[str, str]:
    """The first of the roles (or spans) that a text names, and the words that name it."""
    for name, pattern in patterns.items():
        if hit := pattern.search(text):
            return name, hit[0]
    return "", ""


def _without(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    for pattern in patterns:
        text = pattern.sub(" ", text)
    return text


# --- a cell of a heading ------------------------------------------------------------


@lru_cache(maxsize=10_000)  # the same few words stand in every row
def of_heading(text: str, *, strict: bool = True) -> Meaning:
    """What a heading's cell makes of its column; NOTHING where a word of it is not known.

    `strict=False` lets words that are not known stand beside a role other than the actual.
    "Actual / target" is MIXED: nobody can tell which of them a figure is.
    """
    plain = _plain(text)
    if not plain or len(text) > _LONGEST:
        return NOTHING
    roles, spans = _roles("headings"), _roles("spans")
    span, said = _first(plain, spans)
    # Of "last 12 months" nothing is last year's.
    rest = _without(plain, [spans[span]]) if span else plain
    role, word = _first(rest, roles)
    relates = re.search(r"\b(?:against|versus|vs?|compared)\b", rest)
    if relates and role not in ("rating", "unit", ""):
        role = "difference"
    if role == "target" and re.search(r"\b(?:actuals?|act|outturns?)\b", rest):
        role = "target" if re.search(r"\btarget outturn", rest) else MIXED
    known = [*roles.values(), *spans.values(), _neutral(), _YEARS]
    left = _WORD.findall(_without(_without(plain, known[:-2]), known[-2:]))
    left = [w for w in left if not w.isdigit() and w not in ("-", "/", "+", "v", "vs", "against")]
    if left and (strict or not role or role == ACTUAL):
        return NOTHING
    return Meaning(role, span, word or said)


def without_level(text: str) -> str:
    """A heading without the level in brackets that its figures are held against: "(target 60%)"."""
    return _HELD.sub("", text).strip()


def dated(text: str) -> tuple[str, Meaning] | None:
    """The month in a cell that also names a role or a span, and what it says of the figures.

    "Actual Mar 24", "Mar-24 (actual)", "Forecast for Mar-24". "Mar 2022 (target 60%)" only
    names the level that its figures are held against. None for a month alone, and where what
    stands beside it is not understood.
    """
    if len(text) > 120 or not _MONTHLIKE.search(text) or periods.parse(text):
        return None
    bare = without_level(text)
    if bare != text and periods.parse(bare):
        return bare, NOTHING
    words = text.replace("(", " ( ").replace(")", " ) ").replace(":", " : ").split()
    for count in range(min(4, len(words) - 1), 0, -1):
        for month, others in (
            (words[:count], words[count:]),
            (words[-count:], words[:-count]),
        ):
            printed = " ".join(month).strip("():,;- \u2013\u2014")
            if not periods.parse(printed):
                continue
            meaning = of_heading(" ".join(others).strip("():,;- \u2013\u2014"), strict=False)
            return (printed, meaning) if meaning.told else None
    return None


# --- a caption ----------------------------------------------------------------------


def of_caption(text: str) -> Meaning:
    """What a caption, a title, a section's heading or a sheet's name says of its figures.

    A sentence counts only where it speaks of the table ("the table below shows ..."). MIXED
    where actual and other figures are named side by side ("performance and targets").
    """
    plain = _NUMBERED.sub("", _plain(text))
    if not plain:
        return NOTHING
    if _VERB.search(plain) and _ELSEWHERE.search(plain):
        return NOTHING
    sentence = _sentence(plain) or bool(_SPOKEN.match(plain))
    if sentence and (not _REFERS.search(plain) or len(plain.split()) > _LONG):
        return NOTHING
    plain = _without(plain, _related())
    span, said = _first(plain, {n: p for n, p in _roles("spans").items() if n != "month"})
    rest = _without(plain, [_roles("spans")[span]]) if span else plain
    roles = _roles("captions")
    others = {name: pattern for name, pattern in roles.items() if name != ACTUAL}
    if sentence:  # what is compared in a sentence is seldom its table's
        del others["comparison"]
    role, word = _first(rest, others)
    if not role:
        role, word = _alone(rest)
    actual = roles[ACTUAL].search(rest)
    if role and actual and _side_by_side(rest, actual, others.get(role)):
        return Meaning(MIXED, span, word)
    if not role and actual:
        role, word = ACTUAL, actual[0]
    return Meaning(role, span, word or said)


def _sentence(plain: str) -> bool:
    """Whether a text is a sentence rather than a caption."""
    words, ended = len(plain.split()), plain[-1] in ".!?;"
    if words > _SENTENCE or (ended and words > _SHORT):
        return True
    first = min(
        (m.start() for p in _roles("captions").values() if (m := p.search(plain))), default=9
    )
    return bool(_VERB.search(plain)) and (ended or words > _SHORT or first > len("our "))


def _alone(text: str) -> tuple[str, str]:
    """A role whose word means it only where nothing but neutral words stands beside it."""
    for name, pattern in _roles("alone").items():
        if hit := pattern.search(text):
            rest = _without(pattern.sub(" ", text), [_YEARS, _neutral()])
            if not [word for word in _WORD.findall(rest) if word.isalpha()]:
                return name, hit[0]
    return "", ""


def _side_by_side(text: str, actual: re.Match[str], other: re.Pattern[str] | None) -> bool:
    """Whether "and", a comma or a stroke stands between an actual's word and the other's."""
    hit = other.search(text) if other else None
    if hit is None:
        return False
    low, high = sorted([actual.span(), hit.span()])
    between = text[low[1] : high[0]]
    return bool(re.search(r"\b(?:and|or|with|plus)\b|[&,/+;]", between))


def says_actual(meaning: Meaning) -> bool:
    """Whether a caption says that its figures are the actual ones, not just "performance"."""
    return meaning.role == ACTUAL and not meaning.word.startswith("performance")


def beside_figure(text: str) -> str:
    """The word behind a cell's figure that makes it no actual one: "(forecast)"; else ""."""
    meaning = of_heading(text.strip("()[]*,;:- "))
    return meaning.word if meaning.other and meaning.role != "unit" else ""


def of_label(text: str) -> str:
    """The span that a row's label names: "rolling_12_months", "year_to_date", "quarter" or ""."""
    spans = {name: p for name, p in _roles("spans").items() if name != "month"}
    return _first(_plain(text), spans)[0]


def quarterly(days: Iterable[date]) -> bool:
    """Whether months lie a quarter apart, or there is but one: then each may be a quarter's."""
    numbers = sorted({day.year * 12 + day.month for day in days})
    return all(b - a >= _QUARTER for a, b in pairwise(numbers))
