"""What travels in a figure <-> what a row of a table holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, cast

from pydantic import TypeAdapter
from sqlalchemy import Row

from etl import tidy
from etl.aliases import Names
from etl.model import (
    COUNCIL,
    EDITORS,
    Answer,
    Event,
    Finding,
    Observation,
    Statement,
    Target,
)
from etl.publication import Declaration
from etl.record import Explanation, Release
from etl.store import schema

# The tidy table's columns, in the order `observations` reads them.
FIGURE_COLUMNS = (
    schema.observations.c.release,
    *(schema.observations.c[column.name] for column in tidy.FIELDS),
)
_TABLE = tidy.NAMES.index("table") - tidy.NAMES.index("cohort") - 1  # behind the cohort
# Columns that are NULL where the row's text is empty.
_NULLABLE = tuple(c.name for c in FIGURE_COLUMNS if c.nullable)

KINDS: dict[str, type[Any]] = {
    "target": Target,
    "event": Event,
    "answer": Answer,
    "explanation": Explanation,
}


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    return date.fromisoformat(text)


def figures(rows: Iterable[Row[Any]], names: Names) -> Iterator[tuple[int, Observation]]:
    """Rows of FIGURE_COLUMNS -> release number and observation, by the names of today."""
    for release, authority, measure, cohort, *rest in map(tuple, rows):
        if names:
            measure, cohort = names.ref(measure, cohort)
            rest[_TABLE] = names.of("table", rest[_TABLE])
        yield release, tidy.build(authority, measure, cohort, *rest)


def figure_row(release: int, observation: Observation) -> dict[str, Any]:
    """An observation as a row of `observations`."""
    texts = tidy.row(observation)
    empty = {name: None for name in _NULLABLE if not texts[name]}
    return {
        "release": release,
        **texts,
        **empty,
        "sample_size": observation.reading.sample_size,
    }


class _Adapters(dict[type[Any], TypeAdapter[Any]]):
    """A type's way to JSON and back, made when first needed."""

    def __missing__(self, kind: type[Any]) -> TypeAdapter[Any]:
        self[kind] = TypeAdapter(kind)
        return self[kind]


_adapters = _Adapters()


def packed(value: Any) -> str:
    """A frozen dataclass as JSON."""
    return _adapters[type(value)].dump_json(value).decode()


def unpacked(kind: type[Any], body: str, names: Names) -> Any:
    """The inverse of `packed`, by the names of today."""
    if names:
        return _adapters[kind].validate_python(names.in_json(json.loads(body)))
    return _adapters[kind].validate_json(body)


def statement(body: str, names: Names) -> Statement:
    """A statement as it was kept, by the names of today."""
    return cast(Statement, unpacked(Statement, body, names))


def packed_finding(finding: Finding) -> str:
    """A finding as JSON; its figures as rows of the tidy table."""
    return json.dumps(
        {
            "code": finding.code,
            "severity": finding.severity,
            "message": finding.message,
            "places": list(finding.places),
            "figures": [tidy.row(figure) for figure in finding.figures],
        }
    )


def finding(body: str, names: Names) -> Finding:
    """The inverse of `packed_finding`, by the names of today."""
    held = names.in_json(json.loads(body))
    return Finding(
        held["code"],
        held["severity"],
        held["message"],
        tuple(held["places"]),
        tuple(tidy.build(**row) for row in held["figures"]),
    )


def release(row: Row[Any]) -> Release:
    """A row of `releases`."""
    return Release(
        number=row.number,
        published=_day(row.published),
        title=row.title,
        kind=row.kind,
        sha256=row.sha256,
        visible_from=row.visible_from,
        withdrawn=row.withdrawn,
    )


def declaration(row: Row[Any], names: Names) -> Declaration:
    """A row of `declarations`, by the names of today. An answer that came with a release is the
    council's, of that day."""
    held = cast(Declaration, unpacked(KINDS[row.kind], row.body, names))
    if not isinstance(held, Answer) or held.by:
        return held
    if row.release is None:
        return replace(held, by=EDITORS)
    return replace(held, by=COUNCIL, dated=_day(row.recorded_at[:10]))


def kind_of(declaration: Declaration) -> str:
    """Which kind a declaration is stored as."""
    return type(declaration).__name__.lower()


def key_of(declaration: Declaration) -> str:
    """What makes two declarations the same one: the newer replaces the older.

    An answer is known by the figures it is about and what it expects of them.
    """
    if isinstance(declaration, Target | Event):
        return declaration.id
    end = declaration.period_end.isoformat() if declaration.period_end else ""
    parts = [declaration.measure, declaration.cohort, end]
    if isinstance(declaration, Answer):
        published = declaration.published.isoformat() if declaration.published else ""
        about = [declaration.authority, declaration.span or "", published]
        expected = (*declaration.expects, *declaration.beside)
        parts = [declaration.code, *parts, *about, *expected]
    return "/".join(parts)
