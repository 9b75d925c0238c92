"""View -> Plotly figure, as plain data: the only place that knows colours, dashes and sizes.

Figures are dicts with a small template of our own: Plotly's default one costs a hundred
times the drawing (docs/decisions.md). Nothing is computed here but where things stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.plotted import chart_ranked
from dashboard.plotted.chart_frame import Plot, plot_of
from dashboard.plotted.chart_key import lettered
from dashboard.plotted.chart_labels import labels
from dashboard.plotted.placing import Box, wrap
from dashboard.views.chart import ChartView, Line

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, QUIET, RULE, BAND = "#0b0c0c", "#505a5f", "#dcdee0", "#f0f1f2"


@dataclass(frozen=True)
class Look:
    """How a role is drawn: line colour, the darker tone of its text, dash, marker, width."""

    colour: str
    text: str
    dash: str
    symbol: str
    width: float
    marker: int = 7


# The Government Analysis Function's four colours; the second and fourth are too pale for
# text. No two share a dash, so that they are told apart in greyscale.
LOOKS = {
    "own": Look("#12436D", "#12436D", "solid", "circle", 3),
    "second": Look("#28A197", "#18706A", "dash", "diamond", 2.25),
    "third": Look("#801650", "#801650", "dot", "square", 2.25),
    "fourth": Look("#F46A25", "#A8410C", "dashdot", "triangle-up", 2.25),
    "context": Look("#9aa1a6", QUIET, "solid", "circle", 1.25, 3),
    "limit": Look("#6b7276", QUIET, "longdash", "circle", 1.25, 0),
}


@dataclass(frozen=True)
class Size:
    """A picture's size in CSS pixels. `alone`: title, source and notes are inside it.

    `scale` makes a picture's device pixels: half a page of A4 is 160 mm wide, so 630
    pixels at 3 times are 300 dpi and 12.5 pixels are 9 points.
    """

    width: int
    height: int
    alone: bool = True
    scale: float = 3.0
    text: float = 12.5

    @property
    def small(self) -> float:
        """The letters of notes and source in pixels: never less than 9 points on paper."""
        return max(self.text * 0.9, 12.5)


SIZES = {
    "half": Size(630, 425),
    "full": Size(630, 880),
    "slide": Size(960, 540, scale=2, text=15),
    "square": Size(640, 640, scale=3),
    "page": Size(740, 440, alone=False, text=13.5),
    "medium": Size(560, 420, alone=False, text=13),
    "narrow": Size(300, 380, alone=False, text=12),
}


@dataclass(frozen=True)
class _Words:
    """A picture's own text around the plot, wrapped."""

    title: tuple[str, ...] = ()
    subtitle: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()


def _words(view: ChartView, size: Size) -> _Words:
    if not size.alone:
        return _Words()
    room = size.width - 2 * _EDGE
    foot = f"{view.source.removesuffix('.')}. {view.as_at.removesuffix('.')}."
    lines = [*view.notes, foot]
    return _Words(
        wrap(view.title, size.text * 1.45, room, bold=True),
        wrap(view.subtitle, size.text, room),
        tuple(line for text in lines for line in wrap(text, size.small, room)),
    )


_EDGE = 18  # pixels between a picture's text and its edge


def _trace(line: Line, plot: Plot) -> dict[str, Any]:
    look = LOOKS[line.role]
    shown = line.marks
    trace: dict[str, Any] = {
        "type": "scatter",
        "name": line.name,
        "x": [plot.axis_value(mark.x) for mark in shown],
        "y": [mark.value for mark in shown],
        "text": [mark.hover for mark in shown],
        "hovertemplate": "%{text}<extra></extra>",
        "showlegend": False,
    }
    if line.kind == "bar":
        faint = [0.45 if mark.flagged else 1.0 for mark in shown]
        return trace | {
            "type": "bar",
            "textposition": "none",
            "marker": {"color": look.colour, "opacity": faint},
        }
    dots = {
        "color": ["#ffffff" if mark.flagged else look.colour for mark in shown],
        "size": [look.marker + 3 if mark.flagged else look.marker for mark in shown],
        "symbol": look.symbol,
        "line": {"color": look.colour, "width": 1.75},
        "opacity": 1,
    }
    drawn = {"color": look.colour, "width": look.width, "dash": look.dash}
    mode = "markers" if line.kind == "dots" else "lines+markers" if look.marker else "lines"
    return trace | {
        "mode": mode,
        "line": drawn,
        "marker": dots,
        "connectgaps": False,
        "cliponaxis": False,
    }


