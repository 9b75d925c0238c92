"""A file -> the figures it brings, as one or more publications not yet compared with anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from etl import aliases, claims, personal, readers, tables
from etl.checks import titles
from etl.claims import kept
from etl.claims.finding import Prose
from etl.compare import repeated, same
from etl.model import (
    Document,
    Finding,
    NoDate,
    NoTable,
    Observation,
    Refused,
    Registry,
    Source,
    Statement,
)
from etl.publication import NewRelease
from etl.recognise import dfe, headed


@dataclass(frozen=True)
class Incoming:
    """A file as read and recognised; `content` is kept byte for byte if it is published.

    `statements` are those of its tables, then those of its prose. `lacks` are the measures that
    declare a column which a release of DfE's does not have, each with what to say of it.
    """

    source: Source
    observations: tuple[Observation, ...]
    statements: tuple[Statement, ...]
    findings: tuple[Finding, ...]
    content: bytes | None = None
    lacks: tuple[tuple[str, Finding], ...] = ()


def read(
    path: Path,
    registry: Registry,
    published: date | None = None,
    *,
    breakdowns: bool = False,
    called: Callable[[Source], Source] = lambda source: source,
    must_be_kept: bool = False,
) -> Incoming:
    """A file's figures: the one door, for commands, pages and drafts alike.

    Raises UserError: not readable (2), no date (2), no table (3), data about single children
    (1). `breakdowns` asks of DfE's files the rows about groups of children as well. `called`
    gives the source the name and title that it has outside. `must_be_kept` refuses a file
    with parts that cannot be looked into for personal data (1); else its figures come in and
    the file itself is not kept.
    """
    document = readers.read(path, breakdowns=breakdowns, declared=registry.dfe_columns)
    document = replace(document, source=called(document.source))
    unseen = _unseen(path, document.source)
    if unseen and must_be_kept:
        raise Refused(f"{unseen}. A draft keeps its files: take that out of the zip")
    found = recognised(document, registry, published)
    told = kept.beside(path, found.source, aliases.of(registry))
    if told is not None:  # an excerpt holds no prose
        found = replace(found, statements=(*found.statements, *told))
    if not path.is_file():
        return found
    if unseen:
        message = f"{unseen}; the figures are stored, the file itself is not kept."
        note = Finding("file-not-kept", "note", message, (found.source.name,))
        return replace(found, findings=(*found.findings, note))
    return replace(found, content=path.read_bytes())


def _unseen(path: Path, source: Source) -> str:
    """What of a file nobody has looked into, in words; empty where all of it was."""
    names = readers.unseen(path, source)
    if not names:
        return ""
    named = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if names[3:] else "")
    return f"{source.name}: {named} in it cannot be looked into for personal data"


def recognised(
    document: Document,
    registry: Registry,
    published: date | None = None,
) -> Incoming:
    """A document's figures, as published on the date given, else on the one it states.

    Raises Refused where it holds data about single children, or is another council's.
    """
    personal.refuse(document)
    source = document.source
    if published is not None:
        source = replace(source, published=published)
    document = replace(document, source=source)
    headed.refuse(document, registry)
    source = headed.of_ours(source, registry)
    document = replace(document, source=source)
    found = tables.read(document, registry)
    if not (found.observations or found.statements):
        headed.refuse_others(document, registry, found.others)
    if not found.tables:
        raise NoTable(f"{source.name}: read to the end; no performance table in it")
    if any(observation.published == date.min for observation in found.observations):
        what = "when it was published" if source.form == "dfe" else "the date of its meeting"
        raise NoDate(f"{source.name}: it does not say {what}; give it: --published DATE")
    prose = claims.read_prose(document, registry)
    statements = (*found.statements, *(one.statement for one in prose.found))
    observations, clashes = _once(found.observations)
    findings = (*found.findings, *clashes, *titles.of_another_meeting(document), *_unread(prose))
    lacks = tuple(dfe.lacking(document, registry))
    return Incoming(source, observations, statements, findings, lacks=lacks)


def _unread(prose: Prose) -> Iterator[Finding]:
    """A note of the sentences whose claims were not read to the end, by the reason."""
    for why in dict.fromkeys(one.why for one in prose.unread):
        places = tuple(str(one.place) for one in prose.unread if one.why == why)
        yield Finding(
            "sentence-unread",
            "note",
            f"The claims of a sentence are not all checked: {why}.",
            tuple(dict.fromkeys(places)),
        )


def _once(
    observations: Sequence[Observation],
) -> tuple[tuple[Observation, ...], tuple[Finding, ...]]:
    """Each figure once; one printed twice with different values is a finding, not a figure."""
    dropped: set[Observation] = set()
    firsts: list[Observation] = []
    findings = []
    for group in repeated(observations):
        dropped.update(group)  # equal ones are one: a file that stands twice in a release
        if all(same(group[0], other) for other in group[1:]):
            firsts.append(group[0])
        else:
            printed = " and ".join(repr(one.reading.raw) for one in group)
            findings.append(
                Finding(
                    "printed-twice",
                    "error",
                    f"{group[0].measure} ({group[0].cohort}) to {group[0].period.end} is printed "
                    f"more than once in this table, as {printed}; none of them is stored",
                    tuple(one.locator for one in group),
                )
            )
    kept = (one for one in observations if one not in dropped)
    return (*kept, *firsts), tuple(findings)


def releases_of(incoming: Incoming) -> Iterator[NewRelease]:
    """One release a publication date; the file's statements and findings go with the last."""

    def published(observation: Observation) -> date:
        return observation.published

    ordered = sorted(incoming.observations, key=published)
    dated = [(day, tuple(group)) for day, group in groupby(ordered, key=published)]
    if not dated and incoming.source.published is not None:
        dated = [(incoming.source.published, ())]
    for day, observations in dated:
        last = day == dated[-1][0]
        sources = {observation.source for observation in observations}
        yield NewRelease(
            published=day,
            title=sources.pop() if len(sources) == 1 else incoming.source.name,
            kind=_kind(observations),
            observations=observations,
            statements=incoming.statements if last else (),
            findings=incoming.findings if last else (),
            name=incoming.source.name,
            sha256=incoming.source.sha256,
            content=incoming.content,
        )


def _kind(observations: Iterable[Observation]) -> str:
    tables = {observation.table for observation in observations}
    if tables == {"dfe"}:
        return "dfe"
    return "officer" if tables <= {"officer", "stated"} else "pack"
