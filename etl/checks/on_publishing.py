"""What is asked before something is published, and never again once it stands.

One publication against itself, as it is printed; corrections that move a figure far, change
nothing, or come before a newer publication. What is shown afterwards is for `checks.run`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from etl import checks
from etl.analysis.corrected import said
from etl.checks import cells, groups, parts, printings, shares, totals, whole_numbers
from etl.checks.book import Book, books
from etl.checks.settle import Check
from etl.checks.wording import listed, printed, subject
from etl.compare import Comparison
from etl.model import CORRECTION, Finding, Observation, Point
from etl.periods import day
from etl.record import Judged, Record, assemble

# What can be wrong within one publication. The past, other publications and the way of
# printing are for the record as a whole.
AS_PRINTED: tuple[Check, ...] = (
    cells.below_zero,
    cells.before_its_month,
    parts.above_whole,
    cells.percent_out_of_range,
    cells.not_whole,
    shares.against_counts,
    shares.outside_parts,
    whole_numbers.alone,
    whole_numbers.together,
    parts.average_of_none,
    parts.average_not_possible,
    groups.means_of_groups,
    cells.weeks_against_days,
    totals.falls,
    totals.against_parts,
    printings.tables_differ,
)
_NAMED = 3


Compared = Sequence[tuple[Sequence[Observation], Comparison]]
"""Publications as they were read, each with how it stands to what is held."""


def judged(
    before: Record, after: Record, read: Sequence[Finding], compared: Compared
) -> tuple[Judged, ...]:
    """What to tell before publications are published, with the answers given before.

    `read` is what was found in reading them; `before` and `after` are the record without and
    with them: what the checks find in both is no news.
    """
    findings = list(read)
    if after is not before:
        known = {_told(f) for f in (*findings, *(one.finding for one in before.judged))}
        for finding in (*checks.run(after), *_asked(before, after, compared)):
            if _told(finding) not in known:
                known.add(_told(finding))
                findings.append(finding)
        findings = list(_slid_cells(findings))
    # Answers that stand in a file speak also where the files were not loaded (SEND_SEED=0).
    found, _ = checks.judge(findings, (*before.registry.answers, *before.answers))
    return tuple(found)


def _slid_cells(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings, with the unreadable cells of a column pasted a row off as notes.

    A slid column breaks the units of its rows: that it is slid explains all its cells at once.
    """
    slid = [f for f in findings if f.code == "column-repeated" and f.beside]
    columns = {_column(figure.locator) for finding in slid for figure in finding.figures}
    for finding in findings:
        if finding.code == "cell-unreadable" and {_column(p) for p in finding.places} & columns:
            yield replace(finding, severity="note")
        else:
            yield finding


def _column(place: str) -> str:
    """The heading of a place's column, as a locator ends: "line 6, row 1d, Jan-22"."""
    return place.rpartition(", ")[2].rstrip(")")


def _told(finding: Finding) -> tuple[object, ...]:
    """What makes a finding news: not that it stands in one more place."""
    return finding.code, finding.message, finding.figures


def _asked(before: Record, after: Record, compared: Compared) -> Iterator[Finding]:
    to_store = [(figures, found) for figures, found in compared if found.to_store]
    shown = _Shown(after)
    yield from _as_printed(after, shown, [f for figures, _ in to_store for f in figures])
    for book in books(after):
        if book.own:
            for _, found in to_store:
                yield from _corrections(before, book, shown, found)


class _Shown:
    """The points of a record by series and period."""

    def __init__(self, record: Record) -> None:
        self._series = record.series
        self._points: dict[object, dict[object, Point]] = {}

    def point(self, figure: Observation) -> Point:
        key = figure.series
        if key not in self._points:
            self._points[key] = {point.period: point for point in self._series[key].points}
        return self._points[key][figure.period]

    def stands(self, figure: Observation) -> bool:
        """Whether a figure, or an equal one of its publication, is the newest of its table."""
        return any(
            standing.revises == figure.revises
            and standing.published == figure.published
            and said(standing) == said(figure)
            for standing in self.point(figure).standing
        )


def _as_printed(record: Record, shown: _Shown, figures: Iterable[Observation]) -> Iterator[Finding]:
    """Each day's publication against itself, where not all of it is what readers will see.

    Where it is, the checks of the record look at just these figures.
    """
    own = record.registry.council.authority
    by_day: dict[date, list[Observation]] = defaultdict(list)
    for figure in figures:
        if figure.authority == own and figure.table != "dfe":
            by_day[figure.published].append(figure)
    for _, printing in sorted(by_day.items()):
        if all(shown.stands(figure) for figure in printing):
            continue
        observations, series = assemble(enumerate(printing))
        alone = replace(record, observations=observations, series=series, statements=(), judged=())
        for book in books(alone):
            yield from (finding for check in AS_PRINTED for finding in check(book))


def _corrections(before: Record, book: Book, shown: _Shown, found: Comparison) -> Iterator[Finding]:
    """What corrections of the council's own figures do not do, or do too much."""
    for figure in (*found.new, *found.unchanged, *found.held):
        if figure.locator.startswith(CORRECTION):
            yield _changes_nothing(book, figure, new=figure in found.new)
    late = []
    for old, new in found.revised:
        if new.authority != book.authority or new.table == "dfe":
            continue
        if not shown.stands(new):
            late.append(new)
        elif (new.corrects or new.published == old.published) and not before.doubts(old):
            yield from printings.moved_far(book, old, new)
    if late:
        yield _dated_back(book, shown, late)


def _changes_nothing(book: Book, figure: Observation, *, new: bool) -> Finding:
    why = (
        f"nothing was published by {day(figure.published)} to correct"
        if new
        else f"{printed(figure)} is what is published already"
    )
    return book.finding(
        "correction-changes-nothing",
        f"{subject(book, figure)}: the correction to {printed(figure)} changes nothing, as {why}. "
        f"Take it out.",
        [figure],
    )


def _dated_back(book: Book, shown: _Shown, late: Sequence[Observation]) -> Finding:
    """One note for all figures of a publication that a newer one gives."""
    first = late[0]
    until = min(
        version.published
        for figure in late
        for version in shown.point(figure).versions
        if version.revises == figure.revises and version.published > figure.published
    )
    names = [f"{subject(book, figure)}, {printed(figure)}" for figure in late[:_NAMED]]
    names += [f"{len(late) - _NAMED} more"] if len(late) > _NAMED else []
    what = "This changes" if len(late) == 1 else "These change"
    return book.finding(
        "dated-back",
        f"{listed(names)}: published again since {day(first.published)}. {what} only what is "
        f"shown as reported from {day(first.published)} until {day(until)}; what is shown now "
        f"stays as it is.",
        [],
        *late,
    )
