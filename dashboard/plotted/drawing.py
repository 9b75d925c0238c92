"""A chart's figure as an inline SVG: the same drawing that Plotly makes, before any script.

The server writes it into the page, so that a chart is there with the words, on paper and
without scripts; Plotly's takes its place when it has arrived. It draws what charts.py
makes, no more: axes of given range and ticks, lines, bars, shapes, and words by paper
coordinates. Everything is an attribute: the pages' policy refuses style.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import pairwise
from typing import Any

from dashboard.plotted.placing import width_of

_LINE = 1.3  # the height of a line of text, in its size
_ASCENT = 0.905  # from a line's top to its baseline in Arial and Liberation Sans
# Plotly's dashes, in widths of the line (at least 3 pixels each).
_DASHES = {"dot": (1, 1), "dash": (3, 3), "longdash": (5, 5), "dashdot": (3, 1, 1, 1)}


@dataclass(frozen=True)
class _Area:
    """The plot's rectangle in pixels and its two scales."""

    left: float
    top: float
    width: float
    height: float
    x: Callable[[Any], float]
    y: Callable[[Any], float]

    def place(self, ref: str, value: Any, axis: str) -> float:
        """A coordinate in pixels: `paper` is 0 to 1 over the area, upwards."""
        if ref != "paper":
            return self.x(value) if axis == "x" else self.y(value)
        along = float(value)
        return (
            self.left + along * self.width if axis == "x" else self.top + (1 - along) * self.height
        )


def _number(value: Any) -> float:
    return float(date.fromisoformat(value).toordinal()) if isinstance(value, str) else float(value)


def _scale(given: Sequence[Any], start: float, length: float) -> Callable[[Any], float]:
    low, high = _number(given[0]), _number(given[1])
    return lambda value: start + (_number(value) - low) / (high - low) * length


def _area(layout: Mapping[str, Any], width: float, height: float) -> _Area:
    margin = layout["margin"]
    across, down = width - margin["l"] - margin["r"], height - margin["t"] - margin["b"]
    return _Area(
        margin["l"],
        margin["t"],
        across,
        down,
        _scale(layout["xaxis"]["range"], margin["l"], across),
        _scale(layout["yaxis"]["range"], margin["t"] + down, -down),
    )


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _rect(x: float, y: float, width: float, height: float, look: str) -> str:
    sides = f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
    return f"<rect {sides} {look}/>"


def _stroke(colour: str, width: float, dash: str = "solid") -> str:
    text = f'stroke="{colour}" stroke-width="{_n(width)}"'
    if dash in _DASHES:
        parts = " ".join(_n(part * max(width, 3)) for part in _DASHES[dash])
        text += f' stroke-dasharray="{parts}"'
    return text


def _text(x: float, y: float, words: str, anchor: str, size: float, **font: Any) -> str:
    """Lines of words, parted by <br>; `y` is the first one's baseline."""
    lines = words.split("<br>")
    bold = ' font-weight="bold"' if font.get("weight") == "bold" else ""
    look = f'text-anchor="{anchor}" font-size="{_n(size)}" fill="{font["color"]}"{bold}'
    if len(lines) == 1:
        return f'<text x="{_n(x)}" y="{_n(y)}" {look}>{escape(words, quote=False)}</text>'
    spans = "".join(
        f'<tspan x="{_n(x)}" y="{_n(y + at * _LINE * size)}">{escape(line, quote=False)}</tspan>'
        for at, line in enumerate(lines)
    )
    return f"<text {look}>{spans}</text>"


def _axes(layout: Mapping[str, Any], area: _Area) -> Iterator[str]:
    size, ink = layout["font"]["size"], layout["font"]["color"]
    bottom, right = area.top + area.height, area.left + area.width
    across, up = layout["xaxis"], layout["yaxis"]
    rules = []
    if across.get("showgrid", True):
        rules += [
            f"M{_n(x)} {_n(area.top)}V{_n(bottom)}"
            for x in map(area.x, across["tickvals"])
            if area.left + 1 < x < right - 1
        ]
    if up.get("showgrid", True):
        rules += [
            f"M{_n(area.left)} {_n(y)}H{_n(right)}"
            for y in map(area.y, up["tickvals"])
            if area.top + 1 < y < bottom - 1
        ]
    yield f'<path d="{"".join(rules)}" {_stroke(up["gridcolor"], 1)}/>'
    outside = across.get("ticklen", 5) if across.get("ticks") else 0
    if across.get("showline"):
        ticks = "".join(f"M{_n(area.x(v))} {_n(bottom)}v{outside}" for v in across["tickvals"])
        yield (
            f'<path d="M{_n(area.left)} {_n(bottom)}H{_n(right)}{ticks}" '
            f"{_stroke(across['linecolor'], 1)}/>"
        )
    for value, words in zip(across["tickvals"], across["ticktext"], strict=True):
        base = bottom + size + (outside + 3 if outside else 1)
        yield _text(area.x(value), base, words, "middle", size, color=ink)
    aside = area.left - 3 - (up.get("ticklen", 5) if up.get("ticks") else 0)
    for value, words in zip(up["tickvals"], up["ticktext"], strict=True):
        yield _text(aside, area.y(value) + size * 0.35, words, "end", size, color=ink)


