"""The address of Explore: read, written, and answered in words where it means nothing."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.explore.state import LONGEST, State, choose, parse
from dashboard.views.measure import measure as measure_view
from dashboard.web.address import BadChoice
from dashboard.web.drawings import addresses
from etl.store import Store

TODAY = date(2026, 11, 22)
TWENTY = "ehc_plans_on_time_share_including_exceptions"


@given(st.builds(State, **{f.name: st.text(max_size=20).map(str.strip) for f in fields(State)}))
def test_an_address_says_the_state_that_it_was_written_from(state: State) -> None:
    if len(state.search) <= LONGEST:
        assert parse(state.search) == state


@given(st.text(max_size=300))
def test_any_address_is_read_or_answered_in_words(search: str) -> None:
    try:
        state = parse(search)
    except BadChoice as bad:
        said = str(bad)
        assert said
    else:
        assert parse(state.search) == state


def test_without_choices_the_trend_against_its_targets_comes_first(real_store: Store) -> None:
    shown = choose(real_store, State(), TODAY).view
    assert (shown.measure, shown.view) == (TWENTY, "years")
    assert len(shown.chart.targets) == 2


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("?measure=nope", "measure: there is no 'nope'"),
        ("?mesure=ehc_plan_days", "'mesure' is no choice here; there are measure, basis"),
        ("?measure=a&measure=b", "measure: given more than once"),
        ("?measure=ehc_plan_days&cohort=ehcp", "cohort: there is no 'ehcp' here; there are all"),
        ("?measure=ehc_plan_days&basis=including", "basis: there is no 'including' of this"),
        ("?basis=net", "basis: there is no 'net' of this measure; there is excluding, including"),
        ("?measure=ehc_plan_days&view=pie", "view: there is no 'pie' here; there are years"),
        ("?measure=ehc_plan_days&view=variation", "Usual variation: Too few months in a row"),
        ("?measure=ehc_plan_days&year=2021", "year: this view does not show a single year"),
        ("?view=neighbours&year=1999", "year: there is no 1999 in this view; there are 2024"),
        ("?view=neighbours&year=MM", "year: 'MM' is not a year like 2021"),
        ("?from=2021-13", "from: '2021-13' is not a month or date like 2021-07"),
        ("?from=2022-01&to=2021-01", "from: lies after to"),
        ("?as_at=yesterday", "as_at: 'yesterday' is not a date like 2022-03-18"),
        ("?as_at=20220318", "as_at: '20220318' is not a date like 2022-03-18"),
        ("?as_at=2999-01-01", "as_at: 1 January 2999 is still to come"),
        ("?view=", "view: nothing is given"),
        ("?hide=9", "hide: this chart has no line '9'"),
        ("?hide=1,x", "hide: this chart has no line 'x'"),
        ("?cohort=" + "x" * 3000, "The address is longer than any of this site's"),
    ],
)
def test_what_means_nothing_is_said(real_store: Store, search: str, said: str) -> None:
    with pytest.raises(BadChoice) as refused:
        choose(real_store, parse(search), TODAY)
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize("given", [TWENTY, TWENTY.replace("including", "excluding")])
@pytest.mark.parametrize("basis", ["including", "excluding"])
def test_a_basis_names_the_same_measure_on_it(real_store: Store, given: str, basis: str) -> None:
    selection = choose(real_store, State(measure=given, basis=basis), TODAY)
    assert selection.view.measure == f"ehc_plans_on_time_share_{basis}_exceptions"
    assert selection.state.basis == ""


def test_a_meeting_shows_what_was_published_by_then(real_store: Store) -> None:
    then = choose(real_store, parse("?measure=ehc_plan_days&as_at=2021-09-17"), TODAY)
    assert then.view.as_at == "As reported at 17 September 2021"
    last = then.view.chart.lines[-1].marks[-1].x
    assert isinstance(last, date)
    assert last <= date(2021, 9, 1)


def test_the_range_of_time_is_the_documents(real_store: Store) -> None:
    kept = choose(real_store, parse("?measure=ehc_plan_days&from=2021-01&to=2021-03"), TODAY)
    months = [mark.x for line in kept.view.chart.lines for mark in line.marks]
    assert months == [date(2021, 1, 1), date(2021, 2, 1), date(2021, 3, 1)]


def test_the_documents_lead_here_with_what_they_show(real_store: Store) -> None:
    record = real_store.record()
    for name, declared in record.registry.measures.items():
        for cohort in declared.cohorts:
            page = measure_view(record, name, cohort, today=TODAY)
            assert page is not None
            for view in [choice.value for choice in page.views if not choice.why_not]:
                shown = measure_view(record, name, cohort, view, today=TODAY)
                assert shown is not None
                search = addresses(shown)["explore"].removeprefix("/explore/")
                assert choose(real_store, parse(search), TODAY).view.chart == shown.chart, search
