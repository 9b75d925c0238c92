"""A made-up record that is right in itself, built from the registry's relations alone."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from random import Random

from etl import registry
from etl.judge import CHECKS
from etl.model import (
    Cohort,
    Measure,
    MeasureRef,
    Observation,
    Period,
    Reading,
    Registry,
    Span,
    TableName,
)
from etl.record import Record, assemble

REGISTRY = registry.load()
PUBLISHED = date(2030, 1, 18)


def rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@cache
def month(year: int, number: int) -> Period:
    last = calendar.monthrange(year, number)[1]
    return Period("month", date(year, number, 1), date(year, number, last))


def _binomial(random: Random, cases: int, chance: float) -> int:
    """How many of `cases` fall in a group; about, where a normal curve has the same tails."""
    if min(cases * chance, cases * (1 - chance)) < 50:
        return sum(random.random() < chance for _ in range(cases))
    drawn = random.gauss(cases * chance, (cases * chance * (1 - chance)) ** 0.5)
    return min(cases, max(0, round(drawn)))


@dataclass
class Council:
    """One authority's true counts by month, and what its tables print of them."""

    authority: str
    random: Random
    held: Registry = REGISTRY
    size: float = 1.0
    counts: dict[tuple[MeasureRef, int, int], int] = field(default_factory=dict)
    level: dict[MeasureRef, float] = field(default_factory=dict)
    chance: dict[MeasureRef, float] = field(default_factory=dict)
    taken: dict[tuple[MeasureRef, Period], int] = field(default_factory=dict)
    average: dict[MeasureRef, Decimal] = field(default_factory=dict)

    def cohort(self, ref: MeasureRef) -> Cohort:
        return self.held.measures[ref.measure].cohorts[ref.cohort]

    def count(self, ref: MeasureRef, year: int, number: int) -> int:
        """The true number in one month."""
        key = (ref, year, number)
        if key not in self.counts:
            self.counts[key] = self._count(ref, year, number)
        return self.counts[key]

    def _count(self, ref: MeasureRef, year: int, number: int) -> int:
        cohort = self.cohort(ref)
        if cohort.taken_from:
            return self._without(ref, cohort.taken_from, year, number)
        if cohort.part_of:
            wholes = (cohort.part_of.whole, *cohort.within)
            whole = min(self.count(one, year, number) for one in wholes)
            chance = self.level.setdefault(ref, self.random.uniform(0.05, 0.6))
            return _binomial(self.random, whole, chance)
        measure = self.held.measures[ref.measure]
        if measure.unit != "count" and ref.cohort != "all":  # cases that a group's cells name
            return _binomial(
                self.random, self.count(MeasureRef(measure.id, "all"), year, number), 0.2
            )
        level = self.level.setdefault(ref, self.size * self.random.choice((9, 60, 90, 500)))
        self.level[ref] = level * self.random.uniform(0.97, 1.035)
        season = 1.5 if measure.seasonal and number in (9, 10) else 1.0
        return max(1, round(self.random.gauss(level * season, (level * season) ** 0.5)))

    def _without(self, ref: MeasureRef, taken: MeasureRef, year: int, number: int) -> int:
        """The count with the exceptions left out: some of those in time, some of the late."""
        part_of = self.cohort(taken).part_of
        if part_of:
            part, whole = taken, part_of.whole
        else:
            whole = taken
            part = next(
                MeasureRef(measure.id, name)
                for measure in self.held.measures.values()
                for name, cohort in measure.cohorts.items()
                if cohort.part_of and cohort.part_of.whole == taken and not cohort.taken_from
            )
        on_time, issued = self.count(part, year, number), self.count(whole, year, number)
        random = Random(f"{self.authority}{year}{number}")
        left_in_time = on_time - _binomial(random, on_time, 0.04)
        left_late = issued - on_time - _binomial(random, issued - on_time, 0.12)
        return left_in_time if part_of else left_in_time + left_late

    def total(self, ref: MeasureRef, period: Period) -> int:
        """The true number in the months of a period."""
        months = _months(period)
        return sum(self.count(ref, year, number) for year, number in months)

    def value(self, measure: Measure, name: str, period: Period) -> Decimal | None:
        """What the table prints for a period; None where there are no cases."""
        cohort, ref = measure.cohorts[name], MeasureRef(measure.id, name)
        if measure.unit == "count":
            if measure.nature == "stock":
                return Decimal(self.count(ref, period.end.year, period.end.month))
            return Decimal(self.total(ref, period))
        if cohort.share_of:
            part, whole = (
                self.total(ref, period) for ref in (cohort.share_of.part, cohort.share_of.whole)
            )
            return rounded(Decimal(100 * part) / whole, measure.decimals) if whole else None
        cases = self.total(cohort.denominator or ref, period)
        if not cases:
            return None
        if measure.unit == "percent":
            chance = self.chance.setdefault(ref, self.random.uniform(0.4, 0.8))
            part = _binomial(self.random, cases, chance)
            return rounded(Decimal(100 * part) / cases, measure.decimals)
        return rounded(Decimal(self.days(measure, name, period, cases)) / cases, measure.decimals)

    def sample_size(self, measure: Measure, name: str, period: Period) -> int | None:
        """The number of cases that a cell names, as those do that no row of counts bears out."""
        cohort = measure.cohorts[name]
        if measure.unit == "count" or cohort.share_of or cohort.denominator:
            return None
        return self.total(MeasureRef(measure.id, name), period)

    def days(self, measure: Measure, name: str, period: Period, cases: int) -> int:
        """The days that all cases took together; a group's are among those of its whole."""
        key = (MeasureRef(measure.id, name), period)
        if key in self.taken:
            return self.taken[key]
        counted = measure.cohorts[name].denominator
        part_of = self.cohort(counted).part_of if counted else None
        whole = next(
            (n for n, c in measure.cohorts.items() if part_of and c.denominator == part_of.whole),
            None,
        )
        usual = self.random.uniform(20, 250)
        if whole is not None:
            usual = self.level.setdefault(MeasureRef(measure.id, whole), usual)
        level = self.level.setdefault(key[0], usual)
        days = sum(
            max(1, round(self.random.gauss(level, level / 5))) for _ in range(min(cases, 50))
        )
        total = days * cases // min(cases, 50)
        everybody = 0
        if whole is not None and part_of is not None:
            everybody = self.total(part_of.whole, period)
            most = self.days(measure, whole, period, everybody) - (everybody - cases)
            total = most if cases == everybody else min(total, most)
        # Once in 1,000 months the average and a number of cases are, by chance, those of the
        # month before, as in a stale column (etl/checks/stale_cells.py): never here.
        while cases != everybody and rounded(Decimal(total) / cases, 1) == self.average.get(key[0]):
            total -= 1 + cases // 5
        self.average[key[0]] = rounded(Decimal(total) / cases, 1)
        self.taken[key] = total
        return total


