"""The rows that an officer may choose from: every measure's cohorts."""

from __future__ import annotations

from etl import aliases
from etl.model import MeasureRef, Registry


def options(registry: Registry) -> tuple[tuple[str, str], ...]:
    """Every measure's cohorts to choose from: key, and serial and title."""
    found = []
    for measure in registry.measures.values():
        for cohort, group in measure.cohorts.items():
            title = group.title if group.labels else f"{measure.title}: {group.title}"
            found.append((group.order, f"{measure.id}/{cohort}", f"{group.serial} {title}".strip()))
    return tuple((key, title) for _, key, title in sorted(found))


def row_of(text: str, registry: Registry) -> MeasureRef | None:
    """The measure and cohort that a choice names."""
    return aliases.ref_of(text, registry)
