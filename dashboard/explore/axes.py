"""The axes of a figure, and what stands on them over its own time: targets and events."""

from __future__ import annotations

import html
import textwrap
from datetime import date, timedelta
from typing import Any

from dashboard.charts.looks import BAND, BASE, GRID, INK, LOOKS, QUIET
from dashboard.views.chart import ChartView, EventMark

_HALF_MONTH = timedelta(days=15)  # a month's figure stands at its first day, its target around it
_NAME = 38  # characters of a line in the key, which has room for as many on a telephone
# A target's dash by its place, the first the documents'; no line of figures has one of them.
_TARGETS = ("7px,4px", "2px,2px", "12px,3px,2px,3px")
# What stands beside a target: the documents' disc and diamond in their colours.
_STANDINGS = {
    "": ("", INK),
    "met": ("\N{BLACK CIRCLE}", LOOKS["second"].text),
    "missed": ("\N{BLACK DIAMOND}", LOOKS["fourth"].text),
}
_FEW = 7  # years that all have their tick; of more Plotly leaves some out


def _xs(chart: ChartView) -> list[date | str]:
    return list(dict.fromkeys(mark.x for line in chart.lines for mark in line.marks))


def place(chart: ChartView, x: date | str, steps: float = 0) -> Any:
    """A place on the axis, `steps` further: a day, a year, or a category's number."""
    if chart.x_kind == "months":
        assert isinstance(x, date), "months are dates"
        return (x + 2 * steps * _HALF_MONTH).isoformat()
    if chart.x_kind == "years":
        return float(x.year if isinstance(x, date) else x) + steps
    return [str(at) for at in _xs(chart)].index(str(x)) + steps


def x_axis(chart: ChartView) -> dict[str, Any]:
    """The axis of periods; of areas one below the other in a ranking, each with its figure."""
    xs = _xs(chart)
    axis: dict[str, Any] = {"automargin": True, "zeroline": False, "linecolor": BASE}
    if not xs:
        return axis | {"visible": False}
    if chart.x_kind == "ranked":
        bars = [line for line in chart.lines if line.kind == "bar"]
        figures = {mark.x: mark.label for line in bars for mark in line.marks if mark.label}
        names = [html.escape(f"{x}  {figures.get(x, '')}".rstrip(), quote=False) for x in xs]
        axis |= {"type": "category", "categoryarray": xs, "tickvals": xs, "ticktext": names}
        return axis | {"range": [len(xs) - 0.5, -0.5]}
    axis |= {"showgrid": False, "ticks": "outside", "tickcolor": BASE}
    if chart.x_kind == "months":
        days = [x for x in xs if isinstance(x, date)]
        ends = [place(chart, min(days), -0.5), place(chart, max(days), 0.5)]
        return axis | {"type": "date", "tickformat": "%b\n%Y", "range": ends}
    if chart.x_kind == "years":
        years = [int(str(x)) for x in xs]
        every = {"dtick": 1} if len(years) < _FEW else {}
        ends = [min(years) - 0.6, max(years) + 0.6]
        return axis | {"type": "linear", "tickformat": "d", "range": ends, **every}
    return axis | {"type": "category", "categoryarray": xs, "range": [-0.6, len(xs) - 0.4]}


def value_axis(chart: ChartView) -> dict[str, Any]:
    """The axis of values, on the scale that the documents have."""
    axis: dict[str, Any] = {
        "automargin": True,
        "gridcolor": GRID,
        "zerolinecolor": BASE,
        "ticksuffix": "%" if chart.unit == "percent" else "",
        "separatethousands": True,
        "rangemode": "tozero",
    }
    return axis | ({"range": list(chart.y_range)} if chart.y_range else {})


def wrapped(text: str, most: int = _NAME) -> str:
    """Words for Plotly, in lines of at most `most` characters, with nothing in them markup."""
    return "<br>".join(html.escape(line, quote=False) for line in textwrap.wrap(text, most))


def target_shapes(chart: ChartView) -> list[dict[str, Any]]:
    """Each target over its own time alone, its height and symbol beside it, the rest in the key."""
    unit = "%" if chart.unit == "percent" else ""
    shapes = []
    for at, target in enumerate(chart.targets):
        symbol, colour = _STANDINGS[target.standing]
        standing = f"{symbol} {target.standing}".strip()
        named = f"{target.label}: {standing}" if standing else target.label
        shapes.append(
            {
                "type": "line",
                "name": wrapped(named),
                "showlegend": True,
                "x0": place(chart, target.start, -0.45),
                "x1": place(chart, target.end, 0.45),
                "y0": target.value,
                "y1": target.value,
                "line": {"color": INK, "width": 2, "dash": _TARGETS[at % len(_TARGETS)]},
                "label": {
                    "text": f"{target.value:,g}{unit} {symbol}".strip(),
                    "textposition": "end",
                    "yanchor": "bottom",
                    "font": {"color": colour},
                },
            }
        )
    return shapes


def lettered(chart: ChartView) -> tuple[tuple[str, EventMark], ...]:
    """The events in order of time, each with the letter that stands at its place."""
    events = sorted(chart.events, key=lambda event: str(event.start))
    return tuple((chr(ord("A") + at % 26), event) for at, event in enumerate(events))


def event_shapes(chart: ChartView) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Bands and rules of events, and the letters above them."""
    shapes, letters = [], []
    first = x_axis(chart).get("range", [0])[0]
    for letter, event in lettered(chart):
        # A break at the start of a year stands between it and the year before.
        before, after = (0.0, 0.0) if chart.x_kind == "months" else (-0.5, 0.5)
        start, band = place(chart, event.start, before), event.end is not None
        look = {
            "type": "rect" if band else "line",
            "x0": start,
            "x1": start if event.end is None else place(chart, event.end, after),
            "fillcolor": BAND,
            "line": {"width": 0} if band else {"color": QUIET, "width": 1, "dash": "dot"},
        }
        shapes.append({"layer": "below", "yref": "paper", "y0": 0, "y1": 1, **look})
        where = {"x": max(start, first), "xanchor": "left" if band else "center", "y": 1}
        font = {"color": QUIET}
        letters.append(
            {"text": letter, "yref": "paper", "yanchor": "bottom", "showarrow": False, "font": font}
            | where
        )
    return shapes, letters
