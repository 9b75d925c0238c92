"""A report's claims on the officer's own terminal: each sentence, its figures, their verdicts."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from etl import periods, recognise, tidy
from etl.claims.finding import Found, sentences
from etl.claims.hold import hold_against
from etl.claims.say import name
from etl.model import Document, Registry, Statement
from etl.record import Record

_VERDICTS = {"supported": "supported", "differs": "DIFFERS", "unchecked": "cannot be checked"}
_ABOUT = {
    "level": "",
    "increase": "added in ",
    "change": "change to ",
    "rate": "share upheld or done, ",
    "target": "target, ",
    "limit": "the law's limit",
}
_WIDTH = 100


@dataclass(frozen=True)
class Claimed:
    """A statement held against the record, and the sentence it was made in ("" in a table)."""

    statement: Statement
    sentence: str = ""


def claimed(document: Document, record: Record) -> tuple[Claimed, ...]:
    """Every claim of a document, of its tables and its prose, in the order of their places."""
    registry = record.registry
    tables = [Found(one, "") for one in recognise.recognise(document, registry).statements]
    found = [*tables, *sentences(document, registry)]
    held = hold_against([one.statement for one in found], record)
    made = [Claimed(statement, one.sentence) for statement, one in zip(held, found, strict=True)]
    return tuple(sorted(made, key=lambda one: _order(one.statement)))


def lines(made: Sequence[Claimed], registry: Registry) -> Iterator[str]:
    """The claims in plain lines, sentence by sentence, with a count at the end."""
    for (place, sentence), group in groupby(made, lambda one: (_where(one), one.sentence)):
        yield place
        yield from textwrap.wrap(sentence, _WIDTH, initial_indent="  | ", subsequent_indent="  | ")
        for one in group:
            yield from _verdict(one.statement, registry)
        yield ""
    counts = {name: sum(one.statement.verdict == name for one in made) for name in _VERDICTS}
    yield (
        f"{len(made)} claims: {counts['supported']} supported, {counts['differs']} differ, "
        f"{counts['unchecked']} cannot be checked"
    )


def _verdict(statement: Statement, registry: Registry) -> Iterator[str]:
    measure = registry.measures.get(statement.measure)
    row = name(measure, statement.cohort) if measure else "no known row"
    when = f"{_ABOUT[statement.about]}{periods.label(statement.period) if statement.period else ''}"
    area = registry.council.areas.get(statement.authority, "") if statement.authority else ""
    said = ", ".join(part for part in (row, area, when) if part)
    figure = statement.raw or tidy.shortest(statement.value)
    text = f"{_VERDICTS[statement.verdict]}: {figure} ({said}). {statement.explanation}"
    if statement.verdict == "differs":
        text = f"{_VERDICTS[statement.verdict]}: {figure}. {statement.explanation}"
    yield from textwrap.wrap(text, _WIDTH, initial_indent="  - ", subsequent_indent="    ")


def _where(one: Claimed) -> str:
    place = str(one.statement.place) or "in the report"
    return place if one.sentence else f"{place} ({one.statement.kind.replace('_', ' ')})"


def _order(statement: Statement) -> tuple[int, int, int]:
    place = statement.place
    return place.page or 0, place.line or place.table or 0, place.row or 0
