"""One figure printed more than once: in two tables, in two measures, in two publications."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from etl.analysis.rounding import confirms
from etl.checks.book import Book, Line, number, printed_on
from etl.checks.slips import transposed
from etl.checks.wording import printed, slack, subject, worked_out
from etl.model import Finding, MeasureRef, Observation, Point, TableName

_TABLES: dict[TableName, str] = {
    "appendix_1": "Appendix 1",
    "outturn": "the yearly outturn table",
    "dfe": "DfE's table",
    "officer": "the officer's entry",
    "stated": "the report's words",
}
_TABLE_ORDER = ("appendix_1", "", *list(_TABLES)[1:])  # "": a council's other layouts
# A later value is an ordinary revision while it moves by no more than this.
_REVISION = Decimal("0.2")
_REVISION_POINTS = Decimal(5)
_REVISION_CASES = Decimal(5)


def _named(table: TableName) -> str:
    """A table in words; a layout's by its id."""
    return _TABLES.get(table, f"the table “{table}”")


def _order(table: TableName) -> int:
    return _TABLE_ORDER.index(table if table in _TABLES else "")


def month_twice(book: Book) -> Iterator[Finding]:
    """Two values for one row and month in one table of one publication."""
    for line in book.lines.values():
        for point in line.points.values():
            if len(point.versions) > 1:
                yield from _twice(book, point)


def _twice(book: Book, point: Point) -> Iterator[Finding]:
    printings: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for version in point.versions:
        if not version.corrects:
            printings[version.published, version.source, version.table].append(version)
    for (published, *_), versions in printings.items():
        values = {(v.value, v.status) for v in versions}
        places = {v.locator for v in versions}
        # In a store, a second printing of the same day is a correction: no release can hold
        # a month twice. Of figures not stored yet, two places are two columns.
        stored = any(release.published == published for release in book.record.releases)
        if len(values) > 1 and len(places) > 1 and not stored:
            yield book.finding(
                "month-twice",
                f"{subject(book, versions[-1])}: one table prints this month more than once, "
                f"with different values ({', '.join(printed(v) for v in versions)}). "
                f"Most likely one column has a wrong heading.",
                versions,
            )


def tables_differ(book: Book) -> Iterator[Finding]:
    """The same quantity in two tables that belong together, or in two measures that are one.

    Tables belong together where one publication prints both, however its figures have been
    corrected since; a figure that a later publication gives in one table alone is its own.
    """
    for line in book.lines.values():
        for point in line.points.values():
            if len(point.versions) > 1:
                held = [f for f in point.standing if f.value is not None and f.table != "dfe"]
                held.sort(key=lambda figure: _order(figure.revises))
                for position, first in enumerate(held):
                    for second in held[position + 1 :]:
                        if printed_on(point, first) & printed_on(point, second):
                            yield from _differ(book, line, first, second)
        for ref in line.cohort.same_as:
            other = book.line(ref, line.key.span)
            # Declared on both sides, it is looked at from one.
            both = other and MeasureRef(*line.key[1:3]) in other.cohort.same_as
            if other is None or (both and other.key < line.key):
                continue
            for figure in line.figures:
                end = figure.period.end
                same = other.at(end, figure)
                if same is not None and (
                    printed_on(line.points[end], figure) & printed_on(other.points[end], same)
                ):
                    yield from _differ(book, line, figure, same)


def _differ(book: Book, line: Line, first: Observation, second: Observation) -> Iterator[Finding]:
    usual = line.measure.decimals
    apart = abs(number(first) - number(second))
    if apart <= slack(first, usual) + slack(second, usual):
        return
    if apart == 0 or first.reading.unit != second.reading.unit:
        return
    where = (_named(first.table), _named(second.table))
    if first.table == second.table:
        where = ("one row", "another")
    together = " of the same publication" if first.published == second.published else ""
    yield book.finding(
        "tables-differ",
        f"{subject(book, first)}: printed {printed(first)} in {where[0]} and {printed(second)} in "
        f"{where[1]}{together}, {worked_out(apart, first.reading.unit)} apart. They "
        f"should be the same figure; they may have been worked out on different days.",
        [first, second],
    )


