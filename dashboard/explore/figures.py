"""A view -> a Plotly figure, as plain data: the only place here that knows colours and dashes.

Nothing is computed: heights, words and the table beside the chart are the view's, and so those
of the documents. Plotly places what a document's drawing places itself.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, NamedTuple

from dashboard.views.chart import ChartView, EventMark, Line, Mark

FONT = '"Helvetica Neue", "Liberation Sans", Arial, Helvetica, sans-serif'
INK, QUIET, RULE, BAND = "#0b0c0c", "#505a5f", "#d9dcde", "#eef0f1"
_HALF_MONTH = timedelta(days=15)  # a month's figure stands at its first day, its target around it
_CARD = 56  # characters of a line in the words at a point


class Look(NamedTuple):
    """How a role is drawn; no two share dash and marker, so that greyscale tells them apart."""

    colour: str
    dash: str
    symbol: str
    width: float
    marker: int


# The Government Analysis Function's four colours (DESIGN, 6.8), and greys for context.
LOOKS = {
    "own": Look("#12436D", "solid", "circle", 3, 8),
    "second": Look("#28A197", "dash", "diamond", 2.25, 9),
    "third": Look("#801650", "dot", "square", 2.25, 7),
    "fourth": Look("#F46A25", "dashdot", "triangle-up", 2.25, 9),
    "context": Look("#8a9297", "solid", "circle", 1.5, 5),
    "limit": Look("#6b7276", "longdash", "circle", 1.5, 0),
}


def groups(chart: ChartView) -> dict[int, tuple[str, list[int]]]:
    """The lines that a key names: place in the key, from 1 -> name, places in `chart.lines`.

    A line that breaks is drawn in stretches; those before its last have no name of their own
    and are shown and hidden with it.
    """
    found: dict[int, tuple[str, list[int]]] = {}
    waiting: dict[str, list[int]] = {}
    for place, line in enumerate(chart.lines):
        waiting.setdefault(line.role, []).append(place)
        if line.name:
            found[len(found) + 1] = (line.name, waiting.pop(line.role))
    return found


def figure(chart: ChartView, hidden: Collection[int] = (), zoom: str = "") -> dict[str, Any]:
    """The figure, data and layout. `hidden` are places in the key (`groups`).

    A reader's zoom stays for as long as `zoom` is the same.
    """
    ranked = chart.x_kind == "ranked"
    data = [
        _trace(chart.lines[at], look, number, number in hidden, chart)
        for at, number, look in _looks(chart)
    ]
    x_axis, y_axis = _time_axis(chart), _value_axis(chart)
    axes = {"xaxis": y_axis, "yaxis": x_axis} if ranked else {"xaxis": x_axis, "yaxis": y_axis}
    for axis in axes.values():
        axis["uirevision"] = zoom
    shapes, letters = _events(chart)
    return {
        "data": data,
        "layout": {
            "template": {},
            "font": {"family": FONT, "size": 14, "color": INK},
            "paper_bgcolor": "#ffffff",
            "plot_bgcolor": "#ffffff",
            "margin": {"l": 8, "r": 16, "t": 56, "b": 8},
            "dragmode": "zoom",
            "hovermode": "closest",
            "hoverlabel": {"align": "left", "bgcolor": "#ffffff", "font": {"color": INK}},
            "barmode": "overlay" if ranked else "group",
            "bargap": 0.35,
            "showlegend": len(groups(chart)) > 1 or bool(chart.targets),
            "legend": {
                "orientation": "h",
                "x": 0,
                "yref": "container",
                "y": 0,
                "yanchor": "bottom",
                "groupclick": "togglegroup",
                # Which lines are hidden is the address's to say, not the last click's.
                "uirevision": repr(sorted(hidden)),
            },
            "shapes": [*shapes, *_targets(chart)],
            "annotations": letters,
            **axes,
        },
    }


def lettered(chart: ChartView) -> tuple[tuple[str, EventMark], ...]:
    """The events, each with the letter that stands at its place in the chart."""
    events = sorted(chart.events, key=lambda event: str(event.start))
    return tuple((chr(ord("A") + at % 26), event) for at, event in enumerate(events))


# --- lines and bars --------------------------------------------------------------------


def _looks(chart: ChartView) -> list[tuple[int, int, Look]]:
    """Each line's place in the chart, its place in the key, and how it is drawn.

    Where two lines of the key have one role (years of a running total), dash and marker tell
    them apart.
    """
    number = {at: place for place, (_, lines) in groups(chart).items() for at in lines}
    others = list(LOOKS.values())
    found = []
    for at, line in enumerate(chart.lines):
        alike = dict.fromkeys(
            number.get(before, 0)
            for before in range(at + 1)
            if chart.lines[before].role == line.role
        )
        nth, look = list(alike).index(number.get(at, 0)), LOOKS[line.role]
        if nth and line.role == "own":
            other = others[nth % 4]
            look = look._replace(dash=other.dash, symbol=other.symbol)
        found.append((at, number.get(at, 0), look))
    return found


def _trace(line: Line, look: Look, number: int, hidden: bool, chart: ChartView) -> dict[str, Any]:
    ranked = chart.x_kind == "ranked"
    places = [mark.x.isoformat() if isinstance(mark.x, date) else mark.x for mark in line.marks]
    heights = [mark.value for mark in line.marks]
    trace: dict[str, Any] = {
        "name": html.escape(line.name, quote=False),
        "x": heights if ranked else places,
        "y": places if ranked else heights,
        "customdata": [_card(mark, line) for mark in line.marks],
        "hovertemplate": "%{customdata}<extra></extra>",
        "legendgroup": str(number),
        "showlegend": bool(line.name),
        "visible": "legendonly" if hidden else True,
    }
    if line.kind == "bar":
        return trace | {
            "type": "bar",
            "orientation": "h" if ranked else "v",
            "marker": {
                "color": look.colour,
                "opacity": [0.45 if mark.flagged else 1 for mark in line.marks],
            },
        }
    plain = ranked or not look.marker
    drawn = "markers" if line.kind == "dots" else "lines" if plain else "lines+markers"
    return trace | {
        "type": "scatter",
        "mode": drawn,
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": look.colour, "width": look.width, "dash": look.dash},
        "marker": {
            "symbol": look.symbol,
            "opacity": 1,
            "size": [look.marker + 3 * mark.flagged for mark in line.marks],
            "color": ["#ffffff" if mark.flagged else look.colour for mark in line.marks],
            "line": {"color": look.colour, "width": 1.75},
        },
    }


def _card(mark: Mark, line: Line) -> str:
    """What is read at a point: the words of the documents, in lines that fit on a telephone."""
    said = [mark.hover or line.name]
    if mark.label and mark.label not in said[0]:  # a signal, which no line has room to print
        said.append(mark.label)
    lines = [part for text in "\n".join(said).split("\n") for part in textwrap.wrap(text, _CARD)]
    return "<br>".join(html.escape(text, quote=False) for text in lines)


# --- axes, targets, events -------------------------------------------------------------


def _xs(chart: ChartView) -> list[date | str]:
    return list(dict.fromkeys(mark.x for line in chart.lines for mark in line.marks))


def _place(chart: ChartView, x: date | str, pad: float = 0) -> float | str:
    """A place on the axis, `pad` steps further: a day, a year, or a category's number."""
    if chart.x_kind == "months":
        assert isinstance(x, date), "months are dates"
        return (x + 2 * pad * _HALF_MONTH).isoformat()
    if chart.x_kind == "years":
        return float(x.year if isinstance(x, date) else x) + pad
    return [str(held) for held in _xs(chart)].index(str(x)) + pad


