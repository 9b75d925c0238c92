"""Areas in order as level bars: names on the left, figures at their ends, levels upright."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from dashboard.charts.axes import y_scale
from dashboard.charts.facts import facts_of
from dashboard.charts.looks import INK, LOOKS, PAPER
from dashboard.charts.placing import Box, spread
from dashboard.charts.scene import Axis, Bar, Point, Rule, Scene, Text
from dashboard.charts.series import FILLED, state_of
from dashboard.charts.sizes import Size
from dashboard.charts.surround import Surround
from dashboard.charts.text import LINE_HEIGHT, printable, size_of, wrap
from dashboard.views.chart import ChartView, Line, Mark

_ROW = 1.35  # the least height of an area's row, in its letters' size
_PAST = 5.0  # pixels between a figure and its bar's tip, or a level
_NAMES = 0.4  # of the picture's width, at most, for the areas' names


def rows_of(view: ChartView) -> list[tuple[Mark, Line]]:
    """Every bar with its line, in the order in which the areas stand."""
    held = {
        str(mark.x): (mark, line)
        for line in view.lines
        if line.kind == "bar"
        for mark in line.marks
        if mark.value is not None
    }
    order = dict.fromkeys(str(mark.x) for line in view.lines for mark in line.marks)
    return [held[name] for name in order if name in held]


def levels_of(view: ChartView) -> list[tuple[float, Line, str]]:
    """The lines that have one level for all areas (England, the region), with their figures."""
    found = []
    for line in view.lines:
        held = [mark for mark in line.marks if mark.value is not None]
        if line.kind == "line" and held:
            found.append((held[-1].value or 0.0, line, held[-1].label))
    return found


def ranked(view: ChartView, size: Size, around: Surround) -> Scene:
    """The chart of areas in `size`; higher where its rows need it."""
    rows, levels, text = rows_of(view), levels_of(view), size.text
    (low, high), ticks, texts = y_scale(view, 5 if size.width > 500 else 3)
    names = [_name(str(mark.x), size) for mark, _ in rows]
    left = size.edge + max((size_of((n,), text, bold=True)[0] for n in names), default=40) + 8
    figures = [printable(mark.label) for mark, _ in rows]
    right = max((size_of((f,), text, bold=True)[0] for f in figures), default=20) + 8 + size.edge
    line = text * LINE_HEIGHT
    above, heads = _heads(levels, size, around.above)
    bottom = around.below + line + 12
    least = above + bottom + len(rows) * text * _ROW
    height = max(size.height, least)
    frame = Box(left, above, size.width - right, height - bottom)

    def x(value: float) -> float:
        return frame.left + (value - low) / (high - low) * frame.width

    each = frame.height / max(len(rows), 1)
    bars, words, points = [], [], list[Point]()
    for at, ((mark, of), name, figure) in enumerate(zip(rows, names, figures, strict=True)):
        middle = frame.top + (at + 0.5) * each
        half = each * FILLED / 2
        tip = x(mark.value or 0.0)
        zero = x(max(low, 0.0))
        box = Box(min(zero, tip), middle - half, max(zero, tip), middle + half)
        bars.append(Bar(box, of.role, state_of(mark), facts_of(mark, of, at)))
        points += _beside_levels(view, str(mark.x), at, x, middle)
        own = of.role == "own"
        tone = LOOKS[of.role].text if own else INK
        words.append(_beside(name, frame.left - 8, middle, text, tone, own, end=True))
        upright = [x(value) for value, _, _ in levels]
        words.append(_figure(figure, bars[-1], upright, size, tone))
    rules: list[Rule] = []
    for value, of, _ in levels:
        rules += _level(x(value), frame, words, of)
    widths = [head.box.width + 12 for head in heads]
    middles = spread([x(v) for v, _, _ in levels], widths, size.edge, size.width - size.edge)
    placed = [
        _moved(head, middle - head.box.width / 2, frame.top - 4 - head.box.height)
        for head, middle in zip(heads, middles, strict=True)
    ]
    axis_words = []
    for tick, shown in zip(ticks, texts, strict=True):
        width, tall = size_of((shown,), text)
        start = min(max(x(tick) - width / 2, size.edge), size.width - size.edge - width)
        box = Box(start, frame.bottom + 5, start + width, frame.bottom + 5 + tall)
        axis_words.append(Text("tick", (shown,), box, text, INK))
    return Scene(
        view.id,
        size.width,
        height,
        frame,
        view.title,
        view.alt,
        (Axis("x", tuple(map(x, ticks)), True, False),),
        rules=tuple(rules),
        bars=tuple(bars),
        points=tuple(points),
        texts=(*axis_words, *words, *placed),
    )


def _beside_levels(
    view: ChartView, name: str, at: int, x: Callable[[float], float], y: float
) -> Iterator[Point]:
    """Where the levels pass an area's row: what is read there is read beside the area."""
    for _, line, _ in levels_of(view):
        for mark in line.marks:
            if str(mark.x) == name and mark.value is not None and mark.reading:
                facts = facts_of(mark, line, at)
                yield Point(x(mark.value), y, line.role, state_of(mark), facts, drawn=False)


