"""What a report claims in its prose, found and held against the record."""

from __future__ import annotations

from etl.claims.hold import held, hold_against
from etl.model import Document, Registry, Statement

__all__ = ["find", "held", "hold_against"]


def find(document: Document, registry: Registry) -> tuple[Statement, ...]:
    """The figures that a document's sentences and bullets state: see `finding`."""
    # Not at start: its patterns take longer to make than a page, which only holds them.
    from etl.claims import finding

    return finding.find(document, registry)
