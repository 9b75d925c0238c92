"""What summary tables, yearly rows, printed targets and sentences state, against the record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from etl.checks.codes import CODES
from etl.checks.wording import named, when
from etl.claims import hold_against
from etl.model import Finding, Observation, Period, Point, SeriesKey, Severity, Statement, Target
from etl.record import Record
from etl.text.numbers import half_place
from etl.text.units import suffix
from etl.tidy import shortest


def check(record: Record) -> Iterator[Finding]:
    """Findings about statements, publication by publication in order of their date."""
    publications: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in record.statements:
        published = statement.published.isoformat() if statement.published else ""
        publications[published, statement.source].append(statement)
    for _, statements in sorted(publications.items()):
        columns: dict[Period, list[Statement]] = defaultdict(list)
        for statement in statements:
            if statement.kind == "summary_table" and statement.period and statement.measure:
                columns[statement.period].append(statement)
        for period, column in columns.items():
            yield from _summary(record, period, column)
        for statement in statements:
            if statement.kind == "yearly_row":
                yield from _yearly_row(record, statement)
            elif statement.kind == "printed_target":
                yield from _target(record, statement)
        prose = [s for s in statements if s.kind in ("sentence", "bullet")]
        for claim in hold_against(prose, record):
            if claim.verdict == "differs":
                yield _finding("claim-differs", claim.explanation, [claim])


def _summary(record: Record, period: Period, column: list[Statement]) -> Iterator[Finding]:
    """A column of a summary table against the full table of the same publication.

    Where its figures are, all of them, those of one other month, its heading is wrong.
    """
    differing = [s for s in column if not _printed_for(record, s, period.end)]
    if not differing:
        return
    other = _month_of(record, column) if len(differing) == len(column) else None
    if other is not None:
        yield _finding(
            "summary-label",
            f"A column of the summary table is headed {when(period)}, but its figures "
            f"({', '.join(_shown(s) for s in column)}) are those that the full table prints "
            f"for {when(other)}.",
            column,
        )
        return
    for statement in differing:
        held = _held(record, statement, period.end)
        said = (
            f"the full table prints {_figure(held[-1])}"
            if held
            else ("the full table has no figure for that month")
        )
        yield _finding(
            "summary-differs",
            f"{_row(record, statement)}, {when(period)}: the summary table prints "
            f"{_shown(statement)}, but {said}.",
            [statement],
            *held[-1:],
        )


def _held(record: Record, statement: Statement, end: date) -> list[Observation]:
    """The figures of the statement's row for the month that ends on `end`.

    As its own publication prints them; where it prints none, as any other does.
    """
    versions = [
        version
        for point in _points(record, statement, end)
        for version in point.versions
        if version.value is not None and version.table != "dfe" and not version.corrects
    ]
    own = [v for v in versions if v.published == statement.published]
    return own or versions


def _points(record: Record, statement: Statement, end: date) -> list[Point]:
    """The statement's row at the month that ends on `end`."""
    span = statement.period.span if statement.period else "month"
    authority = statement.authority or record.registry.council.authority
    series = record.series.get(SeriesKey(authority, statement.measure, statement.cohort, span))
    return [point for point in (series.points if series else ()) if point.period.end == end]


def _printed_for(record: Record, statement: Statement, end: date) -> bool:
    """Whether the full table prints the statement's figure for that month, rounding allowed.

    Or whether the table has been put right, and shows it now.
    """
    value = statement.value
    shown = [point.shown for point in _points(record, statement, end)]
    if value is None:
        return False
    rounding = half_place(value) if half_place(value) < Decimal("0.5") else Decimal(0)
    return any(
        held.value is not None and abs(held.value - value) <= rounding
        for held in (*_held(record, statement, end), *shown)
    )


def _month_of(record: Record, column: list[Statement]) -> Period | None:
    """The one month whose figures a whole column has; None where no month or several fit."""
    first = column[0]
    authority = first.authority or record.registry.council.authority
    series = record.series.get(
        SeriesKey(
            authority, first.measure, first.cohort, first.period.span if first.period else "month"
        )
    )
    fitting = [
        point.period
        for point in (series.points if series else ())
        if all(_printed_for(record, statement, point.period.end) for statement in column)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _yearly_row(record: Record, statement: Statement) -> Iterator[Finding]:
    """The table's row for the year against its year to date at the last month."""
    if statement.period is None or statement.value is None:
        return
    authority = statement.authority or record.registry.council.authority
    key = SeriesKey(authority, statement.measure, statement.cohort, "calendar_year_to_date")
    series = record.series.get(key)
    points = [p for p in (series.points if series else ()) if p.period.end == statement.period.end]
    held = [
        version
        for point in points
        for version in point.versions
        if version.published == statement.published or statement.published is None
    ]
    # A year to date that has been put right since is held against the row, too.
    shown = [point.shown for point in points]
    if held and all(version.value != statement.value for version in (*held, *shown)):
        yield _finding(
            "year-row-differs",
            f"{_row(record, statement)}, the row for {statement.period.end.year}: printed "
            f"{_shown(statement)}, but the year to date at its last month is "
            f"{_figure(held[-1])}.",
            [statement],
            held[-1],
        )


def _target(record: Record, statement: Statement) -> Iterator[Finding]:
    """A printed target against those in force in its year."""
    if statement.period is None or statement.value is None:
        return
    period, value = statement.period, statement.value
    candidates = [
        target
        for target in record.targets or record.registry.targets
        if target.kind != "statutory"
        and any(tuple(ref) == (statement.measure, statement.cohort) for ref in target.measures)
    ]
    in_force = [t for t in candidates if t.start <= period.end and period.start <= t.end]
    if not in_force or any(target.value == value for target in in_force):
        return
    elsewhere = [target for target in candidates if target.value == value]
    right = " and ".join(_target_words(target) for target in in_force)
    reason = f" {_shown(statement)} is {_target_words(elsewhere[0])}." if elsewhere else ""
    yield _finding(
        "target-not-in-force",
        f"{_row(record, statement)}, {period.end.year}: the target is printed as "
        f"{_shown(statement)}, but the one in force in {period.end.year} was {right}.{reason}",
        [statement],
    )


def _target_words(target: Target) -> str:
    kind = "the stretch target" if target.kind == "stretch" else f"the {target.kind} target"
    return f"{shortest(target.value)}{suffix(target.unit)} ({kind} of {target.end.year})"


def _shown(statement: Statement) -> str:
    behind = suffix(statement.unit)
    raw = statement.raw or shortest(statement.value)
    return raw if raw.endswith(behind.strip()) else raw + behind


def _figure(figure: Observation) -> str:
    return figure.reading.raw or shortest(figure.value)


def _row(record: Record, statement: Statement) -> str:
    measure = record.registry.measures.get(statement.measure)
    cohort = measure.cohorts.get(statement.cohort) if measure else None
    return named(measure, cohort) if measure and cohort else statement.measure


def _finding(
    code: str, message: str, statements: list[Statement], *figures: Observation
) -> Finding:
    severity: Severity = CODES[code].severity
    places = [f"{s.source or s.published or 'statement'}: {s.place}" for s in statements]
    places += [f"{f.source}: {f.locator}" for f in figures]
    return Finding(code, severity, message, tuple(dict.fromkeys(places)))