def _time_axis(chart: ChartView) -> dict[str, Any]:
    held = _xs(chart)
    axis: dict[str, Any] = {"automargin": True, "zeroline": False, "linecolor": QUIET}
    if not held:
        return axis | {"visible": False}
    if chart.x_kind == "ranked":
        figures = {mark.x: mark.label for line in chart.lines for mark in line.marks if mark.label}
        names = [html.escape(f"{x}  {figures.get(x, '')}".rstrip(), quote=False) for x in held]
        return axis | {
            "type": "category",
            "categoryarray": held,
            "tickvals": held,
            "ticktext": names,
            "range": [len(held) - 0.5, -0.5],
        }
    axis |= {"showgrid": False, "ticks": "outside", "tickcolor": QUIET}
    if chart.x_kind == "months":
        days = [x for x in held if isinstance(x, date)]
        ends = [(min(days) - _HALF_MONTH).isoformat(), (max(days) + _HALF_MONTH).isoformat()]
        return axis | {"type": "date", "tickformat": "%b\n%Y", "range": ends}
    if chart.x_kind == "years":
        years = [int(str(x)) for x in held]
        ends_in = [min(years) - 0.6, max(years) + 0.6]
        few = {"dtick": 1} if len(years) < 7 else {}  # more, and Plotly leaves some out
        return axis | {"type": "linear", "tickformat": "d", "range": ends_in, **few}
    return axis | {
        "type": "category",
        "categoryarray": held,
        "range": [-0.6, len(held) - 0.4],
    }


def _value_axis(chart: ChartView) -> dict[str, Any]:
    axis: dict[str, Any] = {
        "automargin": True,
        "gridcolor": RULE,
        "zerolinecolor": QUIET,
        "ticksuffix": "%" if chart.unit == "percent" else "",
        "separatethousands": True,
        "rangemode": "tozero",
    }
    return axis | ({"range": list(chart.y_range)} if chart.y_range else {})


def _targets(chart: ChartView) -> list[dict[str, Any]]:
    """Each target over its own time alone, named in the key."""
    return [
        {
            "type": "line",
            "name": html.escape(target.label, quote=False),
            "showlegend": True,
            "x0": _place(chart, target.start, -0.45),
            "x1": _place(chart, target.end, 0.45),
            "y0": target.value,
            "y1": target.value,
            "line": {"color": INK, "width": 2, "dash": "5px,3px"},
        }
        for target in chart.targets
    ]


def _events(chart: ChartView) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Bands and rules of events, and the letters above them."""
    shapes, letters = [], []
    first = _time_axis(chart).get("range", [0])[0]
    for letter, event in lettered(chart):
        # A break at the start of a year stands between it and the year before.
        before, after = (0.0, 0.0) if chart.x_kind == "months" else (-0.5, 0.5)
        start = _place(chart, event.start, before)
        end = start if event.end is None else _place(chart, event.end, after)
        band = event.end is not None
        shapes.append(
            {
                "type": "rect" if band else "line",
                "layer": "below",
                "yref": "paper",
                "x0": start,
                "x1": end,
                "y0": 0,
                "y1": 1,
                "fillcolor": BAND,
                "line": {"width": 0} if band else {"color": QUIET, "width": 1, "dash": "dot"},
            }
        )
        letters.append(
            {
                "text": letter,
                "x": max(start, first),
                "yref": "paper",
                "y": 1,
                "yanchor": "bottom",
                "xanchor": "left" if band else "center",
                "showarrow": False,
                "font": {"color": QUIET},
            }
        )
    return shapes, letters
