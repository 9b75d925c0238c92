"""Roles of figures in running text: words that stand side by side, captions over several lines."""

from __future__ import annotations

from datetime import date

import pytest

from etl import registry
from etl.model import Source
from etl.readers import text
from etl.recognise import Recognised, recognise
from tests.etl.recognise.test_roles import LABELS, MEASURES

C, R = LABELS["CME"], LABELS["REV"]
PLAIN = [f"{C} 480 470", f"{R} 63% 64%"]
HEAD = "Indicator Feb-22 Mar-22"
BOTH = {"CME Feb-22 480", "CME Mar-22 470", "REV Feb-22 63", "REV Mar-22 64"}
AIMS = {"CME Feb-22 400", "CME Mar-22 410", "REV Feb-22 90", "REV Mar-22 91"}
PAIRS = [f"{C} 400 480 410 470", f"{R} 90% 63% 91% 64%"]


def read(*lines: str) -> Recognised:
    source = Source("pack.txt", "", "text", date(2022, 7, 1), "A pack")
    numbered = list(enumerate("\n".join(lines).split("\n"), 1))
    return recognise(text.document(numbered, source), registry.load())


def actual(found: Recognised) -> set[str]:
    return {f"{MEASURES[o.measure]} {o.period.end:%b-%y} {o.value}" for o in found.observations}


def targets(found: Recognised) -> set[str]:
    return {
        f"{MEASURES[s.measure]} {s.period.end:%b-%y} {s.value}"
        for s in found.statements
        if s.kind == "printed_target" and s.period
    }


@pytest.mark.parametrize(
    "lines",
    [
        [HEAD, "Target Actual Target Actual", *PAIRS],
        [
            "Indicator Target Actual",
            "Feb-22 Mar-22 Feb-22 Mar-22",
            f"{C} 400 410 480 470",
            f"{R} 90% 91% 63% 64%",
        ],
        [
            "| Indicator | Feb-22 | | Mar-22 | |",
            "|---|---|---|---|---|",
            "| | **Target** | **Actual** | **Target** | **Actual** |",
            f"| {C} | 400 | 480 | 410 | 470 |",
            f"| {R} | 90% | 63% | 91% | 64% |",
        ],
        # merged cells that a converter has left out, or filled at the end only
        [
            "| Indicator | Feb-22 | Mar-22 |",
            "| | Target | Actual | Target | Actual |",
            f"| {C} | 400 | 480 | 410 | 470 |",
            f"| {R} | 90% | 63% | 91% | 64% |",
        ],
        [
            "| Indicator | Feb-22 | Mar-22 |",
            "| Target | Actual | Target | Actual |",
            f"| {C} | 400 | 480 | 410 | 470 |",
            f"| {R} | 90% | 63% | 91% | 64% |",
        ],
        [
            "Indicator\tFeb-22\t\tMar-22",
            "\tTarget\tActual\tTarget\tActual",
            f"{C}\t400\t480\t410\t470",
            f"{R}\t90%\t63%\t91%\t64%",
        ],
    ],
)
def test_two_lines_of_heading_are_two(lines: list[str]) -> None:
    found = read(*lines)
    assert (actual(found), targets(found)) == (BOTH, AIMS)
    assert [(f.code, f.severity) for f in found.findings] == [("not-actual", "note")]


@pytest.mark.parametrize(
    "lines",
    [
        ["Indicator Target Feb-22 Actual Feb-22 Target Mar-22 Actual Mar-22", *PAIRS],
        ["Indicator Feb-22 Target Feb-22 Actual Mar-22 Target Mar-22 Actual", *PAIRS],
        ["Indicator Target Feb-22 Mar-22", *PLAIN],
        ["Targets Feb-22 Mar-22", *PLAIN],
        [HEAD, "Actual / Target Actual / Target", *PLAIN],
        [HEAD, "Target Actual Target", f"{C} 400 480 410", f"{R} 90% 63% 91%"],
    ],
)
def test_what_cannot_be_dealt_out_is_refused_and_told(lines: list[str]) -> None:
    found = read(*lines)
    assert (actual(found), targets(found)) == (set(), set())
    assert "warning" in {finding.severity for finding in found.findings}


@pytest.mark.parametrize(
    "above",
    [
        ["Targets agreed by Cabinet"],
        ["Table 3: Targets agreed by Cabinet for the numbers of", "children, by month"],
        ["Table 3", "Targets agreed by Cabinet"],
        ["Targets agreed by Cabinet", "", "Source: Performance team"],
        ["3. Targets", "", "These were agreed in May by the committee."],
        ["## Targets"],
        ["**Targets**"],
        ["The following targets were agreed by Cabinet:"],
        ["The table below sets out the agreed targets."],
        ["Appendix 2 - Targets"],
        ["Targets that Cabinet has agreed"],
        ["Milestones for 2022"],
        ["Planned levels"],
        ["Goals"],
    ],
)
@pytest.mark.parametrize("form", ["words", "strokes"])
def test_a_caption_says_so_in_many_ways(above: list[str], form: str) -> None:
    table = [HEAD, f"{C} 400 410", f"{R} 90% 91%"]
    if form == "strokes":
        table = ["| Indicator | Feb-22 | Mar-22 |", f"| {C} | 400 | 410 |", f"| {R} | 90% | 91% |"]
    found = read("Norfolk County Council", "", *above, "", *table)
    assert (actual(found), targets(found)) == (set(), AIMS)
    assert [(f.code, f.severity) for f in found.findings] == [("not-actual", "warning")]


@pytest.mark.parametrize(
    "above",
    [
        ["Performance against target"],
        ["Table 1: Progress towards our targets"],
        ["How we compare with the target"],
        ["Plans issued within target time"],
        ["We are on target."],
        ["The council has not met its target of 60%."],
        ["Targets are reviewed every year.", "", "Table 1: Children out of education"],
        ["- 2021 Norfolk Target = 60%", "- 2022 Norfolk Target = 90%"],
        ["Performance is better than last year and above the forecast of 55%."],
        ["EHC plans", "", "Our planned review of provision is under way."],
        ["Actual figures against the trajectory"],
        ["Results compared with the same period last year"],
        ["Floor 3, County Hall"],
        ["School profile"],
        ["The target group is children with an EHC plan"],
        ["Outturn 2021/22"],
        ["Latest position"],
        ["Quarterly performance report"],
        ["Targeted support"],
    ],
)
@pytest.mark.parametrize("form", ["words", "strokes"])
def test_words_that_only_relate_figures_to_something_keep_nothing_back(
    above: list[str], form: str
) -> None:
    table = [HEAD, *PLAIN]
    if form == "strokes":
        table = ["| Indicator | Feb-22 | Mar-22 |", f"| {C} | 480 | 470 |", f"| {R} | 63% | 64% |"]
    found = read("Norfolk County Council", "", *above, "", *table)
    assert (actual(found), targets(found)) == (BOTH, set())
    assert found.findings == ()
