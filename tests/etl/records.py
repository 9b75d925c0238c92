"""Made-up records for tests of numbers and words: a few figures, the real registry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from etl import periods, registry
from etl.judge import CHECKS
from etl.model import Finding, Measure, Observation, Period, Reading, Registry, Span, Target
from etl.record import Judged, Record, assemble

NORFOLK = "E10000020"
SEPTEMBER = date(2021, 9, 17)
MARCH = date(2022, 3, 18)


def figure(
    measure: str,
    when: str,
    value: str | None,
    *,
    cohort: str = "all",
    span: Span | None = None,
    published: date = MARCH,
    area: str = NORFOLK,
    table: Any = "appendix_1",
    cases: int | None = None,
    known: Registry | None = None,
) -> Observation:
    """One figure: `when` is 2021-07 (the period's last month); the span is the measure's own."""
    declared = (known or registry.load()).measures[measure]
    year, number = (int(part) for part in when.split("-"))
    period = periods.for_span(span or declared.span, year, number)
    status: Any = "not_available" if value is None else "reported"
    number_of = None if value is None else Decimal(value)
    reading = Reading(number_of, declared.unit, status, cases, "", value or "x")
    source = "A pack" if table != "dfe" else "DfE, Plans: reporting year 2025"
    return Observation(
        area, measure, cohort, period, reading, published, source, table, f"row, {when}"
    )


def months(
    first: str, values: Sequence[str | None], measure: str, **more: Any
) -> list[Observation]:
    """Consecutive months from `first`; None leaves a month out."""
    year, number = (int(part) for part in first.split("-"))
    found = []
    for value in values:
        if value is not None:
            found.append(figure(measure, f"{year}-{number:02d}", value, **more))
        year, number = year + number // 12, number % 12 + 1
    return found


def changed(**measures: Mapping[str, Any]) -> Registry:
    """The real registry with some fields of some measures set otherwise."""
    known = registry.load()
    others: dict[str, Measure] = dict(known.measures)
    for name, fields in measures.items():
        others[name] = replace(others[name], **fields)
    return replace(known, measures=others)


def record(
    figures: Sequence[Observation],
    *,
    known: Registry | None = None,
    doubted: Sequence[Observation] = (),
    targets: Sequence[Target] | None = None,
    as_at: date | None = None,
    **more: Any,
) -> Record:
    """A record of these figures, as a store would give it."""
    declared = known or registry.load()
    numbered = [(figure.published.toordinal(), figure) for figure in figures]
    observations, series = assemble(numbered)
    judged = tuple(
        Judged(Finding("made-up", "warning", "It does not add up.", (), (figure,)))
        for figure in doubted
    )
    return Record(
        declared,
        series,
        observations,
        as_at,
        targets=declared.targets if targets is None else tuple(targets),
        events=more.pop("events", declared.events),
        judged=judged,
        judge=CHECKS,
        **more,
    )


def period(span: Span, start: str, end: str) -> Period:
    return Period(span, date.fromisoformat(start), date.fromisoformat(end))
