"""Quarters' figures in a table of months: each must stand in the rows where the others stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from etl.layouts.agreement import Figure
from etl.model import Finding
from etl.recognise.doubts import warning

# Where a quarter's figure may stand: in its first month's row, in its last one's, or (as a merged
# cell is read) in all three. In the middle one's alone it has slipped.
_PLACES = ((0,), (2,), (0, 1, 2))


def once(read: Sequence[tuple[int, Figure]], findings: list[Finding]) -> list[Figure]:
    """The figures (each with its row's month, 0 where it has none), a quarter's once.

    One that does not stand where the others of its column do may have slipped into another
    quarter: a finding, not a figure.
    """
    by_column: dict[str, dict[object, list[tuple[int, Figure]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    kept = []
    for month, figure in read:
        if month and figure.period is not None and figure.period.span == "quarter":
            by_column[figure.column][figure.period].append((month, figure))
        else:
            kept.append(figure)
    for column in by_column.values():
        usual = Counter(_place(same) for same in column.values()).most_common(1)[0][0]
        for same in column.values():
            alike = len({figure.reading.value for _, figure in same}) == 1
            if alike and _place(same) == usual and usual in _PLACES:
                kept.append(same[0][1])
                continue
            places = [figure.locator for _, figure in same]
            message = (
                f"{' and '.join(places)}: a quarter's figure does not stand where the others do; "
                "it is not read."
            )
            findings.append(warning("quarter-misplaced", message, *places))
    return kept


def _place(same: Sequence[tuple[int, Figure]]) -> tuple[int, ...]:
    """In which months of its quarter a figure stands: (0,) is the first."""
    return tuple(sorted((month - 1) % 3 for month, _ in same))