def revised(book: Book) -> Iterator[Finding]:
    """The same month in two publications: a revision, or a contradiction.

    A contradiction moves the figure by more than a fifth (a share by more than 5 points, a
    count by more than 5), changes its unit, or repeats another month's old figure or an
    old figure with its digits or decimal point moved.
    """
    for line in book.lines.values():
        changes: list[tuple[Observation, Observation]] = []
        for point in line.points.values():
            if len(point.versions) > 1:
                changes += _changes(point)
        if line.key.authority != book.registry.council.authority and len(changes) > 1:
            yield _together(book, changes)
            continue
        for old, new in changes:
            yield _change(book, line, old, new)


def _changes(point: Point) -> Iterator[tuple[Observation, Observation]]:
    """The newest printing and the one before it, where they differ, by kind of table."""
    for new in point.standing:
        if new.value is None:
            continue
        older = [
            version
            for version in point.versions
            if version.revises == new.revises
            and version.published < new.published
            and version.value is not None
        ]
        if older and older[-1].value != new.value and not confirms(older[-1], new):
            yield older[-1], new


def _change(book: Book, line: Line, old: Observation, new: Observation) -> Finding:
    why = "" if new.table == "dfe" else _contradiction(line, old, new)
    text = (
        f"{subject(book, new)}: {printed(old)} in {old.source or old.published.isoformat()}, "
        f"{printed(new)} in {new.source or new.published.isoformat()}."
    )
    if why:
        return book.finding("contradicted", f"{text} {why}", [new], old)
    return book.finding("revised", f"{text} A small revision.", [new], old)


def moved_far(book: Book, old: Observation, new: Observation) -> Iterator[Finding]:
    """A correction that moves a figure by more than a slip of the finger or a late count does."""
    line = book.lines[new.measure, new.cohort, new.period.span]
    if old.value is None or new.value is None or slipped(line, old, new):
        return
    finding = _change(book, line, old, new)
    if finding.code == "contradicted":
        yield finding


def _contradiction(line: Line, old: Observation, new: Observation) -> str:
    """Why a change is no ordinary revision; empty where it is one."""
    if old.reading.unit != new.reading.unit:
        return f"The unit changed from {old.reading.unit} to {new.reading.unit}."
    apart = abs(number(new) - number(old))
    if apart <= slack(old, line.measure.decimals) + slack(new, line.measure.decimals):
        return ""
    if slip := slipped(line, old, new):
        return f"{slip}, so one of the two is a slip."
    if new.reading.unit == "percent":
        large = apart > _REVISION_POINTS
    elif new.reading.unit == "count":
        large = apart > _REVISION_CASES and apart > _REVISION * abs(number(old))
    else:
        large = apart > _REVISION * abs(number(old))
    if not large:
        return ""
    moved = worked_out(apart, new.reading.unit).replace("%", " percentage points")
    neighbour = _slid(line, old, new)
    return f"That is {moved} apart, too much for a revision; {neighbour}"


def slipped(line: Line, old: Observation, new: Observation) -> str:
    """The slip of typing that lies between two figures, if one does."""
    if number(old) and abs(number(new)) in (abs(number(old)) * 10, abs(number(old)) / 10):
        return "The decimal point has moved"
    apart = abs(number(new) - number(old))
    rounding = slack(new, line.measure.decimals)
    if apart > rounding and transposed(number(new), number(old), Decimal(0)):
        return "Two digits have changed places"
    return ""


def _slid(line: Line, old: Observation, new: Observation) -> str:
    ends = sorted(line.points)
    position = ends.index(new.period.end)
    for near in (position - 1, position + 1):
        if 0 <= near < len(ends):
            before = [v for v in line.points[ends[near]].versions if v.published == old.published]
            if any(version.value == new.value for version in before):
                return (
                    "the new figure is the old one of the month beside it, so a column may "
                    "have slipped."
                )
    return "one of the two is likely wrong, or another thing was counted."


def _together(book: Book, changes: list[tuple[Observation, Observation]]) -> Finding:
    """What another publisher revised in one series, as one note."""
    newest_change = changes[-1][1]
    said = ", ".join(
        f"{new.period.end.year}: {printed(old)} then {printed(new)}" for old, new in changes
    )
    return book.finding(
        "revised",
        f"{subject(book, newest_change)}: figures of earlier releases were revised ({said}).",
        [new for _, new in changes],
        *(old for old, _ in changes),
    )
