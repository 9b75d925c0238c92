"""Areas in order as level bars: names on the left, figures at the ends, others as upright rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.plotted.chart_frame import y_scale
from dashboard.plotted.placing import spread, width_of
from dashboard.views.chart import ChartView, Line, Mark


def _bars(view: ChartView) -> list[tuple[Mark, Line]]:
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


def _levels(view: ChartView) -> list[tuple[float, Line]]:
    """The lines that have one level for all areas (England, the region)."""
    found = []
    for line in view.lines:
        values = [mark.value for mark in line.marks if mark.value is not None]
        if line.kind == "line" and values:
            found.append((values[0], line))
    return found


def parts(
    view: ChartView,
    width: int,
    height: int,
    above: float,
    below: float,
    text: float,
    colours: Mapping[str, tuple[str, str, str]],
) -> dict[str, Any]:
    """The figure's data, axes, margins, shapes and annotations.

    `colours` are line colour, text tone and dash by role; `above` and `below` are pixels
    taken by words around the plot.
    """
    bars, levels = _bars(view), _levels(view)
    names = [str(mark.x) for mark, _ in bars]
    (_, high), ticks, texts = y_scale(view, 5)
    left = max((width_of(name, text, True) for name in names), default=40) + 18
    right = max((width_of(mark.label, text, True) for mark, _ in bars), default=20) + 14
    top, bottom = above + text * 1.3 + 12, below + text * 1.3 + 10
    across, down = width - left - right, height - top - bottom

    def x(value: float) -> float:
        return round(value / high, 5)

    def label(words: str, at_x: float, at_y: float, **font: Any) -> dict[str, Any]:
        """Words whose upper left corner stands at these pixels of the plot's area."""
        return {
            "text": words,
            "showarrow": False,
            "align": "left",
            "bgcolor": "#ffffff",
            "borderpad": 0,
            "xref": "paper",
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "top",
            "x": round(at_x / across, 5),
            "y": round(1 - at_y / down, 5),
            "font": {"size": text, **font},
        }

    places = range(len(bars))
    each = down / max(len(bars), 1)
    annotations = [
        label(
            mark.label,
            x(mark.value or 0) * across + 5,
            (at + 0.5) * each - text * 0.68,
            color=colours[line.role][1],
            weight="bold" if line.role == "own" else "normal",
        )
        for at, (mark, line) in zip(places, bars, strict=True)
    ]
    widths = [width_of(line.name, text) + 12 for _, line in levels]
    middles = spread([value / high * across for value, _ in levels], widths, -left, across + right)
    shapes = []
    for (value, line), middle in zip(levels, middles, strict=True):
        colour, tone, dash = colours[line.role]
        shapes.append(
            {
                "type": "line",
                "xref": "paper",
                "yref": "paper",
                "x0": x(value),
                "x1": x(value),
                "y0": 0,
                "y1": 1,
                "line": {"color": colour, "width": 2, "dash": dash},
            }
        )
        width_here = width_of(line.name, text)
        annotations.append(label(line.name, middle - width_here / 2, -text * 1.3 - 5, color=tone))
    # Not in bold: Plotly would write a style attribute, which the pages' policy refuses.
    plain = {"fixedrange": True, "zeroline": False, "automargin": False}
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": [mark.value for mark, _ in bars],
                "y": list(places),
                "text": [mark.hover for mark, _ in bars],
                "textposition": "none",
                "hovertemplate": "%{text}<extra></extra>",
                "showlegend": False,
                "marker": {
                    "color": [colours[line.role][0] for _, line in bars],
                    "opacity": [0.45 if mark.flagged else 1 for mark, _ in bars],
                },
            }
        ],
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0, "autoexpand": False},
        "frame": (left, top, across, down),
        "xaxis": plain
        | {
            "range": [0, high],
            "tickvals": ticks,
            "ticktext": texts,
            "side": "bottom",
            "tickangle": 0,
        },
        "yaxis": plain
        | {
            "range": [len(bars) - 0.5, -0.5],
            "tickvals": list(places),
            "ticktext": names,
            "showgrid": False,
            "ticks": "outside",
            "ticklen": 5,
            "tickcolor": "#ffffff",
        },
        "shapes": shapes,
        "annotations": annotations,
    }
