"""Names of lines with their last figures: in the right margin, or beside their ends."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.charts.axes import Plot
from dashboard.charts.looks import LOOKS
from dashboard.charts.placing import Box, spread
from dashboard.charts.scene import Text
from dashboard.charts.text import LINE_HEIGHT, printable, size_of, width_of, wrap
from dashboard.views.chart import ChartView, Line

SHARE = 0.24  # of the picture's width, at most, for names in the margin
GAP = 9.0  # pixels from the plot to the names in its margin
_HALF = 0.65  # of a place, from its middle: the axis' last one ends there
_NEAR_THE_END = 0.18  # of the plot's width: such a line is named in the margin


def named(view: ChartView) -> bool:
    """Whether lines need their names beside them: more than one of them has."""
    return len([line for line in view.lines if line.name]) > 1


def last_label(line: Line) -> str:
    """The figure printed at a line's end, where its last point has one."""
    held = [mark for mark in line.marks if mark.value is not None]
    return held[-1].label if held else ""


@dataclass(frozen=True)
class Name:
    """A line's name in lines of text, and its last figure: behind it, or on its own below."""

    line: Line
    name: tuple[str, ...]
    value: str
    behind: bool
    size: float
    width: float
    height: float

    def without_value(self) -> Name:
        """The name alone."""
        wide, high = size_of(self.name, self.size, bold=self.line.role == "own")
        return replace(self, value="", behind=False, width=wide, height=high)

    def texts(self, left: float, top: float) -> list[Text]:
        """Both placed from an upper left corner, each a text of its own."""
        tone, bold = LOOKS[self.line.role].text, self.line.role == "own"
        wide, high = size_of(self.name, self.size, bold=bold)
        box = Box(left, top, left + wide, top + high)
        found = [Text("name", self.name, box, self.size, tone, bold)]
        if self.value:
            x = left + wide + self.size * 0.35 if self.behind else left
            y = top if self.behind else top + high
            width, height = size_of((self.value,), self.size, bold=True)
            beside = Box(x, y, x + width, y + height)
            found.append(Text("value", (self.value,), beside, self.size, tone, True))
        return found


def name_of(line: Line, size: float, room: float) -> Name:
    """A line's name in at most `room` pixels, its last figure behind it where that has room."""
    bold = line.role == "own"
    value = printable(last_label(line))
    lines = wrap(line.name, size, room, bold=bold)
    wide, high = size_of(lines, size, bold=bold)
    if not value:
        return Name(line, lines, "", False, size, wide, high)
    more = width_of(value, size, True)
    together = wide + size * 0.35 + more
    if len(lines) == 1 and together <= room:
        return Name(line, lines, value, True, size, together, high)
    return Name(line, lines, value, False, size, max(wide, more), high + size * LINE_HEIGHT)


def at_the_end(line: Line, plot: Plot) -> bool:
    """Whether a line is named in the margin: it is no bar and ends with the axis or near it."""
    held = [mark for mark in line.marks if mark.value is not None]
    if line.kind == "bar" or not held:
        return False
    if plot.frame.right - plot.x(held[-1].x) <= plot.slot(held[-1].x) * _HALF:
        return True
    return plot.frame.right - plot.x(held[-1].x) <= plot.frame.width * _NEAR_THE_END


def in_margin(
    entries: list[tuple[Name, float]], frame: Box, picture: Box
) -> tuple[list[Text], list[Line]]:
    """Names as near as can be to the height where their lines end, none over another.

    Gives the lines for whose names there is no room, too: the later ones of the view.
    """
    kept = list(entries)
    low, high = frame.top - 8, picture.bottom
    while sum(name.height for name, _ in kept) > high - low:
        kept.pop()
    heights = [name.height for name, _ in kept]
    centres = spread([y for _, y in kept], heights, low, min(high, frame.bottom + 8))
    if any(c - h / 2 < low - 0.5 for c, h in zip(centres, heights, strict=True)):
        centres = spread([y for _, y in kept], heights, low, high)
    texts = [
        text
        for (name, _), height, centre in zip(kept, heights, centres, strict=True)
        for text in name.texts(frame.right + GAP, centre - height / 2)
    ]
    return texts, [name.line for name, _ in entries[len(kept) :]]
