"""A view's axes and margins: where a value stands in pixels, known before anything is drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard import words
from dashboard.plotted.placing import Box, size_of, width_of, wrap
from dashboard.views.chart import ChartView, EventMark, Mark, TargetMark

_UNITS = {"percent": "%", "days": "", "weeks": "", "count": ""}
END_LABEL_SHARE = 0.22  # of the picture's width, at most, for names at the lines' ends


@dataclass(frozen=True)
class Plot:
    """The plot's area in a picture of `width` by `height`, and its two scales.

    Pixels grow right and down from the picture's corner; paper coordinates are Plotly's:
    0 to 1 over the plot's area, upwards.
    """

    width: int
    height: int
    margins: dict[str, Any]
    frame: Box
    kind: str
    categories: tuple[str, ...]
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    x_axis: dict[str, Any]
    y_axis: dict[str, Any]
    text: float

    def number(self, x: date | str) -> float:
        """A place on the x axis as a number."""
        return _number(x, self.kind, self.categories)

    def axis_value(self, x: date | str) -> str | float:
        """A place on the x axis as Plotly is given it."""
        if self.kind == "months":
            assert isinstance(x, date), "months are dates"
            return x.isoformat()
        return self.number(x)

    def x(self, number: float) -> float:
        low, high = self.x_range
        return self.frame.left + (number - low) / (high - low) * (
            self.frame.right - self.frame.left
        )

    def y(self, value: float) -> float:
        low, high = self.y_range
        share = (value - low) / (high - low)
        return self.frame.bottom - share * (self.frame.bottom - self.frame.top)

    def paper_x(self, pixel: float) -> float:
        return round((pixel - self.frame.left) / (self.frame.right - self.frame.left), 5)

    def paper_y(self, pixel: float) -> float:
        return round((self.frame.bottom - pixel) / (self.frame.bottom - self.frame.top), 5)

    def _span(self, start: date | str, end: date | str, pad: float) -> tuple[float, float]:
        low, high = self.x_range
        left = min(max(self.number(start) - pad, low), high)
        right = min(max(self.number(end) + pad, low), high)
        return self.x(left), self.x(right)

    def event_span(self, event: EventMark) -> tuple[float, float]:
        """Left and right of an event in pixels; equal for one without an end."""
        pad = 0.5 if self.kind != "months" and event.end is not None else 0.0
        start = event.start
        if self.kind == "years" and event.end is None:
            # A break at the start of a year stands between it and the year before.
            middle = self.x(min(max(self.number(start) - 0.5, self.x_range[0]), self.x_range[1]))
            return middle, middle
        return self._span(start, event.end if event.end is not None else start, pad)

    def target_span(self, target: TargetMark) -> tuple[float, float]:
        """Left and right of a target in pixels."""
        return self._span(target.start, target.end, 15.0 if self.kind == "months" else 0.45)


def _number(x: date | str, kind: str, categories: tuple[str, ...]) -> float:
    if kind == "months":
        assert isinstance(x, date), "months are dates"
        return float(x.toordinal())
    if kind == "years":
        return float(x.year if isinstance(x, date) else int(x))
    return float(categories.index(str(x)))


def _marks(view: ChartView) -> list[Mark]:
    return [mark for line in view.lines for mark in line.marks]


def _step(width: float, most: int) -> float:
    """A round step (1, 2, 2.5 or 5 times a power of ten) that makes at most `most` parts."""
    rough = max(width, 1e-9) / most
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough - 1e-12)


def y_scale(view: ChartView, most: int) -> tuple[tuple[float, float], list[float], list[str]]:
    """The range of the values' axis, and at most about `most` round ticks with their texts."""
    held = [mark.value for mark in _marks(view) if mark.value is not None]
    held += [target.value for target in view.targets]
    low, high = view.y_range or (min([0.0, *held]), max([1.0, *held]) * 1.06)
    if high <= low:
        high = low + 1
    step = _step(high - low, most)
    if view.unit == "count" and all(value == int(value) for value in held):
        step = max(step, 1.0)
    if view.y_range is None:
        high = math.ceil(high / step - 1e-9) * step
        low = math.floor(low / step + 1e-9) * step
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    ticks = [round(at * step, 10) for at in range(first, last + 1)]
    return (low, high), ticks, [_tick_text(tick, view.unit) for tick in ticks]


def _tick_text(value: float, unit: str) -> str:
    return f"{value:,.10g}{_UNITS.get(unit, '')}" if abs(value) < 1e9 else f"{value:g}"


