"""Which views a row has: one that cannot be drawn says why before any is drawn."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.views import shown as shown_module
from dashboard.views.chart import ChartView
from dashboard.views.choosing import VIEWS, drawn, fitting, unavailable
from dashboard.views.parts import Scope
from dashboard.views.shown import scope_of, shown
from etl import registry
from etl.record import Record

ROWS = tuple(
    (name, cohort)
    for name, declared in registry.load().measures.items()
    for cohort in declared.cohorts
)


def _scope(record: Record, measure: str, cohort: str) -> Scope:
    scope = scope_of(record, measure, cohort)
    assert scope is not None
    return scope


@pytest.mark.parametrize(("measure", "cohort"), ROWS)
def test_a_reason_is_given_exactly_where_nothing_can_be_drawn(
    real_record: Record, measure: str, cohort: str
) -> None:
    scope = _scope(real_record, measure, cohort)
    for view in fitting(scope):
        why, built = unavailable(scope, view), drawn(scope, view)
        assert isinstance(built, ChartView) is not bool(why), view
        assert built == why or not why


@pytest.mark.parametrize(("measure", "cohort"), ROWS[::4])
def test_only_the_view_that_is_asked_for_is_drawn(
    real_record: Record, measure: str, cohort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(scope: Scope, view: str) -> Any:
        asked.append(view)
        return drawn(scope, view)

    monkeypatch.setattr(shown_module, "drawn", counted)
    monkeypatch.setattr(shown_module, "_kept", type(shown_module._kept)(10))
    scope = _scope(real_record, measure, cohort)
    for view in VIEWS:
        asked.clear()
        shown(scope, view)
        assert len(asked) <= 1
