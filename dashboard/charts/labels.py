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
from dashboard.charts.figures import belongs, beside_points, on_bars, rivals
from dashboard.charts.looks import INK, LOOKS, QUIET
from dashboard.charts.placing import Box, Canvas
from dashboard.charts.series import Drawn, bar_box, courses
from dashboard.charts.text import balance, longest_word, wrap
from dashboard.views.chart import ChartView, EventMark, TargetMark

_EVENT_ROOM = 105.0  # pixels for a line of words beside an event
_BAND_LINES = 3  # of words on a band, at most


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
    shown, room = letters.get(words, words), max(frame.width * 0.42, 90)
    if longest_word(shown, board.size) > room:
        board.labels.unplaced.append(words)
        return
    lines = balance(shown, board.size, room)
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
    """An event's words beside its rule, or in the middle of its band, from the top.

    Words that have no room there go to the key: over another month they would speak of it.
    """
    plot, frame = board.plot, board.plot.frame
    left, right = plot.event_span(event)
    words = letters.get(event.label, event.label)
    marks = [Box(left, frame.top, right, frame.bottom)]
    longest = longest_word(words, board.small)
    if longest > _EVENT_ROOM:
        board.labels.unplaced.append(event.label)
        return
    wider = frame._replace(right=board.picture.right)
    if event.end is not None:
        room = max(right - left - 2 * APART, longest)
        lines = wrap(words, board.small, room)
        if len(lines) > _BAND_LINES:
            lines = balance(words, board.small, _EVENT_ROOM)
        width, height = board.room_for(lines, board.small)
        middle = kept_in((left + right - width) / 2, width, wider)
        on_it = columns([middle], frame, width, height)
        place(board, "event", event.label, lines, on_it, marks, board.small, QUIET)
        return
    lines = balance(words, board.small, _EVENT_ROOM)
    width, height = board.room_for(lines, board.small)
    sides = [kept_in(at, width, wider) for at in (right + 8, left - width - 8)]
    places = chain(
        columns(sides, frame, width, height),
        anywhere(frame, width, height, ((left + right) / 2, frame.top)),
    )
    place(board, "event", event.label, lines, places, marks, board.small, QUIET)


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
        _inside(view, name, points, board)


def _inside(
    view: ChartView, name: names.Name, points: Sequence[tuple[float, float]], board: Board
) -> None:
    """A name in the plot, beside a point of its line; the nearest to its end that is clear.

    Its last figure is left to the table where a line would strike it or where it would be
    taken for another point's.
    """
    width, height = name.width + 2 * APART, name.height + APART
    frame = board.plot.frame
    # Beside an earlier point its last figure would be taken for that one's.
    near = points[:1] if name.value else points
    beside = (box for x, y in near for box in around(x, y, width, height))
    marks = [Box(x, y, x, y) for x, y in near]
    candidates = [
        box
        for box in (*beside, *anywhere(frame, width, height, points[0]))
        if not board.ties_over(box, marks)
    ]
    if name.value:
        others = rivals(view, points[0], width, board.plot)
        figure = name.texts(APART, APART / 2)[-1].box

        def own(box: Box) -> bool:
            said = Box(*(a + b for a, b in zip(figure, box[:2] * 2, strict=True)))
            return belongs(said, points[0], others) and not board.canvas.crossed(box)

        candidates = list(filter(own, candidates))
    box = board.canvas.best(candidates, CLEAR)[0] if candidates else None
    if box is None or not board.canvas.clear(box) or box.outside(board.picture) > 0:
        if name.value:
            _inside(view, name.without_value(), points, board)
        else:
            board.labels.unnamed.append(name.line)
        return
    board.canvas.taken.append(box)
    board.labels.texts += name.texts(box.left + APART, box.top + APART / 2)
    board.tie(box, marks)
