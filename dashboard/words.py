"""Numbers -> the words for them: British English, sentence case, no jargon without its meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from etl import periods
from etl.analysis.change import whole_year
from etl.model import Period, Status, Unit
from etl.tidy import shortest

SHORT = periods.BRIEF
MINUS = "\u2212"

# What a cell says instead of a number; never drawn as each other, nor as zero (docs/rules.md, 3.2).
STATUSES: dict[Status, str] = {
    "reported": "Reported",
    "nil": "Nil",
    "not_applicable": "Not applicable",
    "not_available": "Not available",
    "withheld": "Withheld",
}

# Spans that are called by a name of their own, not by their months.
_NAMED = ("term", "academic_year")


def day(when: date) -> str:
    """18 March 2022."""
    return periods.day(when)


def month(when: date, short: bool = False) -> str:
    """December 2021, or Dec 2021."""
    return periods.months(when, when, short)


def months(start: date, end: date, short: bool = False) -> str:
    """April 2021 to January 2022; the year once where it is the same."""
    return periods.months(start, end, short)


def period(of: Period, short: bool = False) -> str:
    """A period as a label: December 2021; April 2021 to January 2022; 2025 ("year 2025" short)."""
    if of.span == "calendar_year" or whole_year(of):
        return f"year {of.end.year}" if short else str(of.end.year)
    if of.span in _NAMED:
        return periods.label(of)
    return months(of.start, of.end, short)


def within(of: Period) -> str:
    """A period in a sentence: in December 2021; from April 2021 to January 2022; in 2025; in the
    autumn term 2025."""
    label = period(of)
    if of.span in _NAMED:
        return f"in the {label}"
    return f"from {label}" if " to " in label else f"in {label}"


def count(value: Decimal | int) -> str:
    """A number with thousands separators and the decimals it has: 1,025; 12.5."""
    text = shortest(Decimal(value))
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest}" if whole != "-0" else f"-0{dot}{rest}"


def number(value: Decimal, unit: Unit) -> str:
    """The figure as printed large or beside one with its unit: 1,025; 53.3%; 208.4."""
    if unit == "count":
        return count(value)
    return f"{value:,f}%" if unit == "percent" else f"{value:,f}"


def beside(value: Decimal, unit: Unit) -> str:
    """The unit that stands beside a figure: "days", "day", "weeks", "per 1,000" or nothing."""
    if unit in ("count", "percent"):
        return ""
    if unit.startswith("rate_per_"):
        return f"per {int(unit.removeprefix('rate_per_')):,}"
    return unit.removesuffix("s") if value == 1 else unit


def figure(value: Decimal, unit: Unit) -> str:
    """The figure with its unit: 1,025; 53.3%; 208.4 days; 1 day."""
    return f"{number(value, unit)} {beside(value, unit)}".strip()


def points(value: Decimal) -> str:
    """An amount of percentage points: 6.7 points, 1 point."""
    return f"{count(abs(value))} {'point' if abs(value) == 1 else 'points'}"


def amount(value: Decimal, unit: Unit) -> str:
    """A difference without its sign, with its unit: 100; 2.8 days; 6.7 points."""
    if unit == "percent":
        return points(value)
    return f"{count(abs(value))} {beside(abs(value), unit)}".strip()


def signed(value: Decimal, unit: Unit) -> str:
    """A difference for a table: −100, +2.8 days, +8 points, No change."""
    if not value:
        return "No change"
    return f"{'+' if value > 0 else MINUS}{amount(value, unit)}"


def compared(value: Decimal, unit: Unit) -> str:
    """A difference in a sentence: 100 fewer, 2.8 more, 8 points higher, the same."""
    if not value:
        return "the same"
    if unit == "percent":
        return f"{points(value)} {'higher' if value > 0 else 'lower'}"
    return f"{count(abs(value))} {'more' if value > 0 else 'fewer'}"


def than(value: Decimal, unit: Unit, when: str, before: Decimal, rests: str = "") -> str:
    """100 fewer than in December 2020 (595); the same as in December 2020.

    `rests` says on how few cases the earlier figure rests: (44.5, from 4 pupils).
    """
    if not value:
        return f"the same as {when}{f' ({rests})' if rests else ''}"
    inside = ", ".join(part for part in (number(before, unit), rests) if part)
    return f"{compared(value, unit)} than {when} ({inside})"


def states(says: str, shown: str, when: str) -> str:
    """A figure's clause, without a full stop.

    `says` follows the figure ("children were missing education") or holds both places:
    "plans finished {when} had taken {figure} on average".
    """
    if "{figure}" in says:
        text = says.replace("{figure}", shown).replace("{when}", when)
        return text[:1].upper() + text[1:]
    return f"{shown} {says} {when}" if says else f"{shown} {when}"


def of_one(says: str) -> str:
    """What follows a count, for a count of one: "child was missing education"."""
    found = re.sub(
        r"\bchildren\b|\b([a-z]{2,}[a-rt-z])s\b", lambda m: m[1] or "child", says, count=1
    )
    return re.sub(r"\bwere\b", "was", found, count=1)


def together(parts: Sequence[str]) -> str:
    """a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def many(number_of: int, one: str, more: str = "") -> str:
    """1 plan, 2 plans, 1,025 plans."""
    return f"{number_of:,} {one if number_of == 1 else more or one + 's'}"


def counted(number_of: int, noun: str) -> str:
    """So many of what a plural names: 1 plan, 1 child, 1,025 plans, 3 children."""
    return many(number_of, "child" if noun == "children" else noun.removesuffix("s"), noun)


_FIRST = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def ordinal(place: int) -> str:
    """first, second, ninth; 10th, 11th, 21st."""
    if place <= len(_FIRST):
        return _FIRST[place - 1]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{'th' if place % 100 in (11, 12, 13) else ending}"


def ranked(best: int, last: int, words: tuple[str, str], *, tied: bool = False) -> str:
    """A place from the nearer end: highest, second lowest, joint third highest.

    `best` counts from the end that `words` name first, `last` from the other.
    """
    place, word = (best, words[0]) if best <= last else (last, words[1])
    parts = ("joint" if tied else "", "" if place == 1 else ordinal(place), word)
    return " ".join(part for part in parts if part)


def capital(text: str) -> str:
    """The first letter large, the rest as it stands."""
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """The first letter small unless the word is an abbreviation or a name in capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
