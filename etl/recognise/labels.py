"""A row's printed label and serial -> the measures and cohorts that it may stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from etl.model import Cohort, Measure, MeasureRef, Registry
from etl.text import signs
from etl.text.signs import squash

_SERIAL = re.compile(r"[0-9]{1,2}[a-z]?", re.IGNORECASE)


def serial_of(text: str) -> str | None:
    """The serial that a cell prints: "1a", "" for a dash or nothing, None for other text."""
    plain = text.strip().rstrip(".):").lower()
    if not signs.hyphens(plain).strip("- "):
        return ""
    return plain if _SERIAL.fullmatch(plain) else None


@dataclass(frozen=True)
class Labels:
    """Every label and serial of the registry, ready to be looked up."""

    registry: Registry

    @cached_property
    def by_key(self) -> Mapping[str, tuple[MeasureRef, ...]]:
        """Squashed label -> the rows it is printed for."""
        found: dict[str, tuple[MeasureRef, ...]] = {}
        for measure in self.registry.measures.values():
            for name, cohort in measure.cohorts.items():
                for label in cohort.labels:
                    refs = found.setdefault(squash(label), ())
                    ref = MeasureRef(measure.id, name)
                    found[squash(label)] = refs if ref in refs else (*refs, ref)
        return found

    @cached_property
    def columns(self) -> frozenset[str]:
        """The squashed headings that stand over columns of a table of months."""
        outturns = (measure.outturn for measure in self.registry.measures.values())
        return frozenset(squash(text) for one in outturns if one for text in one.headings)

    @cached_property
    def serials(self) -> frozenset[str]:
        """Every serial that a known row carries."""
        return frozenset(
            cohort.serial.lower()
            for measure in self.registry.measures.values()
            for cohort in measure.cohorts.values()
            if cohort.serial
        )

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """Every beginning of a squashed label, the whole label included."""
        return frozenset(key[:n] for key in self.by_key for n in range(1, len(key) + 1))

    @cached_property
    def whole(self) -> frozenset[str]:
        """The squashed beginnings of labels that end with a word."""
        return frozenset(
            squash(" ".join(words[:at]))
            for measure in self.registry.measures.values()
            for cohort in measure.cohorts.values()
            for label in cohort.labels
            if (words := label.split())
            for at in range(1, len(words) + 1)
        )

    @cached_property
    def dashes(self) -> frozenset[str]:
        """The squashed beginnings of labels after which a dash is printed."""
        found = set()
        for measure in self.registry.measures.values():
            for cohort in measure.cohorts.values():
                for label in cohort.labels:
                    words = label.split()
                    found |= {
                        squash(" ".join(words[:at]))
                        for at, word in enumerate(words)
                        if at and not squash(word)
                    }
        return frozenset(found)

    def measure(self, ref: MeasureRef) -> Measure:
        return self.registry.measures[ref.measure]

    def cohort(self, ref: MeasureRef) -> Cohort:
        return self.registry.measures[ref.measure].cohorts[ref.cohort]

    def contradicts(self, serial: str, refs: tuple[MeasureRef, ...]) -> bool:
        """Whether a printed serial belongs to another known row than the label does.

        A serial that no known row has (a renumbered table) contradicts nothing.
        """
        if not serial or serial not in self.serials:
            return False
        return all(self.cohort(ref).serial.lower() != serial for ref in refs)
