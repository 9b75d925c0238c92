"""Usual variation in words and drawn: the direction is the one that the registry declares."""

from __future__ import annotations

import pytest

from dashboard.views.measure import measure
from dashboard.views.verdicts import verdict
from etl.analysis.book import book
from etl.record import Record
from tests.etl.records import changed, months, record

FLOW = "alternative_provision_pupils"
# Thirteen months around 51, with limits at 45.60 and 56.24 (see the tests of analysis).
EVEN = ["50", "52"] * 6 + ["50"]


def held(later: list[str], better: str = "lower") -> Record:
    known = changed(alternative_provision_pupils={"seasonal": False, "better": better})
    return record(months("2020-01", [*EVEN, *later], FLOW, known=known), known=known)


@pytest.mark.parametrize(
    ("later", "better", "words", "shape"),
    [
        ([], "lower", "Within usual variation", "usual"),
        (["57"], "lower", "Worsening", "worse"),
        (["57"], "higher", "Improving", "better"),
        (["57"], "none", "Unusually high", "unsaid"),
        (["45"], "lower", "Improving", "better"),
        (["45"], "none", "Unusually low", "unsaid"),
    ],
)
def test_the_verdict_follows_the_declared_direction(
    later: list[str], better: str, words: str, shape: str
) -> None:
    found = book(held(later, better))
    value = found.latest(FLOW, "all")
    assert value is not None
    said = verdict(found, value)
    assert (said.words, said.shape) == (words, shape)
    assert "trend" not in f"{said.words} {said.detail}".lower()


@pytest.mark.parametrize(
    ("later", "why"),
    [
        (["57"], "above the limits"),
        (["55", "51", "55"], "two of the last three"),
        (["52"] * 7, "the last seven"),
    ],
)
def test_the_verdict_says_which_rule(later: list[str], why: str) -> None:
    found = book(held(later))
    value = found.latest(FLOW, "all")
    assert value is not None
    assert why in verdict(found, value).detail


def test_the_chart_shows_limits_signals_and_how_they_were_made() -> None:
    page = measure(held(["57"]), FLOW, view="variation")
    assert page is not None
    chart = page.chart
    assert chart.title == ("Worsening: the latest figure lies above the limits of usual variation")
    lines = {line.name: line for line in chart.lines}
    assert set(lines) == {
        "Number of pupils, all cases",
        "Upper limit",
        "Lower limit",
        "Average 50.9",
    }
    # 662 / 13 = 50.92, and 2.66 times a mean moving range of 2 is 5.32.
    assert {m.value for m in lines["Upper limit"].marks} == {56.2}
    assert {m.value for m in lines["Lower limit"].marks} == {45.6}
    assert [m.label for m in lines["Number of pupils, all cases"].marks][-2:] == ["", "outside"]
    assert chart.notes[0] == "Limits from January 2020 to January 2021, kept since; an XmR chart."
