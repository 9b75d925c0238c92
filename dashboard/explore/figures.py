"""A view -> a Plotly figure, as plain data, with the colours of the documents' drawing.

Nothing is computed: heights, words and the table beside the chart are the view's, and so those
of the documents. Where a point stands is left to Plotly, which lets a reader zoom.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from dashboard.charts.looks import INK, LOOKS, PAPER, Look
from dashboard.explore.axes import event_shapes, target_shapes, value_axis, wrapped, x_axis
from dashboard.views.chart import ChartView, Line, Mark

FONT = '"Helvetica Neue", "Liberation Sans", Arial, Helvetica, sans-serif'
_ENTRY = 270  # pixels of a line's name in the key: `wrapped` at 14 pixels' text
_CARD = 56  # characters of a line in the words at a point
# Lines of one role (years of a running total) differ in these, in this order.
_DASHES = [look.dash for look in LOOKS.values() if look.marker]
_SYMBOLS = {"circle": "circle", "diamond": "diamond", "square": "square", "triangle": "triangle-up"}


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


def seen(chart: ChartView, hidden: Collection[int]) -> list[bool | str]:
    """Each trace's `visible`; `hidden` are places in the key (`groups`)."""
    found: list[bool | str] = [True] * len(chart.lines)
    for place, (_, lines) in groups(chart).items():
        for at in lines:
            found[at] = "legendonly" if place in hidden else True
    return found


def figure(chart: ChartView, hidden: Collection[int] = ()) -> dict[str, Any]:
    """The figure, data and layout. `hidden` are places in the key (`groups`)."""
    ranked = chart.x_kind == "ranked"
    named = groups(chart)
    place_of = {at: place for place, (_, lines) in named.items() for at in lines}
    data = []
    for at, (line, visible) in enumerate(zip(chart.lines, seen(chart, hidden), strict=True)):
        place = place_of.get(at, 0)
        alike = [p for p, (_, lines) in named.items() if chart.lines[lines[-1]].role == line.role]
        nth = alike.index(place) if place in alike else 0
        data.append(_trace(line, place, nth, ranked) | {"visible": visible})
    x, y = x_axis(chart), value_axis(chart)
    shapes, letters = event_shapes(chart)
    layout = {
        "template": {},
        "font": {"family": FONT, "size": 14, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "margin": {"l": 8, "r": 16, "t": 56, "b": 8},
        "dragmode": "zoom",
        "hovermode": "closest",
        "hoverlabel": {"align": "left", "bgcolor": PAPER, "font": {"color": INK}},
        "barmode": "overlay" if ranked else "group",
        "bargap": 0.35,
        "showlegend": len(named) > 1 or bool(chart.targets),
        "legend": {
            "orientation": "h",
            "x": 0,
            "yref": "container",
            "y": 0,
            "yanchor": "bottom",
            "entrywidth": _ENTRY,  # in columns, one on a telephone
            "entrywidthmode": "pixels",
        },
        "shapes": [*shapes, *target_shapes(chart)],
        "annotations": letters,
        "xaxis": y if ranked else x,
        "yaxis": x if ranked else y,
    }
    return {"data": data, "layout": layout}


def _trace(line: Line, place: int, nth: int, ranked: bool) -> dict[str, Any]:
    """A line or its bars; `nth` counts the lines of its role that stand before it in the key."""
    look = LOOKS[line.role]
    at = [mark.x.isoformat() if isinstance(mark.x, date) else mark.x for mark in line.marks]
    heights = [mark.value for mark in line.marks]
    return {
        "name": wrapped(line.name),
        "x": heights if ranked else at,
        "y": at if ranked else heights,
        "customdata": [_card(mark, line) for mark in line.marks],
        "hovertemplate": "%{customdata}<extra></extra>",
        "legendgroup": str(place),
        "showlegend": bool(line.name),
        **(_bars(line, look, ranked) if line.kind == "bar" else _course(line, look, nth, ranked)),
    }


def _bars(line: Line, look: Look, ranked: bool) -> dict[str, Any]:
    """Bars: paler where a figure is in doubt, hatched where it is provisional."""
    return {
        "type": "bar",
        "orientation": "h" if ranked else "v",
        "marker": {
            "color": look.colour,
            "opacity": [0.45 if mark.flagged else 1 for mark in line.marks],
            "pattern": {"shape": ["/" if mark.provisional else "" for mark in line.marks]},
        },
    }


def _course(line: Line, look: Look, nth: int, ranked: bool) -> dict[str, Any]:
    """A line with its points: hollow where in doubt, open with a dot where provisional."""
    dashes = _DASHES[nth % len(_DASHES)] if nth and line.role == "own" else look.dash
    symbols = list(_SYMBOLS.values())
    symbol = symbols[nth % 4] if nth and line.role == "own" else _SYMBOLS.get(look.symbol, "circle")
    plain = ranked or not look.marker
    mode = "markers" if line.kind == "dots" else "lines" if plain else "lines+markers"
    return {
        "type": "scatter",
        "mode": mode,
        "connectgaps": False,
        "cliponaxis": False,
        "line": {
            "color": look.colour,
            "width": look.width,
            "dash": ",".join(f"{length}px" for length in dashes) or "solid",
        },
        "marker": {
            "symbol": [f"{symbol}-open-dot" if m.provisional else symbol for m in line.marks],
            "opacity": 1,
            "size": [look.marker + (4 if mark.flagged else 1) for mark in line.marks],
            "color": [PAPER if mark.flagged else look.colour for mark in line.marks],
            "line": {"color": look.colour, "width": 1.75},
        },
    }


def _card(mark: Mark, line: Line) -> str:
    """What is read at a point, a field a line, in lines that fit on a telephone."""
    read = mark.reading
    if read is None:
        return wrapped(line.name, _CARD)
    fields = (
        read.count,
        read.change,
        read.source,
        read.published and f"Published {read.published}",
        read.revised and f"Revised: {read.revised}",
        read.flag and f"In doubt: {read.flag}",
        # A signal, which no line has room to print.
        mark.label if mark.label and mark.label not in read.value else "",
    )
    # Not in bold: Plotly would write a style attribute, which the pages' policy refuses.
    said = (f"{read.value}, {read.period}", read.series, *fields)
    return "<br>".join(wrapped(text, _CARD) for text in said if text)
