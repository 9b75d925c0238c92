"""The text of one cell -> what it says: a figure, nothing, or no figure that can be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from etl import roles
from etl.model import Reading, Status, Unit
from etl.text import signs


@dataclass(frozen=True)
class Blank:
    """A cell that prints no figure: empty, or a dash."""

    raw: str = ""


@dataclass(frozen=True)
class Unreadable:
    """A cell that prints something, but no figure of its row; `reason` says why in words."""

    raw: str
    reason: str


UNIT_WORDS: dict[Unit, str] = {
    "count": "a count",
    "percent": "a percentage",
    "days": "a number of days",
    "weeks": "a number of weeks",
    "rate_per_100": "a rate per 100",
    "rate_per_1000": "a rate per 1,000",
    "rate_per_10000": "a rate per 10,000",
    "rate_per_100000": "a rate per 100,000",
    "pounds": "pounds",
}
_CODES: dict[str, Status] = {
    **dict.fromkeys(("na", "n/a", "n.a", "n.a.", "not applicable", "z"), "not_applicable"),
    **dict.fromkeys(("x", "no data", "not available", "not known", ".."), "not_available"),
    **dict.fromkeys(("c", "low", "*", "suppressed", "withheld"), "withheld"),
}
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_FIGURE = re.compile(
    rf"""(?P<number>-?{_NUMBER}|nil)
    (?:\s*(?P<percent>%|per\ ?cent\b)(?:\s*\b(?:in|on)\s+time\b)?
      |\s*(?P<days>days?\b)(?:[\s,;/(]+(?P<weeks>{_NUMBER}\s*(?:weeks?|wks?))\)?)?
      |\s*(?P<only_weeks>(?:weeks?|wks?)\b))?""",
    re.VERBOSE | re.IGNORECASE,
)
_SAMPLE = re.compile(
    r"""[(\[]?\s*(?:only\s+)?
    (?:(?P<cases>[0-9]{1,6}|no)\s+(?:[a-z]+\s+){1,3}in\s+(?:the\s+)?calc(?:s|ulations?)?\.?
      |(?P<people>[0-9]{1,6}|no)\s+(?:lac|pupils?|children|cases|plans|reviews)
      |n\s*=\s*(?P<n>[0-9]{1,6}))
    \s*[)\]]?""",
    re.VERBOSE | re.IGNORECASE,
)
_DATED = re.compile(
    r"(?P<date>[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|[0-9]{1,2} [A-Za-z]{3,9} [0-9]{4})"
    r"\s*[-:]\s*(?P<rest>.+)"
)
_WITHHELD = re.compile(r"<\s*[0-9]{1,2}%?|fewer than [0-9]{1,2}", re.IGNORECASE)
_LONGEST = 200


def parse(text: str, unit: Unit | None = None) -> Reading | Blank | Unreadable:
    """What a cell says, in a row of `unit` (None where the row's unit is not known yet).

    Every form of docs/rules.md, 1. A unit that contradicts the row's makes the cell
    unreadable; a bare number takes the row's unit. Never raises.
    """
    raw = signs.collapsed(text)
    plain = signs.hyphens(raw)
    if not plain.strip("- "):
        return Blank(raw)
    if len(plain) > _LONGEST:
        return Unreadable(raw[:_LONGEST] + "...", "it is too long for a figure")
    if plain.count("(") != plain.count(")"):
        return Unreadable(raw, "a bracket has no partner")
    status = _CODES.get(plain.strip("[]").lower())
    if status or _WITHHELD.fullmatch(plain):
        return Reading(None, unit, status or "withheld", raw=raw)
    # A date that a narrow column has broken after its stroke.
    body, note = re.sub(r"(?<=[0-9])/ (?=[0-9])", "/", plain), ""
    if body.startswith("(") and body.endswith(")"):
        dated = _DATED.fullmatch(body[1:-1].strip())
        note = dated["date"] if dated else ""
        inner = dated["rest"].strip() if dated else body[1:-1].strip()
        # A bare number in brackets is how accounts print a negative one.
        body = inner if dated or re.search("[a-z%]", inner, re.IGNORECASE) else body
    return _figure(body, raw, unit, note)


def _figure(body: str, raw: str, unit: Unit | None, note: str) -> Reading | Unreadable:
    """A number or NA, with a sample size behind it or not."""
    words = re.match(r"(?:n/?a|n\.a\.?|not applicable)(?=$|[\s(\[])", body, re.IGNORECASE)
    found = None if words else _FIGURE.match(body)
    head = words or found
    if head is None:
        return Unreadable(raw, "it is not a figure")
    size, rest = _sample(body[head.end() :].strip())
    if rest and (role := roles.beside_figure(rest)):
        return Unreadable(raw, f"{role!r} says that it is not the council's actual figure")
    if rest:
        return Unreadable(raw, f"{rest!r} is not understood")
    if found is None:
        return Reading(None, unit, "not_applicable", size, note, raw)
    printed = _printed(found)
    if printed and unit and printed != unit:
        return Unreadable(raw, f"the row holds {UNIT_WORDS[unit]}, not {UNIT_WORDS[printed]}")
    return _value(found, printed or unit, size, note, raw)


def _value(
    found: re.Match[str], unit: Unit | None, size: int | None, note: str, raw: str
) -> Reading | Unreadable:
    if found["number"].lower() == "nil":
        return Reading(Decimal(0), unit, "nil", size, note, raw)
    digits = found["number"].replace(",", "")
    if len(digits) > 15:
        return Unreadable(raw, "the number is too long")
    value = Decimal(digits)
    if unit == "count":
        if value != value.to_integral_value():
            return Unreadable(raw, "a count is a whole number")
        value = value.to_integral_value()
    if found["weeks"]:
        note = " ".join(filter(None, (note, found["weeks"])))
    return Reading(value, unit, "reported", size, note, raw)


def _printed(found: re.Match[str]) -> Unit | None:
    if found["percent"]:
        return "percent"
    if found["days"]:
        return "days"
    return "weeks" if found["only_weeks"] else None


def _sample(rest: str) -> tuple[int | None, str]:
    """The number of cases named behind a figure, and what is left over of the text."""
    found = _SAMPLE.fullmatch(rest)
    if not found:
        return None, rest
    number = found["cases"] or found["people"] or found["n"]
    return (0 if number.lower() == "no" else int(number)), ""
