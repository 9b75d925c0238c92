"""Summary tables, yearly rows, printed targets and sentences against the full table."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from etl import checks
from etl.model import Answer, Finding, Observation, Place, Statement
from tests.etl.checks.made_up import record
from tests.etl.checks.test_examples import NAMES, PUBLISHED, figure, period

FULL = [
    figure("cme/all 2020-12 = 595"),
    figure("cme/all 2021-12 = 495"),
    figure("cme/ehcp 2020-12 = 65"),
    figure("cme/ehcp 2021-12 = 60"),
]


def stated(kind: str, name: str, when: str, value: str, cohort: str = "all") -> Statement:
    return Statement(
        kind,  # type: ignore[arg-type]
        Decimal(value.rstrip("%").replace(",", "")),
        "percent" if value.endswith("%") else "count",
        Place(line=9),
        NAMES[name],
        cohort,
        period(when),
        value,
        published=PUBLISHED["1"],
        source="Publication 1",
    )


def found(figures: list[Observation], *statements: Statement) -> list[Finding]:
    held = replace(record(figures), statements=statements)
    return [f for f in checks.run(held) if f.code not in ("months-skipped", "row-has-gap")]


def test_a_summary_that_says_the_same() -> None:
    column = (
        stated("summary_table", "cme", "2021-12", "495"),
        stated("summary_table", "cme", "2021-12", "60", "ehcp"),
    )
    assert found(FULL, *column) == []


def test_a_column_of_another_month_is_one_finding() -> None:
    column = (
        stated("summary_table", "cme", "2020-11", "595"),
        stated("summary_table", "cme", "2020-11", "65", "ehcp"),
    )
    (finding,) = found(FULL, *column)
    assert (finding.code, finding.severity, finding.figures) == ("summary-label", "warning", ())
    assert "headed November 2020" in finding.message
    assert "for December 2020" in finding.message
    assert finding.places == ("Publication 1: line 9",)


def test_a_whole_number_is_as_exact_as_it_is_printed() -> None:
    (finding,) = found(FULL, stated("summary_table", "cme", "2021-12", "494"))
    assert finding.code == "summary-differs"


def test_one_figure_of_a_column_that_differs() -> None:
    column = (
        stated("summary_table", "cme", "2021-12", "459"),
        stated("summary_table", "cme", "2021-12", "60", "ehcp"),
    )
    (finding,) = found(FULL, *column)
    assert finding.code == "summary-differs"
    assert "the summary table prints 459, but the full table prints 495" in finding.message


def test_a_month_that_the_full_table_does_not_have() -> None:
    (finding,) = found(FULL, stated("summary_table", "cme", "2021-11", "512"))
    assert finding.code == "summary-differs"
    assert "no figure for that month" in finding.message


def test_a_rounded_summary_is_the_same() -> None:
    full = [figure("cme%/ehcp 2021-12 = 12.12%")]
    assert found(full, stated("summary_table", "cme%", "2021-12", "12.1%", "ehcp")) == []


def test_a_yearly_row() -> None:
    year = [figure("issued/all 2021-12 cy = 1025 [outturn]")]
    assert found(year, stated("yearly_row", "issued", "2021", "1025")) == []
    (finding,) = found(year, stated("yearly_row", "issued", "2021", "1052"))
    assert finding.code == "year-row-differs"
    assert "1025" in finding.message


def test_a_printed_target() -> None:
    assert found(FULL, stated("printed_target", "share", "2021", "60.0%")) == []
    (finding,) = found(FULL, stated("printed_target", "share", "2021", "90.0%"))
    assert finding.code == "target-not-in-force"
    assert "60% (the agreed target of 2021)" in finding.message
    assert "90% (the stretch target of 2022)" in finding.message
    assert found(FULL, stated("printed_target", "share", "2022", "90.0%")) == []


def test_a_year_without_a_known_target_is_left_alone() -> None:
    assert found(FULL, stated("printed_target", "share", "2024", "75.0%")) == []


def test_a_sentence_that_differs_is_noted() -> None:
    assert found(FULL, stated("sentence", "cme", "2021-12", "495")) == []
    assert found(FULL, replace(stated("bullet", "cme", "2021-12", "560"), certain=False)) == []
    (finding,) = found(FULL, stated("sentence", "cme", "2021-12", "560"))
    assert (finding.code, finding.severity, finding.figures) == ("claim-differs", "note", ())
    assert "the report says 560 for Dec 2021; the record has 495" in finding.message
    assert finding.places == ("Publication 1: line 9",)


def test_an_answer_to_a_sentence_is_stale_once_the_sentence_is_right() -> None:
    answer = Answer("claim-differs", ("560",), "misprint", "A slip.", published=PUBLISHED["1"])
    wrong = stated("sentence", "cme", "2021-12", "560")
    held = replace(record(FULL), statements=(wrong,))
    judged, stale = checks.judge(checks.run(held), [answer], held)
    assert [j.answer for j in judged if j.finding.code == "claim-differs"] == [answer]
    assert stale == ()
    mended = replace(held, statements=(stated("sentence", "cme", "2021-12", "495"),))
    _, (finding,) = checks.judge(checks.run(mended), [answer], mended)
    assert finding.code == "answer-stale"


def test_one_table_that_prints_a_month_twice() -> None:
    first = figure("cme/all 2021-12 = 495")
    again = replace(figure("cme/all 2021-12 = 512"), locator="appendix_1: the column beside it")
    (finding,) = found([first, again])
    assert (finding.code, finding.severity) == ("month-twice", "error")
    assert set(finding.figures) == {first, again}
