"""Whatever was published, corrected and taken back: relations are those of what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import checks
from etl.judge import CHECKS
from etl.model import CORRECTION, Observation, Reading
from etl.record import Record, assemble
from tests.etl.checks.made_up import REGISTRY
from tests.etl.checks.test_examples import period

RELATIONS = {
    "part-above-whole",
    "share-against-counts",
    "share-outside-parts",
    "average-of-none",
    "average-not-possible",
    "group-average",
    "total-falls",
    "total-against-parts",
    "no-whole-numbers",
    "no-whole-numbers-together",
}
DAYS = [date(2022, 3, 18), date(2022, 5, 20), date(2022, 7, 15)]
# Rows that are bound to each other, with the periods in which they are printed: few enough
# that a handful of acts breaks and mends their relations.
CELLS = [
    *(("children_missing_education", cohort, "2021-12") for cohort in ("all", "ehcp", "lac")),
    *(("children_missing_education_share", cohort, "2021-12") for cohort in ("ehcp", "lac")),
    *(("alternative_provision_pupils", cohort, "2021-12") for cohort in ("all", "ehcp")),
    *(("alternative_provision_days", cohort, "2021-12") for cohort in ("all", "ehcp")),
    *(("statutory_age_population", cohort, "2021-12") for cohort in ("all", "ehcp")),
    *(("school_population", cohort, "2021-12") for cohort in ("all", "ehcp")),
    *(("complaints_local", "all", when) for when in ("2021-11 fy", "2021-12 fy")),
    *(("ehc_plans_issued", "all", f"2021-{when}") for when in ("01", "02", "03", "Q1", "02 cy")),
    *(("ehc_plans_on_time", "all", f"2021-{when}") for when in ("01", "Q1")),
    *(
        ("ehc_plans_on_time_share_including_exceptions", "all", f"2021-{when}")
        for when in ("01", "02", "Q1")
    ),
]
DOORS: dict[str, dict[str, Any]] = {
    "pack": {},
    "typed": {"table": "officer"},
    "correct": {"table": "officer", "locator": f"{CORRECTION} (row, Dec-21)"},
}


@st.composite
def figures(draw: st.DrawFn) -> Observation:
    measure, cohort, when = draw(st.sampled_from(CELLS))
    declared = REGISTRY.measures[measure]
    value = Decimal(draw(st.sampled_from([0, 1, 2, 3, 4, 6, 10, 20, 50])))
    if declared.unit == "percent":
        value = draw(st.sampled_from([Decimal(n) for n in (0, 10, 25, 50, 100)]))
    outturn = declared.outturn is not None
    door = DOORS[draw(st.sampled_from(list(DOORS)))]
    made = Observation(
        REGISTRY.council.authority,
        measure,
        cohort,
        period(when),
        Reading(value, declared.unit, raw=str(value)),
        draw(st.sampled_from(DAYS)),
        "A source",
        "outturn" if outturn else "appendix_1",
        f"{measure} {cohort} {when}",
    )
    # What an officer corrects in the outturn table stays a figure of it.
    return replace(made, **{**door, "table": "outturn"} if outturn else door)


def record(released: Sequence[tuple[int, Observation]]) -> Record:
    ordered, series = assemble(released)
    return Record(REGISTRY, series, ordered, targets=REGISTRY.targets, judge=CHECKS)


def relations(held: Record) -> list[tuple[object, ...]]:
    return sorted(
        (
            (f.code, f.severity, f.message, f.figures)
            for f in checks.run(held)
            if f.code in RELATIONS
        ),
        key=lambda found: (found[0], found[2]),
    )


@pytest.mark.slow
@given(
    acts=st.lists(st.lists(figures(), min_size=1, max_size=9), min_size=1, max_size=9),
    withdrawn=st.sets(st.integers(0, 8), max_size=3),
)
@settings(max_examples=250, deadline=None)
def test_relations_are_those_of_a_record_that_holds_what_is_shown_alone(
    acts: list[list[Observation]], withdrawn: set[int]
) -> None:
    held = record(
        [
            (number, figure)
            for number, act in enumerate(acts)
            if number not in withdrawn
            for figure in {(f.series, f.period): f for f in act}.values()
        ]
    )
    fresh = record(list(enumerate(held.shown())))
    assert relations(held) == relations(fresh)


@given(act=st.lists(figures(), min_size=2, max_size=12), again=st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_a_figure_corrected_there_and_back_breaks_nothing_that_stood(
    act: list[Observation], again: int
) -> None:
    """Each figure is corrected to another and back, however often: relations are as before."""
    first = {(f.series, f.period): f for f in act}.values()
    released = [(0, figure) for figure in first]
    before = relations(record(released))
    for number in range(again):
        for figure in first:
            other = replace(figure.reading, value=(figure.value or 0) + 1 + number)
            place = f"{CORRECTION} (row)"
            released += [
                (2 * number + 1, replace(figure, reading=other, locator=place)),
                (2 * number + 2, figure),
            ]
    assert relations(record(released)) == before
