"""Whether a figure was in doubt when another took its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from etl import checks
from etl.checks.answers import as_printed, expected, judge
from etl.checks.book import books
from etl.model import Answer, MeasureRef, Observation, Registry
from etl.record import Record, assemble

# What a figure is held against: its own past (`unusual` looks back 24 figures), the months of
# its year, and the quarter or total that it is part of.
_BEFORE, _AFTER = timedelta(days=2 * 366), timedelta(days=92)


def flagged(
    record: Record, changes: Sequence[tuple[Observation, Observation]]
) -> Iterator[Observation]:
    """The replaced figures that were flagged when they were replaced.

    Either an answer says so of the figure, or the checks doubt it in what was published
    before the day of its replacement.
    """
    answers = (*record.registry.answers, *record.answers)
    by_day: dict[date, list[Observation]] = defaultdict(list)
    for old, new in changes:
        if _answered(old, answers):
            yield old
        else:
            by_day[new.published].append(old)
    for day, figures in sorted(by_day.items()):
        doubted = _doubted(_before(record, day, figures), answers)
        yield from (figure for figure in figures if figure in doubted)


def _answered(figure: Observation, answers: Iterable[Answer]) -> bool:
    """Whether an answer keeps the flag on this very figure."""
    return any(
        answer.verdict != "stands"
        and as_printed(figure) in expected(answer)
        and (answer.measure, answer.cohort) == (figure.measure, figure.cohort)
        and answer.period_end == figure.period.end
        and answer.span in (None, figure.period.span)
        for answer in answers
    )


def _doubted(then: Record, answers: Iterable[Answer]) -> set[Observation]:
    findings = [f for book in books(then) for check in checks.CHECKS for f in check(book)]
    judged, _ = judge(findings, answers)
    return {figure for one in judged if one.doubts for figure in one.finding.figures}


def _before(record: Record, day: date, figures: Iterable[Observation]) -> Record:
    """What was published before a day of the rows that these figures are held against."""
    first = min(figure.period.end for figure in figures) - _BEFORE
    last = max(figure.period.end for figure in figures) + _AFTER
    groups = _related(record.registry)
    refs = {
        ref
        for figure in figures
        for ref in groups.get(MeasureRef(figure.measure, figure.cohort), ())
    }
    versions = [
        (number, version)
        for key, series in record.series.items()
        if key.authority == record.registry.council.authority and (key.measure, key.cohort) in refs
        for point in series.points
        if first <= point.period.end <= last
        for number, version in zip(point.releases, point.versions, strict=True)
        if version.published < day
    ]
    observations, series = assemble(versions)
    return replace(record, observations=observations, series=series, judged=())


@lru_cache(maxsize=4)
def _related_of(
    refs: tuple[tuple[MeasureRef, tuple[MeasureRef, ...]], ...],
) -> Mapping[MeasureRef, frozenset[MeasureRef]]:
    groups: dict[MeasureRef, set[MeasureRef]] = {}
    for ref, others in refs:
        joined = {ref, *others}.union(*(groups.get(one, set()) for one in (ref, *others)))
        for one in joined:
            groups[one] = joined
    return {ref: frozenset(group) for ref, group in groups.items()}


def _related(registry: Registry) -> Mapping[MeasureRef, frozenset[MeasureRef]]:
    """Each row with the rows that declared relations join it to, however far."""
    return _related_of(
        tuple(
            (MeasureRef(measure.id, name), cohort.relations)
            for measure in registry.measures.values()
            for name, cohort in measure.cohorts.items()
        )
    )
