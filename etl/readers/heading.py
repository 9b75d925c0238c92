"""The lines of a pack -> when it met, and what the tidy table prints as its source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from etl import periods

_DAY = re.compile(
    rf"(?<![0-9])([0-3]?[0-9])(?:st|nd|rd|th)?\s+({'|'.join(periods.MONTHS)}),?\s+(20[0-9]{{2}})(?![0-9])",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"\bDate of (?:the )?meeting\b\W*", re.IGNORECASE)
_DATE_LINE = re.compile(r"\W*+Date\s*:\W*", re.IGNORECASE)
_NAMING = r"(?:[A-Z][\w'\u2019]+|and|&|of|for|the)"
_COMMITTEE = re.compile(rf"\W*({_NAMING}(?:[ ,]+{_NAMING}){{0,8}} Committee)\W*(?:$|\t)")
_PLACE = (
    r"[A-Z][\w'\u2019]*\.?(?:(?:[ -]|, )(?:(?:and|upon|on|of|in|with|the|under)[ -]){0,2}"
    r"[A-Z][\w'\u2019]*){0,4}"
)
_KIND = r"(?:County|City|Borough|Metropolitan Borough|Metropolitan District|District|Unitary)"
_COUNCIL = re.compile(
    rf"\b((?:London|Royal|Metropolitan) Borough of {_PLACE}"
    rf"|(?:City of )?{_PLACE} {_KIND} Council)\b"
)
# Without the kind of council only on a line of its own: prose has many "Full Council"s.
_ALONE = re.compile(rf"\W*((?:City of )?{_PLACE} Council)\W*")
_UNNAMED = ("County Council", "City Council", "Borough Council", "District Council")
_NO_PLACE = re.compile(
    r"\b(?:the|full|youth|town|parish|schools?|arts|research|county|city|district|borough|our|your|"
    r"local|member|media|care|international|national|british)\b",
    re.IGNORECASE,
)
_FRONT = 80  # lines of a front page


def days(text: str) -> list[date]:
    """The full dates in words that a text names ("17 September 2021")."""
    found = []
    for day, name, year in _DAY.findall(text):
        try:
            found.append(date(int(year), periods.MONTHS.index(name.lower()) + 1, int(day)))
        except ValueError:
            continue
    return found


def published(lines: Sequence[str]) -> date | None:
    """The meeting's date where the lines say it unambiguously, else None.

    "Date of meeting: 17 September 2021" first, wherever it stands; else the front page's
    "Date:", on its line or after the labels that stand with it (Time, Venue).
    """
    labelled = set()
    for place, line in enumerate(lines):
        if found := _LABELLED.search(line):
            labelled.update(days(f"{line[found.end() :]} {' '.join(lines[place + 1 : place + 2])}"))
    if labelled:
        return labelled.pop() if len(labelled) == 1 else None
    for place, line in enumerate(lines[:_FRONT]):
        if found := _DATE_LINE.match(line):
            following = (line[found.end() :], *lines[place + 1 : place + 7])
            return next((found[0] for found in map(days, following) if found), None)
    return None


def _councils(line: str) -> list[str]:
    """The councils that a line names."""
    alone = _ALONE.fullmatch(line) if len(line) < 80 else None
    place = alone[1].removeprefix("The ").removeprefix("City of ") if alone else ""
    if alone and not _NO_PLACE.search(place.removesuffix("Council")):
        return [alone[1]]
    return [name for name in _COUNCIL.findall(line) if name.removeprefix("The ") not in _UNNAMED]


def title(lines: Iterable[str], day: date | None) -> str:
    """ "Westmere County Council, Education Select Committee, 17 September 2021"."""
    committees: Counter[str] = Counter()
    councils: Counter[str] = Counter()
    for line in lines:
        if "Committee" in line and len(line) < 200 and (found := _COMMITTEE.match(line)):
            committees[found[1].replace("&", "and")] += 1
        if "Council" in line or " Borough of " in line:
            councils.update(name.removeprefix("The ") for name in _councils(line))
    parts = [most.most_common(1)[0][0] for most in (councils, committees) if most]
    if len(parts) > 1:  # "Kent County Council Cabinet Committee" names it already
        parts[1] = parts[1].removeprefix(parts[0]).strip(" ,:-\u2013")
    if day:
        parts.append(periods.day(day))
    return ", ".join(parts)
