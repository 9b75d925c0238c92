"""A report's claims on the officer's own terminal: each sentence, its figures, their verdicts."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from etl import periods, recognise, tidy
from etl.claims.finding import Found, Unread, read_prose
from etl.claims.hold import hold_against
from etl.claims.say import name
from etl.model import Document, Place, Registry, Statement
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


@dataclass(frozen=True)
class Checked:
    """A document's claims in the order of their places, and the sentences that were not read."""

    claims: tuple[Claimed, ...]
    unread: tuple[Unread, ...] = ()


def checked(document: Document, record: Record) -> Checked:
    """Every claim of a document, of its tables and its prose, held against the record."""
    registry = record.registry
    tables = [Found(one, "") for one in recognise.recognise(document, registry).statements]
    prose = read_prose(document, registry)
    found = [*tables, *prose.found]
    held = hold_against([one.statement for one in found], record)
    made = [Claimed(statement, one.sentence) for statement, one in zip(held, found, strict=True)]
    return Checked(tuple(sorted(made, key=lambda one: _order(one.statement.place))), prose.unread)


def lines(report: Checked, registry: Registry) -> Iterator[str]:
    """The claims in plain lines, sentence by sentence, then what was not read, and a count."""
    made = report.claims
    for (place, sentence), group in groupby(made, lambda one: (_where(one), one.sentence)):
        yield place
        yield from _quoted(sentence)
        for one in group:
            yield from _verdict(one.statement, registry)
        yield ""
    for left in report.unread:
        yield str(left.place) or "in the report"
        yield from _quoted(textwrap.shorten(left.sentence, 3 * _WIDTH))
        yield f"  - not checked: {left.why}"
        yield ""
    counts = {name: sum(one.statement.verdict == name for one in made) for name in _VERDICTS}
    several = "" if len(report.unread) == 1 else "s"
    not_read = f"; {len(report.unread)} sentence{several} not read to the end"
    yield (
        f"{len(made)} claims: {counts['supported']} supported, {counts['differs']} differ, "
        f"{counts['unchecked']} cannot be checked{not_read if report.unread else ''}"
    )


def _quoted(sentence: str) -> list[str]:
    return textwrap.wrap(sentence, _WIDTH, initial_indent="  | ", subsequent_indent="  | ")


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


def _order(place: Place) -> tuple[int, int, int]:
    return place.page or 0, place.line or place.table or 0, place.row or 0
