"""The callbacks as plain functions: controls to address, address to controls and chart."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from dash import no_update

from dashboard.explore.callbacks import key, navigate, show
from dashboard.explore.controls import CONTROLS
from etl.store import Store

TODAY = date(2026, 11, 22)
DAYS = "?measure=ehc_plan_days"
TWENTY = "ehc_plans_on_time_share_including_exceptions"
EXCLUDING = "ehc_plans_on_time_share_excluding_exceptions"
UPHELD = "complaints_local_upheld"


def change(store: Store, search: str, **values: Any) -> str:
    """The address after a reader changed some controls at `search`."""
    shown = navigate(store, TODAY, search, {})["values"]
    found = navigate(store, TODAY, search, {**shown, **values})
    return str(found["search"])


@pytest.mark.parametrize(
    ("search", "changed", "then"),
    [
        ("", {"measure": "ehc_plan_days"}, DAYS),
        ("", {"view": "neighbours"}, f"?measure={TWENTY}&view=neighbours"),
        ("", {"basis": EXCLUDING}, f"?measure={EXCLUDING}"),
        (DAYS, {"cohort": "lac"}, f"{DAYS}&cohort=lac"),
        (f"{DAYS}&view=cohorts", {"cohort": "lac"}, f"{DAYS}&cohort=lac"),
        (f"{DAYS}&cohort=lac&to=2021-12", {"measure": UPHELD}, f"?measure={UPHELD}&to=2021-12"),
        (DAYS, {"from": "2021-01"}, f"{DAYS}&from=2021-01"),
        (f"{DAYS}&to=2020-12", {"from": "2021-01"}, f"{DAYS}&from=2021-01"),
        (f"{DAYS}&from=2021-01", {"to": "2020-12"}, f"{DAYS}&to=2020-12"),
        (f"{DAYS}&from=2021-01", {"from": "open"}, DAYS),
        (DAYS, {"as_at": "2021-09-17"}, f"{DAYS}&as_at=2021-09-17"),
        (f"{DAYS}&view=cohorts", {"lines": [1]}, f"{DAYS}&view=cohorts&hide=2"),
        (f"{DAYS}&view=cohorts&hide=2", {"lines": [2, 1]}, f"{DAYS}&view=cohorts"),
        (f"{DAYS}&view=cohorts&hide=2", {"view": "trend"}, f"{DAYS}&view=trend"),
        (
            f"{DAYS}&view=cohorts&hide=2",
            {"from": "2021-03"},
            f"{DAYS}&view=cohorts&from=2021-03&hide=2",
        ),
    ],
)
def test_a_control_that_is_changed_stands_in_the_address(
    real_store: Store, search: str, changed: dict[str, Any], then: str
) -> None:
    assert change(real_store, search, **changed) == then


def test_after_an_address_that_means_nothing_a_measure_starts_again(real_store: Store) -> None:
    found = navigate(real_store, TODAY, "?measure=nope", {})
    assert found["values"]["measure"] is None
    assert [name for name, hidden in found["hidden"].items() if not hidden] == ["measure"]
    assert change(real_store, "?measure=nope", measure="ehc_plan_days") == DAYS


def test_two_changes_on_their_way_at_once_are_both_kept(real_store: Store) -> None:
    assert change(real_store, DAYS, cohort="lac", **{"from": "2021-03"}) == (
        f"{DAYS}&cohort=lac&from=2021-03"
    )


@pytest.mark.parametrize(
    ("search", "changed", "told"),
    [
        (f"{DAYS}&to=2020-12", {"from": "2021-01"}, "To was earlier than From, so it is back at"),
        (f"{DAYS}&from=2021-01", {"to": "2020-12"}, "From was later than To, so it is back at"),
        (f"{DAYS}&from=2021-01", {"to": "2021-12"}, ""),
        (f"{DAYS}&from=2021-01", {"from": "open"}, ""),
    ],
)
def test_a_bound_that_goes_is_told(
    real_store: Store, search: str, changed: dict[str, Any], told: str
) -> None:
    shown = navigate(real_store, TODAY, search, {})["values"]
    notice = navigate(real_store, TODAY, search, {**shown, **changed})["notice"]
    assert notice.startswith(told)
    assert bool(notice) == bool(told)


def test_an_address_sets_every_control(real_store: Store) -> None:
    search = f"?measure={TWENTY}&view=neighbours&year=2021&as_at=2026-07-01&hide=3"
    found = navigate(real_store, TODAY, search, {})
    assert found["search"] is no_update
    expected = {
        "measure": TWENTY,
        "basis": TWENTY,
        "cohort": "all",
        "view": "neighbours",
        "year": "2021",
        "from": "open",
        "to": "open",
        "lines": [1, 2, 4],
        "as_at": "2026-07-01",
    }
    assert {name: found["values"][name] for name in expected} == expected
    assert [name for name, hidden in found["hidden"].items() if hidden] == ["cohort", "from", "to"]


def test_every_value_that_a_control_shows_is_one_that_it_offers(real_store: Store) -> None:
    first = navigate(real_store, TODAY, "", {})
    for offered in first["options"]["measure"]:
        found = navigate(real_store, TODAY, f"?measure={offered['value']}", {})
        for control in CONTROLS:
            options = [option["value"] for option in found["options"][control.id]]
            value = found["values"][control.id]
            shown = value if isinstance(value, list) else [value]
            nothing_drawn = control.id == "view" and value == ""
            assert not options or nothing_drawn or set(shown) <= set(options), control.id


@pytest.mark.parametrize("value", [7, {}, [], "nope", True])
@pytest.mark.parametrize("control", [control.id for control in CONTROLS])
def test_a_value_that_no_control_has_changes_nothing_or_a_line(
    real_store: Store, control: str, value: Any
) -> None:
    found = navigate(real_store, TODAY, DAYS, {control: value})
    assert str(found["search"]).startswith(DAYS)


def test_the_chart_the_words_and_the_table_are_the_documents(real_store: Store) -> None:
    found = show(real_store, TODAY, f"{DAYS}&cohort=all")
    assert found["title"].startswith("EHC plans finished in January 2022 had taken 208.4 days")
    assert found["no_problem"]
    assert found["figure"]["data"][0]["y"][-1] == 208.4
    assert "208.4" in str(found["table"])


def test_what_is_wrong_with_an_address_is_said_and_nothing_is_shown(real_store: Store) -> None:
    found = show(real_store, TODAY, "?measure=nope")
    assert found["problem"].startswith("measure: there is no 'nope'.")
    assert (found["no_problem"], found["nothing"]) == (False, True)


def test_a_row_without_figures_says_so(real_store: Store) -> None:
    found = show(real_store, TODAY, "?measure=ehc_decision_within_4_weeks&as_at=2022-03-18")
    assert found["problem"]
    assert found["no_chart"] == {"display": "none"}


@pytest.mark.parametrize(
    ("search", "clicked", "then"),
    [
        (f"{DAYS}&view=cohorts", [{"visible": ["legendonly"]}, [1]], f"{DAYS}&view=cohorts&hide=2"),
        (f"{DAYS}&view=cohorts&hide=2", [{"visible": [True]}, [1]], f"{DAYS}&view=cohorts"),
        ("", [{"visible": ["legendonly"] * 2}, [0, 1]], "?hide=1"),
    ],
)
def test_a_click_in_the_key_stands_in_the_address(
    real_store: Store, search: str, clicked: Any, then: str
) -> None:
    assert key(real_store, TODAY, search, clicked).endswith(then.removeprefix("?"))


@pytest.mark.parametrize("clicked", [None, [], [{}], [{"line.width": [3]}, [0]], "x", [1, 2]])
def test_what_is_no_click_in_the_key_changes_nothing(real_store: Store, clicked: Any) -> None:
    assert key(real_store, TODAY, DAYS, clicked) is no_update
