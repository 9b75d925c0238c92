"""Tables that the older recognition reads nothing of, read by their layout instead."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from etl.appendix import squash
from etl.layouts import reading
from etl.layouts.words import Words
from etl.model import Document, Finding, Observation, Registry, Statement, Table

# What the older recognition says of a table that it knows nothing of but that known rows stand
# there. Any other finding says that it understood the table and refused it: that stands.
_NOT_PLACED = {"header-lost", "rows-unplaced", "row-unknown", "month-unknown", "row-ambiguous"}
_NOT_PLACED |= {"hidden-cells", "hidden-sheet", "pages-scanned"}
_LEFT = 4  # first columns of a table, in which its rows' labels stand
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
) -> Further:
    """The tables of a document of which nothing is among the `observations` and `statements`
    given, as far as a layout takes them. What `findings` refuse for their words stays refused."""
    used = {_place(one.locator) for one in observations} | {str(one.place) for one in statements}
    judged = {_place(p) for one in findings if one.code not in _NOT_PLACED for p in one.places}
    words = Words(registry)
    tables = (*document.tables, *document.spaced)
    if not observations:
        tables = reading.tables_of(document)
    everywhere = {place for table in tables for place in _places(table)}
    if judged - everywhere:
        tables = ()  # a caption's finding: which tables it is about, its place does not say
    free = [
        table
        for table in tables
        if not table.hidden and not _places(table) & (used | judged) and _may_be_ours(table, words)
    ]
    found = [one for one in reading.read(free, registry) if one.figures or one.findings]
    taken = [one for one in found if one.taken.layout is not None]
    places = {
        str(cell.place)
        for one in taken
        for row in (*one.taken.block.head, *one.taken.block.body)
        for cell in row
    }
    kept = tuple(one for one in findings if not {_place(p) for p in one.places} & places)
    more = tuple(
        observation
        for one in taken
        for observation in reading.observations(one, document.source, registry)
    )
    said = tuple(
        statement for one in taken for statement in reading.statements(one, document, registry)
    )
    doubts = tuple(finding for one in found for finding in one.findings)
    log.info("layouts: %d tables, %d figures, %d statements", len(taken), len(more), len(said))
    return Further(more, said, doubts, kept, len(taken))


def _place(locator: str) -> str:
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
    texts = [cell.text for row in table.rows for cell in row[:_LEFT] if cell.text]
    texts += [cell.text for row in table.rows[:_TOP] for cell in row[_LEFT:] if cell.text]
    keys = words.plain_labels
    return any(squash(text) in keys for text in texts) or any(
        squash(words.caption(text)) in keys for text in (*table.above, *texts[:_TOP])
    )
