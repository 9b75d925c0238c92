"""The rows that an officer may choose from: every measure's cohorts."""

from __future__ import annotations

from etl.model import Registry


def options(registry: Registry) -> tuple[tuple[str, str], ...]:
    """Every measure's cohorts to choose from: key, and serial and title."""
    found = []
    for measure in registry.measures.values():
        for cohort, group in measure.cohorts.items():
            title = group.title if group.labels else f"{measure.title}: {group.title}"
            found.append((group.order, f"{measure.id}/{cohort}", f"{group.serial} {title}".strip()))
    return tuple((key, title) for _, key, title in sorted(found))


def row_of(text: str, registry: Registry) -> tuple[str, str] | None:
    """The measure and cohort that a choice names."""
    measure, _, cohort = text.partition("/")
    known = registry.measures.get(measure)
    return (measure, cohort) if known and cohort in known.cohorts else None
