"""Whether a row is seen to follow the school year in the figures held of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from etl.analysis.book import Line

# The months of a school year (September to August) whose figures are held against each other.
_SUMMER, _AUTUMN = (6, 7, 8), (10, 11, 12)
# Fewer whole school years than this show no pattern: one rise may be chance.
YEARS = 2


@dataclass(frozen=True)
class SchoolYear:
    """A school year of which a summer before, an autumn and a summer after are held."""

    year: int
    rises: bool


def school_years(line: Line) -> tuple[SchoolYear, ...]:
    """Each whole school year held of monthly figures, and whether it rises and falls again.

    It does where the highest autumn month lies above the last summer month before it and
    above the last one after it.
    """
    held: dict[int, dict[int, Decimal]] = {}
    for value in line:
        if value.trusted and value.value is not None and value.period.span == "month":
            held.setdefault(value.period.end.year, {})[value.period.end.month] = value.value

    def summer(year: int) -> Decimal | None:
        months = held.get(year, {})
        return next((months[m] for m in reversed(_SUMMER) if m in months), None)

    found = []
    for year in sorted(held):
        autumn = [held[year][month] for month in _AUTUMN if month in held[year]]
        before, after = summer(year), summer(year + 1)
        if autumn and before is not None and after is not None:
            found.append(SchoolYear(year, before < max(autumn) > after))
    return tuple(found)


def follows_school_year(line: Line) -> tuple[int, ...]:
    """The school years that show it, by the year they begin in; none where not every one does.

    At least two whole ones: a year and a half is no pattern.
    """
    held = school_years(line)
    shown = tuple(one.year for one in held if one.rises)
    return shown if len(held) >= YEARS and len(shown) == len(held) else ()
