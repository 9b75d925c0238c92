"""What does not add up in the published record: where, by how much, and the likely reason.

Each check is a small function from a `Book` (one authority's figures) to findings. They
know relations that the measure files declare, and no measure by its name: a new file gets
all checks that its relations allow.
"""

from __future__ import annotations

from etl.checks import (
    bases,
    cells,
    elsewhere,
    exchanged_rows,
    gaps,
    groups,
    parts,
    printings,
    repeated_columns,
    sample_sizes,
    scale,
    shares,
    statements,
    targets,
    totals,
    undone,
    unusual,
    whole_numbers,
)
from etl.checks.answers import answer_for, judge
from etl.checks.book import books
from etl.checks.codes import CODES, Code
from etl.checks.settle import Check, settle
from etl.model import Finding
from etl.record import Record

__all__ = ["CHECKS", "CODES", "Code", "answer_for", "judge", "run"]

CHECKS: tuple[Check, ...] = (
    cells.below_zero,
    cells.before_its_month,
    printings.month_twice,
    parts.above_whole,
    cells.percent_out_of_range,
    scale.fractions,
    cells.not_whole,
    shares.against_counts,
    shares.outside_parts,
    whole_numbers.alone,
    whole_numbers.together,
    bases.jumps,
    parts.average_of_none,
    parts.average_not_possible,
    groups.means_of_groups,
    cells.weeks_against_days,
    totals.falls,
    totals.against_parts,
    printings.tables_differ,
    undone.undone,
    printings.revised,
    elsewhere.differs,
    unusual.far_from_past,
    sample_sizes.size_far_from_past,
    sample_sizes.share_not_possible,
    exchanged_rows.exchanged,
    repeated_columns.copied,
    cells.count_with_decimals,
    cells.unit_left_off,
    cells.dated_elsewhere,
    cells.small_group_shown,
    gaps.months,
)


def run(record: Record) -> tuple[Finding, ...]:
    """Every finding on what `record` holds: statements, targets, then figures by authority.

    Pure: equal records give equal findings in the same order.
    """
    found = [*statements.check(record), *targets.check(record)]
    for book in books(record):
        found += settle(book, [f for check in CHECKS for f in check(book)])
    return tuple(found)
