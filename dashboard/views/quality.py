"""Record -> what does not add up, what was answered, revised, claimed, and is missing."""

from __future__ import annotations

from datetime import date

from dashboard.views.record_types import QualityView
from etl.record import Record


def quality(record: Record, today: date | None = None) -> QualityView:
    """What the quality page says of `record`: public words only, no names, no private reasons."""
    raise NotImplementedError
