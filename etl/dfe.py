"""The words of DfE's files: how columns and files are called, which period a row covers, what a
cell says. The files are those of Explore Education Statistics. The ground floor: readers lean on
it, and it knows no measure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from etl.model import Period, Reading, Span, Status, Unit
from etl.periods import TERMS, for_span

# DfE's codes, with and without its own full names for them (data guidance of each release).
_CODES: Mapping[str, Status] = {
    "z": "not_applicable",
    "x": "not_available",
    ":": "not_available",
    "no data": "not_available",
    "c": "withheld",
    "low": "withheld",
}
# No longer than a figure can be: DfE's longest have two digits and twelve decimals.
_NUMBER = re.compile(r"-?([0-9]{1,9}|[0-9]{1,3}(,[0-9]{3}){1,2})(\.[0-9]{1,15})?%?")
# 2024, or the two years of a school or financial year: 202425.
_TIME = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})?")
# DfE's names for the kinds of periods of its releases (Explore Education Statistics), with the
# last month of each, by which `periods.for_span` finds it. Other kinds are not read.
_KINDS: Mapping[str, tuple[Span, int]] = {
    "": ("calendar_year", 12),
    "calendar year": ("calendar_year", 12),
    "academic year": ("academic_year", 8),
    "financial year": ("financial_year", 3),
    **{f"{name} term": ("term", first) for name, first in TERMS.items()},
}


def file_name(entry: str) -> str:
    """A file's name in a zip, without its folders, whichever way they are written."""
    return re.split(r"[/\\]", entry)[-1]


def plain(name: str) -> str:
    """A column's name without what changes from release to release: capitals, underscores."""
    return re.sub(r"[\W_]+", "", name).casefold()


def named_for(file: str, declared: str) -> bool:
    """Whether a file of a release is the one that a measure declares: `requests` is
    `data/requests.csv`, also as `dfe_requests (1).csv`."""
    return plain(declared) in plain(file_name(file))


def period(time: str, identifier: str) -> Period | None:
    """What `time_period` and `time_identifier` name: 2024 and Calendar year, 202425 and Academic
    year, 202526 and Autumn term. None for anything else."""
    years, kind = _TIME.fullmatch(time), _KINDS.get(identifier.casefold())
    if years is None or kind is None:
        return None
    span, month = kind
    first = int(years[1])
    if (span == "calendar_year") != (years[2] is None):
        return None
    if years[2] is not None and int(years[2]) != (first + 1) % 100:
        return None
    later = span != "calendar_year" and month < 9
    return for_span(span, first + later, month)


def number(text: str) -> Decimal | None:
    """The number that a cell of DfE's is; None where it is none."""
    if not _NUMBER.fullmatch(text):
        return None
    return Decimal(text.replace(",", "").rstrip("%"))


def reading(text: str, unit: Unit) -> Reading | None:
    """A cell of DfE's as a reading; None where it is neither a number nor one of its codes."""
    code = _CODES.get(text.casefold())
    if code:
        return Reading(None, unit, code, raw=text)
    value = number(text)
    return None if value is None else Reading(value, unit, raw=text)
