"""The figures of one block held against each other: each once, twins in doubt left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from etl.model import Cell, Finding, MeasureRef, Period, Reading
from etl.recognise.doubts import warning
from etl.recognise.rows import locator
from etl.text.numbers import half_place


@dataclass(frozen=True)
class Figure:
    """A cell read. `period` is None only for a role that needs none (an earlier figure, say).

    `role` is "actual", "target", "floor", "previous", "comparator", "forecast", "numerator",
    "denominator" or "total" (a row that repeats the others' sum); `area` is `OWN`, an ONS code
    or a place as printed; `words` are a rating, a direction or a note of the same cell.
    """

    ref: MeasureRef
    area: str
    role: str
    period: Period | None
    reading: Reading
    cell: Cell
    row: str
    column: str

    @property
    def locator(self) -> str:
        return locator(self.cell.place, self.row, self.column)


def _key(figure: Figure) -> tuple[object, ...]:
    return figure.ref, figure.area, figure.role, figure.period


def once(found: Sequence[Figure], findings: list[Finding], *, strict: bool = False) -> list[Figure]:
    """Each key once. Two rows that differ on one key are both left out, whole.

    `strict` makes it an error that a row stands twice with two values: in a table that the
    council's own file describes each row stands once.
    """
    by_key: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in found:
        if figure.period is not None:
            by_key[_key(figure)].append(figure)
    clashing: set[tuple[str, str]] = set()
    twice: dict[tuple[tuple[str, str], ...], Finding] = {}  # one for the same rows
    for same in by_key.values():
        if len(same) > 1 and not _agree(same):
            clashing |= {_row(one) for one in same}
            if strict and same[0].role == "actual":
                findings += [one for one in [_row_twice(same)] if one not in findings]
                continue
            printed = " and ".join(one.reading.raw for one in same)
            places = tuple(one.locator for one in same)
            message = f"{' and '.join(places)} print {printed} for one figure; neither row is read."
            twice.setdefault(tuple(_row(one) for one in same), _twice(same, message, places))
    findings += twice.values()
    kept, seen = [], set()
    for figure in found:
        if _row(figure) in clashing:
            continue
        if figure.period is not None:
            if _key(figure) in seen:
                continue
            seen.add(_key(figure))
            figure = max(by_key[_key(figure)], key=_fullness)
        kept.append(figure)
    return kept


def _fullness(figure: Figure) -> tuple[int, int]:
    """How much a printing says: its digits, then its number of cases and its note."""
    reading = figure.reading
    beside = (reading.sample_size is not None) + bool(reading.note)
    return len(str(reading.value)), beside


def _twice(same: Sequence[Figure], message: str, places: tuple[str, ...]) -> Finding:
    """The finding for two rows of one table: nobody can answer for both, where both are called
    the same; else one of them may be named wrongly."""
    if len({one.row for one in same}) == 1:
        return Finding("row-twice", "error", message, places)
    return warning("figure-twice", message, *places)


def _row_twice(same: Sequence[Figure]) -> Finding:
    """An error where one row is printed twice with two values: nobody can tell which."""
    places = tuple(_row(one)[0] for one in same)
    message = (
        f"{places[-1]}: the row {same[-1].row!r} stands twice with different figures "
        f"({' and '.join(places)}); neither is read."
    )
    return Finding("row-twice", "error", message, places)


def _row(figure: Figure) -> tuple[str, str]:
    place = figure.cell.place
    return str(replace(place, column=None, cell=place.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))), (
        figure.row
    )


def _agree(same: Sequence[Figure]) -> bool:
    """Whether printings of one figure are the same, or one another's rounding."""
    exact = max(same, key=_fullness)
    if len({one.reading.sample_size for one in same} - {None}) > 1:
        return False
    if len({one.reading.note for one in same} - {""}) > 1:
        return False
    for one in same:
        if one.reading.status != exact.reading.status:
            return False
        if one.reading.value is None or exact.reading.value is None:
            if one.reading.value != exact.reading.value:
                return False
            continue
        if abs(one.reading.value - exact.reading.value) > half_place(one.reading.value):
            return False
    return True


def shares(found: Sequence[Figure]) -> Iterator[Finding]:
    """A finding for each share that its printed numerator and denominator do not give."""
    parts = {(f.ref, f.area, f.period, f.role): f for f in found}
    for figure in found:
        if figure.role != "actual" or figure.reading.unit != "percent":
            continue
        same = (figure.ref, figure.area, figure.period)
        over, under = parts.get((*same, "numerator")), parts.get((*same, "denominator"))
        top = over.reading.value if over else None
        bottom, share = under.reading.value if under else None, figure.reading.value
        if top is None or not bottom or share is None:
            continue
        if abs(100 * top / bottom - share) > half_place(share):
            message = (
                f"{figure.locator}: {figure.reading.raw} is not {top} of {bottom}, which the "
                "rows below it print."
            )
            yield warning("share-of-its-parts", message, figure.locator)


def across(tables: Sequence[Sequence[Figure]]) -> tuple[list[list[Figure]], list[Finding]]:
    """The figures of several tables that count as one, without those on which two differ.

    Two sheets with the same rows and periods and other figures: one of them is not what it
    seems (targets, another council's), and nobody can tell which. Neither row is read.
    """
    by_key: dict[tuple[object, ...], list[tuple[int, Figure]]] = defaultdict(list)
    for number, table in enumerate(tables):
        for figure in table:
            if figure.period is not None:
                by_key[_key(figure)].append((number, figure))
    clashing: set[tuple[int, tuple[str, str]]] = set()
    findings: list[Finding] = []
    for same in by_key.values():
        if len({number for number, _ in same}) < 2 or _agree([figure for _, figure in same]):
            continue
        clashing |= {(number, _row(figure)) for number, figure in same}
        printed = " and ".join(figure.reading.raw for _, figure in same)
        places = tuple(figure.locator for _, figure in same)
        message = f"{' and '.join(places)} print {printed} for one figure; neither row is read."
        findings.append(warning("figure-twice", message, *places))
    first = {key: max(same, key=lambda one: _fullness(one[1])) for key, same in by_key.items()}
    kept = [
        [
            figure
            for figure in table
            if (number, _row(figure)) not in clashing
            and (figure.period is None or first[_key(figure)] == (number, figure))
        ]
        for number, table in enumerate(tables)
    ]
    return kept, findings
