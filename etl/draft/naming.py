"""A row and a figure as an officer reads them."""

from __future__ import annotations

from etl import appendix
from etl.model import Observation, Registry


def name(registry: Registry, measure: str, cohort: str) -> str:
    """A row as an officer finds it: serial and title."""
    known = registry.measures[measure]
    group = known.cohorts[cohort]
    title = known.short_title or known.title
    return f"{group.serial} {group.title or title}".strip()


def shown(observation: Observation) -> str:
    """A figure as its cell prints it."""
    return appendix.printed(observation.reading, "LAC" if observation.cohort == "lac" else "cases")
