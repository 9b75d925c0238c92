"""Statements and the record -> statements with their verdict, and why."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace

from etl import periods
from etl.claims import arithmetic, columns, elsewhere, limits, moves, say
from etl.claims.book import Book, Held
from etl.claims.fit import Fit, coarse, decimals, fits
from etl.model import MeasureRef, Period, Statement, Unit
from etl.record import Record

log = logging.getLogger(__name__)


def hold_against(statements: Iterable[Statement], record: Record) -> tuple[Statement, ...]:
    """Each statement with its verdict: supported, differs or unchecked, and the explanation.

    It is held against what had been published by the statement's own day, then against what
    came later. Where the words leave it open what is meant, it is never said to differ.
    """
    book = Book(record)
    judged = [_safely(statement, book) for statement in statements]
    try:
        return tuple(columns.told(judged, book))
    except Exception:
        log.exception("the columns of the tables could not be held against the record")
        return tuple(judged)


def held(record: Record) -> tuple[Statement, ...]:
    """Everything that the record's publications state outside their tables, with verdicts.

    The record keeps figures and places alone: a later publication may change a verdict.
    """
    return hold_against(record.statements, record)


def _safely(statement: Statement, book: Book) -> Statement:
    """One claim that cannot be judged loses no report, and no page that shows the others."""
    try:
        return _judged(statement, book)
    except Exception:
        log.exception("a claim at %s could not be held against the record", statement.place)
        return say.unchecked(statement, "Something went wrong in this software")


def _judged(statement: Statement, book: Book) -> Statement:
    measure = book.record.registry.measures.get(statement.measure)
    if statement.value is None or measure is None:
        return say.unchecked(statement, "It names no measure that is held here")
    if statement.kind in ("printed_floor", "previous", "comparator"):
        return say.unchecked(statement, "It is kept as the paper prints it")
    about = "target" if statement.kind == "printed_target" else statement.about
    if about == "target":
        return limits.target(statement, book)
    if about == "limit":
        return limits.limit(statement, book)
    if statement.authority and statement.authority not in book.record.registry.council.areas:
        return say.unchecked(statement, "No figures of those areas are held under that name")
    if statement.period is None:
        return say.unchecked(statement, "It names no month or year")
    period = statement.period
    statement = _there(statement, period, book)
    if about == "change":
        return moves.change(statement, book)
    if about == "rate":
        return moves.rate(statement, book)
    if about == "increase":
        return moves.growth(statement, book, period)
    return _level(statement, book, period)


def _there(statement: Statement, period: Period, book: Book) -> Statement:
    """Under the code that its area had then: Somerset's changed in 2023."""
    areas = book.record.registry.council.areas
    code, ref = statement.authority, MeasureRef(statement.measure, statement.cohort)
    for twin, name in areas.items():
        if code and name == areas[code] and not book.levels(ref, code, period, None):
            code = twin if book.levels(ref, twin, period, None) else code
    return replace(statement, authority=code)


# --- levels ------------------------------------------------------------------------


def _level(statement: Statement, book: Book, period: Period) -> Statement:
    measure = book.record.registry.measures[statement.measure]
    plain = replace(statement, others=_bases(statement, book))
    tried = [period, *(statement.readings or _latest(statement, book, period))]
    first: list[Held] = []
    perhaps = False
    for place, one in enumerate(tried):
        held = _held(plain, book, one)
        if not place:
            first = held
        answers = [(_fit(statement, found, measure.unit), found) for found in held]
        for fit, found in answers:
            if fit == "yes":
                return _supported(statement, found, held, book)
        perhaps = perhaps or any(fit == "perhaps" for fit, _ in answers)
    if measure.nature == "cumulative" and not statement.certain:
        grown = moves.growth(replace(statement, about="increase"), book, _month(period))
        if grown.verdict == "supported":
            return grown
    answer = _unlike(plain, first, perhaps, period, book)
    if _corrected_since(statement, period, measure.unit, book):
        return say.unchecked(statement, "The figure was printed so, and has been corrected since")
    if answer.verdict == "differs":
        reckoned = arithmetic.reckoned(statement, period, book)
        answer = reckoned or _doubted(statement, answer, period, book)
    elif not statement.certain and first:
        other = _doubted(statement, answer, period, book)
        answer = other if other.verdict == "supported" else answer
    far = all(arithmetic.far(statement, one, measure.unit) for one in first)
    if answer.verdict == "differs" and far:
        said = f"The record has {say.words(first[0].value, book, first[0].ref)}"
        return say.unchecked(statement, f"{said}; so far off, something else may be meant")
    return answer


def _corrected_since(statement: Statement, period: Period, unit: Unit, book: Book) -> bool:
    """Whether the report's own figure was so, and is put right: its words are not to blame."""
    ref = MeasureRef(statement.measure, statement.cohort)
    wrong = book.put_right(ref, statement.authority, period, statement.published)
    return any(_fit(statement, one, unit) == "yes" for one in wrong)


