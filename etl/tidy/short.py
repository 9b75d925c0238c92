"""A row that leaves columns out, or says them as people do -> a full row of the tidy table.

In short a row has a measure, a period and a value. What it leaves out comes from the measure
(unit, span), from the council, or is `all` (cohort); a month's or a year's name becomes the
days of its period, a printed cell ("9.4%", "nil", "x") value, unit and status. The full row
is then parsed like any other (`rows.parse`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import cast, get_args

from etl import cells, periods
from etl.model import Measure, Period, Reading, Span, TableName, Unit
from etl.tidy.columns import NAMES, NUMBER, Problem, RowError
from etl.tidy.rows import shortest

PERIODS = ("period", "period_end", "month", "period_start")
"""Columns that may say the period, the first that is filled."""
AREAS = (
    "authority",
    "area_code",
    "new_la_code",
    "council",
    "local_authority",
    "authority_name",
    "la",
    "la_name",
    "area",
    "area_name",
    "organisation",
    "geography",
)
"""Columns that may say whose figure a row is, the code's first."""
VAGUE = ("area", "organisation", "geography")
"""Of these, only where a row names a known area."""
PLACE = "place"
"""Where a figure that is given only in words stands: its locator."""
KNOWN = frozenset({*NAMES, *PERIODS, PLACE})

_CODE = re.compile(r"[A-Z][0-9]{8}")
_YEARS = re.compile(r"(20[0-9]{2})\s*[-/\u2013]\s*(?:20)?([0-9]{2})")
_GROUP = re.compile(r"\w{1,200}")

Fields = Mapping[str, str]


def _fail(column: str, why: str, code: str = "row-unreadable") -> RowError:
    return RowError([Problem(column, why, code)])


def columns(names: list[str]) -> dict[str, int]:
    """The place of each column in a header that names a tidy table's; else nothing."""
    plain = [re.sub(r"[\W_]+", "_", name.strip().lower()).strip("_") for name in names]
    places = {name: plain.index(name) for name in plain if name}
    wanted = "measure" in places and "value" in places and any(p in places for p in PERIODS)
    return places if wanted else {}


def area(fields: Fields, default: str, code_of: Callable[[str], str]) -> tuple[str, str]:
    """The ONS code of the area whose figure a row is, and its name where only that is given.

    `code_of` gives the code of an area's name, empty where it is none. Raises RowError.
    """
    column = next((name for name in AREAS if fields.get(name)), "")
    text = fields[column] if column else default
    if _CODE.fullmatch(text):
        return text, ""
    if code := code_of(text):
        return code, text
    raise _fail(column, f"{text!r} is no area's name, nor a code like E92000001")


def cohort(fields: Fields, measure: Measure) -> str:
    """Which of the measure's cohorts a row is about. Raises RowError."""
    named = fields.get("cohort", "").lower()
    if not named and "all" not in measure.cohorts and len(measure.cohorts) == 1:
        return next(iter(measure.cohorts))
    name = named or "all"
    # DfE's breakdowns, where they were asked for, are named by its own groups.
    theirs = fields.get("table") == "dfe" and measure.dfe is not None
    if name not in measure.cohorts and not (theirs and _GROUP.fullmatch(name)):
        raise _fail(
            "cohort" if named else "measure",
            f"{measure.id} has no cohort {name!r}, only {', '.join(measure.cohorts)}",
            "cohort-unknown",
        )
    return name


def period(fields: Fields, measure: Measure) -> dict[str, str]:
    """The columns of a row's period: its dates, or those of its month and span. Raises RowError."""
    span = fields.get("span") or measure.span
    if fields.get("period_start") and fields.get("period_end"):
        return {"span": span, **{n: fields[n] for n in ("period_start", "period_end")}}
    name = next((name for name in PERIODS if fields.get(name)), "")
    if not name:
        column = next(name for name in PERIODS if name in fields)
        raise _fail(column, "the period is missing", "period-unreadable")
    if span not in get_args(Span):
        return {"span": span, "period_start": "", "period_end": ""}
    whole = _named(fields[name], cast(Span, span), measure, given=bool(fields.get("span")))
    if whole is None:
        why = f"{fields[name]!r} is no month such as Jul-21 or 2021-07"
        raise _fail(name, why, "period-unreadable")
    dates = {"period_start": whole.start.isoformat(), "period_end": whole.end.isoformat()}
    return {"span": whole.span, **dates}


def _named(text: str, span: Span, measure: Measure, *, given: bool) -> Period | None:
    """The period that a month or a year names; `given` is whether the row says its span."""
    if month := periods.parse(text):
        return periods.for_span(span, month[0].year, month[0].month)
    if years := _YEARS.fullmatch(text):
        if span == "financial_year_to_date" and (int(years[1]) + 1) % 100 == int(years[2]):
            return periods.for_span(span, int(years[1]) + 1, 3)
        return None
    yearly = span == "calendar_year" or (measure.dfe is not None and not given)
    if yearly and re.fullmatch("20[0-9]{2}", text):
        return periods.for_span("calendar_year", int(text), 12)
    return None


def reading(fields: Fields, measure: Measure) -> dict[str, str] | None:
    """The columns of what a row says: as they are where it gives a status, else as a printed
    cell is read. None where it prints no figure. Raises RowError."""
    unit = fields.get("unit") or measure.unit
    if unit not in get_args(Unit):
        raise _fail("unit", f"unit {unit!r} is none of {', '.join(get_args(Unit))}")
    if unit != measure.unit:
        raise _fail("unit", f"{measure.id} is in {measure.unit}, not in {unit}")
    text = fields["value"]
    size = fields.get("sample_size", "").removesuffix(".0")
    written = {"note": fields.get("note", ""), "raw": fields.get("raw", "")}
    if fields.get("status") and (not text or NUMBER.fullmatch(text)):
        return {
            "value": text,
            "unit": unit,
            "status": fields["status"],
            "sample_size": size,
            **written,
        }
    cell = cells.parse(text, measure.unit)
    if isinstance(cell, cells.Blank):
        return None
    if isinstance(cell, cells.Unreadable):
        raise _fail("value", f"{text!r} is not read: {cell.reason}", "cell-unreadable")
    return _of_cell(cell, size, written)


def _of_cell(cell: Reading, size: str, written: Fields) -> dict[str, str]:
    """What a printed cell says, unless the row itself says it."""
    counted = "" if cell.sample_size is None else str(cell.sample_size)
    return {
        "value": shortest(cell.value),
        "unit": cell.unit or "",
        "status": cell.status,
        "sample_size": size or counted,
        "note": written["note"] or cell.note,
        "raw": written["raw"] or cell.raw,
    }


def origin(
    fields: Fields, published: date | None, source: str, table: TableName, place: str
) -> dict[str, str]:
    """The columns that say where a figure is from: the row's own, else those of its file.

    `published` is the file's date (None: the first day there is, told later), `source` its
    title, `table` the kind of table its figures count as, `place` the row's in the file.
    """
    return {
        "published": fields.get("published") or (published or date.min).isoformat(),
        "source": fields.get("source") or source,
        "table": fields.get("table") or table,
        "locator": fields.get("locator") or fields.get(PLACE) or place,
    }
