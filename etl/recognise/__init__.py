"""A document and the registry -> the figures it publishes, and what could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from etl import periods
from etl.model import Cell, Document, Finding, Observation, Period, Registry, Source, Statement
from etl.recognise import (
    apart,
    comparators,
    dfe,
    footnotes,
    grids,
    headed,
    named_beside,
    not_actual,
    officers_form,
    rows,
    text_sections,
    tidy_layout,
    wrapped,
)
from etl.recognise.labels import Labels
from etl.recognise.ownership import Owners
from etl.recognise.sections import Divider
from etl.recognise.unplaced import unplaced


@dataclass(frozen=True)
class Recognised:
    """What a document publishes: `tables` counts the performance tables found in it, those of
    another area among them; `others` are the councils that such tables name, and their places;
    `refused` the places of the cells that are left out for it.
    """

    observations: tuple[Observation, ...] = ()
    statements: tuple[Statement, ...] = ()
    findings: tuple[Finding, ...] = ()
    tables: int = 0
    others: tuple[tuple[str, str], ...] = ()
    refused: frozenset[str] = frozenset()


def recognise(document: Document, registry: Registry) -> Recognised:
    """The figures, statements and findings of a document's tables.

    Tables are found by what they are: months beside rows that the registry knows.
    `document.source.published` should be set: where it is not, the observations carry the first
    day there is.
    """
    if document.source.form == "dfe":
        observations, odd = dfe.read(document, registry)
        count = len(document.tables) + len(document.frames)
        return Recognised(observations, (), (*document.findings, *odd), count)
    if officers_form.is_one(document):
        typed = officers_form.read(document, registry)
        return Recognised(tuple(typed.observations), (), tuple(typed.findings), tables=1)
    labels = Labels(registry)
    owners = Owners(registry)
    divider = Divider(owners, labels, lines=document.lines)
    named, provisional = footnotes.explained(document)
    divider.divide(named)

    def holds(lines: Sequence[Cell]) -> bool:
        return any(block.rows for block in wrapped.blocks(lines, labels))

    texts = text_sections.ours(document.lines, divider, holds)
    tidied, rest = tidy_layout.split(divider.found.tables)
    tidied, not_tidied = not_actual.split(tidied)
    exact = document.source.form != "excel"
    rest, left_out = comparators.left_out(rest, owners, labels)
    parts = apart.parted(rest, labels, exact=exact)
    blocks = [
        *grids.blocks(parts.tables, labels, exact=exact),
        *(block for text in texts for block in wrapped.blocks(text, labels)),
    ]
    others = not_actual.read(parts.apart, blocks, labels, exact=exact)
    found, findings = rows.figures([one for one in blocks if not one.reason], labels)
    found = not_actual.of_their_span([*found, *others.actual], labels, others.findings)
    lost: Sequence[Finding] = ()
    nothing = not (blocks or tidied or others.tables)
    if nothing and left_out:  # all that the file holds is others'
        left_out = [replace(one, severity="warning") for one in left_out]
    elif nothing and not (divider.found.left_out or not_tidied):
        lost = unplaced(document, labels)
    tidy = [tidy_layout.read(table, document.source, registry) for table in tidied]
    told = divider.told(
        [observation for result in tidy for observation in result.observations],
        [row for result in tidy for row in result.others],
    )
    printed = _observations(found, document, registry)
    further, differing = tidy_layout.beside(told, printed)
    if not (told or further):
        divider.warn()
    return Recognised(
        observations=(*told, *further),
        statements=(
            *_summaries(found, document, registry),
            *_targets(others.targets, document, registry),
        ),
        findings=_once(
            *document.findings,
            *headed.doubts(document, owners),
            *named_beside.doubts(document, divider.found.tables, divider.found.headings, owners),
            *provisional,
            *divider.found.findings,
            *left_out,
            *not_tidied,
            *findings,
            *others.findings,
            *lost,
            *(finding for result in tidy for finding in result.findings),
            *differing,
        ),
        tables=len({(block.kind, block.months) for block in blocks})
        + others.tables
        + len(not_tidied)
        + len(lost)
        + len([one for one in left_out if one.severity == "warning"])
        + len(tidy)
        + divider.found.left_out,
        others=tuple(divider.found.others),
        refused=frozenset(divider.found.refused),
    )


def _once(*findings: Finding) -> tuple[Finding, ...]:
    """The findings without repetition: a heading's stands once, however often it is printed."""
    return tuple(dict.fromkeys(findings))


def _period(figure: rows.Figure, registry: Registry) -> Period:
    """What a figure of a row covers: its measure's span, up to the column's month."""
    month = figure.month.first
    return periods.for_span(registry.measures[figure.ref.measure].span, month.year, month.month)


def _observations(
    found: Sequence[rows.Figure], document: Document, registry: Registry
) -> list[Observation]:
    source = document.source
    return [
        Observation(
            authority=registry.council.authority,
            measure=figure.ref.measure,
            cohort=figure.ref.cohort,
            period=_period(figure, registry),
            reading=figure.reading,
            published=source.published or date.min,
            source=source.title or source.name,
            table="appendix_1",
            locator=figure.locator,
        )
        for figure in found
        if figure.kind == "appendix_1"
    ]


def _summaries(
    found: Sequence[rows.Figure], document: Document, registry: Registry
) -> list[Statement]:
    summed = [figure for figure in found if figure.kind == "summary_table"]
    return [_statement(figure, document.source, registry, "summary_table") for figure in summed]


def _targets(
    found: Sequence[rows.Figure], document: Document, registry: Registry
) -> list[Statement]:
    return [_statement(figure, document.source, registry, "printed_target") for figure in found]


def _statement(
    figure: rows.Figure,
    source: Source,
    registry: Registry,
    kind: Literal["summary_table", "printed_target"],
) -> Statement:
    return Statement(
        kind=kind,
        value=figure.reading.value,
        unit=figure.reading.unit,
        place=figure.cell.place,
        measure=figure.ref.measure,
        cohort=figure.ref.cohort,
        period=_period(figure, registry),
        raw=figure.reading.raw,
        published=source.published,
        source=source.title or source.name,
        about="target" if kind == "printed_target" else "level",
    )
