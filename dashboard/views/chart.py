"""What one chart shows, before anything draws it: a page, a picture and Word share it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Mark:
    """One drawn point. `value` None is a gap (the line breaks), never zero.

    `hover` tells value, period, publication, place in it, and whether it was revised.
    `label` is printed beside the point; `flagged` draws a point hollow, a bar paler.
    """

    x: date | str
    value: float | None
    hover: str = ""
    label: str = ""
    flagged: bool = False


@dataclass(frozen=True)
class Line:
    """A series as drawn. `role` decides colour, dash and marker (charts.py).

    `name` is its end label; empty for an earlier stretch of a line that breaks.
    """

    name: str
    marks: tuple[Mark, ...]
    role: Literal["own", "second", "third", "fourth", "context", "limit"] = "own"
    kind: Literal["line", "bar", "dots"] = "line"


@dataclass(frozen=True)
class TargetMark:
    """A target drawn where it stands: over the x values it is in force for."""

    label: str
    value: float
    start: date | str
    end: date | str
    kind: str = ""


@dataclass(frozen=True)
class EventMark:
    """A dated event: a vertical rule, or a band when it has an end.

    On a chart by years a rule stands before its year; a band covers its years.
    """

    label: str
    start: date | str
    end: date | str | None = None


@dataclass(frozen=True)
class ChartView:
    """Everything a chart needs. Draws alone: title, subtitle, source and notes included.

    `title` states the finding; `alt` is its text alternative with the figures in it;
    `columns` and `rows` are its figures as a table, as text, as shown. `year` is the one it
    shows where a reader may choose among several.
    """

    id: str
    title: str
    subtitle: str
    alt: str
    lines: tuple[Line, ...]
    unit: str
    source: str
    as_at: str
    x_kind: Literal["months", "years", "categories", "ranked"] = "months"
    y_range: tuple[float, float] | None = None
    targets: tuple[TargetMark, ...] = ()
    events: tuple[EventMark, ...] = ()
    notes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: Sequence[tuple[str, ...]] = ()
    empty: str = ""
    year: int | None = None
