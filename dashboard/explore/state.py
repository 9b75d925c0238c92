"""The address of Explore is its state: what it may say, and what that shows.

/explore/?measure=ehc_plan_days&cohort=lac&view=trend&from=2021-01&to=2021-12&as_at=2022-03-18

| name | what it says |
|---|---|
| `measure` | a measure's id, which has its basis (including or excluding exceptions) in it |
| `basis` | `including` or `excluding`: the same measure on that basis |
| `cohort` | one of the measure's groups; without it the first |
| `view` | one of the row's views (`dashboard/views/choosing.py`); it names the span drawn |
| `year` | the year of a view that shows one |
| `from`, `to` | the first and the last month (2021-07) or day drawn, by a period's end |
| `as_at` | a meeting's day: what was published by then |
| `hide` | the lines that are hidden, by their place in the key: `2,3` |

All but `basis` and `hide` are those of the documents (`dashboard/web/address.py`), so that a
document leads here, and back, with its query as it stands. What is not in the address is as a
document has it; what means nothing is said (BadChoice) and never replaced. A zoom is a glance
and is not kept: the range of time is.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from dashboard.explore.figures import groups
from dashboard.views.measure import measure as measure_view
from dashboard.views.measure_types import MeasureView
from dashboard.views.overview import meetings
from dashboard.views.types import Choice
from dashboard.web.address import OF_A_MEASURE, BadChoice, check_names, choices, record_of
from etl import aliases
from etl.analysis.book import book
from etl.analysis.targets import declared_for, other_basis
from etl.record import Record
from etl.store.store import Store

# Longer than any address that this app writes; what is cut would mean something else.
LONGEST = 2000  # characters
_NAMES = {"first": "from", "last": "to"}  # of fields whose name Python or the reader would mind

_DOCUMENTS = ("measure", *OF_A_MEASURE)


@dataclass(frozen=True)
class State:
    """What the address says, as text; "" for what it leaves open."""

    measure: str = ""
    basis: str = ""
    cohort: str = ""
    view: str = ""
    year: str = ""
    first: str = ""
    last: str = ""
    as_at: str = ""
    hide: str = ""

    @property
    def query(self) -> dict[str, str]:
        """The names and values that stand in the address, in the order of the fields."""
        given = {_NAMES.get(f.name, f.name): getattr(self, f.name) for f in fields(self)}
        return {name: value for name, value in given.items() if value}

    @property
    def of_documents(self) -> dict[str, str]:
        """Of `query` what documents and pictures have too."""
        return {name: value for name, value in self.query.items() if name in _DOCUMENTS}

    @property
    def own(self) -> dict[str, str]:
        """Of `query` what only Explore has."""
        return {name: value for name, value in self.query.items() if name not in _DOCUMENTS}

    @property
    def search(self) -> str:
        """The address's query, "?" included; "" where nothing is chosen."""
        return f"?{urlencode(self.query)}" if self.query else ""


@dataclass(frozen=True)
class Selection:
    """What a state shows: the row's view as documents have it, in a record.

    `meetings` are those whose reports are held, to choose `as_at` from.
    """

    state: State
    record: Record
    view: MeasureView
    meetings: tuple[Choice, ...]

    @property
    def hidden(self) -> frozenset[int]:
        """The lines that are hidden, by their place in the key, from 1."""
        return frozenset(int(place) for place in self.state.hide.split(",") if place)


def parse(search: str) -> State:
    """The state that an address's query says. Raises BadChoice for a name it does not know."""
    if len(search) > LONGEST:
        raise BadChoice("The address is longer than any of this site's")
    given = MultiDict(parse_qsl(search.removeprefix("?"), keep_blank_values=True))
    of = {_NAMES.get(f.name, f.name): f.name for f in fields(State)}
    for name in given:
        if name not in of:
            raise BadChoice(f"{name[:40]!r} is no choice here; there are {', '.join(of)}")
    check_names(given, of)
    return State(**{of[name]: value.strip() for name, value in given.items()})


def first_row(record: Record) -> str:
    """The measure that is shown where none is named: the first that has a target to reach."""
    found = book(record)
    aimed = (
        measure
        for measure, cohort in found.ordered
        if found.measure(measure).target.held and declared_for(found, measure, cohort)
    )
    return next(aimed, found.ordered[0][0])


def choose(store: Store, state: State, today: date | None) -> Selection:
    """What a state shows. Raises BadChoice, in words, where a choice means nothing."""
    chosen = choices(state.of_documents)
    record = record_of(store, chosen.as_at)
    registry = record.registry
    ref = aliases.of(registry).ref(state.measure or first_row(record), chosen.cohort)
    if ref.measure not in registry.measures:
        raise BadChoice(f"measure: there is no {ref.measure[:80]!r}")
    ref = ref._replace(measure=_on_basis(record, ref.measure, state.basis))
    groups_held = registry.measures[ref.measure].cohorts
    if ref.cohort and ref.cohort not in groups_held:
        raise BadChoice(
            f"cohort: there is no {ref.cohort[:40]!r} here; there are {', '.join(groups_held)}"
        )
    shown = measure_view(
        record,
        ref.measure,
        ref.cohort,
        chosen.view,
        year=chosen.year,
        first=chosen.first,
        last=chosen.last,
        today=today,
    )
    assert shown is not None, "a measure that is declared has a view"
    _check_view(shown, chosen.view)
    _check_year(shown, state.year)
    _check_hidden(shown, state.hide)
    named = replace(state, measure=ref.measure, basis="", cohort=ref.cohort)
    return Selection(named, record, shown, meetings(store.record()))


def _on_basis(record: Record, name: str, asked: str) -> str:
    """The measure on the basis asked for, or as it is where none is."""
    found = book(record)
    other = other_basis(found, name)
    bases = {found.measure(m).basis: m for m in (name, other) if m}
    if asked and asked not in bases:
        held = ", ".join(sorted(filter(None, bases)))
        raise BadChoice(
            f"basis: there is no {asked[:40]!r} of this measure; there is {held or 'one'}"
        )
    return bases[asked] if asked else name


def _check_view(shown: MeasureView, asked: str) -> None:
    views = {choice.value: choice for choice in shown.views}
    if not asked:
        return
    if asked not in views:
        raise BadChoice(
            f"view: there is no {asked[:40]!r} of this row; there are {', '.join(views)}"
        )
    if views[asked].why_not:
        raise BadChoice(f"{views[asked].label}: {views[asked].why_not.rstrip('.')}")


def _check_year(shown: MeasureView, asked: str) -> None:
    years = [choice.value for choice in shown.years]
    if asked and asked not in years:
        raise BadChoice(f"year: there is no {asked} in this view; there are {', '.join(years)}")


def _check_hidden(shown: MeasureView, asked: str) -> None:
    places = {str(number) for number in groups(shown.chart)}
    for place in asked.split(",") if asked else ():
        if place not in places:
            raise BadChoice(f"hide: this chart has no line {place[:20]!r}")
