"""What a report claims in its prose, found and held against the record."""

from __future__ import annotations

from etl.claims.find import find
from etl.claims.hold import held, hold_against

__all__ = ["find", "held", "hold_against"]