def _bases(statement: Statement, book: Book) -> tuple[MeasureRef, ...]:
    """Of what the words fit as well, the same row on the other basis."""
    measures = book.record.registry.measures
    own = measures[statement.measure]
    return tuple(
        ref
        for ref in statement.others
        if own.basis
        and ref.cohort == statement.cohort
        and measures[ref.measure].basis not in ("", own.basis)
        and measures[ref.measure].short_title == own.short_title
    )


def _doubted(statement: Statement, answer: Statement, period: Period, book: Book) -> Statement:
    """A difference, unless the sentence also names the row or month that the figure is of.

    Then it is likelier that the words were read wrongly than that the report is wrong.
    """
    assert statement.value is not None
    telling = abs(statement.value) >= 10 or decimals(statement) > 0
    for ref in statement.others:
        unit = book.record.registry.measures[ref.measure].unit
        for found in book.levels(ref, statement.authority, period, statement.published):
            if _fit(statement, found, unit) == "yes" and not statement.hedge:
                if telling:
                    return _supported(replace(statement, others=()), found, [], book)
                return say.unchecked(
                    statement, "The sentence names several rows, and it is not sure which is meant"
                )
    targets = book.record.targets or book.record.registry.targets
    if any(
        target.value == statement.value
        and statement.measure in {ref.measure for ref in target.measures}
        and target.kind != "statutory"
        for target in targets
    ):
        return say.unchecked(statement, f"{say.figure(statement)} is the figure of a target")
    for other in statement.nearby:
        for found in _held(replace(statement, others=_bases(statement, book)), book, other):
            if (
                _fit(statement, found, book.record.registry.measures[found.ref.measure].unit)
                == "yes"
            ):
                said = f"{say.figure(statement)} is the figure of {periods.label(other)}"
                return say.unchecked(statement, f"{said}, which the sentence names too")
    if statement.nearby and telling and elsewhere.months(statement, book):
        return say.unchecked(
            statement, "The figure is that of another month, and the sentence names several"
        )
    return answer


def _held(statement: Statement, book: Book, period: Period) -> list[Held]:
    found = [
        one
        for ref in say.refs(statement)
        for one in book.levels(ref, statement.authority, period, statement.published)
    ]
    by = statement.published
    return sorted(found, key=lambda one: by is not None and one.published > by)


def _fit(statement: Statement, found: Held, unit: Unit) -> Fit:
    value = say.in_unit(found.value, unit, statement.unit)
    fit = fits(statement, value)
    if fit == "no" and unit == statement.unit and coarse(statement, value, found.printed):
        return "yes"
    return fit


def _latest(statement: Statement, book: Book, period: Period) -> list[Period]:
    """The last period held, where `period` is none: what "the latest figure" then means."""
    ref = say.refs(statement)[0]
    if statement.certain or _held(statement, book, period):
        return []
    before = [
        held.period
        for held in book.periods(ref, statement.authority, period.span)
        if held.period.end < period.end
    ]
    return before[-1:]


def _month(period: Period) -> Period:
    return periods.for_span("month", period.end.year, period.end.month)


def _supported(statement: Statement, found: Held, held: Sequence[Held], book: Book) -> Statement:
    registry = book.record.registry
    measure = registry.measures[found.ref.measure]
    has = say.words(found.value, book, found.ref)
    said = f"The record has {has} for {periods.label(found.period)}"
    if statement.others and measure.basis:
        said += f", {measure.basis} exceptions"
        other = next(
            (
                one
                for one in held
                if registry.measures[one.ref.measure].basis not in ("", measure.basis)
            ),
            None,
        )
        if other is not None and other.value != found.value:
            name = registry.measures[other.ref.measure].basis
            said += f" ({name} exceptions: {say.words(other.value, book, other.ref)})"
    if found.older:
        said += f"; so published {periods.day(found.published)}, since revised"
    return replace(
        statement,
        verdict="supported",
        explanation=f"{said}.",
        measure=found.ref.measure,
        cohort=found.ref.cohort,
        period=statement.period if statement.certain else found.period,
    )


def _unlike(
    statement: Statement, held: Sequence[Held], perhaps: bool, period: Period, book: Book
) -> Statement:
    if not held:
        return say.unchecked(statement, f"No figure is held for {periods.label(period)}")
    has = " or ".join(dict.fromkeys(say.words(one.value, book, one.ref) for one in held))
    if not statement.certain:
        said = f"The words leave open what is meant; for {periods.label(period)} the record has"
        return say.unchecked(statement, f"{said} {has}")
    if perhaps:
        said = f"The record has {has} for {periods.label(period)}"
        return say.unchecked(statement, f"{said}; the words are too round to tell")
    unit = book.record.registry.measures[statement.measure].unit
    away = say.away(statement, say.in_unit(held[0].value, unit, statement.unit))
    said = f"the record has {has}: the report says {away}."
    # Only of a difference: a figure that is held for no month is found somewhere by chance.
    other = elsewhere.matches(statement, book)
    also = f" {say.figure(statement)} is {other}." if other else ""
    return say.differs(statement, f"{said}{also}", book)
