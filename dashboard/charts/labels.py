"""The words inside a chart: names, figures, targets, events; none over another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import dist

from dashboard.charts import names
from dashboard.charts.axes import Plot
from dashboard.charts.looks import INK, LOOKS, QUIET
from dashboard.charts.placing import Box, Canvas, tie
from dashboard.charts.scene import Kind, Rule, Text
from dashboard.charts.series import FILLED, Drawn, bar_box, courses
from dashboard.charts.text import printable, size_of, width_of, wrap
from dashboard.views.chart import ChartView, EventMark, Line, Mark, TargetMark

_CLEAR = 0.02  # of a label that a line may run through
# A point's label that lines run through by more than this share is left out; a line's own
# last figure says most and bears more.
_CROSSED, _LAST_CROSSED = 0.15, 0.35
_FAR = 16.0  # pixels from what it names: such a label is tied to it by a thin line
_TOO_FAR = 70.0  # pixels from what it names: there a letter and a key say it better
_EVENT_ROOM = 105.0  # pixels for a line of words beside an event
# Words on a band are in so many lines, and wider than it by so much, at most.
_BAND_LINES, _OVER_BAND = 3, 1.25
_REACH = 60.0  # pixels beyond which another line's point is nobody's rival
_APART = 3.0  # pixels kept free around a label

Places = Iterator[Box]


@dataclass
class Labels:
    """The words that were placed, what ties them, and what found no room.

    `unplaced` are the words of targets and events, `unnamed` the lines without a name.
    """

    texts: list[Text] = field(default_factory=list)
    ties: list[Rule] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    unnamed: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Board:
    """Where labels are put: the plot, what stands in it, the picture's bounds, the sizes."""

    plot: Plot
    canvas: Canvas
    picture: Box
    size: float
    small: float
    labels: Labels

    def put(
        self,
        kind: Kind,
        lines: tuple[str, ...],
        box: Box,
        size: float,
        tone: str,
        *,
        bold: bool = False,
    ) -> None:
        """A label at a box that has _APART pixels around its words."""
        inner = Box(
            box.left + _APART, box.top + _APART / 2, box.right - _APART, box.bottom - _APART / 2
        )
        self.canvas.taken.append(box)
        self.labels.texts.append(Text(kind, lines, inner, size, tone, bold))

    def room_for(
        self, lines: Sequence[str], size: float, *, bold: bool = False
    ) -> tuple[float, float]:
        width, height = size_of(lines, size, bold=bold)
        return width + 2 * _APART, height + _APART

    def tie(self, box: Box, marks: Sequence[Box]) -> None:
        if way := tie(box, marks, _FAR):
            (x0, y0), (x1, y1) = way
            self.labels.ties.append(Rule("tie", x0, y0, x1, y1))


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
    _ink(drawn, canvas)
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
            _on_bars(boxes, LOOKS[line.role].text, board)
        else:
            _figures(view, line, board)
    return board.labels


def _ink(drawn: Drawn, canvas: Canvas) -> None:
    for line in drawn.lines:
        canvas.draw_line(line.points)
    for point in drawn.points:
        canvas.draw_line([(point.x, point.y)])
    for bar in drawn.bars:
        canvas.draw_box(bar.box)
    for rule in drawn.rules:
        # Wider than it is: a name that it runs through is hard to read.
        thick = {"event": 8.0, "stop": 5.0}.get(rule.kind, 3.0)
        canvas.draw_line([(rule.x0, rule.y0), (rule.x1, rule.y1)], thick)
        if rule.standing:
            canvas.draw_box(Box(rule.x1 - 7, rule.y1 - 7, rule.x1 + 7, rule.y1 + 7))


def _around(x: float, y: float, width: float, height: float) -> Places:
    """Places beside a point: above, below, right, left, then the corners, then farther."""
    for gap in (6.0, 11.0, 17.0, 25.0):
        for left, top in (
            (x - width / 2, y - gap - height),
            (x - width / 2, y + gap),
            (x + gap, y - height / 2),
            (x - gap - width, y - height / 2),
            (x + gap / 2, y - gap - height),
            (x - gap / 2 - width, y - gap - height),
            (x + gap / 2, y + gap),
            (x - gap / 2 - width, y + gap),
        ):
            yield Box(left, top, left + width, top + height)


