"""A document -> its tables as layouts take them, their figures, observations and statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from etl.layouts import agreement, blocks, cards, continuation, figures, fit, flowing
from etl.layouts.agreement import Figure
from etl.layouts.facets import OWN
from etl.layouts.fit import Taken
from etl.layouts.words import Words
from etl.model import Document, Finding, Observation, Registry, Source, Statement, Table
from etl.readers import aligned
from etl.recognise.doubts import warning

Kind = Literal[
    "printed_target", "printed_floor", "previous", "comparator", "yearly_row", "summary_table"
]
_KINDS: dict[str, Kind] = {
    "target": "printed_target",
    "floor": "printed_floor",
    "previous": "previous",
    "comparator": "comparator",
    "total": "yearly_row",
    "summary": "summary_table",
}


@dataclass(frozen=True)
class TableRead:
    """A block as it was taken, and what came of it."""

    taken: Taken
    figures: tuple[Figure, ...] = ()
    findings: tuple[Finding, ...] = ()


def read(tables: Iterable[Table], registry: Registry) -> list[TableRead]:
    """Every block of the tables that show, in order; hidden sheets are not looked at.

    Where two blocks of one layout differ on a figure, neither row is read.
    """
    found = _blocks(tables, registry)
    ids = {_id(one) for one in found} - {""}
    for name in sorted(ids):
        same = [
            n for n, one in enumerate(found) if one.taken.layout and one.taken.layout.id == name
        ]
        kept, findings = agreement.across([found[n].figures for n in same])
        for n, figures_ in zip(same, kept, strict=True):
            found[n] = replace(found[n], figures=tuple(figures_))
        if findings:
            last = found[same[-1]]
            found[same[-1]] = replace(last, findings=(*last.findings, *findings))
    return found


def tables_of(document: Document, registry: Registry) -> tuple[Table, ...]:
    """A document's tables, those whose columns only spaces keep apart or whose cells follow one
    another in running text, and its cards."""
    words = Words(registry)
    spaced = (*document.spaced, *aligned.tables(document.lines))
    flow = flowing.of(document.lines, words).tables
    return (*document.tables, *spaced, *flow, *cards.tables(document, words))


def _id(found: TableRead) -> str:
    return found.taken.layout.id if found.taken.layout else ""


def _blocks(tables: Iterable[Table], registry: Registry) -> list[TableRead]:
    """The blocks as layouts take them; the rest of a table that goes on in the next one is read
    with it."""
    words = Words(registry)
    found: list[TableRead] = []
    last: blocks.Block | None = None
    for table in tables:
        if table.hidden:
            continue
        own = list(blocks.of(table, words))
        if not own and last is not None:
            layout = found[-1].taken.layout
            follows = bool(layout and layout.continues)
            if rest := continuation.continued(last, table, words, follows=follows):
                found.pop()
                own = [replace(last, body=(*last.body, *rest))]
        last = own[-1] if own else None
        found += [_block(block, words, registry) for block in own]
    return found


def _block(block: blocks.Block, words: Words, registry: Registry) -> TableRead:
    taken = fit.of(block, words, registry.layouts)
    if taken.layout is None:
        return TableRead(taken, (), (_claimed_twice(taken),) if taken.tie else ())
    read = figures.of(taken, words)
    return TableRead(taken, tuple(read.figures), tuple(read.findings))


def _claimed_twice(taken: Taken) -> Finding:
    place = taken.block.place
    message = f"{place}: the table is not read: {taken.why[0]}."
    return warning("layouts-tie", message, place)


def observations(found: TableRead, source: Source, registry: Registry) -> Iterator[Observation]:
    """The actual figures of the council itself."""
    layout = found.taken.layout
    for figure in found.figures:
        if figure.role != "actual" or figure.area != OWN or figure.period is None:
            continue
        assert layout is not None, "figures come from a layout"
        yield Observation(
            authority=registry.council.authority,
            measure=figure.ref.measure,
            cohort=figure.ref.cohort,
            period=figure.period,
            reading=figure.reading,
            published=source.published or date.min,
            source=source.title or source.name,
            table=layout.id,
            locator=figure.locator,
        )


def statements(found: TableRead, document: Document, registry: Registry) -> Iterator[Statement]:
    """Figures of other roles, as printed: targets, floors, earlier ones, other areas'."""
    source = document.source
    for figure in found.figures:
        kind = _KINDS.get(figure.role)
        if kind is None or (figure.area != OWN and kind != "comparator"):
            continue
        yield Statement(
            kind=kind,
            value=figure.reading.value,
            unit=figure.reading.unit,
            place=figure.cell.place,
            measure=figure.ref.measure,
            cohort=figure.ref.cohort,
            period=figure.period,
            raw=figure.reading.raw,
            published=source.published,
            source=source.title or source.name,
            about="target" if kind == "printed_target" else "level",
            authority="" if figure.area == OWN else figure.area,
            certain=kind in ("printed_target", "yearly_row", "summary_table"),
        )
