"""The words inside a chart: names, figures, targets, events; none over another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from dashboard.charts import names
from dashboard.charts.axes import Plot
from dashboard.charts.board import (
    APART,
    CLEAR,
    Board,
    Labels,
    anywhere,
    around,
    columns,
    ink,
    kept_in,
    place,
)
from dashboard.charts.figures import beside_points, on_bars
from dashboard.charts.looks import INK, LOOKS, QUIET
from dashboard.charts.placing import Box, Canvas
from dashboard.charts.series import Drawn, bar_box, courses
from dashboard.charts.text import balance, printable, width_of, wrap
from dashboard.views.chart import ChartView, EventMark, TargetMark

_EVENT_ROOM = 105.0  # pixels for a line of words beside an event
# Words on a band are in so many lines, and wider than it by so much, at most.
_BAND_LINES, _OVER_BAND = 3, 1.25


def labels(
    view: ChartView,
    plot: Plot,
    drawn: Drawn,
    picture: Box,
    text: tuple[float, float],
    letters: Mapping[str, str],
) -> Labels:
    """Every label of the plot's inside and of its right margin.

    `text` are the letters' sizes in pixels, of names and figures and of notes; `letters`
    stand for the words of targets and events that a key below the chart explains.
    """
    wider = Box(plot.frame.left, plot.frame.top - 12, picture.right, plot.frame.bottom)
    canvas = Canvas(wider)
    ink(drawn, canvas)
    board = Board(plot, canvas, picture, *text, Labels())
    _names(view, board)
    # A rule is named at its top, where targets find room elsewhere; bands give way to both.
    for event in view.events:
        if event.end is None:
            _event(event, board, letters)
    for target in view.targets:
        _target(target, board, letters)
    for event in view.events:
        if event.end is not None:
            _event(event, board, letters)
    _stops(drawn, board)
    barred = [line for line in view.lines if line.kind == "bar"]
    for line in view.lines:
        if line.kind == "bar":
            boxes = [
                (mark, bar_box(mark, plot, barred.index(line), len(barred)))
                for mark in line.marks
                if mark.value is not None and mark.label
            ]
            on_bars(boxes, LOOKS[line.role].text, board)
        else:
            beside_points(view, line, board)
    return board.labels


def _target(target: TargetMark, board: Board, letters: Mapping[str, str]) -> None:
    plot, frame = board.plot, board.plot.frame
    left, right = plot.target_span(target)
    y = plot.y(target.value)
    words = target_words(target)
    lines = balance(letters.get(words, words), board.size, max(frame.width * 0.42, 90))
    width, height = board.room_for(lines, board.size)
    lefts = [
        kept_in(at, width, frame._replace(right=board.picture.right))
        for at in (left, (left + right - width) / 2, right - width, right + 8, left - width - 6)
    ]
    tops = [y - height - 3, y + 3, y - height - 13, y + 13, y - height - 26, y + 28]
    places = (Box(at, top, at + width, top + height) for top in tops for at in lefts)
    near = ((left + right) / 2, y)
    everywhere = chain(places, anywhere(frame, width, height, near))
    place(board, "target", words, lines, everywhere, [Box(left, y, right, y)], board.size, INK)


def target_words(target: TargetMark) -> str:
    """A target's label, with whether it was met where that can be said."""
    return f"{target.label}: {target.standing}" if target.standing else target.label


def _event(event: EventMark, board: Board, letters: Mapping[str, str]) -> None:
    """An event's words: on its band where they fit there, else beside it, from the top."""
    plot, frame = board.plot, board.plot.frame
    left, right = plot.event_span(event)
    words = letters.get(event.label, event.label)
    marks = [Box(left, frame.top, right, frame.bottom)]
    if lines := _on_band(words, right - left, board.small):
        width, height = board.room_for(lines, board.small)
        at = (left + right - width) / 2
        box, cost = board.canvas.best(columns([at], frame, width, height), CLEAR)
        if cost <= CLEAR * width * height:
            board.put("event", lines, box, board.small, QUIET)
            return
    lines = balance(words, board.small, _EVENT_ROOM)
    width, height = board.room_for(lines, board.small)
    wider = frame._replace(right=board.picture.right)
    sides = [kept_in(at, width, wider) for at in (right + 8, left - width - 8)]
    if event.end is not None:  # a rule has its words on its right, a band on its left
        sides.reverse()
    places = chain(
        columns(sides, frame, width, height),
        anywhere(frame, width, height, ((left + right) / 2, frame.top)),
    )
    place(board, "event", event.label, lines, places, marks, board.small, QUIET)


def _on_band(words: str, room: float, size: float) -> tuple[str, ...]:
    """An event's words in the lines they stand in on a band of `room` pixels; none too long."""
    longest = max((width_of(word, size) for word in printable(words).split()), default=0.0)
    lines = wrap(words, size, max(room - 2 * APART, longest))
    return lines if len(lines) <= _BAND_LINES and longest <= room * _OVER_BAND else ()


def _stops(drawn: Drawn, board: Board) -> None:
    """What stands beside the stroke after a line that has stopped."""
    for rule in drawn.rules:
        if rule.kind != "stop":
            continue
        lines = balance(rule.label, board.small, 130)
        width, height = board.room_for(lines, board.small)
        near = (rule.x0, (rule.y0 + rule.y1) / 2)
        frame = board.plot.frame
        places = chain(around(*near, width, height), anywhere(frame, width, height, near))
        tone = LOOKS[rule.role].text
        marks = [Box(*near, *near)]
        place(board, "stopped", rule.label, lines, places, marks, board.small, tone)


def _names(view: ChartView, board: Board) -> None:
    """Names of lines: in the right margin where they end there, beside their end elsewhere."""
    if not names.named(view):
        return
    frame, picture = board.plot.frame, board.picture
    room = picture.width * names.SHARE
    margin: list[tuple[names.Name, float]] = []
    inside: list[tuple[names.Name, list[tuple[float, float]]]] = []
    for line in view.lines:
        runs = courses(line, board.plot)
        if not runs or not line.name:
            continue
        name = names.name_of(line, board.size, room)
        if names.at_the_end(line, board.plot):
            margin.append((name, runs[-1][-1][1]))
            continue
        points = [point for run in reversed(runs) for point in reversed(run)]
        inside.append((name, points))
    texts, unnamed = names.in_margin(margin, frame, picture)
    board.labels.texts += texts
    board.labels.unnamed += unnamed
    board.canvas.taken += [text.box for text in texts]
    for name, points in inside:
        _inside(name, points, board)


def _inside(name: names.Name, points: Sequence[tuple[float, float]], board: Board) -> None:
    """A name in the plot, beside a point of its line; the nearest to its end that is clear."""
    width, height = name.width + 2 * APART, name.height + APART
    frame = board.plot.frame
    # Beside an earlier point its last figure would be taken for that one's.
    near = points[:1] if name.value else points
    beside = (box for x, y in near for box in around(x, y, width, height))
    box, _ = board.canvas.best(chain(beside, anywhere(frame, width, height, points[0])), CLEAR)
    if not board.canvas.clear(box) or box.outside(board.picture) > 0:
        board.labels.unnamed.append(name.line)
        return
    board.canvas.taken.append(box)
    board.labels.texts += name.texts(box.left + APART, box.top + APART / 2)
    board.tie(box, [Box(x, y, x, y) for x, y in near])