def _columns(lefts: Sequence[float], frame: Box, width: float, height: float) -> Places:
    """Places down the plot, at each of `lefts`, from the top."""
    steps = max(int((frame.height - height) / 8), 1)
    for step in range(steps + 1):
        top = frame.top + 2 + step * 8
        for left in lefts:
            yield Box(left, top, left + width, top + height)


def _anywhere(frame: Box, width: float, height: float, near: tuple[float, float]) -> Places:
    """Places all over the plot, the nearest first, for a label that finds none beside `near`."""
    steps = max(int((frame.width - width) / 16), 1)
    lefts = [_kept_in(frame.left + 2 + step * 16, width, frame) for step in range(steps + 1)]
    x, y = near

    def distance(box: Box) -> float:
        across = max(box.left - x, x - box.right, 0.0)
        return across + max(box.top - y, y - box.bottom, 0.0)

    yield from sorted(_columns(lefts, frame, width, height), key=distance)


def _kept_in(left: float, width: float, frame: Box) -> float:
    return min(max(left, frame.left + 2), max(frame.right - width - 1, frame.left + 1))


def _place(
    board: Board,
    kind: Kind,
    words: str,
    lines: tuple[str, ...],
    places: Places,
    marks: Sequence[Box],
    size: float,
    tone: str,
) -> None:
    """Words at the first clear place, tied to what they name.

    Where that is over another label or too far off, they go to the key.
    """
    box, _ = board.canvas.best(places, _CLEAR)
    way = tie(box, marks, _FAR)
    too_far = way is not None and dist(*way) > _TOO_FAR
    if not board.canvas.clear(box) or box.outside(board.picture) > 0 or too_far:
        board.labels.unplaced.append(words)
        return
    board.put(kind, lines, box, size, tone)
    board.tie(box, marks)


def _target(target: TargetMark, board: Board, letters: Mapping[str, str]) -> None:
    plot, frame = board.plot, board.plot.frame
    left, right = plot.target_span(target)
    y = plot.y(target.value)
    words = target_words(target)
    lines = wrap(letters.get(words, words), board.size, max(frame.width * 0.42, 90))
    width, height = board.room_for(lines, board.size)
    lefts = [
        _kept_in(at, width, frame._replace(right=board.picture.right))
        for at in (left, (left + right - width) / 2, right - width, right + 8, left - width - 6)
    ]
    tops = [y - height - 3, y + 3, y - height - 13, y + 13, y - height - 26, y + 28]
    places = (Box(at, top, at + width, top + height) for top in tops for at in lefts)
    near = ((left + right) / 2, y)
    everywhere = chain(places, _anywhere(frame, width, height, near))
    _place(board, "target", words, lines, everywhere, [Box(left, y, right, y)], board.size, INK)


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
        box, cost = board.canvas.best(_columns([at], frame, width, height), _CLEAR)
        if cost <= _CLEAR * width * height:
            board.put("event", lines, box, board.small, QUIET)
            return
    lines = wrap(words, board.small, _EVENT_ROOM)
    width, height = board.room_for(lines, board.small)
    wider = frame._replace(right=board.picture.right)
    sides = [_kept_in(at, width, wider) for at in (right + 8, left - width - 8)]
    if event.end is not None:  # a rule has its words on its right, a band on its left
        sides.reverse()
    places = chain(
        _columns(sides, frame, width, height),
        _anywhere(frame, width, height, ((left + right) / 2, frame.top)),
    )
    _place(board, "event", event.label, lines, places, marks, board.small, QUIET)


def _on_band(words: str, room: float, size: float) -> tuple[str, ...]:
    """An event's words in the lines they stand in on a band of `room` pixels; none too long."""
    longest = max((width_of(word, size) for word in printable(words).split()), default=0.0)
    lines = wrap(words, size, max(room - 2 * _APART, longest))
    return lines if len(lines) <= _BAND_LINES and longest <= room * _OVER_BAND else ()