def _marker(symbol: str, x: float, y: float, size: float) -> str:
    """The outline of a marker, as Plotly draws it: `size` is a circle's diameter."""
    half = size / 2
    if symbol == "square":
        return f"M{_n(x - half)} {_n(y - half)}h{_n(size)}v{_n(size)}h-{_n(size)}Z"
    if symbol == "diamond":
        far = _n(half * 1.3)
        return f"M{_n(x)} {_n(y - half * 1.3)}l{far} {far}l-{far} {far}l-{far} -{far}Z"
    if symbol == "triangle-up":
        wide = size / 3**0.5
        return f"M{_n(x - wide)} {_n(y + half / 2)}H{_n(x + wide)}L{_n(x)} {_n(y - half)}Z"
    round_ = f"a{_n(half)} {_n(half)} 0 1 0 "
    return f"M{_n(x - half)} {_n(y)}{round_}{_n(size)} 0{round_}-{_n(size)} 0Z"


def _line(trace: Mapping[str, Any], area: _Area) -> Iterator[str]:
    points = [
        None if y is None else (area.x(x), area.y(y))
        for x, y in zip(trace["x"], trace["y"], strict=True)
    ]
    if "lines" in trace["mode"]:
        course = "".join(
            f"{'L' if before is not None else 'M'}{_n(point[0])} {_n(point[1])}"
            for before, point in pairwise([None, *points])
            if point is not None
        )
        look = trace["line"]
        yield (
            f'<path d="{course}" fill="none" stroke-linejoin="round" '
            f"{_stroke(look['color'], look['width'], look['dash'])}/>"
        )
    if "markers" not in trace["mode"]:
        return
    marker = trace["marker"]
    outlines: dict[str, list[str]] = {}
    for point, colour, size in zip(points, marker["color"], marker["size"], strict=True):
        if point is not None:
            outlines.setdefault(colour, []).append(_marker(marker["symbol"], *point, size))
    edge = _stroke(marker["line"]["color"], marker["line"]["width"])
    for colour, drawn in outlines.items():
        yield f'<path d="{"".join(drawn)}" fill="{colour}" {edge}/>'


def _bars(
    traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any], area: _Area
) -> Iterator[str]:
    level = traces[0].get("orientation") == "h"
    along, value = ("y", "x") if level else ("x", "y")
    places = sorted({_number(at) for trace in traces for at in trace[along]})
    apart = min((b - a for a, b in pairwise(places)), default=1.0)
    thick = apart * (1 - layout["bargap"]) / len(traces)
    for turn, trace in enumerate(traces):
        colours = trace["marker"]["color"]
        for at, (place, held) in enumerate(zip(trace[along], trace[value], strict=True)):
            if held is None:
                continue
            first = _number(place) + (turn - len(traces) / 2) * thick
            ends = (
                (area.y if level else area.x)(first),
                (area.y if level else area.x)(first + thick),
            )
            zero, tip = ((area.x if level else area.y)(edge) for edge in (0, held))
            low, wide = min(ends), abs(ends[1] - ends[0])
            near, long = min(zero, tip), abs(tip - zero)
            box = (near, low, long, wide) if level else (low, near, wide, long)
            opacity = trace["marker"]["opacity"][at]
            faint = f' fill-opacity="{opacity}"' if opacity != 1 else ""
            colour = colours if isinstance(colours, str) else colours[at]
            yield _rect(*box, f'fill="{colour}"{faint}')


def _shape(shape: Mapping[str, Any], area: _Area) -> str:
    x0, x1 = (area.place(shape["xref"], shape[end], "x") for end in ("x0", "x1"))
    y0, y1 = (area.place(shape["yref"], shape[end], "y") for end in ("y0", "y1"))
    if shape["type"] == "rect":
        look = f'fill="{shape["fillcolor"]}"'
        return _rect(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0), look)
    look = shape["line"]
    stroke = _stroke(look["color"], look["width"], look.get("dash", "solid"))
    return f'<path d="M{_n(x0)} {_n(y0)}L{_n(x1)} {_n(y1)}" {stroke}/>'


def _words(note: Mapping[str, Any], layout: Mapping[str, Any], area: _Area) -> str:
    font = {"color": layout["font"]["color"], "size": layout["font"]["size"]} | dict(
        note.get("font", {})
    )
    size = font.pop("size")
    x, y = (area.place("paper", note[axis], axis) for axis in ("x", "y"))
    lines = note["text"].count("<br>") + 1
    if note.get("yanchor") != "top":
        y -= lines * _LINE * size / 2
    anchor = "start" if note.get("xanchor") == "left" else "middle"
    behind = ""
    if "bgcolor" in note:
        wide = width_of(note["text"], size, font.get("weight") == "bold")
        behind = _rect(x, y, wide + 2, _LINE * size, f'fill="{note["bgcolor"]}"')
    # Plotly keeps a pixel for the border of a note, drawn or not.
    return behind + _text(x + 1, y + 1 + _ASCENT * size, note["text"], anchor, size, **font)


def svg(figure: Mapping[str, Any], width: int) -> str:
    """A figure of charts.figure as SVG markup, `width` CSS pixels wide; margins stay as they are.

    It scales down with its frame. It is silent for voices: what holds it says what it shows.
    """
    data, layout = figure["data"], figure["layout"]
    height = layout["height"]
    area = _area(layout, width, height)
    shapes = layout.get("shapes", ())
    bars = [trace for trace in data if trace["type"] == "bar"]
    parts = [
        *(_shape(shape, area) for shape in shapes if shape.get("layer") == "below"),
        *_axes(layout, area),
        *(_bars(bars, layout, area) if bars else ()),
        *(part for trace in data if trace["type"] == "scatter" for part in _line(trace, area)),
        *(_shape(shape, area) for shape in shapes if shape.get("layer") != "below"),
        *(_words(note, layout, area) for note in layout.get("annotations", ())),
    ]
    return (
        f'<svg class="drawing" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="{layout["font"]["family"]}" aria-hidden="true" focusable="false">'
        f"{''.join(parts)}</svg>"
    )
