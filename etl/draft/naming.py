"""A row, a figure and a word beside figures as an officer reads them."""

from __future__ import annotations

from etl import appendix, periods
from etl.model import Event, Observation, Reading, Registry, Target
from etl.record import Explanation

# An end that no target is meant to reach (targets.yaml): the law's limits hold until then.
_NO_END = 2900


def name(registry: Registry, measure: str, cohort: str) -> str:
    """A row as an officer finds it: serial and title."""
    known = registry.measures[measure]
    group = known.cohorts[cohort]
    title = known.short_title or known.title
    return f"{group.serial} {group.title or title}".strip()


def shown(observation: Observation) -> str:
    """A figure as its cell prints it."""
    return appendix.printed(observation.reading, "LAC" if observation.cohort == "lac" else "cases")


def level(target: Target) -> str:
    """A target's level with its unit: 60%; 140 days; 400."""
    return appendix.printed(Reading(target.value, target.unit, "reported"), "")


def target(registry: Registry, one: Target) -> str:
    """A target's level, rows and period, which its own words need not say."""
    rows = " and ".join(f"\u201c{name(registry, *ref)}\u201d" for ref in one.measures)
    ends = f" to {periods.day(one.end)}" if one.end.year < _NO_END else " on"
    return f"{level(one)} for {rows}, from {periods.day(one.start)}{ends}"


def said(registry: Registry, word: Explanation | Event | Target) -> str:
    """A word beside figures in full: what it says, and of what."""
    if isinstance(word, Target):
        return f"{word.label}: {target(registry, word)}"
    if isinstance(word, Event):
        return f"{word.title}: {word.text} ({periods.day(word.start)})"
    month = f", {appendix.heading(word.period_end)}" if word.period_end else ""
    return f"{word.text} ({name(registry, word.measure, word.cohort)}{month})"