def _months(period: Period) -> list[tuple[int, int]]:
    first = period.start.year * 12 + period.start.month - 1
    last = period.end.year * 12 + period.end.month - 1
    return [(month // 12, month % 12 + 1) for month in range(first, last + 1)]


def _periods(year: int, number: int, spans: tuple[Span, ...]) -> Iterator[Period]:
    only = month(year, number)
    for span in spans:
        if span == "month":
            yield only
        elif span == "quarter" and number % 3 == 0:
            yield Period(span, date(year, number - 2, 1), only.end)
        elif span == "calendar_year_to_date":
            yield Period(span, date(year, 1, 1), only.end)
        elif span == "financial_year_to_date":
            yield Period(span, date(year if number > 3 else year - 1, 4, 1), only.end)
        elif span == "calendar_year" and number == 12:
            yield Period(span, date(year, 1, 1), only.end)


def _raw(value: Decimal, measure: Measure, *, bare: bool) -> tuple[str, str]:
    """The cell and its note: units printed in Appendix 1, left to the heading elsewhere."""
    if bare or measure.unit == "count":
        return str(value), ""
    if measure.unit == "percent":
        return f"{value}%", ""
    weeks = f"{rounded(value / 7, 1)} weeks"
    return f"{value} days {weeks}", weeks


def council(
    authority: str,
    random: Random,
    start: int,
    years: int,
    *,
    held: Registry = REGISTRY,
    size: float = 1.0,
) -> Iterator[Observation]:
    """Every monthly measure of one authority from January of `start`, and DfE's years."""
    made = Council(authority, random, held, size)
    placed: list[tuple[Measure, str, TableName, tuple[Span, ...]]] = []
    for measure in held.measures.values():
        for name, cohort in measure.cohorts.items():
            if cohort.labels or cohort.serial:
                placed.append((measure, name, "appendix_1", (measure.span,)))
            if measure.outturn and name == "all" and not cohort.labels:
                placed.append((measure, name, "outturn", measure.outturn.spans))
            if measure.dfe and (measure.unit == "count" or cohort.share_of):
                placed.append((measure, name, "dfe", ("calendar_year",)))
    for measure, name, table, spans in placed:
        for year in range(start, start + years):
            for number in range(1, 13):
                for period in _periods(year, number, spans):
                    if period.start < date(start, 1, 1):
                        continue  # what came before the record is not known
                    value = made.value(measure, name, period)
                    if value is None:
                        continue
                    raw, note = _raw(value, measure, bare=table != "appendix_1")
                    cases = made.sample_size(measure, name, period)
                    if cases is not None:
                        raw += f" ({cases})"
                    yield Observation(
                        authority,
                        measure.id,
                        name,
                        period,
                        Reading(value, measure.unit, sample_size=cases, note=note, raw=raw),
                        PUBLISHED,
                        "Made up",
                        table,
                        f"{measure.id}, {name}, {period.span} to {period.end}",
                    )


def record(
    observations: list[Observation] | Iterator[Observation], held: Registry = REGISTRY
) -> Record:
    """Figures of one or several publications as a record; releases numbered by their date."""
    figures = list(observations)
    days = {day: number for number, day in enumerate(sorted({f.published for f in figures}), 1)}
    ordered, series = assemble((days[figure.published], figure) for figure in figures)
    return Record(held, series, ordered, targets=held.targets, judge=CHECKS)


Changes = Mapping[tuple[str, str, str, date], str]
