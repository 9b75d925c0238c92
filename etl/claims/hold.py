"""Statements and the record -> statements with their verdict, and why."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

from etl import periods, tidy
from etl.claims import elsewhere
from etl.claims.book import Book, Held
from etl.claims.dates import index, month_of
from etl.claims.fit import Fit, coarse, decimals, fits
from etl.model import Measure, MeasureRef, Period, Statement, Target, Unit
from etl.record import Record

_BACK = 3  # months that "to date" and "latest" may lie behind
_SIGNS: dict[str, str] = {"percent": "%", "days": " days", "weeks": " weeks", "count": ""}


def hold_against(statements: Iterable[Statement], record: Record) -> tuple[Statement, ...]:
    """Each statement with its verdict: supported, differs or unchecked, and the explanation.

    It is held against what had been published by the statement's own day, then against what
    came later. Where the words leave it open what is meant, it is never said to differ.
    """
    book = Book(record)
    judged = [_judged(statement, book) for statement in statements]
    return tuple(_columns(judged, book))


def _judged(statement: Statement, book: Book) -> Statement:
    measure = book.record.registry.measures.get(statement.measure)
    if statement.value is None or measure is None:
        return _open(statement, "It names no measure that is held here")
    about = "target" if statement.kind == "printed_target" else statement.about
    if about == "target":
        return _target(statement, book)
    if about == "limit":
        return _limit(statement, book)
    if statement.authority and statement.authority not in book.record.registry.council.areas:
        return _open(statement, "No figures of those areas are held under that name")
    if statement.period is None:
        return _open(statement, "It names no month or year")
    if about == "change":
        return _change(statement, book)
    if about == "rate":
        return _rate(statement, book)
    if about == "increase":
        return _growth(statement, book, statement.period)
    return _level(statement, book, statement.period)


def _refs(statement: Statement) -> list[MeasureRef]:
    return [MeasureRef(statement.measure, statement.cohort), *statement.others]


# --- levels ------------------------------------------------------------------------


def _level(statement: Statement, book: Book, period: Period) -> Statement:
    measure = book.record.registry.measures[statement.measure]
    plain = replace(statement, others=_bases(statement, book))
    tried = [period] if statement.certain else [period, *_latest(statement, book, period)]
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
        grown = _growth(replace(statement, about="increase"), book, _month(period))
        if grown.verdict == "supported":
            return grown
    answer = _unlike(plain, first, perhaps, period, book)
    if answer.verdict == "differs":
        return _doubted(statement, answer, period, book)
    return answer


def _bases(statement: Statement, book: Book) -> tuple[MeasureRef, ...]:
    """Of what the words fit as well, the same row on the other basis."""
    measures = book.record.registry.measures
    own = measures[statement.measure]
    return tuple(
        ref
        for ref in statement.others
        if own.basis and ref.cohort == statement.cohort
        and measures[ref.measure].basis not in ("", own.basis)
        and measures[ref.measure].short_title == own.short_title
    )  # fmt: skip


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
                return _open(
                    statement, "The sentence names several rows, and it is not sure which is meant"
                )
    for other in statement.nearby:
        for found in _held(replace(statement, others=_bases(statement, book)), book, other):
            if (
                _fit(statement, found, book.record.registry.measures[found.ref.measure].unit)
                == "yes"
            ):
                said = f"{_figure(statement)} is the figure of {periods.label(other)}, which the sentence names too"
                return _open(statement, said)
    if statement.nearby and telling and elsewhere.months(statement, book):
        return _open(
            statement, "The figure is that of another month, and the sentence names several"
        )
    return answer


def _held(statement: Statement, book: Book, period: Period) -> list[Held]:
    found = [
        one
        for ref in _refs(statement)
        for one in book.levels(ref, statement.authority, period, statement.published)
    ]
    by = statement.published
    return sorted(found, key=lambda one: by is not None and one.published > by)


def _fit(statement: Statement, found: Held, unit: Unit) -> Fit:
    value = _in_unit(found.value, unit, statement.unit)
    fit = fits(statement, value)
    if fit == "no" and unit == statement.unit and coarse(statement, value, found.printed):
        return "yes"
    return fit


def _in_unit(value: Decimal, unit: Unit, wanted: Unit | None) -> Decimal:
    """Days in weeks, weeks in days; all else as it is."""
    if unit == "days" and wanted == "weeks":
        return value / 7
    return value * 7 if unit == "weeks" and wanted == "days" else value


def _before(period: Period) -> list[Period]:
    last = index((period.end.year, period.end.month))
    if period.span not in ("month", "calendar_year_to_date", "financial_year_to_date"):
        return []
    return [
        periods.for_span(period.span, *month_of(last - back))
        for back in range(1, _BACK + 1)
        if period.span == "month" or month_of(last - back)[0] == period.end.year
    ]


def _latest(statement: Statement, book: Book, period: Period) -> list[Period]:
    """The last period held, where `period` is none: what "the latest figure" then means."""
    ref = _refs(statement)[0]
    if _held(statement, book, period):
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
    said = f"The record has {_words(found.value, statement, book, found.ref)} for {periods.label(found.period)}"
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
            said += f" ({name} exceptions: {_words(other.value, statement, book, other.ref)})"
    if found.older:
        said += f"; so published {found.published:%-d %B %Y}, since revised"
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
    other = elsewhere.matches(statement, book)
    also = f" {_figure(statement)} is {other}." if other else ""
    if not held:
        return _open(statement, f"No figure is held for {periods.label(period)}.{also}")
    has = " or ".join(dict.fromkeys(_words(one.value, statement, book, one.ref) for one in held))
    said = f"The record has {has} for {periods.label(period)}"
    if perhaps or not statement.certain:
        why = "the words are too round to tell" if perhaps else "the words leave open what is meant"
        return _open(statement, f"{said}, but {why}.{also}")
    unit = book.record.registry.measures[statement.measure].unit
    away = _away(statement, _in_unit(held[0].value, unit, statement.unit))
    said = f"the record has {has}: the report says {away}"
    return _differs(statement, f"{said}.{also}", book)


def _away(statement: Statement, held: Decimal) -> str:
    assert statement.value is not None
    gap = round(statement.value - held, max(2, decimals(statement)))
    unit = (
        " percentage points" if statement.unit == "percent" else _SIGNS[statement.unit or "count"]
    )
    return f"{number(abs(gap))}{unit} {'more' if gap > 0 else 'less'}"


# --- growth, change, share ----------------------------------------------------------


def _growth(statement: Statement, book: Book, period: Period) -> Statement:
    found = None
    for ref in _refs(statement):
        found = book.growth(ref, statement.authority, period, statement.published)
        if found is not None and fits(statement, found) == "yes":
            said = f"The record grew by {number(found)} in {periods.label(period)}."
            return replace(
                statement, verdict="supported", about="increase", period=period, explanation=said
            )
    if found is None:
        return _open(
            statement, f"The record does not hold what {periods.label(period)} alone added."
        )
    said = f"by the record {number(found)} were added in {periods.label(period)}"
    if not statement.certain or fits(statement, found) == "perhaps":
        return _open(statement, f"{_capital(said)}, but the words leave open what is meant.")
    return _differs(statement, f"{said}: the report says {_away(statement, found)}.", book)


def _change(statement: Statement, book: Book) -> Statement:
    period, since = statement.period, statement.since
    assert period is not None and statement.value is not None
    if since is None:
        return _open(statement, "It names no month to compare with.")
    measure = book.record.registry.measures[statement.measure]
    restarts = measure.nature == "cumulative" and period.start != since.start
    gaps: list[tuple[Decimal, Decimal, Decimal]] = []
    for ref in _refs(statement):
        pairs = product(
            book.levels(ref, statement.authority, period, statement.published),
            book.levels(ref, statement.authority, since, statement.published),
        )
        for now, then in ((later.value, earlier.value) for later, earlier in pairs):
            gaps.append((now, then, now - then))
            tried = [now - then, _rounded(now) - _rounded(then)]
            if statement.unit == "percent" and then:
                relative = 100 * (now - then) / then
                tried = [relative] if measure.unit != "percent" else [*tried, relative]
            if any(fits(statement, value) == "yes" for value in tried):
                said = _capital(_from_to(now, then, period, since))
                return replace(statement, verdict="supported", explanation=f"{said}.")
    if not gaps:
        missing = (
            since
            if book.level(_refs(statement)[0], statement.authority, period, None) is not None
            else period
        )
        return _open(statement, f"No figure is held for {periods.label(missing)}.")
    now, then, gap = gaps[0]
    said = _from_to(now, then, period, since)
    mixed = (
        statement.unit == "percent" and measure.unit == "percent" and "point" not in statement.raw
    )
    if not statement.certain or restarts or mixed or statement.hedge:
        return _open(statement, f"{_capital(said)}, but the words leave open what is meant.")
    if statement.unit == "percent" and measure.unit != "percent" and then:
        gap = round(100 * gap / then, 1)
        return _differs(statement, f"{said}: a change of {number(gap)}%.", book)
    return _differs(statement, f"{said}: a change of {number(gap)}.", book)


def _from_to(now: Decimal, then: Decimal, period: Period, since: Period) -> str:
    return (
        f"the record has {number(then)} for {periods.label(since)} and "
        f"{number(now)} for {periods.label(period)}"
    )


def _rounded(value: Decimal) -> Decimal:
    return (value + Decimal("0.5")).to_integral_value(rounding="ROUND_FLOOR")


def _rate(statement: Statement, book: Book) -> Statement:
    """A share that no measure prints: the part held of the whole held."""
    period = statement.period
    assert period is not None
    measure = book.record.registry.measures[statement.measure]
    whole = measure.cohorts[statement.cohort].part_of
    assert whole is not None, "only a part has a rate"
    near: list[str] = []
    for one in [period] if statement.certain else [period, *_before(period)]:
        part = book.level(_refs(statement)[0], statement.authority, one, statement.published)
        total = book.level(whole.whole, statement.authority, one, statement.published)
        if part is None or not total:
            continue
        rate = 100 * part / total
        said = f"{number(part)} of {number(total)} in {periods.label(one)} are {round(rate, 1)}%"
        fit = fits(statement, rate)
        if fit == "yes":
            return replace(statement, verdict="supported", explanation=f"By the record {said}.")
        if statement.certain and fit == "no":
            return _differs(statement, f"by the record {said}.", book)
        near.append(said)
    near = near or _rates_beside(statement, whole.whole, period, book)
    also = f" By the record {'; '.join(near)}." if near else ""
    return _open(statement, f"No share is held for {periods.label(period)}.{also}")


def _rates_beside(statement: Statement, whole: MeasureRef, period: Period, book: Book) -> list[str]:
    """The shares of the months just before and after, for the officer to judge by."""
    said = []
    for away in (-1, 1):
        one = periods.for_span(
            period.span, *month_of(index((period.end.year, period.end.month)) + away)
        )
        part = book.level(_refs(statement)[0], statement.authority, one, None)
        total = book.level(whole, statement.authority, one, None)
        if part is not None and total:
            said.append(
                f"{number(part)} of {number(total)} in {periods.label(one)} are "
                f"{round(100 * part / total, 1)}%"
            )
    return said


# --- targets and the law -------------------------------------------------------------


def _target(statement: Statement, book: Book) -> Statement:
    record = book.record
    refs = set(_refs(statement))
    known = [
        target
        for target in (record.targets or record.registry.targets)
        if refs & set(target.measures) and target.kind != "statutory"
    ]
    if statement.authority or not known:
        return _open(statement, "No target is held for it.")
    period = statement.period
    year = [t for t in known if period is None or (t.start <= period.end and period.start <= t.end)]
    same = [t for t in known if t.value == statement.value]
    if any(t in year for t in same):
        return replace(
            statement,
            verdict="supported",
            explanation=f"{_named(next(t for t in same if t in year))}.",
        )
    elsewhere_ = f" {_figure(statement)} is another: {_named(same[0])}." if same else ""
    if period is None or not year:
        return _open(statement, f"No such target is held for that year.{elsewhere_}")
    said = "; ".join(_named(target) for target in year)
    if not statement.certain:
        return _open(
            statement,
            f"The target held is {said}, but the words leave open which is meant.{elsewhere_}",
        )
    return _differs(statement, f"the target in force then: {said}.{elsewhere_}", book)


def _named(target: Target) -> str:
    return target.label


def _limit(statement: Statement, book: Book) -> Statement:
    measure = book.record.registry.measures[statement.measure]
    weeks = [int(number) for number in re.findall(r"within ([0-9]+) weeks", measure.duty)]
    if not weeks or statement.value is None or statement.unit not in ("days", "weeks"):
        return _open(statement, "The law's limit is not held for this measure.")
    allowed = [number * 7 if statement.unit == "days" else number for number in weeks]
    said = f"the law says {weeks[0]} weeks, {weeks[0] * 7} days"
    if statement.value in allowed:
        return replace(statement, verdict="supported", explanation=f"{_capital(said)}.")
    return _differs(statement, f"{said}.", book)


# --- a column under the wrong month --------------------------------------------------


def _columns(judged: Sequence[Statement], book: Book) -> list[Statement]:
    """A summary table's column whose month is not held, but whose figures are all another's."""
    columns: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, statement in enumerate(judged):
        if statement.kind == "summary_table" and statement.period is not None:
            columns[statement.place.table, statement.place.page, statement.period.end].append(place)
    result = list(judged)
    for places in columns.values():
        open_ones = [place for place in places if judged[place].verdict == "unchecked"]
        if len(open_ones) < 2 or len(open_ones) < len(places):
            continue
        months = [elsewhere.months(judged[place], book) for place in open_ones]
        common = set(months[0]).intersection(*months[1:])
        if len(common) != 1:
            continue
        month = periods.label(common.pop())
        for place in open_ones:
            said = f"no figure is held for that month; the whole column is that of {month}."
            result[place] = _differs(judged[place], said, book)
    return result


def _differs(statement: Statement, why: str, book: Book) -> Statement:
    """A sentence that can stand alone: of which row, what the report says, what the record has."""
    row = name(book.record.registry.measures[statement.measure], statement.cohort)
    when = f" for {periods.label(statement.period)}" if statement.period else ""
    area = book.record.registry.council.areas.get(statement.authority, "")
    said = f"{row}{f', {area}' if area else ''}: the report says {_figure(statement)}{when}; {why}"
    return replace(statement, verdict="differs", explanation=said)


def _open(statement: Statement, why: str) -> Statement:
    return replace(
        statement, verdict="unchecked", explanation=why if why.endswith(".") else f"{why}."
    )


def _figure(statement: Statement) -> str:
    return statement.raw or number(statement.value)


def _words(value: Decimal, statement: Statement, book: Book, ref: MeasureRef) -> str:
    unit = book.record.registry.measures[ref.measure].unit
    return f"{number(value)}{_SIGNS[unit]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def number(value: Decimal) -> str:
    """A number as prose writes it: 117,596 and 53.3."""
    whole, dot, rest = tidy.shortest(value).partition(".")
    return f"{int(whole):,}{dot}{rest}"


def name(measure: Measure, cohort: str) -> str:
    """A row in words: the measure, and whom it counts where that is not everyone."""
    title = measure.short_title or measure.title
    if measure.basis:
        return measure.title
    if cohort == "all" and "all" in measure.cohorts:
        return title
    whom = measure.cohorts[cohort].title
    telling = max(title.split(), key=len).lower()
    return whom if telling in whom.lower() else f"{title}: {whom}"
