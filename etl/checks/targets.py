"""Targets that are likely slips: of another scale or year, on a row without, or contradicted.

What is said of a target quotes no figure: an answer to it stands when the next month comes.
The law's limits are shown beside figures, never held against an average (docs/rules.md, 2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations
from statistics import median

from etl import periods
from etl.checks import scale
from etl.checks.codes import CODES
from etl.checks.wording import listed, named
from etl.model import Finding, Measure, MeasureRef, Target
from etl.record import Record
from etl.text.units import suffix
from etl.tidy import shortest

# A target of a count or a time this many times above or below the middle of its row is likelier
# a slip than an aim; a tenth is still an aim.
_FAR = 20

# A percentage so many points worse than what the row had reached, and so many times above or
# below it, is likelier a slip.
_POINTS = 20
_TIMES = 2
# A target that begins so many years after everything else is likelier a slip.
_YEARS = 5


def check(record: Record) -> Iterator[Finding]:
    """Every question about the record's targets that no law set."""
    own = [target for target in record.targets if target.kind != "statutory"]
    for target in own:
        yield from _other_scale(record, target)
        yield from _far_ahead(record, target)
        yield from _not_held(record, target)
    for one, other in combinations(own, 2):
        yield from _contradiction(record, one, other)


def _other_scale(record: Record, target: Target) -> Iterator[Finding]:
    for measure, ref in _rows(record, target.measures):
        wrong = _odd(target.value, measure, _figures(record, ref))
        wrong = wrong or _worse(record, target, measure, ref)
        if wrong:
            what = f"{_words(target)} for {_row(measure, ref)} {wrong}"
            yield _finding("target-scale", what, target)
            return


def _worse(record: Record, target: Target, measure: Measure, ref: MeasureRef) -> str:
    """What is odd about a share that asks for far less than was reached, and than any other."""
    reached = _figures(record, ref, until=target.start)
    if measure.unit != "percent" or measure.better not in ("higher", "lower") or not reached:
        return ""
    others = [t.value for t in record.targets if t.id != target.id and ref in t.measures]
    sign = 1 if measure.better == "higher" else -1
    low, high = sorted((reached[-1], target.value))
    if sign * (reached[-1] - target.value) < _POINTS or high < _TIMES * low:
        return ""
    if any(sign * (other - target.value) <= 0 for other in others):
        return ""
    return (
        f"asks for far less than was reached before it began{_than_others(others)}: is it a slip?"
    )


def _than_others(others: Sequence[Decimal]) -> str:
    return ", and less than every other target of the row" if others else ""


def _far_ahead(record: Record, target: Target) -> Iterator[Finding]:
    """A target that begins long after the newest publication and after every other target."""
    others = [t.start for t in record.targets if t.id != target.id and t.kind != "statutory"]
    days = [*others, *(figure.published for figure in record.observations)]
    if days and target.start.year - max(days).year > _YEARS:
        yield _finding(
            "target-far-ahead",
            f"{_words(target)} begins only in {target.start.year}, many years after the newest "
            "figures and every other target. Is the year a slip?",
            target,
        )


def _not_held(record: Record, target: Target) -> Iterator[Finding]:
    rows = [row for row in _rows(record, target.measures) if not row[0].target.held]
    if rows:
        named_rows = listed(_row(measure, ref) for measure, ref in rows)
        yield _finding(
            "target-not-held",
            f"{_words(target)} is set for {named_rows}, whose figures are not held against a "
            "target here: it stands beside them in words, in no chart and in no verdict.",
            target,
        )


def _contradiction(record: Record, one: Target, other: Target) -> Iterator[Finding]:
    overlap = one.start <= other.end and other.start <= one.end
    shared = [ref for ref in one.measures if ref in other.measures]
    rows = [row for row in _rows(record, shared) if _at_odds(row[0], one, other)]
    if overlap and rows:
        period = periods.months(max(one.start, other.start), min(one.end, other.end))
        named_rows = listed(_row(measure, ref) for measure, ref in rows)
        yield _finding(
            "target-contradicts",
            f"{_words(one)} and \u201c{other.label}\u201d, {_level(other)}, are both in force for "
            f"{named_rows} ({period}). If one takes the place of the other, publish it as "
            "replacing it.",
            one,
            other,
        )


def _at_odds(measure: Measure, one: Target, other: Target) -> bool:
    """Whether two targets of a row and a time cannot both be meant.

    Two of one kind give one level; in different forms, the one that ends later may ask for
    more. A stretch goes at least as far as what was agreed.
    """
    if one.value == other.value or not _same_basis(one, other):
        return False
    if one.kind != other.kind:
        kinds = {one.kind: one, other.kind: other}
        agreed, stretch = kinds.get("agreed"), kinds.get("stretch")
        return bool(agreed and stretch and _further(measure, agreed, stretch))
    if one.form == other.form or one.end == other.end:
        return True
    earlier, later = sorted((one, other), key=lambda target: target.end)
    return not _further(measure, later, earlier)


def _same_basis(one: Target, other: Target) -> bool:
    return one.basis == other.basis or "not_stated" in (one.basis, other.basis)


def _further(measure: Measure, one: Target, other: Target) -> bool:
    """Whether `one` asks for more than `other`, where the measure says which way is better."""
    if measure.better == "higher":
        return one.value > other.value
    return measure.better == "lower" and one.value < other.value


def _rows(record: Record, refs: Sequence[MeasureRef]) -> Iterator[tuple[Measure, MeasureRef]]:
    for ref in dict.fromkeys(refs):
        measure = record.registry.measures.get(ref.measure)
        if measure is not None and ref.cohort in measure.cohorts:
            yield measure, ref


def _odd(value: Decimal, measure: Measure, figures: Sequence[Decimal]) -> str:
    """What is odd about the level beside the row's figures, and what may be meant."""
    middle = median(figures) if figures else Decimal(0)
    if measure.unit == "percent":
        if value > 100:
            return "lies above 100%."
        # Where less is better under one percent is an aim, unless 100 times it fits the row.
        fraction = scale.meant(value, figures) is not None
        if measure.better == "higher":
            fraction = 0 < value <= 1 and (not figures or middle > value)
        wanted = f"{shortest(value * 100)}%"
        return f"is in another scale than its row: did you mean {wanted}?" if fraction else ""
    if value and middle and not middle / _FAR <= value <= middle * _FAR:
        return f"lies far {'below' if value < middle else 'above'} the row's figures: is it a slip?"
    return ""


def _figures(record: Record, ref: MeasureRef, until: date | None = None) -> tuple[Decimal, ...]:
    """The row's figures of the council, in whichever span; of periods that end before `until`.

    The latest stands last.
    """
    own = record.registry.council.authority
    points = [
        point
        for key, series in record.series.items()
        if (key.authority, key.measure, key.cohort) == (own, *ref)
        for point in series.points
        if point.value is not None and (until is None or point.period.end < until)
    ]
    points.sort(key=lambda point: point.period.end)
    return tuple(point.value for point in points if point.value is not None)


def _words(target: Target) -> str:
    return f"The target \u201c{target.label}\u201d, {_level(target)},"


def _level(target: Target) -> str:
    return f"{shortest(target.value)}{suffix(target.unit)}"


def _row(measure: Measure, ref: MeasureRef) -> str:
    return named(measure, measure.cohorts[ref.cohort])


def _finding(code: str, message: str, *targets: Target) -> Finding:
    places = tuple(f"targets: {target.id}" for target in targets)
    return Finding(code, CODES[code].severity, message, places)
