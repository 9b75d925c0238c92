"""The words of a heading, row, section or caption -> what they say: `Facets`.

Every word must be accounted for: a period, an area, a role, a span, a known label, or words that
say nothing. What is not understood whole says nothing at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from etl import roles, when
from etl.appendix import squash
from etl.layouts import patterns
from etl.layouts.facets import NOTHING, OWN, Facets, Stands, merged
from etl.model import MeasureRef, Registry, Unit
from etl.recognise.ownership import Owners
from etl.when import When
from etl.when_words import year_kind

# Roles of roles.yaml by the names that figures have here.
_ROLES = {"comparison": "comparator", "trajectory": "target"}
_SPANS: dict[str, str] = {"year_to_date": "to_date"}
_MARKS = re.compile(
    r"[*\u2020\u2021^]+|\((?:provisional|prov|p|revised|r|final)\.?\)", re.IGNORECASE
)
_NUMBERED = re.compile(
    r"^\W*(?:table|figure|appendix|annex|section)\s+[0-9a-z]{1,3}(?:\.[0-9]{1,2})?\b[\s.:)-]*",
    re.IGNORECASE,
)
_UNITS: dict[str, Unit] = {
    "%": "percent",
    "percent": "percent",
    "per cent": "percent",
    "percentage": "percent",
    "number": "count",
    "no": "count",
    "no.": "count",
    "#": "count",
    "count": "count",
    "days": "days",
    "weeks": "weeks",
    "\u00a3": "pounds",
    "pounds": "pounds",
    "cost": "pounds",
    "rate per 100": "rate_per_100",
    "rate per 1,000": "rate_per_1000",
    "rate per 1000": "rate_per_1000",
    "rate per 10,000": "rate_per_10000",
    "rate per 10000": "rate_per_10000",
    "rate per 100,000": "rate_per_100000",
}


@dataclass(frozen=True)
class Words:
    """Everything by which this registry understands words of tables."""

    registry: Registry
    _known: dict[str, Facets | None] = field(default_factory=dict)  # the same words stand often

    @cached_property
    def owners(self) -> Owners:
        return Owners(self.registry)

    @cached_property
    def labels(self) -> Mapping[str, tuple[Stands, ...]]:
        """Squashed label -> what it stands for; the paper's own above the measures'."""
        known: dict[str, tuple[Stands, ...]] = {}
        for measure in self.registry.measures.values():
            for name, cohort in measure.cohorts.items():
                for label in cohort.labels:
                    held = known.get(squash(label), ())
                    one = Stands(MeasureRef(measure.id, name))
                    known[squash(label)] = held if one in held else (*held, one)
            for heading in measure.outturn.headings if measure.outturn else ():
                one = Stands(MeasureRef(measure.id, next(iter(measure.cohorts))))
                known.setdefault(squash(heading), (one,))
        for label in self.registry.paper.labels:
            key = "|".join(squash(part) for part in label.split("|"))
            known[key] = tuple(
                Stands(MeasureRef(said.measure, said.cohort), said.span)
                for said in self.registry.paper.labelled(label)
            )
        return known

    @cached_property
    def plain_labels(self) -> frozenset[str]:
        """Every known label, squashed, without the group that some are listed with."""
        return frozenset(key.rpartition("|")[2] for key in self.labels)

    @cached_property
    def _lists(self) -> Mapping[str, frozenset[str]]:
        return {name: frozenset(words) for name, words in self.registry.table_words.items()}

    def is_one_of(self, text: str, *lists: str) -> bool:
        """Whether a text as a whole stands in one of the vocabulary's lists."""
        plain = _plain(text)
        return any(plain in self._lists.get(name, ()) for name in lists)

    @cached_property
    def _own_words(self) -> Mapping[str, Facets]:
        said = {}
        for text, means in self.registry.paper.words.items():
            area = OWN if means.area == "own" else text if means.area == "part" else ""
            said[_plain(text)] = Facets(
                role=means.role, area=area, span=means.span, year=means.year
            )
        for kind, names in self.registry.paper.areas.items():
            for name in names:
                said[_plain(name)] = Facets(area=OWN if kind == "own" else name)
        for name, words in self.registry.table_words.items():
            if name.startswith("role "):
                for word in words:
                    said.setdefault(word, Facets(role=name.removeprefix("role ")))
        return said

    def own(self, text: str) -> Facets | None:
        """What the council's own file says of a text as a whole; None where it does not."""
        paper = self.registry.paper
        listed = {_plain(one) for one in paper.words} | {
            _plain(name) for names in paper.areas.values() for name in names
        }
        return self._own_words[_plain(text)] if _plain(text) in listed else None

    def label(self, text: str, group: str = "") -> tuple[Stands, ...]:
        """What a row's label stands for, in its group where the label is listed with one."""
        key = squash(_marks_off(text))
        return self.labels.get(f"{squash(group)}|{key}", ()) or self.labels.get(key, ())

    def grouped(self, text: str, group: str) -> bool:
        """Whether a label is listed with its group."""
        return f"{squash(group)}|{squash(_marks_off(text))}" in self.labels

    def numerator(self, text: str) -> str:
        """ "numerator" or "denominator" where a row's label says that it is one."""
        plain, paper = _plain(text), self.registry.paper
        for name, own in (("numerator", paper.numerators), ("denominator", paper.denominators)):
            if plain in self._lists.get(f"{name}s", ()) or plain in map(_plain, own):
                return name
        return ""

    def heading(self, text: str) -> Facets | None:
        """What a heading's cell says; None where a word of it is not understood."""
        if text not in self._known:
            self._known[text] = self._heading(" ".join(text.split()))
        return self._known[text]

    def _heading(self, text: str) -> Facets | None:
        if not text or len(text) > patterns.LONGEST:
            return None
        if found := self.label(text):
            return Facets(measures=found)
        if found_words := self._own_words.get(_plain(text)):
            return found_words
        times, rest = self.times(text)
        if len(times) > 1:
            return None
        said = Facets(when=times[0] if times else None, year=year_kind(text) if times else "")
        rest = _marks_off(rest).strip(" -:;,/|()[]\u2013\u2014")
        words = self._rest(rest)
        return None if words is None else merged((said, words)) if rest or times else None

    def times(self, text: str) -> tuple[tuple[When, ...], str]:
        """The times that a text names and the rest of it, the paper's own forms included."""
        for form in self.registry.paper.periods:
            text = patterns.usual_period(form, text)
        return when.find(text)

    def _rest(self, rest: str) -> Facets | None:
        """What the words beside a time say; None where one is not understood."""
        if not rest:
            return NOTHING
        if said := self._own_words.get(_plain(rest)):
            return said
        if found := self.label(rest):
            return Facets(measures=found)
        whose, left = self.owners.apart(rest)
        if whose.verdict == "unclear":
            return None
        if not whose.verdict:
            return self._with_own_words(rest) or _meaning(rest)
        area = OWN if whose.verdict == "own" else self.code(whose.named) or whose.named
        words = _meaning(left) if left.strip() else NOTHING
        return None if words is None else merged((Facets(area=area), words))

    def _with_own_words(self, rest: str) -> Facets | None:
        """What a heading says in which words of the council's file or the vocabulary stand."""
        plain = _plain(rest)
        for own, said in self._own_words.items():
            pattern = rf"(?<!\w){re.escape(own)}(?!\w)"
            if not re.search(pattern, plain):
                continue
            left = re.sub(pattern, " ", plain).strip(" -:;,/|()")
            others = self._rest(left) if left else NOTHING
            if others is not None:
                return merged((said, others))
        return None

    def code(self, name: str) -> str:
        """The ONS code of the one area that a name stands for; empty where none."""
        areas = {mention.area.code for mention in self.owners.names.mentions(name)}
        return areas.pop() if len(areas) == 1 else ""

    def others(self, text: str) -> str:
        """Words by which a caption speaks of other councils without naming one; "" where none."""
        plain = f" {_plain(text)} "
        named = (w for w in self._lists.get("others", ()) if f" {w} " in plain)
        return max(named, key=lambda word: (len(word), word), default="")

    def unit(self, text: str) -> str:
        """The unit that a cell of a column of units names; empty where it names none."""
        return _UNITS.get(_plain(text), "")

    def section(self, text: str) -> bool:
        """Whether a heading between rows changes nothing: listed, or made of harmless words."""
        plain = _plain(_NUMBERED.sub("", text))
        if plain in map(_plain, self.registry.paper.sections):
            return True
        words = re.findall(r"[a-z0-9'%]+", plain)
        harmless = self._lists.get("sections", frozenset())
        return bool(words) and all(word in harmless for word in words)

    def caption(self, text: str) -> str:
        """A caption without its number: "Table 3: plans issued" is "plans issued"."""
        return _NUMBERED.sub("", text).strip(" .:")


def _meaning(text: str) -> Facets | None:
    """The role, span or unit that words name; None where one of them is not understood."""
    meaning = roles.of_heading(text)
    if not meaning.told or meaning.role == roles.MIXED:
        return None
    span = _SPANS.get(meaning.span, meaning.span)
    if meaning.role == "unit":
        unit = _UNITS.get(_plain(text), "")
        return Facets(span=span, unit=unit) if unit else None
    return Facets(role=_ROLES.get(meaning.role, meaning.role), span=span)


def _plain(text: str) -> str:
    return " ".join(
        re.sub("[\u2010-\u2015\u2212]", "-", text).casefold().replace("\u2019", "'").split()
    )


def _marks_off(text: str) -> str:
    return _MARKS.sub("", text).strip()
