"""Lines whose cells a converter has wrapped -> blocks of rows under months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.labels import Labels
from etl.model import Cell
from etl.rows import Block


def blocks(lines: Sequence[Cell], labels: Labels) -> Iterator[Block]:
    """The performance tables among the lines."""
    yield from ()
