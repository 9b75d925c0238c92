"""Record -> what the committee's report says: summary, bullets, pictures, Appendix 1, findings.

The same views as the pages; Word, the briefing and the workbook only lay this out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.views.measure_types import MeasureView
from dashboard.views.record_types import FindingRow


@dataclass(frozen=True)
class Bullet:
    """One measure in the committee's own pattern: a bold lead, then plain sentences."""

    lead: str
    text: str


@dataclass(frozen=True)
class Planned:
    """A picture to draw: the view it shows, and its file's name without an ending."""

    view: MeasureView
    stem: str


@dataclass(frozen=True)
class AppendixTable:
    """Appendix 1 as text: serial, row label, then a column a month; blank where none is held."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Report:
    """Everything that the report pack says, as reported at `day`.

    `left_out` names the figures that take no part because they are flagged.
    """

    day: date
    title: str
    headline: str
    summary: str
    notes: tuple[str, ...]
    bullets: tuple[Bullet, ...]
    left_out: tuple[str, ...]
    pictures: tuple[Planned, ...]
    appendix: AppendixTable
    findings: tuple[FindingRow, ...]
    sources: tuple[tuple[str, str, str], ...]
    licence: str
    alternative_formats: str
