"""What it would take to reach the year's target, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.views.measure import measure
from etl.record import Record
from etl.store import Store
from tests.dashboard.test_views_measure import INC, page
from tests.etl.records import figure, months, record


def test_what_it_would_take_in_a_year_that_has_just_begun(real_store: Store) -> None:
    found = measure(real_store.record(date(2022, 3, 18)), INC)
    assert found is not None
    assert found.takes is not None
    assert found.takes.lead == (
        "To reach 90% in 2022, 90.0% of the plans still to come would have to be in time: "
        "923 of 1,025"
    )
    assert any("backlog" in sentence for sentence in found.takes.sentences)
    assert page(real_store.record(), INC).takes is None


def running(on_time: int) -> Record:
    """Twelve months of 40 plans to June 2021; since January `on_time` of 240 in time."""
    figures = months("2020-07", ["40"] * 12, "ehc_plans_issued", table="outturn")
    span = "calendar_year_to_date"
    for name, value in (
        ("ehc_plans_issued", "240"),
        ("ehc_plans_on_time", str(on_time)),
        (INC, f"{on_time / 2.4:.1f}"),
    ):
        figures.append(figure(name, "2021-06", value, span=span, table="outturn"))  # type: ignore[arg-type]
    return record(figures)


@pytest.mark.parametrize(
    ("on_time", "lead"),
    [
        # 60% of 480 plans are 288.
        (
            100,
            "To reach 60% by the end of 2021, 78.3% of the plans still to come would have to be "
            "in time: 188 of 240",
        ),
        (10, "60% by the end of 2021 is out of reach, even if all plans to come are in time"),
    ],
)
def test_what_it_would_take_in_a_running_year(on_time: int, lead: str) -> None:
    found = measure(running(on_time), INC, today=date(2021, 7, 31))
    assert found is not None
    assert found.takes is not None
    assert found.takes.lead == lead
    assert found.takes.sentences[0] == (
        f"{on_time} of 240 plans were in time from January to June 2021: {on_time / 2.4:.1f}%."
    )
    assert found.facts[3].value == "The year is still running"


def test_a_month_without_a_plan_in_time_counts_among_the_months() -> None:
    shares = months("2020-07", ["0", "12", "0", "37.5", "41", "40.2"] * 2, INC, table="outturn")
    held = running(10)
    found = measure(
        record([*held.observations, *shares], targets=held.targets), INC, today=date(2021, 7, 31)
    )
    assert found is not None
    assert found.takes is not None
    assert found.takes.sentences[2] == (
        "In the last 12 months held, a single month's share lay between 0.0% and 41.0%."
    )


def test_without_a_plan_in_a_year_nothing_is_worked_out() -> None:
    found = measure(
        record(months("2020-07", ["0"] * 12, "ehc_plans_issued", table="outturn")),
        INC,
        today=date(2021, 7, 31),
    )
    assert found is not None
    assert found.takes is not None
    assert found.takes.lead.endswith("cannot be worked out")


@pytest.mark.parametrize(
    ("basis", "asked"), [("not_stated", True), ("including", True), ("excluding", False)]
)
def test_nothing_is_asked_of_a_share_whose_target_counts_otherwise(basis: str, asked: bool) -> None:
    plain = running(100)
    targets = tuple(replace(target, basis=basis) for target in plain.targets)  # type: ignore[arg-type]
    shown = measure(replace(plain, targets=targets), INC, today=date(2021, 7, 31))
    assert shown is not None
    assert (shown.takes is not None) is asked
