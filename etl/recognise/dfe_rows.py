"""The texts of DfE's files: which area, period and children a row is about, what a cell says,
and which measure each column holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from etl.model import Measure, Period, Reading, Registry, Span, Status
from etl.periods import TERMS, for_span
from etl.readers.dfe import is_total
from etl.readers.dfe_files import named_for, plain

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
_ONS_CODE = re.compile(r"[EKNSW][0-9]{8}")
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


def number(text: str) -> Decimal | None:
    """The number that a cell of DfE's is; None where it is none."""
    if not _NUMBER.fullmatch(text):
        return None
    return Decimal(text.replace(",", "").rstrip("%"))


# Where a row's area stands, by the beginning of its geographic level: the columns that may
# hold its code, and that of its name. In some releases the two codes of an authority have
# changed places: DfE's own are three digits, so the code is told by its form.
_AREAS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "nat": (("countrycode",), "countryname"),
    "reg": (("regioncode",), "regionname"),
    "": (("newlacode", "oldlacode", "lacode"), "laname"),
}
AREA_COLUMNS = (
    "geographiclevel",
    *dict.fromkeys(name for codes, named in _AREAS.values() for name in (*codes, named)),
)
PERIOD_COLUMNS = ("timeperiod", "timeidentifier")


def area(texts: Mapping[str, str]) -> tuple[str, str]:
    """ONS code (empty where there is none) and name of the area that `AREA_COLUMNS` name."""
    level = texts.get("geographiclevel", "").casefold()
    codes, name = next(where for start, where in _AREAS.items() if level.startswith(start))
    known = (texts.get(code, "") for code in codes)
    return next((code for code in known if _ONS_CODE.fullmatch(code)), ""), texts.get(name, "")


def cohort(groups: Sequence[tuple[str, str]]) -> str:
    """`all` for the total, else a name made of the breakdown (only where asked for).

    `groups` are the names of the columns that tell and what stands in them: a filter without
    a name of its own for the groups (`Boys`) is named before them.
    """
    named = []
    for name, text in groups:
        if text and not is_total(text):
            named += [text] if plain(name).startswith("breakdown") else [name, text]
    words = [re.sub(r"\W+", "_", text).strip("_").casefold() for text in named]
    return "_".join(words) or "all"


def period(time: str, identifier: str) -> Period | None:
    """What `PERIOD_COLUMNS` name: 2024 and Calendar year, 202425 and Academic year, 202526 and
    Autumn term. None for anything else."""
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


def measures_in(title: str, names: Sequence[str], registry: Registry) -> dict[int, Measure]:
    """Which measure each column of the file `title` holds, by its place among `names`; of a
    measure's names the newest that is there, of two columns with one name the first."""
    plain_names = [plain(name) for name in names]
    columns = {name: plain_names.index(name) for name in plain_names}
    found = {}
    named = [one.file for one in registry.dfe_columns if named_for(title, one.file)]
    for measure in registry.measures.values():
        # A file that is called as some measure declares holds the columns of no other file.
        if measure.dfe is None or (named and measure.dfe.file not in named):
            continue
        wanted = (plain(name) for name in measure.dfe.columns)
        at = next((columns[name] for name in wanted if name in columns), None)
        if at is not None:
            found[at] = measure
    return found


def reading(text: str, measure: Measure) -> Reading | None:
    """A cell of DfE's as a reading; None where it is neither a number nor one of its codes."""
    code = _CODES.get(text.casefold())
    if code:
        return Reading(None, measure.unit, code, raw=text)
    value = number(text)
    return None if value is None else Reading(value, measure.unit, raw=text)
