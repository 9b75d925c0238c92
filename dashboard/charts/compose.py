"""A view in a size as a scene: axes, marks and words, all placed before any is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from string import ascii_uppercase

from dashboard.charts import axes, names
from dashboard.charts.axes import Plot
from dashboard.charts.board import Labels
from dashboard.charts.labels import labels, target_words
from dashboard.charts.looks import INK, QUIET
from dashboard.charts.placing import Box
from dashboard.charts.ranked import ranked
from dashboard.charts.scene import Axis, Scene, Text
from dashboard.charts.series import Drawn, drawn
from dashboard.charts.sizes import Size
from dashboard.charts.surround import Surround, block, foot, surround
from dashboard.charts.text import LINE_HEIGHT, size_of, width_of, wrap
from dashboard.charts.ticks import XTick, tick_height, words_below, x_ticks
from dashboard.views.chart import ChartView

_LEAST = 150.0  # pixels of a plot's height: with more words a drawing is higher
_WORDS_ON_NARROW = 2  # labels that a telephone's chart has room for beside its lines
_NARROW = 400  # pixels of width
_NOTHING = "No figures to draw"

Key = tuple[tuple[str, str], ...]


def compose(view: ChartView, size: Size, site: str) -> Scene:
    """The scene of a view; in words where there is nothing to draw."""
    around = surround(view, size, site)
    figures = [mark for mark in axes.marks_of(view) if mark.value is not None]
    if view.empty or not figures:
        scene = _empty(view, size, around)
    elif view.x_kind == "ranked":
        scene = ranked(view, size, around)
    else:
        scene = _plotted(view, size, around)
    texts = (*around.head, *scene.texts, *foot(around, size, scene.height))
    return replace(scene, texts=texts)


def _empty(view: ChartView, size: Size, around: Surround) -> Scene:
    words = view.empty or _NOTHING
    lines = wrap(words, size.text * 1.1, size.width * 0.7)
    wide, high = size_of(lines, size.text * 1.1)
    height = max(size.height * (1 if size.alone else 0.5), around.above + around.below + high + 40)
    frame = Box(size.edge, around.above, size.width - size.edge, height - around.below)
    left, middle = (size.width - wide) / 2, (frame.top + frame.bottom) / 2
    box = Box(left, middle - high / 2, left + wide, middle + high / 2)
    text = Text("empty", lines, box, size.text * 1.1, QUIET, anchor="middle")
    return Scene(view.id, size.width, height, frame, view.title, view.alt or words, texts=(text,))


def _plotted(view: ChartView, size: Size, around: Surround) -> Scene:
    """The chart with its words; letters and a key below where words have no room."""
    words = [*(target_words(t) for t in view.targets), *(e.label for e in view.events)]
    key: Key = ()
    if size.width < _NARROW and len(words) > _WORDS_ON_NARROW:
        key = _key(words)
    scene, placed = _laid_out(view, size, around, key, ())
    unnamed: dict[str, None] = {}
    stops: dict[str, None] = {}
    key_stops: tuple[str, ...] = ()
    # A key takes room, so that more may find none: each round puts more in the key.
    for _ in range(len(words) + len(view.lines)):
        keyed = {said for _, said in key}
        more = keyed.union(placed.unplaced).intersection(words)
        stops |= {said: None for said in placed.unplaced if said not in words}
        told = {line.name for line in placed.unnamed} <= set(unnamed)
        if more == keyed and told and len(stops) == len(key_stops):
            break
        key_stops = tuple(stops)
        key = _key([said for said in words if said in more])
        unnamed |= dict.fromkeys(line.name for line in placed.unnamed)
        scene, placed = _laid_out(view, size, around, key, tuple(unnamed), key_stops)
    return scene


def _key(words: Sequence[str]) -> Key:
    """A letter, or a number where those run out, for each different label."""
    distinct = list(dict.fromkeys(words))
    if len(distinct) <= len(ascii_uppercase):
        return tuple(zip(ascii_uppercase, distinct, strict=False))
    return tuple((str(at), words) for at, words in enumerate(distinct, 1))


def _laid_out(
    view: ChartView,
    size: Size,
    around: Surround,
    key: Key,
    unnamed: tuple[str, ...],
    stops: tuple[str, ...] = (),
) -> tuple[Scene, Labels]:
    keyed = [(f"{letter}  ", said) for letter, said in key]
    keyed += [("", said) for said in stops]
    if unnamed:
        keyed.append(("", f"Not named in the chart: {', '.join(unnamed)}"))
    lines = _key_lines(keyed, size)
    below = around.below + (len(lines) * size.small * LINE_HEIGHT + 8 if lines else 0)
    plot, ticks, height, (values, value_words) = _frame(view, size, around.above, below)
    data = drawn(view, plot)
    picture = Box(size.edge, plot.frame.top - 14, size.width - size.edge, plot.frame.bottom + 12)
    letters = {said: letter for letter, said in key}
    placed = labels(view, plot, data, picture, (size.text, size.small), letters)
    key_top = height - below + 4
    texts = (
        *_ticks(plot, ticks, values, value_words, size.text),
        *([block("key", lines, size.edge, key_top, size.small, INK)] if lines else []),
        *placed.texts,
    )
    return _scene(view, size, height, plot, ticks, values, data, placed, texts), placed


def _scene(
    view: ChartView,
    size: Size,
    height: float,
    plot: Plot,
    ticks: Sequence[XTick],
    values: Sequence[float],
    data: Drawn,
    placed: Labels,
    texts: tuple[Text, ...],
) -> Scene:
    across = Axis("x", tuple(tick.at for tick in ticks), False, True)
    up = Axis("y", tuple(plot.y(value) for value in values), True, False)
    rules = (*data.rules, *placed.ties)
    return Scene(
        view.id,
        size.width,
        height,
        plot.frame,
        view.title,
        view.alt,
        (up, across),
        data.bands,
        rules,
        data.lines,
        data.bars,
        data.points,
        texts,
    )


def _key_lines(entries: Sequence[tuple[str, str]], size: Size) -> tuple[str, ...]:
    room = size.width - 2 * size.edge
    return tuple(line for lead, said in entries for line in wrap(f"{lead}{said}", size.small, room))


def _frame(
    view: ChartView, size: Size, above: float, below: float
) -> tuple[Plot, list[XTick], float, tuple[list[float], list[str]]]:
    """The plot's area and scales, the x axis' ticks, the drawing's height, the values' ticks."""
    text = size.text
    y_range, values, value_words = axes.y_scale(view, 5 if size.height < 600 else 8)
    places, spans = axes.places_of(view)
    left = size.edge + max((width_of(w, text) for w in value_words), default=20.0) + 8
    frame = Box(left, above + 12, size.width - size.edge - 14, size.height)
    plot = Plot(frame, view.x_kind, places, spans, axes.x_range(view, places), y_range)
    plot = replace(
        plot, frame=frame._replace(right=size.width - size.edge - _margin(view, plot, size))
    )
    ticks = x_ticks(view, plot, text, size.edge, size.width - size.edge)
    room = tick_height(ticks, text) + 6 + below
    height = max(size.height, frame.top + _LEAST + room)
    return (
        replace(plot, frame=plot.frame._replace(bottom=height - room)),
        ticks,
        height,
        (values, value_words),
    )


def _margin(view: ChartView, plot: Plot, size: Size) -> float:
    """The pixels on the right that names of lines need; without names a last tick's half."""
    room = size.width * names.SHARE
    widths = [
        names.name_of(line, size.text, room).width + names.GAP
        for line in (view.lines if names.named(view) else ())
        if line.name and names.at_the_end(line, plot)
    ]
    return max(widths, default=14.0)


def _ticks(
    plot: Plot, ticks: Sequence[XTick], values: Sequence[float], words: Sequence[str], text: float
) -> list[Text]:
    top = plot.frame.bottom + words_below(text)
    found = [
        Text(
            "tick",
            tick.lines,
            Box(tick.left, top, tick.right, top + size_of(tick.lines, text)[1]),
            text,
            QUIET,
            anchor="middle",
        )
        for tick in ticks
    ]
    for value, shown in zip(values, words, strict=True):
        width, height = size_of((shown,), text)
        right, middle = plot.frame.left - 8, plot.y(value)
        box = Box(right - width, middle - height / 2, right, middle + height / 2)
        found.append(Text("tick", (shown,), box, text, QUIET, anchor="end"))
    return found