def _shapes(view: ChartView, plot: Plot) -> list[dict[str, Any]]:
    shapes: list[dict[str, Any]] = []
    for event in view.events:
        left, right = plot.event_span(event)
        if right - left > 1:
            shapes.append(
                {
                    "type": "rect",
                    "xref": "paper",
                    "yref": "paper",
                    "layer": "below",
                    "x0": plot.paper_x(left),
                    "x1": plot.paper_x(right),
                    "y0": 0,
                    "y1": 1,
                    "fillcolor": BAND,
                    "line": {"width": 0},
                }
            )
        else:
            shapes.append(
                {
                    "type": "line",
                    "xref": "paper",
                    "yref": "paper",
                    "x0": plot.paper_x(left),
                    "x1": plot.paper_x(left),
                    "y0": 0,
                    "y1": 1,
                    "line": {"color": QUIET, "width": 1, "dash": "dot"},
                }
            )
    for target in view.targets:
        left, right = plot.target_span(target)
        shapes.append(
            {
                "type": "line",
                "xref": "paper",
                "yref": "y",
                "x0": plot.paper_x(left),
                "x1": plot.paper_x(right),
                "y0": target.value,
                "y1": target.value,
                "line": {"color": INK, "width": 2, "dash": "dash"},
            }
        )
    return shapes


def _stack(lines: Sequence[str], size: float, top: float, height: int, **font: Any) -> list[Any]:
    """Lines of text below each other from `top` pixels, as annotations of the whole picture."""
    return [
        {
            "text": line,
            "xref": "container",
            "yref": "container",
            "showarrow": False,
            "x": 0,
            "y": 1,
            "_left": _EDGE,
            "_top": top + at * size * 1.3,
            "font": {"size": size, **font},
        }
        for at, line in enumerate(lines)
    ]


def _around(words: _Words, frame: Box, size: Size) -> list[dict[str, Any]]:
    """Title, subtitle and foot of a picture that stands alone; `frame` is the plot's area."""
    big, small = size.text * 1.45, size.small
    top = _EDGE * 0.8
    parts = _stack(words.title, big, top, size.height, weight="bold", color=INK)
    top += len(words.title) * big * 1.3 + 3
    parts += _stack(words.subtitle, size.text, top, size.height, color=QUIET)
    foot = size.height - len(words.foot) * small * 1.3 - _EDGE * 0.6
    parts += _stack(words.foot, small, foot, size.height, color=QUIET)
    for part in parts:
        left, above = part.pop("_left"), part.pop("_top")
        part |= {
            "xref": "paper",
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "top",
            "align": "left",
            "x": round((left - frame.left) / (frame.right - frame.left), 5),
            "y": round((frame.bottom - above) / (frame.bottom - frame.top), 5),
        }
    return parts


def _ranked(view: ChartView, size: Size, above: float, below: float) -> tuple[Any, Box]:
    colours = {role: (look.colour, look.text, look.dash) for role, look in LOOKS.items()}
    made = chart_ranked.parts(view, size.width, size.height, above, below, size.text, colours)
    left, top, across, down = made.pop("frame")
    return made, Box(left, top, left + across, top + down)


def _plotted(view: ChartView, size: Size, above: float, below: float) -> tuple[Any, Box]:
    plot = plot_of(view, size.width, size.height, above, below, size.text)
    annotations, ties = labels(view, plot, {role: look.text for role, look in LOOKS.items()})
    return {
        "data": [_trace(line, plot) for line in view.lines],
        "margin": plot.margins,
        "xaxis": plot.x_axis,
        "yaxis": plot.y_axis,
        "shapes": [*_shapes(view, plot), *ties],
        "annotations": annotations,
    }, plot.frame


def figure(view: ChartView, size: str = "page") -> dict[str, Any]:
    """The view as a Plotly figure (data and layout) in one of SIZES."""
    made = SIZES[size]
    view = lettered(view, size)
    words = _words(view, made)
    above = below = 0.0
    if made.alone:
        above = _EDGE + len(words.title) * made.text * 1.9 + len(words.subtitle) * made.text * 1.3
        below = len(words.foot) * made.small * 1.3 + _EDGE
    draw = _ranked if view.x_kind == "ranked" and not view.empty else _plotted
    parts, frame = draw(view, made, above, below)
    data = parts.pop("data")
    if made.alone:
        parts["annotations"] += _around(words, frame, made)
    if view.empty:
        parts["annotations"].append(
            {
                "text": "<br>".join(wrap(view.empty, made.text, made.width * 0.6)),
                "xref": "paper",
                "yref": "paper",
                "x": 0.5,
                "y": 0.5,
                "showarrow": False,
            }
        )
    for axis in ("xaxis", "yaxis"):
        parts[axis] |= {"gridcolor": RULE}
    layout: dict[str, Any] = {
        "template": {},
        "font": {"family": FONT, "size": made.text, "color": INK},
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {"align": "left", "bgcolor": "#ffffff", "font": {"family": FONT}},
        "bargap": 0.35,
    }
    layout |= {"height": made.height}
    # A width of its own saves a page's chart being measured and drawn twice.
    layout |= {"width": made.width} if made.alone or size == "page" else {"autosize": True}
    return {"data": data, "layout": layout | parts}
