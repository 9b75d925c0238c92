"""The fields of one row of the tidy layout -> period, reading and the rest, or why not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import cast, get_args

from etl import cells, periods, tidy
from etl.model import Measure, Period, Reading, Source, Span, Status, TableName, Unit
from etl.recognise.ownership import Owners

PERIODS = ("period", "period_end", "month", "period_start")
# Columns that name whose figure a row is, the code's first.
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
VAGUE = ("area", "organisation", "geography")  # of these, only where a row names a known area
_AREA = re.compile(r"[A-Z][0-9]{8}")
_YEARS = re.compile(r"(20[0-9]{2})\s*[-/\u2013]\s*(?:20)?([0-9]{2})")
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,15})?")  # longer ones go the way of cells

Fields = Mapping[str, str]


class Odd(ValueError):
    """A row that cannot be taken: a finding's code, the column it lies in, and why."""

    def __init__(self, code: str, column: str, why: str) -> None:
        super().__init__(why)
        self.code, self.column = code, column


def area(fields: Fields, default: str, owners: Owners) -> tuple[str, str]:
    """The ONS code of the area whose figure a row is, and its name where only that is given."""
    column = next((name for name in AREAS if fields.get(name)), "")
    text = fields[column] if column else default
    if _AREA.fullmatch(text):
        return text, ""
    if code := owners.code(text):
        return code, text
    raise Odd("row-unreadable", column, f"{text!r} is no area's name, nor a code like E10000020")


def _one_of(fields: Fields, name: str, allowed: tuple[str, ...], default: str) -> str:
    text = fields.get(name, "") or default
    if text not in allowed:
        raise Odd("row-unreadable", name, f"{name} {text!r} is none of {', '.join(allowed)}")
    return text


def table(fields: Fields, default: TableName) -> TableName:
    """Which kind of table the figure counts as."""
    try:
        return tidy.table_name(fields.get("table", "") or default)
    except ValueError as error:
        raise Odd("row-unreadable", "table", str(error))


def _day(fields: Fields, name: str) -> date:
    try:
        return date.fromisoformat(fields[name])
    except ValueError:
        raise Odd("period-unreadable", name, f"{name} {fields[name]!r} is not like 2021-07-31")


def published(fields: Fields, source: Source) -> date:
    """The row's own date of publication, else the file's, else the first day there is."""
    if fields.get("published"):
        return _day(fields, "published")
    return source.published or date.min


def period(fields: Fields, measure: Measure) -> Period:
    """The period that a row names: by its dates, or by its month and the measure's span."""
    span = cast(Span, _one_of(fields, "span", get_args(Span), measure.span))
    if fields.get("period_start") and fields.get("period_end"):
        start, end = _day(fields, "period_start"), _day(fields, "period_end")
        if not periods.whole(span, start, end):
            raise Odd("period-unreadable", "period_end", f"{start} to {end} is not a {span} period")
        return Period(span, start, end)
    name = next((name for name in PERIODS if fields.get(name)), "")
    if not name:
        column = next(name for name in PERIODS if name in fields)
        raise Odd("period-unreadable", column, "the period is missing")
    text = fields[name]
    if found := periods.parse(text):
        return periods.for_span(span, found[0].year, found[0].month)
    if years := _YEARS.fullmatch(text):
        if span == "financial_year_to_date" and (int(years[1]) + 1) % 100 == int(years[2]):
            return periods.for_span(span, int(years[1]) + 1, 3)
    elif re.fullmatch("20[0-9]{2}", text) and (span == "calendar_year" or not fields.get("span")):
        yearly = measure.dfe is not None or span == "calendar_year"
        if yearly:
            return periods.for_span("calendar_year", int(text), 12)
    raise Odd("period-unreadable", name, f"{text!r} is no month such as Jul-21 or 2021-07")


def reading(fields: Fields, measure: Measure) -> Reading | None:
    """What a row says, exactly where it gives a status, else as a cell of a table is read."""
    unit = cast(Unit, _one_of(fields, "unit", get_args(Unit), measure.unit))
    if unit != measure.unit:
        raise Odd("row-unreadable", "unit", f"{measure.id} is in {measure.unit}, not in {unit}")
    text = fields["value"]
    if fields.get("status") and (not text or _NUMBER.fullmatch(text)):
        return _exactly(fields, unit)
    found = cells.parse(text, unit)
    if isinstance(found, cells.Blank):
        return None
    if isinstance(found, cells.Unreadable):
        raise Odd("cell-unreadable", "value", f"{text!r} is not read: {found.reason}")
    size = _size(fields)
    return replace(
        found,
        sample_size=found.sample_size if size is None else size,
        note=fields.get("note", "") or found.note,
        raw=fields.get("raw", "") or found.raw,
    )


def _size(fields: Fields) -> int | None:
    text = fields.get("sample_size", "").removesuffix(".0")
    if text and not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Odd("row-unreadable", "sample_size", f"{text!r} is not a whole number")
    return int(text) if text else None


def _exactly(fields: Fields, unit: Unit) -> Reading:
    status = cast(Status, _one_of(fields, "status", get_args(Status), ""))
    value = Decimal(fields["value"]) if fields["value"] else None
    if (value is None) == (status in ("reported", "nil")) or (status == "nil" and value):
        said = fields["value"] or "no value"
        raise Odd("row-unreadable", "value", f"{said} does not go with the status {status}")
    if value is not None and value < 0:
        raise Odd("cell-unreadable", "value", f"{fields['value']} is below 0")
    if value is not None and unit == "count":
        if value != value.to_integral_value():
            raise Odd("cell-unreadable", "value", f"{fields['value']}: a count is a whole number")
        value = value.to_integral_value()
    return Reading(
        value, unit, status, _size(fields), fields.get("note", ""), fields.get("raw", "")
    )
