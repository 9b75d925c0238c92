"""A chart's two scales and their ticks: where a value stands, known before it is drawn."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard import words
from dashboard.charts.placing import Box
from dashboard.charts.text import LINE_HEIGHT, size_of, width_of, wrap
from dashboard.views.chart import ChartView, EventMark, Mark, TargetMark

TICK = 4.0  # pixels: the length of a tick, and from the axis to its words
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
_TICK_LINES = 4  # lines of words under a bar, at most
_APART = 6.0  # pixels between the words of two ticks


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


@dataclass(frozen=True)
class XTick:
    """A tick of the x axis: its place in pixels, its words, what they cover (top at 0)."""

    at: float
    lines: tuple[str, ...]
    left: float
    right: float


def x_ticks(view: ChartView, plot: Plot, text: float, low: float, high: float) -> list[XTick]:
    """As many ticks as have room for their words, none cut and none over another.

    `low` and `high` are the pixels between which words may stand; `text` is their size.
    """
    if not marks_of(view):
        return []
    chosen: list[XTick] = []
    for ticks in _choices(view, plot, text):
        chosen = sorted(_within(ticks, text, low, high), key=lambda tick: tick.at)
        if all(b.left - a.right >= _APART for a, b in itertools.pairwise(chosen)):
            return chosen
    return chosen[-1:]


def _within(
    ticks: Sequence[tuple[float, tuple[str, ...]]], text: float, low: float, high: float
) -> list[XTick]:
    """Ticks with their words centred, or pushed in from the picture's edge."""
    placed = []
    for at, lines in ticks:
        width = size_of(lines, text)[0]
        left = max(min(at - width / 2, high - width), low)
        placed.append(XTick(at, lines, left, left + width))
    return placed


def _choices(
    view: ChartView, plot: Plot, text: float
) -> Iterator[list[tuple[float, tuple[str, ...]]]]:
    """Sets of ticks, the fullest first."""
    if view.x_kind == "months":
        days = sorted({mark.x for mark in marks_of(view) if isinstance(mark.x, date)})
        for step in _MONTH_STEPS:
            yield [(plot.x(day), lines) for day, lines in _months(days[0], days[-1], step)]
        return
    if view.x_kind == "years":
        low, high = math.ceil(plot.x_range[0]), math.floor(plot.x_range[1])
        names = [str(year) for year in range(low, high + 1)]
    else:
        names = list(plot.places)
        if len({plot.slot(name) for name in names}) > 1:
            yield list(_fitting(names, plot, text))
    for step in range(1, len(names) + 1):
        kept = names[(len(names) - 1) % step :: step]
        ticks = []
        for name in kept:
            room = plot.slot(name) * step - _APART
            lines = wrap(name, text, room) if view.x_kind == "categories" else (name,)
            whole = all(width_of(word, text) <= room for word in name.split())
            if (
                view.x_kind == "categories"
                and step < len(names)
                and (not whole or len(lines) > _TICK_LINES)
            ):
                break
            ticks.append((plot.x(name), lines))
        else:
            yield ticks


def _fitting(
    names: Sequence[str], plot: Plot, text: float
) -> Iterator[tuple[float, tuple[str, ...]]]:
    """Places of unequal width, from the last back: each whose words are clear of the next."""
    edge = math.inf
    for name in reversed(names):
        lines = wrap(name, text, max(plot.slot(name), text * 3) - _APART)
        half = size_of(lines, text)[0] / 2
        if plot.x(name) + half <= edge and len(lines) <= _TICK_LINES:
            edge = plot.x(name) - half - _APART
            yield plot.x(name), lines


def _months(first: date, last: date, step: int) -> list[tuple[date, tuple[str, ...]]]:
    """Ticks at calendar steps, the year under the first of each."""
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    indices = [index for index in range(start, end + 1) if index % step == 0]
    if len(indices) < 2:
        indices = list(range(start, end + 1, step))
    found: list[tuple[date, tuple[str, ...]]] = []
    year = 0
    for index in indices:
        day = date(index // 12, index % 12 + 1, 1)
        name = words.SHORT[day.month - 1]
        found.append((day, (name, str(day.year)) if day.year != year else (name,)))
        year = day.year
    if step >= 12 and len({lines[0] for _, lines in found}) == 1:
        return [(day, (str(day.year),)) for day, _ in found]
    return found


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


def tick_height(ticks: Sequence[XTick], text: float) -> float:
    """The pixels below the axis that its ticks and their words take."""
    return TICK + 2 + max((len(tick.lines) for tick in ticks), default=0) * text * LINE_HEIGHT
