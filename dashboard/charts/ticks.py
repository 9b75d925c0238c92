"""The x axis' ticks: as many as have room for their words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from dashboard import words
from dashboard.charts.axes import Plot, marks_of
from dashboard.charts.text import LINE_HEIGHT, size_of, width_of, wrap
from dashboard.views.chart import ChartView

TICK = 4.0  # pixels: the length of a tick
_GAP = 0.4  # from a tick to its words, in their size: clear of the scale's lowest figure
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
_TICK_LINES = 4  # lines of words under a bar, at most
_APART = 6.0  # pixels between the words of two ticks


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
        if all(b.left - a.right >= _APART for a, b in pairwise(chosen)):
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


def words_below(text: float) -> float:
    """The pixels from the axis down to its words."""
    return TICK + _GAP * text


def tick_height(ticks: Sequence[XTick], text: float) -> float:
    """The pixels below the axis that its ticks and their words take."""
    lines = max((len(tick.lines) for tick in ticks), default=0)
    return words_below(text) + lines * text * LINE_HEIGHT
