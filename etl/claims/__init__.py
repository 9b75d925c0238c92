"""What a report claims in its prose, found and held against the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.claims.hold import held, hold_against
from etl.model import Document, Registry, Statement

if TYPE_CHECKING:
    from etl.claims.finding import Prose

__all__ = ["find", "held", "hold_against", "read_prose"]


def find(document: Document, registry: Registry) -> tuple[Statement, ...]:
    """The statements of `read_prose` alone."""
    return tuple(found.statement for found in read_prose(document, registry).found)


def read_prose(document: Document, registry: Registry) -> Prose:
    """The figures that a document's sentences and bullets state: see `finding`."""
    # Not at start: its patterns take longer to make than a page, which only holds them.
    from etl.claims import finding

    return finding.read_prose(document, registry)
