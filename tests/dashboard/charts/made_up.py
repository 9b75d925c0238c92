"""Charts of made-up figures, small enough to be checked by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from dashboard.charts.placing import Box
from dashboard.charts.scene import Scene, Text
from dashboard.charts.text import size_of
from dashboard.views.chart import ChartView, Line, Mark, Reading


def view(*lines: Line, **more: Any) -> ChartView:
    """A chart of these lines, of counts by month unless told otherwise."""
    given: dict[str, Any] = {
        "id": "made-up",
        "title": "A finding",
        "subtitle": "What is counted, where",
        "alt": "In words",
        "unit": "count",
        "source": "Source: a report",
        "as_at": "Everything published to 18 March 2022",
        **more,
    }
    return ChartView(lines=lines, **given)


def mark(x: date | str, value: float | None, **more: Any) -> Mark:
    """A point whose reading says its period and value."""
    period = x if isinstance(x, str) else f"{x:%B %Y}"
    read = None if value is None else Reading(period, "Norfolk", f"{value:g}")
    return Mark(x, value, more.pop("reading", read), **more)


def months(*values: float | None, name: str = "Norfolk", **more: Any) -> Line:
    """A line of months from January 2021; None is a gap."""
    marks = (mark(date(2021 + at // 12, at % 12 + 1, 1), v) for at, v in enumerate(values))
    return Line(name, tuple(marks), **more)


def bars(*values: float | None, name: str = "Norfolk", **more: Any) -> Line:
    """Bars named A, B, C ..., each with its figure on it."""
    marks = (
        mark(chr(65 + at), value, label="" if value is None else f"{value:g}")
        for at, value in enumerate(values)
    )
    return Line(name, tuple(marks), kind="bar", **more)


def covered(text: Text) -> Box:
    """What a text covers, measured anew from its words and its anchor alone."""
    width, height = size_of(text.lines, text.size, bold=text.bold)
    left = {
        "start": text.box.left,
        "middle": (text.box.left + text.box.right - width) / 2,
        "end": text.box.right - width,
    }[text.anchor]
    return Box(left, text.box.top, left + width, text.box.top + height)


def faults(drawing: Scene) -> list[str]:
    """What is cut off and which words lie over others."""
    picture = Box(0, 0, drawing.width, drawing.height)
    boxes = [(text.words, covered(text)) for text in drawing.texts]
    marks = [Box(p.x, p.y, p.x, p.y) for p in drawing.points] + [b.box for b in drawing.bars]
    wrong = [f"{words!r} is cut off" for words, box in boxes if box.outside(picture) > 0.5]
    wrong += [f"a mark at {box} is outside" for box in marks if box.outside(drawing.frame) > 0.5]
    for at, (one, a) in enumerate(boxes):
        wrong += [f"{one!r} lies over {other!r}" for other, b in boxes[:at] if a.overlap(b) > 1]
    return wrong
