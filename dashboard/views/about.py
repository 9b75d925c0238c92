"""Record -> method, sources, licence, revisions, accessibility, contact, glossary."""

from __future__ import annotations

from dashboard.views.record_types import AboutView
from etl.record import Record


def about(record: Record) -> AboutView:
    """What the about page says; sources are the releases that `record` holds."""
    raise NotImplementedError