def _figure(words: str, bar: Bar, levels: Sequence[float], size: Size, tone: str) -> Text:
    """A bar's figure where no level runs through it: behind its tip, inside it, or past a level.

    Where there is none of these, it stands behind the tip and the level leaves it out.
    """
    own, box = bar.role == "own", bar.box
    width, _ = size_of((words,), size.text, bold=own)
    behind, within = box.right + _PAST, box.right - _PAST - width

    def free(left: float) -> bool:
        return not any(left - _PAST < at < left + width + _PAST for at in levels)

    middle = (box.top + box.bottom) / 2
    # Words on a hatching cannot be read, and hollow bars are paper.
    fits = within >= box.left + _PAST and bar.state == ""
    if not free(behind) and fits and free(within):
        paint = PAPER if own else INK
        text = _beside(words, within, middle, size.text, paint, own, end=False)
        return replace(text, rim=False)
    last = size.width - size.edge - width
    past = (at + _PAST for at in sorted(levels) if box.right <= at and at + _PAST <= last)
    left = next(filter(free, (behind, *past)), behind)
    return _beside(words, left, middle, size.text, tone, own, end=False)


def _level(at: float, frame: Box, words: list[Text], line: Line) -> Iterator[Rule]:
    """An upright rule down the plot that leaves out the words it would run through."""
    top = frame.top
    for text in sorted(words, key=lambda text: text.box.top):
        if text.box.left - 2 <= at <= text.box.right + 2:
            if text.box.top - 1 > top:
                yield Rule("level", at, top, at, text.box.top - 1, line.name, line.role)
            top = text.box.bottom + 1
    if frame.bottom > top:
        yield Rule("level", at, top, at, frame.bottom, line.name, line.role)


def _name(name: str, size: Size) -> str:
    """An area's name in one line: cut after a whole word, and told so, where it is too long."""
    room = size.width * _NAMES
    lines = wrap(name, size.text, room, bold=True)
    return lines[0] if len(lines) == 1 else wrap(name, size.text, room - 12, bold=True)[0] + "…"


def _beside(
    words: str, at: float, middle: float, size: float, tone: str, bold: bool, *, end: bool
) -> Text:
    width, height = size_of((words,), size, bold=bold)
    left = at - width if end else at
    box = Box(left, middle - height / 2, left + width, middle + height / 2)
    return Text("name" if end else "value", (words,), box, size, tone, bold)


def _heads(
    levels: list[tuple[float, Line, str]], size: Size, above: float
) -> tuple[float, list[Text]]:
    """The names of the levels with their figures, and the pixels above the plot with them."""
    room = (size.width - 2 * size.edge) / max(len(levels), 1) - 12
    heads = []
    for _, line, figure in levels:
        lines = wrap(f"{line.name} {figure}".strip(), size.text, room)
        width, height = size_of(lines, size.text)
        tone = LOOKS[line.role].text
        heads.append(Text("name", lines, Box(0, 0, width, height), size.text, tone))
    return above + max((head.box.height for head in heads), default=0.0) + 6, heads


def _moved(text: Text, left: float, top: float) -> Text:
    box = Box(left, top, left + text.box.width, top + text.box.height)
    return Text(text.kind, text.lines, box, text.size, text.tone, text.bold, text.anchor)
