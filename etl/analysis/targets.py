"""Which targets a figure may be held against, and where it then stands. docs/rules.md, 2."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from etl.analysis.book import Book, Value
from etl.analysis.change import at, whole_year
from etl.model import Measure, MeasureRef, Period, Target

Why = Literal[
    "not_held",
    "no_target",
    "not_yet",
    "other_form",
    "other_basis",
    "other_basis_differs",
    "other_basis_missing",
    "doubted",
    "set_later",
]

_BASES = {"including": "excluding", "excluding": "including"}


@dataclass(frozen=True)
class Stand:
    """A figure against a target it may be held against.

    `gap` is by how much the target is missed (positive) or passed (zero or negative), in
    the measure's unit (points for percent). `both` is the same figure on the other basis,
    where the target's basis is not stated and it therefore had to agree.
    """

    target: Target
    now: Value
    gap: Decimal
    both: Value | None = None

    @property
    def met(self) -> bool:
        return self.gap <= 0


@dataclass(frozen=True)
class NoStand:
    """Why a target (None: any target) is not held against a figure."""

    why: Why
    target: Target | None = None


def other_basis(book: Book, measure: str) -> str | None:
    """The measure that counts the same on the other basis, if the registry has one."""
    declared = book.measure(measure)
    wanted = _BASES.get(declared.basis)
    if wanted is None:
        return None

    def stem(name: str) -> str:
        return name.removesuffix("_including_exceptions").removesuffix("_excluding_exceptions")

    return next(
        (
            name
            for name, other in book.registry.measures.items()
            if other.basis == wanted and stem(name) == stem(measure)
        ),
        None,
    )


def declared_for(book: Book, measure: str, cohort: str) -> tuple[Target, ...]:
    """Every target for a row that had been agreed by the record's as-at date, by its start."""
    ref, day = MeasureRef(measure, cohort), book.record.as_at or date.max
    return tuple(
        sorted(
            (t for t in book.record.targets if ref in t.measures and (t.agreed or date.min) <= day),
            key=lambda t: (t.start, t.id),
        )
    )


def _fits(target: Target, period: Period) -> Why | None:
    """None where the target's form and dates fit the period, else why they do not."""
    if not target.start <= period.end <= target.end:
        return "no_target"
    if target.agreed and target.agreed > period.end:
        return "set_later"
    if target.form == "limit":
        return None
    if target.form == "monthly":
        return None if period.span == "month" else "other_form"
    # By a date, or for a year: only the whole year's figure says whether it was reached.
    if not whole_year(period):
        running = period.span == "calendar_year_to_date"
        return "not_yet" if running else "other_form"
    return None if period.end >= target.end or target.form == "annual" else "not_yet"


def _gap(measure: Measure, target: Target, value: Decimal) -> Decimal:
    return value - target.value if measure.better == "lower" else target.value - value


def stand(book: Book, target: Target, now: Value) -> Stand | NoStand:
    """Where one figure stands against one target, or why it has no standing.

    A target whose basis is not stated gives one only if it comes out the same on both.
    """
    key = now.point.shown.series
    measure = book.measure(key.measure)
    if not measure.target.held:
        return NoStand("not_held", target)
    if misfit := _fits(target, now.period):
        return NoStand(misfit, target)
    if not now.trusted or now.value is None:
        return NoStand("doubted", target)
    gap = _gap(measure, target, now.value)
    if target.basis in ("including", "excluding") and target.basis != measure.basis:
        return NoStand("other_basis", target)
    if target.basis != "not_stated" or not measure.basis:
        return Stand(target, now, gap)
    name = other_basis(book, key.measure)
    twin = at(book.line(name, key.cohort, key.span), now.period) if name else None
    if twin is None or twin.value is None or not twin.trusted:
        return NoStand("other_basis_missing", target)
    if (_gap(measure, target, twin.value) <= 0) != (gap <= 0):
        return NoStand("other_basis_differs", target)
    return Stand(target, now, gap, twin)


def standing(book: Book, now: Value) -> Stand | NoStand:
    """The standing to speak of: of what was agreed before a stretch, before the law's limit.

    Where no target gives one, the reason of the first that comes near.
    """
    key = now.point.shown.series
    if not book.measure(key.measure).target.held:
        return NoStand("not_held")
    kinds = ("agreed", "stretch", "guidance", "statutory")
    found = [
        stand(book, target, now)
        for target in sorted(
            declared_for(book, key.measure, key.cohort), key=lambda t: kinds.index(t.kind)
        )
    ]
    stands = [s for s in found if isinstance(s, Stand)]
    if stands:
        return stands[0]
    reasons = [s for s in found if isinstance(s, NoStand) and s.why != "no_target"]
    return reasons[0] if reasons else NoStand("no_target")
