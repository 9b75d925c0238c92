"""A state with all the controls -> what is selected, and its figure as they have it drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from dashboard.explore.controls import CONTROLS, OPEN
from dashboard.explore.figures import figure, groups
from dashboard.explore.state import Selection, State, choose
from dashboard.views.choosing import known
from etl.store.store import Store


def select(store: Store, state: State, today: date | None) -> Selection:
    """What a state shows, each value of Explore's own being one that its control offers.

    Raises BadChoice, in words, where a choice means nothing.
    """
    selection = choose(store, state, today)
    for control in CONTROLS:
        asked = selection.state.own.get(control.id)
        if asked:
            offered = [o["value"] for o in control.options(selection) if not o.get("disabled")]
            known(control.id, asked, [value for value in offered if value != OPEN])
    return selection


def keep_hidden(before: Selection, after: Selection) -> Selection:
    """`after` with the lines hidden that were before, by their names, where it is the same view."""
    one, other = before.view, after.view
    if (one.measure, one.cohort, one.view) != (other.measure, other.cohort, other.view):
        return after
    names = {name for at, (name, _) in groups(one.chart).items() if at in before.hidden}
    places = [str(at) for at, (name, _) in groups(other.chart).items() if name in names]
    return replace(after, state=replace(after.state, hide=",".join(places)))


def drawn(selection: Selection) -> dict[str, Any]:
    """The figure for Plotly of what is selected, as the controls have it drawn."""
    figure_of = figure(selection.view.chart, selection.hidden)
    for control in CONTROLS:
        if control.restyle:
            control.restyle(selection, figure_of)
    return figure_of
