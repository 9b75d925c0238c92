"""A chart placed: every mark, axis, band, rule and word with its place in pixels.

Pixels grow right and down from the drawing's upper left corner. Nothing here is drawn
yet and nothing has to be measured to draw it: `render` writes it down as SVG.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dashboard.charts.placing import Box

Role = Literal["own", "second", "third", "fourth", "context", "limit"]
State = Literal["", "flagged", "provisional", "grouped", "missing"]
Kind = Literal[
    "title",
    "subtitle",
    "note",
    "tick",
    "name",
    "value",
    "target",
    "event",
    "stopped",
    "empty",
    "key",
]


@dataclass(frozen=True)
class Facts:
    """What a reading card says of a data mark, in words; empty where it is not known.

    `at` is the place of its period along the x axis, counted from 0: marks of one period
    share it.
    """

    at: int
    series: str = ""
    period: str = ""
    value: str = ""
    count: str = ""
    change: str = ""
    source: str = ""
    published: str = ""
    revised: str = ""
    flag: str = ""

    def named(self) -> tuple[tuple[str, str], ...]:
        """Each field's name with its words, empty ones left out."""
        fields = (
            ("at", str(self.at)),
            ("series", self.series),
            ("period", self.period),
            ("value", self.value),
            ("count", self.count),
            ("change", self.change),
            ("source", self.source),
            ("published", self.published),
            ("revised", self.revised),
            ("flag", self.flag),
        )
        return tuple((name, words) for name, words in fields if words)


@dataclass(frozen=True)
class Point:
    """A figure as a dot. `drawn` False: it can be read, but only its line is seen.

    One that is `missing` has no line either: a publication says why there is no figure.
    """

    x: float
    y: float
    role: Role
    state: State
    facts: Facts
    drawn: bool = True


@dataclass(frozen=True)
class Bar:
    """A figure as a bar; `parts` are the months it stands for, drawn as divisions."""

    box: Box
    role: Role
    state: State
    facts: Facts
    parts: int = 1


@dataclass(frozen=True)
class PolyLine:
    """Neighbouring points of one line, joined; a gap parts two of them."""

    points: tuple[tuple[float, float], ...]
    role: Role
    provisional: bool = False


@dataclass(frozen=True)
class Band:
    """A stretch of time with something to say of it, behind all else."""

    box: Box
    label: str


@dataclass(frozen=True)
class Rule:
    """A straight line that is no data.

    `event` stands at a date, `target` over its own time, `level` across a chart of areas,
    `stop` after a line's last point, `tie` leads from a label to what it names.
    `standing` is a target's: met or missed, where it can be said.
    """

    kind: Literal["event", "target", "level", "stop", "tie"]
    x0: float
    y0: float
    x1: float
    y1: float
    label: str = ""
    role: Role = "own"
    standing: Literal["", "met", "missed"] = ""


@dataclass(frozen=True)
class Text:
    """Lines of words. `box` is what they cover; `anchor` the side they stand flush with.

    `rim`: a rim of paper parts them from what they stand on, where they may stand on lines.
    """

    kind: Kind
    lines: tuple[str, ...]
    box: Box
    size: float
    tone: str
    bold: bool = False
    anchor: Literal["start", "middle", "end"] = "start"
    rim: bool = True

    @property
    def words(self) -> str:
        return " ".join(self.lines)


@dataclass(frozen=True)
class Axis:
    """Grid lines and ticks of one axis, in pixels along it; their words are texts.

    `line` says whether the axis itself is drawn.
    """

    along: Literal["x", "y"]
    ticks: tuple[float, ...]
    grid: bool
    line: bool


@dataclass(frozen=True)
class Scene:
    """One drawing: `frame` is the plot's area, `alt` the text alternative."""

    id: str
    width: float
    height: float
    frame: Box
    title: str
    alt: str
    axes: tuple[Axis, ...] = ()
    bands: tuple[Band, ...] = ()
    rules: tuple[Rule, ...] = ()
    lines: tuple[PolyLine, ...] = ()
    bars: tuple[Bar, ...] = ()
    points: tuple[Point, ...] = ()
    texts: tuple[Text, ...] = ()
