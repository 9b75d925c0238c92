"""What one chart shows, before anything draws it: a page, a picture and Word share it."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

# Decides a line's colour, dash and marker.
Role = Literal["own", "second", "third", "fourth", "context", "limit"]


@dataclass(frozen=True)
class Reading:
    """What the reading card says of a point, field by field; empty where nothing is to be said.

    `count` is "546 of 1,025 plans" or "from 12 pupils"; `change` that on the same period a
    year before, "8 points higher than in December 2020 (45.3%)"; `source` the publication and
    the place in it; `revised` "was 52.1% until 20 May 2022"; `flag` "does not add up: ...".
    """

    period: str
    series: str
    value: str
    count: str = ""
    change: str = ""
    source: str = ""
    published: str = ""
    revised: str = ""
    flag: str = ""


@dataclass(frozen=True)
class Mark:
    """One drawn point. `value` None is a gap (the line breaks), never zero.

    `reading` is what is said of it; None where nothing is published, which is a gap too.
    `label` is printed beside the point, the last one's at the line's end; `flagged` draws
    it hollow, `provisional` hatched; a bar may stand for several `months`.
    """

    x: date | str
    value: float | None
    reading: Reading | None = None
    label: str = ""
    flagged: bool = False
    provisional: bool = False
    months: int = 1


@dataclass(frozen=True)
class Line:
    """A series as drawn. `role` decides colour, dash and marker (charts/looks.py).

    `name` is its name at its end; empty for an earlier stretch of a line that breaks.
    `stopped` says that no figure came after its last ("no figure since January 2022").
    """

    name: str
    marks: tuple[Mark, ...]
    role: Role = "own"
    kind: Literal["line", "bar", "dots"] = "line"
    stopped: str = ""


@dataclass(frozen=True)
class TargetMark:
    """A target drawn where it stands: over the x values it is in force for.

    `standing` is the shown area's against it, where that can be said.
    """

    label: str
    value: float
    start: date | str
    end: date | str
    kind: str = ""
    standing: Literal["", "met", "missed"] = ""


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


# How a view is built: what comes before the `yield` finds whether it can be drawn at all, and
# returns why not; what comes after draws it. So the reason costs no drawing (choosing.py).
Plan = Generator[None, None, ChartView | str]
