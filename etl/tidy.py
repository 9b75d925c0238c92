"""The tidy table's columns, once: for the CSV, the API, the workbook and their schema.

A row is a figure's own fields, and last the flag that the record's checks put on it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple, cast, get_args

from etl.model import Flag, Observation, Period, Reading, Span, Status, TableName, Unit


class Column(NamedTuple):
    """A column: its name, its Frictionless type and what it holds."""

    name: str
    type: str
    description: str
    allowed: tuple[str, ...] = ()


FIELDS = (
    Column("authority", "string", "ONS code of the area the figure is about"),
    Column("measure", "string", "Which measure; its definition is in the registry"),
    Column("cohort", "string", "Which children: all, ehcp (with an EHC plan), lac (looked after)"),
    Column("span", "string", "What kind of period the figure covers", get_args(Span)),
    Column("period_start", "date", "First day of the period"),
    Column("period_end", "date", "Last day of the period"),
    Column("value", "number", "The figure; percent as 0 to 100; empty where there is none"),
    Column("unit", "string", "Unit of the value", get_args(Unit)),
    Column("status", "string", "Whether there is a figure, and if not, why", get_args(Status)),
    Column("sample_size", "integer", "Number of cases that the printed cell itself names"),
    Column("note", "string", "What the cell prints beyond value, unit and sample size"),
    Column("published", "date", "Date of the meeting or release that published it"),
    Column("source", "string", "The publication"),
    Column("table", "string", "Which kind of table it stood in, or a layout's id"),
    Column("locator", "string", "Where in the source it stands"),
    Column("raw", "string", "The cell as printed"),
)
"""What a figure itself says."""
COLUMNS = (
    *FIELDS,
    Column(
        "flag",
        "string",
        "Whether the figure is in doubt: open (not looked into yet), misprint (judged to be one) "
        "or unexplained; empty where nothing speaks against it",
        get_args(Flag),
    ),
)
NAMES = tuple(column.name for column in COLUMNS)
TEXT = ("note", "source", "locator", "raw")
"""The columns of free text: written through `neutral`, read back through `plain`."""

Flags = Callable[[Observation], Flag | None]
"""What gives a figure's flag: a record's `flag`."""

# What a spreadsheet would run when a cell begins with it (OWASP, "CSV Injection"), also
# behind blanks and in the full-width forms that East Asian versions take for the same.
_RUNS = re.compile("'*[ \u00a0]*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20|%]")

_TABLE = re.compile(r"[a-z][a-z0-9_-]{0,60}")


def neutral(text: str) -> str:
    """Text that a spreadsheet shows and never runs: an apostrophe before what it would run."""
    return f"'{text}" if _RUNS.match(text) else text


def plain(text: str) -> str:
    """The text that `neutral` was given; its inverse. Other text is left alone."""
    return text[1:] if text.startswith("'") and _RUNS.match(text) else text


def shortest(value: Decimal | None) -> str:
    """A number without needless zeros: 41, not 41.0; empty for None."""
    if value is None:
        return ""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("", "-0") else text


def row(observation: Observation) -> dict[str, str]:
    """An observation's own `FIELDS` as text, in the fixed order."""
    reading, period = observation.reading, observation.period
    size = reading.sample_size
    return {
        "authority": observation.authority,
        "measure": observation.measure,
        "cohort": observation.cohort,
        "span": period.span,
        "period_start": period.start.isoformat(),
        "period_end": period.end.isoformat(),
        "value": shortest(reading.value),
        "unit": reading.unit or "",
        "status": reading.status,
        "sample_size": "" if size is None else str(size),
        "note": reading.note,
        "published": observation.published.isoformat(),
        "source": observation.source,
        "table": observation.table,
        "locator": observation.locator,
        "raw": reading.raw,
    }


def flagged_row(observation: Observation, flags: Flags) -> dict[str, str]:
    """All `COLUMNS` of an observation as text: its fields, and its flag."""
    return {**row(observation), "flag": flags(observation) or ""}


def table_name(text: str) -> TableName:
    """A table's name as it is stored; ValueError where it is no name."""
    name = text.strip()
    if not _TABLE.fullmatch(name):
        raise ValueError(f"table: {text!r} is no name of a table")
    return name


def observation(fields: Mapping[str, str]) -> Observation:
    """The observation that `row` wrote; the inverse of `row`. A flag is not read: what is
    in doubt is judged anew from the record that the figure comes into.

    Raises ValueError that names the column whose text does not fit.
    """

    def one_of(name: str, allowed: tuple[str, ...], default: str = "") -> str:
        text = fields.get(name, "").strip() or default
        if text not in allowed:
            raise ValueError(f"{name}: {text!r} is none of {', '.join(allowed)}")
        return text

    def day(name: str) -> date:
        try:
            return date.fromisoformat(fields.get(name, "").strip())
        except ValueError:
            raise ValueError(f"{name}: {fields.get(name, '')!r} is not a date like 2021-07-31")

    def number(name: str) -> Decimal | None:
        text = fields.get(name, "").strip()
        try:
            found = Decimal(text) if text else None
        except InvalidOperation:
            found = Decimal("nan")
        if found is not None and not found.is_finite():
            raise ValueError(f"{name}: {text!r} is not a number")
        return found

    size = number("sample_size")
    if size is not None and size != int(size):
        raise ValueError(f"sample_size: {fields['sample_size']!r} is not a whole number")
    return Observation(
        authority=fields.get("authority", "").strip(),
        measure=fields.get("measure", "").strip(),
        cohort=fields.get("cohort", "").strip(),
        period=Period(
            cast(Span, one_of("span", get_args(Span))), day("period_start"), day("period_end")
        ),
        reading=Reading(
            value=number("value"),
            unit=cast(Unit, one_of("unit", get_args(Unit))),
            status=cast(Status, one_of("status", get_args(Status), "reported")),
            sample_size=None if size is None else int(size),
            note=fields.get("note", ""),
            raw=fields.get("raw", ""),
        ),
        published=day("published"),
        source=fields.get("source", ""),
        table=table_name(fields.get("table", "")),
        locator=fields.get("locator", ""),
    )


def as_csv(figures: Iterable[Observation], flags: Flags) -> str:
    """The tidy table as CSV. Free text that a spreadsheet would run gets an apostrophe
    before it (`neutral`), which the import takes off again.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, NAMES, lineterminator="\n")
    writer.writeheader()
    for figure in figures:
        cells = flagged_row(figure, flags)
        writer.writerow({**cells, **{name: neutral(cells[name]) for name in TEXT}})
    return text.getvalue()


def as_json(figures: Iterable[Observation], flags: Flags) -> str:
    """The tidy table as a JSON list: numbers as numbers, what is empty as null."""
    return (
        "[\n"
        + ",\n".join(json.dumps(_typed(flagged_row(f, flags)), ensure_ascii=False) for f in figures)
        + "\n]\n"
    )


def _typed(cells: dict[str, str]) -> dict[str, object]:
    typed: dict[str, object] = {**cells}
    for name in ("value", "sample_size"):
        text = cells[name]
        number = float(text) if "." in text else int(text) if text else None
        typed[name] = number
    typed["unit"] = cells["unit"] or None
    typed["flag"] = cells["flag"] or None
    return typed
