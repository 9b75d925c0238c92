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
from etl.layouts import patterns
from etl.layouts.facets import NOTHING, OWN, Facets, Stands, merged
from etl.layouts.phrases import meaning, plain_text, unit_of, without_marks
from etl.model import MeasureRef, Registry
from etl.recognise.labels import Labels
from etl.recognise.ownership import Owners
from etl.text.signs import squash
from etl.when import When
from etl.when_words import year_kind

_LED = re.compile(r"([0-9]{1,2}[a-z]?)[.):]?\s+(.+)", re.IGNORECASE)  # a serial, then a label
_NUMBERED = re.compile(
    r"^\W*(?:table|figure|appendix|annex|section)\s+[0-9a-z]{1,3}(?:\.[0-9]{1,2})?\b[\s.:)-]*",
    re.IGNORECASE,
)


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
            if measure.outturn:
                covers = measure.outturn.spans[0] if len(measure.outturn.spans) == 1 else ""
                one = Stands(MeasureRef(measure.id, next(iter(measure.cohorts))), covers)
                for heading in measure.outturn.headings:
                    known.setdefault(squash(heading), (one,))
        for label in self.registry.paper.labels:
            key = "|".join(squash(part) for part in label.split("|"))
            known[key] = tuple(
                Stands(MeasureRef(said.measure, said.cohort), said.span)
                for said in self.registry.paper.labelled(label)
            )
        return known

    @cached_property
    def _serials(self) -> Labels:
        return Labels(self.registry)

    @property
    def serials(self) -> frozenset[str]:
        """Every serial that a known row carries."""
        return self._serials.serials

    def begins_label(self, text: str) -> bool:
        """Whether a text is the beginning of a declared label."""
        return bool(squash(text)) and squash(text) in self._serials.beginnings

    def contradicts(self, serial: str, label: str) -> bool:
        """Whether a printed serial is that of another known row than the label, where both
        are declared together; a council's own labels have serials of their own."""
        refs = self._serials.by_key.get(squash(without_marks(label)), ())
        return bool(refs) and self._serials.contradicts(serial, refs)

    @cached_property
    def any_label(self) -> re.Pattern[str]:
        """Where any known label stands among squashed texts with "|" between them."""
        known = sorted({key.rpartition("|")[2] for key in self.labels} - {""})
        return re.compile("|".join(map(re.escape, known)) or "(?!)")

    @property
    def over_columns(self) -> tuple[str, ...]:
        """The labels that stand over columns, in tables of months."""
        outturns = (measure.outturn for measure in self.registry.measures.values())
        return tuple(text for one in outturns if one for text in one.headings)

    @cached_property
    def _lists(self) -> Mapping[str, frozenset[str]]:
        return {name: frozenset(words) for name, words in self.registry.table_words.items()}

    def is_one_of(self, text: str, *lists: str) -> bool:
        """Whether a text as a whole stands in one of the vocabulary's lists."""
        plain = plain_text(text)
        return any(plain in self._lists.get(name, ()) for name in lists)

    @cached_property
    def _own_words(self) -> Mapping[str, Facets]:
        said = {}
        for text, means in self.registry.paper.words.items():
            area = OWN if means.area == "own" else text if means.area == "part" else ""
            said[plain_text(text)] = Facets(
                role=means.role, area=area, span=means.span, year=means.year
            )
        for kind, names in self.registry.paper.areas.items():
            for name in names:
                said[plain_text(name)] = Facets(area=OWN if kind == "own" else name)
        for name, words in self.registry.table_words.items():
            if name.startswith("role "):
                for word in words:
                    said.setdefault(word, Facets(role=name.removeprefix("role ")))
        return said

    def own(self, text: str) -> Facets | None:
        """What the council's own file says of a text as a whole; None where it does not."""
        paper = self.registry.paper
        listed = {plain_text(one) for one in paper.words} | {
            plain_text(name) for names in paper.areas.values() for name in names
        }
        return self._own_words[plain_text(text)] if plain_text(text) in listed else None

    def label(self, text: str, group: str = "") -> tuple[Stands, ...]:
        """What a row's label stands for, in its group where the label is listed with one."""
        key = squash(without_marks(text))
        found = self.labels.get(f"{squash(group)}|{key}", ()) or self.labels.get(key, ())
        led = _LED.fullmatch(text) if not found else None
        return self.label(led[2], group) if led else found

    def led(self, text: str) -> tuple[str, str]:
        """A label without its serial: "1a Number of children" is ("1a", "Number of children")."""
        led = _LED.fullmatch(text)
        return (led[1].lower(), led[2]) if led and self.label(led[2]) else ("", text)

    def grouped(self, text: str, group: str) -> bool:
        """Whether a label is listed with its group."""
        return f"{squash(group)}|{squash(without_marks(text))}" in self.labels

    def numerator(self, text: str) -> str:
        """ "numerator" or "denominator" where a row's label says that it is one."""
        plain, paper = plain_text(text), self.registry.paper
        for name, own in (("numerator", paper.numerators), ("denominator", paper.denominators)):
            if plain in self._lists.get(f"{name}s", ()) or plain in map(plain_text, own):
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
        if found_words := self._own_words.get(plain_text(text)):
            return found_words
        times, rest = self.times(roles.without_level(text))
        if len(times) > 1:
            return None
        said = Facets(when=times[0] if times else None, year=year_kind(text) if times else "")
        rest = without_marks(rest).strip(" -:;,/|()[]\u2013\u2014")
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
        if said := self._own_words.get(plain_text(rest)):
            return said
        if found := self.label(rest):
            return Facets(measures=found)
        whose, left = self.owners.apart(rest)
        if whose.verdict == "unclear":
            return None
        if not whose.verdict:
            return self._with_own_words(rest) or meaning(rest)
        area = OWN if whose.verdict == "own" else self.code(whose.named) or whose.named
        words = meaning(left) if left.strip() else NOTHING
        if whose.verdict == "own" and (measures := self.label(left)):
            words = Facets(measures=measures)
        return None if words is None else merged((Facets(area=area), words))

    def _with_own_words(self, rest: str) -> Facets | None:
        """What a heading says in which words of the council's file or the vocabulary stand."""
        plain = plain_text(rest)
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
        plain = f" {plain_text(text)} "
        named = (w for w in self._lists.get("others", ()) if f" {w} " in plain)
        return max(named, key=lambda word: (len(word), word), default="")

    def unit(self, text: str) -> str:
        """The unit that a cell of a column of units names; empty where it names none."""
        return unit_of(text)

    def section(self, text: str) -> bool:
        """Whether a heading between rows changes nothing: listed, or made of harmless words."""
        plain = plain_text(_NUMBERED.sub("", text))
        if plain in map(plain_text, self.registry.paper.sections):
            return True
        words = re.findall(r"[a-z0-9'%]+", plain)
        harmless = self._lists.get("sections", frozenset())
        return bool(words) and all(word in harmless for word in words)

    def caption(self, text: str) -> str:
        """A caption without its number: "Table 3: plans issued" is "plans issued"."""
        return _NUMBERED.sub("", text).strip(" .:")
