"""A figure <-> a row of the tidy table, as texts by column.

`row` writes, `parse` reads and tells all that is wrong. What a row may leave out is filled in
before it is parsed (`short`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import cast

from etl import periods
from etl.model import Flag, Observation, Period, Reading, Span, Status, Unit
from etl.tidy.columns import FIELDS, Problem, RowError

Flags = Callable[[Observation], Flag | None]
"""What gives a figure's flag: a record's `flag`."""

_NAMES = tuple(column.name for column in FIELDS)
_VALUED = ("reported", "nil")  # the statuses that go with a value


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


def parse(fields: Mapping[str, str], known: Sequence[Problem] = ()) -> Observation:
    """The observation that a full row says; the inverse of `row`.

    A flag is not read: what is in doubt is judged anew from the record that the figure comes
    into. Raises RowError with all that is wrong: with each column, then with the row. `known`
    are problems that the row has already; what they left out of `fields` is not told again.
    """
    columns = [column for column in FIELDS if column.name in fields or not known]
    texts = {c.name: fields.get(c.name, "") for c in columns}
    texts |= {c.name: texts[c.name].strip() for c in columns if not c.free}
    told = (column.problem(texts[column.name]) for column in columns)
    problems = [*known, *(problem for problem in told if problem)]
    wrong = {problem.column for problem in problems} | set(_NAMES) - texts.keys()
    if not wrong & {"span", "period_start", "period_end"}:
        problems += _of_period(texts)
    if not wrong & {"value", "unit", "status"}:
        problems += _of_value(texts)
    if problems:
        raise RowError(problems)
    return build(*(texts[name] for name in _NAMES))


def _of_period(texts: Mapping[str, str]) -> list[Problem]:
    span, start, end = texts["span"], texts["period_start"], texts["period_end"]
    if periods.whole(cast(Span, span), _day(start), _day(end)):
        return []
    return [Problem("period_end", f"{start} to {end} is not a {span} period", "period-unreadable")]


def _of_value(texts: Mapping[str, str]) -> list[Problem]:
    """What contradicts itself between value, unit and status."""
    text, status = texts["value"], texts["status"]
    if bool(text) != (status in _VALUED) or (status == "nil" and Decimal(text)):
        return [Problem("value", f"{text or 'no value'} does not go with the status {status}")]
    if text and Decimal(text) < 0:
        return [Problem("value", f"{text} is below 0", "cell-unreadable")]
    if text and texts["unit"] == "count" and Decimal(text) % 1:
        return [Problem("value", f"{text}: a count is a whole number", "cell-unreadable")]
    return []


# A release's figures share their few dates, periods and numbers.
@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    return date.fromisoformat(text)


@lru_cache(maxsize=4096)
def _period(span: str, start: str, end: str) -> Period:
    return Period(cast(Span, span), _day(start), _day(end))


@lru_cache(maxsize=4096)
def _number(text: str) -> Decimal:
    return Decimal(text)


def build(
    authority: str,
    measure: str,
    cohort: str,
    span: str,
    period_start: str,
    period_end: str,
    value: str | None,
    unit: str | None,
    status: str,
    sample_size: str | int | None,
    note: str,
    published: str,
    source: str,
    table: str,
    locator: str,
    raw: str,
) -> Observation:
    """The observation of texts in the order of `FIELDS`, which are known to be right.

    None stands for empty, as in a database. What comes from outside goes through `parse`.
    """
    return Observation(
        authority,
        measure,
        cohort,
        _period(span, period_start, period_end),
        Reading(
            _number(value) if value else None,
            cast(Unit, unit) if unit else None,
            cast(Status, status),
            int(sample_size) if sample_size not in ("", None) else None,
            note,
            raw,
        ),
        _day(published),
        source,
        table,
        locator,
    )
