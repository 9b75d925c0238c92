"""A chart's two scales and their ticks: where a value stands, known before it is drawn."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboard import words
from dashboard.charts.placing import Box
from dashboard.views.chart import ChartView, EventMark, Mark, TargetMark


def marks_of(view: ChartView) -> list[Mark]:
    return [mark for line in view.lines for mark in line.marks]


def number(x: date | str, kind: str, places: Mapping[str, float]) -> float:
    """A place on the x axis: days for months, the year for years, else the place in order."""
    if kind == "months":
        assert isinstance(x, date), "months are dates"
        return float(x.toordinal())
    if kind == "years":
        return float(x.year if isinstance(x, date) else int(x))
    return places[str(x)]


def places_of(view: ChartView) -> tuple[dict[str, float], dict[str, float]]:
    """Centre and width of each named place, in months where bars cover several of them."""
    spans: dict[str, float] = {}
    for mark in marks_of(view):
        spans[str(mark.x)] = max(spans.get(str(mark.x), 1.0), float(mark.months))
    centres, edge = {}, -0.5
    for name, span in spans.items():
        centres[name] = edge + span / 2
        edge += span
    return centres, spans


@dataclass(frozen=True)
class Plot:
    """The plot's area in pixels and its two scales."""

    frame: Box
    kind: str
    places: Mapping[str, float]
    spans: Mapping[str, float]
    x_range: tuple[float, float]
    y_range: tuple[float, float]

    def x(self, x: date | str) -> float:
        return self.x_of(number(x, self.kind, self.places))

    def x_of(self, value: float) -> float:
        low, high = self.x_range
        return self.frame.left + (value - low) / (high - low) * self.frame.width

    def y(self, value: float) -> float:
        low, high = self.y_range
        return self.frame.bottom - (value - low) / (high - low) * self.frame.height

    def slot(self, x: date | str) -> float:
        """The width in pixels of a bar's place."""
        unit = self.frame.width / (self.x_range[1] - self.x_range[0])
        if self.kind == "months":
            return unit * 28  # the shortest month
        return unit * self.spans.get(str(x), 1.0)

    def _span(self, start: date | str, end: date | str, pad: float) -> tuple[float, float]:
        low, high = self.x_range
        edges = (
            number(start, self.kind, self.places) - pad,
            number(end, self.kind, self.places) + pad,
        )
        left, right = (self.x_of(min(max(edge, low), high)) for edge in edges)
        return left, right

    def event_span(self, event: EventMark) -> tuple[float, float]:
        """Left and right of an event in pixels; equal for one without an end."""
        if event.end is not None:
            return self._span(event.start, event.end, 0.0 if self.kind == "months" else 0.5)
        # A break at the start of a year stands between it and the year before.
        back = 0.5 if self.kind == "years" else 0.0
        low, high = self.x_range
        at = min(max(number(event.start, self.kind, self.places) - back, low), high)
        return self.x_of(at), self.x_of(at)

    def target_span(self, target: TargetMark) -> tuple[float, float]:
        """Left and right of a target in pixels: its own time and no more."""
        return self._span(target.start, target.end, 15.0 if self.kind == "months" else 0.45)


def x_range(view: ChartView, places: Mapping[str, float]) -> tuple[float, float]:
    """The first and last place on the x axis, with room beside them."""
    numbers = [number(mark.x, view.x_kind, places) for mark in marks_of(view)]
    if view.x_kind == "months":
        numbers = numbers or [float(date(2020, month, 1).toordinal()) for month in (1, 12)]
        low, high = min(numbers), max(numbers)
        pad = max((high - low) * 0.03, 12.0)
        return float(int(low - pad)), float(int(high + pad))
    if view.x_kind == "years":
        numbers += [number(t.start, view.x_kind, places) for t in view.targets]
        low, high = min(numbers, default=0.0), max(numbers, default=1.0)
    else:
        low, high = 0.0, max(sum(places_of(view)[1].values()) - 1.0, 0.0)
    pad = 0.6 if any(line.kind == "bar" for line in view.lines) or low == high else 0.4
    return low - pad, high + pad


def _step(width: float, most: int) -> float:
    """A round step (1, 2, 2.5 or 5 times a power of ten) that makes at most `most` parts."""
    rough = max(width, 1e-9) / most
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough - 1e-12)


def y_scale(view: ChartView, most: int) -> tuple[tuple[float, float], list[float], list[str]]:
    """The range of the values' axis, and at most about `most` round ticks with their words.

    The unit stands at the highest tick alone.
    """
    values = [mark.value for mark in marks_of(view) if mark.value is not None]
    values += [target.value for target in view.targets]
    low, high = view.y_range or (min([0.0, *values]), max([1.0, *values]) * 1.06)
    if high <= low:
        high = low + 1
    step = _step(high - low, most)
    if view.unit == "count" and all(value == int(value) for value in values):
        step = max(step, 1.0)
    if view.y_range is None:
        high = math.ceil(high / step - 1e-9) * step
        low = math.floor(low / step + 1e-9) * step
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    ticks = [round(at * step, 10) for at in range(first, last + 1)]
    texts = [_tick_text(tick) for tick in ticks]
    if texts and view.unit == "percent":
        texts[-1] += "%"
    return (low, high), ticks, texts


def _tick_text(value: float) -> str:
    shown = f"{value:,.10g}" if abs(value) < 1e9 else f"{value:g}"
    return shown.replace("-", words.MINUS)
