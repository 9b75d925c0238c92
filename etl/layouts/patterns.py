"""Patterns and forms of layout files: what they may be, and how they are matched.

A title's pattern is a regular expression without anything that can take more than polynomial
time: no repeated group, no reference back, no look-around. A form ("{value} ({rating})") is plain
text with slots.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

LONGEST = 300  # characters of a text that a pattern is matched against
_MANY = 2  # unbounded repetitions of a pattern: 300 characters squared at most
_NONSENSE = ("", "xyzzy qq", "0", "\u00a7\u00a7")  # what no caption is, and no pattern may match
_UNSAFE = re.compile(r"\)[*+{?]|\\[1-9]|\(\?(?!:)")
_SLOT = re.compile(r"\{([a-z_]+)\}")
CELL_SLOTS = (
    "value",
    "previous",
    "target",
    "floor",
    "rating",
    "direction",
    "note",
    "numerator",
    "denominator",
)
CARD_SLOTS = ("actual", "target", "floor", "previous", "rating", "direction", "note")
PERIOD_SLOTS = {
    "day": r"[0-3]?[0-9]",
    "month": r"[a-z]{3,9}|[01]?[0-9]",
    "year": r"(?:19|20)[0-9]{2}|[0-9]{2}",
    "split_year": r"(?:19|20)?[0-9]{2}[-/][0-9]{2}",
    "quarter": r"[1-4]",
    "term": r"autumn|spring|summer",
}
# What a form's slots must be for a period to come out.
_PERIODS: tuple[frozenset[str], ...] = (
    frozenset({"month", "year"}),
    frozenset({"day", "month", "year"}),
    frozenset({"quarter", "split_year"}),
    frozenset({"term", "year"}),
    frozenset({"term", "split_year"}),
    frozenset({"split_year"}),
    frozenset({"year"}),
)


def slots(form: str) -> list[str]:
    """The names of a form's slots in their order."""
    return _SLOT.findall(form)


def problem(pattern: str) -> str:
    """What is wrong with a title's or row's pattern; empty where nothing is."""
    try:
        compiled = re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        return f"no pattern: {error}"
    if _UNSAFE.search(pattern) or len(re.findall(r"(?<!\\)[*+]", pattern)) > _MANY:
        return "a pattern that could take very long; leave out repeated groups and look-arounds"
    if any(compiled.search(text) for text in _NONSENSE):
        return "a pattern that matches everything"
    return ""


def cell_problem(form: str) -> str:
    """What is wrong with the form of a cell."""
    return _form_problem(form, CELL_SLOTS, ("value",))


def card_problem(form: str) -> str:
    """What is wrong with the form of a card's line."""
    return _form_problem(form, CARD_SLOTS, ("actual",))


def _form_problem(form: str, known: Sequence[str], needed: Sequence[str]) -> str:
    named = slots(form)
    if unknown := [name for name in named if name not in known]:
        return f"no slot {{{unknown[0]}}}; there are {', '.join(f'{{{name}}}' for name in known)}"
    if missing := [name for name in needed if name not in named]:
        return f"needs {{{missing[0]}}}"
    if len(set(named)) < len(named):
        return "has one slot twice"
    if form.replace(" ", "").count("}{"):
        between = re.findall(r"\}(\s*)\{", form)
        if not all(between):
            return "has two slots with nothing between them: nobody can tell where one ends"
    return ""


def period_problem(form: str) -> str:
    """What is wrong with the form of a period."""
    named = slots(form)
    if unknown := [name for name in named if name not in PERIOD_SLOTS]:
        return f"no slot {{{unknown[0]}}}; there are " + ", ".join(
            f"{{{name}}}" for name in PERIOD_SLOTS
        )
    if frozenset(named) not in _PERIODS or len(set(named)) < len(named):
        return "an impossible period: its slots name no month, quarter, term or year of a year"
    return ""


@lru_cache(maxsize=200)
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern that `problem` let pass, ready to be matched."""
    return re.compile(pattern, re.IGNORECASE)


def matches(pattern: str, text: str) -> bool:
    """Whether a pattern stands anywhere in a text's first `LONGEST` characters."""
    return bool(compiled(pattern).search(text[:LONGEST]))


@lru_cache(maxsize=200)
def period_form(form: str) -> re.Pattern[str]:
    """The form of a period as a pattern with its slots as groups."""
    parts = re.split(r"\{([a-z_]+)\}", form)
    text = "".join(
        f"(?P<{part}>{PERIOD_SLOTS[part]})" if n % 2 else re.escape(part).replace(r"\ ", r"\s+")
        for n, part in enumerate(parts)
    )
    return re.compile(rf"(?<![a-z0-9])(?:{text})(?![a-z0-9])", re.IGNORECASE)


def usual_period(form: str, text: str) -> str:
    """A text in which each period of a council's own form is written as papers usually do."""

    def usual(match: re.Match[str]) -> str:
        said = match.groupdict()
        if "quarter" in said:
            return f"Q{said['quarter']} {said['split_year']}"
        if "term" in said:
            return f"{said['term']} {said.get('split_year') or said.get('year')}"
        if "month" in said:
            months = f"{said['month']} {said['year']}"
            if said["month"].isdigit():
                return f"{said.get('day') or 1}/{said['month']}/{said['year']}"
            return f"{said['day']} {months}" if "day" in said else months
        return said.get("split_year") or said["year"]

    return period_form(form).sub(usual, text[:LONGEST])