def _month_ticks(first: date, last: date, room: float) -> tuple[list[str], list[str]]:
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    each = room / max(months, 1)
    step = next((s for s in (1, 2, 3, 6, 12) if each * s >= 38), 12)
    values, texts = [], []
    year = 0
    for at in range(0, months, step):
        index = first.year * 12 + first.month - 1 + at
        day = date(index // 12, index % 12 + 1, 1)
        name = words.SHORT[day.month - 1]
        texts.append(f"{name}<br>{day.year}" if day.year != year else name)
        values.append(day.isoformat())
        year = day.year
    return values, texts


def _x_scale(
    view: ChartView, categories: tuple[str, ...], room: float, text: float
) -> tuple[tuple[float, float], dict[str, Any]]:
    numbers = [_number(mark.x, view.x_kind, categories) for mark in _marks(view)]
    low, high = (min(numbers), max(numbers)) if numbers else (0.0, 1.0)
    if view.x_kind == "months":
        if not numbers:
            low, high = float(date(2020, 1, 1).toordinal()), float(date(2020, 12, 1).toordinal())
        first, last = date.fromordinal(int(low)), date.fromordinal(int(high))
        pad = max((high - low) * 0.03, 12)
        values, texts = _month_ticks(first, last, room)
        ends = [date.fromordinal(int(edge)).isoformat() for edge in (low - pad, high + pad)]
        months = {"type": "date", "tickvals": values, "ticktext": texts, "range": ends}
        return (float(int(low - pad)), float(int(high + pad))), months
    if view.x_kind == "years":
        reach = [
            float(mark.start.year if isinstance(mark.start, date) else int(mark.start))
            for mark in view.targets
        ]
        low, high = min([low, *reach]), max([high, *reach])
        ticks = [low + at for at in range(int(high - low) + 1)]
        texts = [f"{int(tick)}" for tick in ticks]
    else:
        ticks = [float(at) for at in range(len(categories))]
        texts = list(categories)
    widest = max((width_of(t, text) for t in texts), default=30) + 8
    every = max(math.ceil(widest * len(ticks) / max(room, 1)), 1)
    if view.x_kind == "categories" and every > 1:
        each = room / max(len(ticks), 1)
        wrapped = [wrap(t, text, each - 4) for t in texts]
        if all(width_of(line, text) <= each - 2 for lines in wrapped for line in lines):
            texts, every = ["<br>".join(lines) for lines in wrapped], 1
    keep = range((len(ticks) - 1) % every, len(ticks), every)
    axis: dict[str, Any] = {
        "type": "linear",
        "tickvals": [ticks[at] for at in keep],
        "ticktext": [texts[at] for at in keep],
        "range": [low - 0.6, high + 0.6],
    }
    return (low - 0.6, high + 0.6), axis


def end_names(view: ChartView) -> bool:
    """Whether lines need their names beside them: more than one of them has."""
    return len([line for line in view.lines if line.name]) > 1


def plot_of(
    view: ChartView, width: int, height: int, above: float, below: float, text: float
) -> Plot:
    """The plot of `view` in a picture with `above` and `below` pixels taken by words."""
    categories = tuple(dict.fromkeys(str(mark.x) for mark in _marks(view)))
    y_range, ticks, texts = y_scale(view, 5 if height < 600 else 8)
    # A picture that stands alone has its ticks flush with the words above them.
    left = max((width_of(t, text) for t in texts), default=20) + (26 if above else 16)
    right = 26.0
    if end_names(view):
        room = width * END_LABEL_SHARE
        names = [wrap(line.name, text, room) for line in view.lines]
        right = max(size_of(name, text, bold=True)[0] for name in names) + 16
    x_range, x_axis = _x_scale(view, categories, width - left - right, text)
    lines = max((t.count("<br>") + 1 for t in x_axis["ticktext"]), default=1)
    top, bottom = above + 16, below + lines * text * 1.3 + 10
    frame = Box(left, top, width - right, height - bottom)
    return Plot(
        width,
        height,
        {"l": left, "r": right, "t": top, "b": bottom, "pad": 0, "autoexpand": False},
        frame,
        view.x_kind,
        categories,
        x_range,
        y_range,
        x_axis
        | {
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "ticks": "outside",
            "tickcolor": "#b1b4b6",
            "linecolor": "#b1b4b6",
            "showline": True,
            "tickangle": 0,
            "ticklen": 4,
        },
        {
            "range": list(y_range),
            "tickvals": ticks,
            "ticktext": texts,
            "zeroline": False,
            "fixedrange": True,
            "automargin": False,
        },
        text,
    )
