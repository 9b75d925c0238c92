"""The callbacks of Explore: address <-> controls, address -> what is shown, key -> address."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dash import Dash, Input, Output, Patch, State, ctx, no_update

from dashboard.explore import layout
from dashboard.explore.controls import CONTROLS, LINES, measures
from dashboard.explore.figures import groups, seen
from dashboard.explore.selecting import drawn, keep_hidden, select
from dashboard.explore.state import Selection, parse
from dashboard.explore.state import State as Address
from dashboard.web.address import BadChoice
from etl.store.store import Store

log = logging.getLogger(__name__)


def register(app: Dash, store: Store, today: Callable[[], date | None]) -> None:
    """Gives `app` its callbacks over `store`. Each is a plain function of this module besides."""

    # One callback both ways, for Dash lets an address set controls that set it only so.
    @app.callback(  # type: ignore[untyped-decorator]
        output={
            "search": Output("url", "search"),
            "options": {c.id: Output(c.id, "options") for c in CONTROLS},
            "values": {c.id: Output(c.id, "value") for c in CONTROLS},
            "hidden": {c.id: Output(c.field, "hidden") for c in CONTROLS},
            "notice": Output("notice", "children"),
        },
        inputs={
            "search": Input("url", "search"),
            "values": {c.id: Input(c.id, "value") for c in CONTROLS},
        },
    )
    def _navigate(search: Any, values: Any) -> dict[str, Any]:
        moved = ctx.triggered_id in (None, "url")
        return navigate(store, today(), search, {} if moved else values)

    @app.callback(  # type: ignore[untyped-decorator]
        output={
            "figure": Output("chart", "figure"),
            "title": Output("title", "children"),
            "subtitle": Output("subtitle", "children"),
            "chart_words": Output("chart-words", "children"),
            "links": Output("links", "children"),
            "table": Output("table", "children"),
            "problem": Output("problem", "children"),
            "no_problem": Output("problem", "hidden"),
            "no_chart": Output("chart", "style"),
            "nothing": Output("shown", "hidden"),
            "status": Output("status", "children"),
            "drawn": Output("drawn", "data"),
        },
        inputs={"search": Input("url", "search")},
        state={"last_drawn": State("drawn", "data")},
    )
    def _show(search: Any, last_drawn: Any) -> dict[str, Any]:
        return show(store, today(), search, last_drawn)

    @app.callback(  # type: ignore[untyped-decorator]
        Output("url", "search", allow_duplicate=True),
        Input("chart", "restyleData"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def _key(clicked: Any, search: Any) -> Any:
        return key(store, today(), search, clicked)


def navigate(
    store: Store, today: date | None, search: str | None, values: Mapping[str, Any]
) -> dict[str, Any]:
    """The controls for an address, or for what they themselves were changed to.

    `values` are those of all controls by id, where one was changed; each that is not what the
    address shows is a change, so that none is lost which came while another was on its way.
    """
    nothing = dict.fromkeys((c.id for c in CONTROLS), no_update)
    unchanged = {"search": no_update, "options": nothing, "values": nothing, "hidden": nothing}
    unchanged["notice"] = no_update
    if search is None:  # the page is not there yet
        return unchanged
    try:
        selection = select(store, parse(search), today)
    except BadChoice:
        # Said by `show`. Whoever then takes a control starts from what is shown first.
        selection = select(store, Address(), today)
        if not values:
            return {
                "search": no_update,
                "options": {**nothing, "measure": measures(selection.record)},
                "values": dict.fromkeys(nothing),
                "hidden": {name: name != "measure" for name in nothing},
                "notice": "",
            }
    was = {control.id: control.value(selection) for control in CONTROLS}
    notice = ""
    for control in CONTROLS:
        value = values.get(control.id)
        if not control.has(value) or _same(value, was[control.id]):
            continue
        try:
            changed = select(store, control.change(selection, value), today)
        except BadChoice:  # what the row that was left had
            continue
        notice = bound_dropped(selection, changed) or notice
        selection = changed if control.id == LINES else keep_hidden(selection, changed)
    options = {control.id: control.options(selection) for control in CONTROLS}
    return {
        "search": selection.state.search if values else no_update,
        "options": options,
        "values": {control.id: control.value(selection) for control in CONTROLS},
        "hidden": {name: not offered for name, offered in options.items()},
        "notice": notice,
    }


def bound_dropped(before: Selection, after: Selection) -> str:
    """What a reader is told where a bound of time went that another one contradicted."""
    if before.state.first and not after.state.first and after.state.last:
        return "From was later than To, so it is back at the first."
    if before.state.last and not after.state.last and after.state.first:
        return "To was earlier than From, so it is back at the newest."
    return ""


def _same(one: Any, other: Any) -> bool:
    """Whether a control has the value that it showed; ticks come in the order of clicks."""
    if isinstance(one, list) and isinstance(other, list):
        return set(map(str, one)) == set(map(str, other))
    return bool(one == other)


def show(
    store: Store, today: date | None, search: str | None, last_drawn: str | None = None
) -> dict[str, Any]:
    """What an address shows: the figure, the words, the table, or what is wrong with it.

    `last_drawn` names the chart that the browser has: where it is this one, only the lines seen
    change, and a reader's zoom stays.
    """
    try:
        selection = select(store, parse(search or ""), today)
    except BadChoice as bad:
        return _problem(f"{bad}. Choose a measure to start again.")
    view, chart = selection.view, selection.view.chart
    this = f"{replace(selection.state, hide='').search} {store.version()}"
    return {
        "figure": lines_seen(selection) if this == last_drawn else drawn(selection),
        "title": chart.title,
        "subtitle": chart.subtitle,
        "chart_words": layout.chart_words(chart),
        "links": layout.links(selection),
        "table": layout.table("The figures of this chart", chart.columns, chart.rows),
        "problem": chart.empty,
        "no_problem": not chart.empty,
        "no_chart": {"display": "none"} if chart.empty else {},
        "nothing": False,
        "status": f"Showing {view.title}: {chart.title}",
        "drawn": this,
    }


def lines_seen(selection: Selection) -> Patch:
    """The change of the figure where other lines are hidden than before."""
    patch = Patch()
    for at, visible in enumerate(seen(selection.view.chart, selection.hidden)):
        patch["data"][at]["visible"] = visible
    return patch


def _problem(said: str) -> dict[str, Any]:
    return {
        "figure": no_update,
        "title": "This address means nothing here",
        "subtitle": "",
        "chart_words": [],
        "links": [],
        "table": None,
        "problem": said,
        "no_problem": False,
        "no_chart": no_update,
        "nothing": True,
        "status": "",
        "drawn": None,
    }


def key(store: Store, today: date | None, search: str | None, clicked: Any) -> Any:
    """The address after a click in the chart's key, as Plotly tells it (`restyleData`).

    `clicked` is [{"visible": [True, "legendonly", ...]}, [places of the traces]].
    """
    try:
        selection: Selection = select(store, parse(search or ""), today)
        visible = dict(zip(clicked[1], clicked[0]["visible"], strict=True))
    except (BadChoice, KeyError, IndexError, TypeError, ValueError):
        return no_update
    hidden = set(selection.hidden)
    for number, (_, traces) in groups(selection.view.chart).items():
        told = [visible[trace] for trace in traces if trace in visible]
        if told:
            hidden = hidden - {number} if told[-1] is True else hidden | {number}
    return replace(selection.state, hide=",".join(map(str, sorted(hidden)))).search
