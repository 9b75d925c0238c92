"""The controls of Explore, a row each: what they are called, offer, show and change.

To add one: a row in CONTROLS here, and where the address is to say something new a field in
`State` (state.py) of the row's id. Layout, callbacks, checks and links go through the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

from dashboard import words
from dashboard.explore.figures import groups
from dashboard.explore.state import Selection, State
from dashboard.views.types import Choice
from dashboard.web.address import day
from etl.analysis.book import book
from etl.analysis.targets import other_basis
from etl.record import Record

Options = list[dict[str, Any]]
# What a choice left open is called where a control cannot have "" for a value.
OPEN = "open"
LINES = "lines"


@dataclass(frozen=True)
class Control:
    """One control. Its id in the layout is `id`; the part around it is `field`.

    `options` are what it offers for a selection (none: it is not shown), `value` what it shows
    as chosen, and `change` the state with another value chosen. `restyle`, where a control is
    about how a chart is drawn, is given the figure for Plotly and changes it in place.
    """

    id: str
    label: str
    kind: Literal["select", "radio", "checklist"]
    options: Callable[[Selection], Options]
    value: Callable[[Selection], Any]
    change: Callable[[Selection, Any], State]
    restyle: Callable[[Selection, dict[str, Any]], None] | None = None

    @property
    def field(self) -> str:
        """The id of the label and control together, which is hidden where nothing is offered."""
        return f"{self.id}-field"

    def has(self, value: Any) -> bool:
        """Whether `value` is of the kind that this control sends; None is nothing chosen."""
        if self.kind == "checklist":
            return isinstance(value, list) and all(type(ticked) is int for ticked in value)
        return isinstance(value, str)


def measures(record: Record) -> Options:
    """Every measure in the appendix's order, one that has two bases once."""
    found = book(record)
    declared = [found.measure(name) for name in dict.fromkeys(name for name, _ in found.ordered)]
    offered = [m for m in declared if not (m.basis == "excluding" and other_basis(found, m.id))]
    brief = Counter(m.short_title or m.title for m in offered)
    return [
        {"value": m.id, "label": m.short_title if brief[m.short_title] == 1 else m.title}
        for m in offered
    ]


def _measure(selection: Selection) -> str:
    """The measure as `measures` offers it: by the basis that includes exceptions."""
    found, name = book(selection.record), selection.view.measure
    other = other_basis(found, name)
    return other if other and found.measure(name).basis == "excluding" else name


def _chosen(choices: tuple[Choice, ...]) -> str:
    return next((choice.value for choice in choices if choice.chosen), "")


def _offered(choices: tuple[Choice, ...]) -> Options:
    """Choices as a control has them; what cannot be taken says why, in a sentence."""
    why = {c.value: words.lower(c.why_not.partition(". ")[0].rstrip(".")) for c in choices}
    return [
        {
            "value": choice.value,
            "label": f"{choice.label} ({why[choice.value]})" if choice.why_not else choice.label,
            "disabled": bool(choice.why_not),
        }
        for choice in choices
    ]


def _periods(selection: Selection, *, end: bool) -> Options:
    """The months (or years) held of a row, and what the address says besides."""
    view, found = selection.view, book(selection.record)
    if view.chart.x_kind == "ranked":
        return []
    yearly = view.chart.x_kind == "years"
    ends = sorted(
        {
            value.period.end
            for span in found.spans(view.measure, view.cohort)
            if (span == "calendar_year") == yearly
            for value in found.line(view.measure, view.cohort, span)
        }
    )
    offered = {
        f"{last:%Y-%m}" if not yearly else f"{last:%Y}-{'12' if end else '01'}": (
            str(last.year) if yearly else words.month(last)
        )
        for last in ends
    }
    asked = selection.state.last if end else selection.state.first
    if asked and asked not in offered:
        limit = day(asked, "to" if end else "from")
        assert limit is not None, "the state was read before"
        offered[asked] = words.month(limit) if len(asked) == 7 else words.day(limit)
    return [
        {"value": OPEN, "label": "the newest" if end else "the first"},
        *({"value": value, "label": label} for value, label in offered.items()),
    ]


def _meetings(selection: Selection) -> Options:
    """The meetings whose reports are held, and the day that the address says besides."""
    offered = {choice.value: choice.label for choice in selection.meetings}
    if asked := selection.record.as_at:
        offered.setdefault(selection.state.as_at, words.day(asked))
    return [{"value": value or OPEN, "label": label} for value, label in offered.items()]


def _lines(selection: Selection) -> Options:
    """The lines of the key, where there are several to choose from."""
    named = groups(selection.view.chart)
    if len(named) < 2:
        return []
    return [{"value": number, "label": name} for number, (name, _) in named.items()]


def _shown(selection: Selection) -> list[int]:
    return [number for number in groups(selection.view.chart) if number not in selection.hidden]


def _changed(selection: Selection, **values: Any) -> State:
    """The state with these values; which lines are hidden is for `keep_hidden` to say."""
    said = {name: "" if value == OPEN else value for name, value in values.items()}
    return replace(selection.state, hide="", **said)


def _other_row(selection: Selection, measure: Any) -> State:
    """Another measure: what belongs to the row goes, the time and the meeting stay."""
    state = selection.state
    return State(measure=measure, first=state.first, last=state.last, as_at=state.as_at)


def _from(selection: Selection, first: Any) -> State:
    """Another start; an end that lies before it goes."""
    last = selection.state.last
    return _changed(selection, first=first, last="" if OPEN != first > last else last)


def _to(selection: Selection, last: Any) -> State:
    """Another end; a start that lies after it goes."""
    first = selection.state.first
    return _changed(selection, last=last, first="" if OPEN != last < first else first)


def _hide(selection: Selection, shown: Any) -> State:
    """All lines of the key but those that are ticked are hidden."""
    hidden = [str(number) for number in groups(selection.view.chart) if number not in shown]
    return replace(selection.state, hide=",".join(hidden))


CONTROLS = (
    Control(
        "measure",
        "Measure",
        "select",
        lambda selection: measures(selection.record),
        _measure,
        _other_row,
    ),
    Control(
        "basis",
        "Permitted exceptions",
        "radio",
        lambda selection: _offered(selection.view.bases),
        lambda selection: selection.view.measure,
        lambda selection, value: _changed(selection, measure=value),
    ),
    Control(
        "cohort",
        "Group",
        "radio",
        lambda selection: _offered(selection.view.cohorts),
        lambda selection: selection.view.cohort,
        lambda selection, value: _changed(selection, cohort=value, view="", year=""),
    ),
    Control(
        "view",
        "View",
        "radio",
        lambda selection: _offered(selection.view.views),
        lambda selection: selection.view.view,
        lambda selection, value: _changed(selection, view=value, year=""),
    ),
    Control(
        "year",
        "Year",
        "select",
        lambda selection: _offered(selection.view.years),
        lambda selection: _chosen(selection.view.years),
        lambda selection, value: _changed(selection, year=value),
    ),
    Control(
        "from",
        "From",
        "select",
        partial(_periods, end=False),
        lambda selection: selection.state.first or OPEN,
        _from,
    ),
    Control(
        "to",
        "To",
        "select",
        partial(_periods, end=True),
        lambda selection: selection.state.last or OPEN,
        _to,
    ),
    Control(
        LINES,
        "Lines shown",
        "checklist",
        _lines,
        _shown,
        _hide,
    ),
    Control(
        "as_at",
        "As reported at",
        "select",
        _meetings,
        lambda selection: selection.state.as_at or OPEN,
        lambda selection, value: _changed(selection, as_at=value),
    ),
)
