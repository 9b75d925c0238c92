"""Tables that the older recognition reads nothing of, read by their layout instead."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from etl.layouts import flowing, reading
from etl.layouts.reading import TableRead
from etl.layouts.words import Words
from etl.model import (
    Document,
    Finding,
    Observation,
    Period,
    Registry,
    SeriesKey,
    Statement,
    Table,
)
from etl.recognise.doubts import warning
from etl.text.signs import squash

# What the older recognition says of a table that it knows nothing of but that known rows stand
# there. Any other finding says that it understood the table and refused it: that stands.
_NOT_PLACED = {"header-lost", "rows-unplaced", "row-unknown", "month-unknown", "row-ambiguous"}
_NOT_PLACED |= {"not-a-month"}  # a rolling year, a quarter: the older room has no span for it
# A doubt about the file, or what a reader noticed, says nothing of one table.
_NOT_PLACED |= {"file-of-another-council", "hidden-cells", "hidden-sheet", "pages-scanned"}
_SIDE = 4  # first columns of a table, in which its rows' labels stand
_TOP = 8  # first rows of a table, in which its headings stand

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Further:
    """What layouts add to a document: figures, statements, doubts, how many tables; and the
    findings of the older recognition that stay."""

    observations: tuple[Observation, ...]
    statements: tuple[Statement, ...]
    findings: tuple[Finding, ...]
    kept: tuple[Finding, ...]
    tables: int


def read(
    document: Document,
    registry: Registry,
    observations: Sequence[Observation],
    statements: Sequence[Statement],
    findings: Sequence[Finding],
    *,
    refused: Collection[str] = (),
) -> Further:
    """The tables of a document of which nothing is among the `observations` and `statements`
    given, as far as a layout takes them. What `findings` refuse for their words stays refused,
    and so does every table with a cell whose place is among `refused`."""
    used = {place_of(one.locator) for one in observations} | {str(one.place) for one in statements}
    used |= set(refused)
    judged = {place_of(p) for one in findings if one.code not in _NOT_PLACED for p in one.places}
    words = Words(registry)
    tables = reading.tables_of(document, registry)
    everywhere = {place for table in tables for place in _places(table)}
    if judged - everywhere:
        tables = ()  # a caption's finding: which tables it is about, its place does not say
    free: list[Table] = []
    follows = False  # whether the table before may be ours: this one may be its rest
    for table in tables:
        open_ = not table.hidden and not _places(table) & (used | judged)
        ours = open_ and _may_be_ours(table, words)
        free += [table] if ours or (open_ and follows) else []
        follows = ours or (open_ and follows)
    found = reading.read(free, registry)
    taken = [one for one in found if one.taken.layout is not None and (one.figures or one.findings)]
    places = {place for one in taken for place in cells_of(one)}
    for table in free:  # of a table that is read whole, its captions' findings are past, too
        parts = [one for one in found if cells_of(one) & _places(table)]
        if parts and all(one in taken for one in parts):
            places |= _places(table)
    kept = tuple(one for one in findings if not {place_of(p) for p in one.places} & places)
    spoken = {place_of(place) for one in kept for place in one.places}
    left = (one for one in found if one.taken.layout is None and not cells_of(one) & spoken)
    doubts = [finding for one in found for finding in one.findings]
    told = [finding for one in left if (finding := _left(one))]
    rows, lost = _in_text(document, words, [*taken, *(one for one in found if one.taken.claimed)])
    told += lost
    more, differing = _agreeing(
        (
            observation
            for one in taken
            for observation in reading.observations(one, document.source, registry)
        ),
        observations,
        {one.id for one in registry.paper.layouts},
    )
    said = tuple(
        statement for one in taken for statement in reading.statements(one, document, registry)
    )
    log.info("layouts: %d tables, %d figures, %d statements", len(taken), len(more), len(said))
    count = len(taken) + len(told)
    return Further(tuple(more), said, (*doubts, *told, *rows, *differing), kept, count)


def _in_text(
    document: Document, words: Words, known: Sequence[TableRead]
) -> tuple[list[Finding], list[Finding]]:
    """What is lost of tables in running text: a finding for each row, and for each whole table."""
    rows = flowing.of(document.lines, words).findings
    finding, about = flowing.lost(document.lines, words)
    lines = {cell.place.line for one in known for row in one.taken.block.body for cell in row}
    return rows, [] if rows or finding is None or lines & about else [finding]


def cells_of(found: TableRead) -> set[str]:
    """The places of all cells of a table as it was taken, as locators begin with them."""
    block = found.taken.block
    return {str(cell.place) for row in (*block.head, *block.body) for cell in row}


def _left(found: TableRead) -> Finding | None:
    """A finding for a table of known rows that is not read; None for any other table."""
    taken = found.taken
    known = [line for line in taken.lines if line.says.measures and not line.why]
    across = any(column.says.measures for column in taken.heads.columns)
    if found.findings or not taken.lines:
        return None
    few = not known or len(known) * 2 < len(taken.lines)
    if not (across or taken.claimed) and few:
        return None
    why = taken.over.why or (
        ", and ".join(why.partition(": ")[2] for why in taken.why)
        if taken.claimed
        else "no layout fits it; `python -m etl inspect` says why"
    )
    place = taken.block.place
    message = f"{place}: a table of known rows is not read: {why}."
    return warning("table-left", message, place)


def _agreeing(
    more: Iterable[Observation], held: Sequence[Observation], own: Collection[str]
) -> tuple[list[Observation], list[Finding]]:
    """The figures that do not contradict one that another table of the file gives; a finding for
    each that does: one of the tables is not what it seems. Tables that the council's `own` file
    describes may differ from others: both are kept as printed."""
    printed: dict[tuple[SeriesKey, Period], list[Observation]] = defaultdict(list)
    for one in held:
        if one.table != "dfe":
            printed[one.series, one.period].append(one)
    kept, findings = [], []
    for one in more:
        others = printed.get((one.series, one.period), [])
        if one.table in own:
            others = [other for other in others if other.table == one.table]
        alike = [o for o in others if (o.value, o.status) == (one.value, one.status)]
        if not others or any(other.table != one.table for other in alike):
            kept.append(one)
        elif not alike:
            message = (
                f"{one.locator}: {one.reading.raw} is not read: {others[-1].locator} prints "
                f"{others[-1].reading.raw} for the same figure."
            )
            findings.append(warning("figure-twice", message, one.locator, others[-1].locator))
    return kept, findings


def place_of(locator: str) -> str:
    """The place with which a locator begins: "line 469, row 1a, Jul-20" is "line 469"."""
    return (
        locator.split(", row ")[0].split(" (")[0]
        if "line " in locator
        else (locator.split(" (")[0])
    )


def _places(table: Table) -> set[str]:
    return {str(cell.place) for row in table.rows for cell in row} | {str(table.place)}


def _may_be_ours(table: Table, words: Words) -> bool:
    """Whether a known label stands where a table's labels stand; asked of every table, quickly."""
    texts = [cell.text for row in table.rows for cell in row[:_SIDE] if cell.text]
    texts += [cell.text for row in table.rows[:_TOP] for cell in row[_SIDE:] if cell.text]
    whole = "|".join(squash(text) for text in (*texts, *table.above))
    return words.any_label.search(whole) is not None