def _stops(drawn: Drawn, board: Board) -> None:
    """What stands beside the stroke after a line that has stopped."""
    for rule in drawn.rules:
        if rule.kind != "stop":
            continue
        lines = wrap(rule.label, board.small, 130)
        width, height = board.room_for(lines, board.small)
        near = (rule.x0, (rule.y0 + rule.y1) / 2)
        frame = board.plot.frame
        places = chain(_around(*near, width, height), _anywhere(frame, width, height, near))
        tone = LOOKS[rule.role].text
        marks = [Box(*near, *near)]
        _place(board, "stopped", rule.label, lines, places, marks, board.small, tone)


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
    width, height = name.width + 2 * _APART, name.height + _APART
    frame = board.plot.frame
    # Beside an earlier point its last figure would be taken for that one's.
    near = points[:1] if name.value else points
    beside = (box for x, y in near for box in _around(x, y, width, height))
    box, _ = board.canvas.best(chain(beside, _anywhere(frame, width, height, points[0])), _CLEAR)
    if not board.canvas.clear(box) or box.outside(board.picture) > 0:
        board.labels.unnamed.append(name.line)
        return
    board.canvas.taken.append(box)
    board.labels.texts += name.texts(box.left + _APART, box.top + _APART / 2)
    board.tie(box, [Box(x, y, x, y) for x, y in near])


def _gap(box: Box, x: float, y: float) -> float:
    """How far a point lies from a label."""
    return dist(*box.to(Box(x, y, x, y)))


def _figures(view: ChartView, line: Line, board: Board) -> None:
    """Figures beside points; one that finds no clear place is left to the table."""
    plot = board.plot
    others = [
        point
        for other in view.lines
        if other is not line
        for run in courses(other, plot)
        for point in run
    ]
    valued = [mark for mark in line.marks if mark.value is not None]
    at_the_end = names.named(view) and line.name != ""
    for mark in valued[:-1] if at_the_end else valued:
        if mark.label and mark.value is not None:
            crossed = _LAST_CROSSED if mark is valued[-1] else _CROSSED
            point = (plot.x(mark.x), plot.y(mark.value))
            _figure(mark, point, others, LOOKS[line.role].text, crossed, board)


def _figure(
    mark: Mark,
    point: tuple[float, float],
    others: Sequence[tuple[float, float]],
    tone: str,
    crossed: float,
    board: Board,
) -> None:
    """One figure beside its point, unless lines run through more than `crossed` of it."""
    x, y = point
    words = printable(mark.label)
    width, height = board.room_for([words], board.size, bold=True)
    # Nearer to another line's point, a figure would be taken for that one's.
    near = [other for other in others if abs(other[0] - x) < width + _REACH]
    places = [
        box
        for box in _around(x, y, width, height)
        if all(_gap(box, x, y) + 2 < _gap(box, *other) for other in near)
    ]
    if not places:
        return
    box, cost = board.canvas.best(places, _CLEAR)
    if cost <= width * height * crossed:
        board.put("value", (words,), box, board.size, tone, bold=True)


def _on_bars(marks: Sequence[tuple[Mark, Box]], tone: str, board: Board) -> None:
    """Each bar's figure on top of it; where bars are too narrow, of the highest and the last."""
    plot = board.plot
    widest = max((size_of([m.label], board.size, bold=True)[0] for m, _ in marks), default=0.0)
    room = min((bar.width / FILLED for _, bar in marks), default=0.0)
    top = max((mark.value or 0 for mark, _ in marks), default=0.0)
    for mark, bar in reversed(marks):
        highest = mark.value == top
        last = mark is marks[-1][0]
        narrow = widest > room
        if narrow and not last and not highest:
            continue
        words = printable(mark.label)
        width, height = size_of([words], board.size, bold=True)
        left = max((bar.left + bar.right - width) / 2, plot.frame.left + 1)
        high = bar.top - height
        if narrow and last and not highest:
            left, high = bar.right + 2, max(bar.top - height / 2, plot.frame.top)
        box = Box(left, high, left + width, high + height)
        if board.canvas.clear(box) and not box.outside(board.picture):
            board.canvas.taken.append(box)
            board.labels.texts.append(Text("value", (words,), box, board.size, tone, True))
