"""Whatever stands in a record, the checks answer: never a crash, always in the same order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from etl import checks
from etl.model import CORRECTION, TABLES, Observation, Reading, Status, Unit
from tests.etl.checks.made_up import REGISTRY, record
from tests.etl.checks.test_examples import PUBLISHED, period

ROWS = [(m.id, cohort) for m in REGISTRY.measures.values() for cohort in m.cohorts]
PERIODS = [
    period(text.format(n))
    for text in ("2021-{:02}", "2021-{:02} cy", "2021-{:02} fy")
    for n in range(1, 13)
] + [period(text) for text in ("2021-Q1", "2021-Q4", "2021")]

readings = st.builds(
    Reading,
    value=st.none() | st.decimals(-9999, 999_999, places=2) | st.integers(-3, 120).map(Decimal),
    unit=st.sampled_from(get_args(Unit)),
    status=st.sampled_from(get_args(Status)),
    sample_size=st.none() | st.integers(0, 12),
    note=st.sampled_from(["", "37.6 weeks", "12/08/2020", "99/99/2020", "weeks"]),
    raw=st.sampled_from(["", "7.0%", "41.0", "nil", "1,025", "12 of 495", "--"]),
)


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    measure, cohort = draw(st.sampled_from(ROWS))
    return Observation(
        draw(st.sampled_from([REGISTRY.council.authority, "E10000029", "E99999999"])),
        measure,
        cohort,
        draw(st.sampled_from(PERIODS)),
        draw(readings),
        draw(st.sampled_from(sorted(PUBLISHED.values()))),
        "A source",
        draw(st.sampled_from(TABLES)),
        draw(st.sampled_from(["cell", CORRECTION])) + f" {draw(st.integers(1, 9))}",
    )


@given(st.lists(observations(), max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_figures_are_answered(figures: list[Observation]) -> None:
    held = record(figures)
    findings = checks.run(held)
    assert findings == checks.run(replace(held))
    for finding in findings:
        assert finding.code in checks.CODES
        assert finding.message.endswith(".")
        assert finding.places
        assert set(finding.figures) <= set(figures)
    judged, stale = checks.judge(findings, REGISTRY.answers, held)
    assert [j.finding for j in judged] == list(findings)
    assert {finding.code for finding in stale} <= {"answer-stale"}


def test_an_empty_record() -> None:
    assert checks.run(record([])) == ()
