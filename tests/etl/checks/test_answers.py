"""Answers: which finding they speak of, and when they fail loudly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from etl import checks
from etl.model import Answer, Finding
from tests.etl.checks.made_up import record
from tests.etl.checks.test_examples import PUBLISHED, figure
from tests.etl.checks.test_statements import stated

WHOLE, PART = figure("cme/all 2021-12 = 495"), figure("cme/lac 2021-12 = 12")
WRONG = figure("cme%/lac 2021-12 = 7.0%")
RIGHT = figure("cme%/lac 2021-12 = 2.4% #2")
ANSWER = Answer(
    "share-against-counts",
    ("7.0%",),
    "misprint",
    "A slip",
    "children_missing_education_share",
    "lac",
    date(2021, 12, 31),
    "month",
)


def judge(*figures: object, answers: tuple[Answer, ...] = (ANSWER,)):  # type: ignore[no-untyped-def]
    held = record(list(figures))  # type: ignore[arg-type]
    return checks.judge(checks.run(held), answers, held)


def test_an_answer_speaks_of_the_figure_as_printed() -> None:
    judged, stale = judge(WHOLE, PART, WRONG)
    assert [(j.finding.code, j.answer, j.open, j.doubts) for j in judged] == [
        ("share-against-counts", ANSWER, False, True)
    ]
    assert stale == ()


def test_an_answer_speaks_of_the_figures_beside_as_well() -> None:
    answer = replace(ANSWER, beside=("12", "495"))
    judged, _ = judge(WHOLE, PART, WRONG, answers=(answer,))
    assert [j.open for j in judged] == [False]
    corrected = figure("cme/lac 2021-12 = 22 #2")
    judged, stale = judge(WHOLE, PART, corrected, WRONG, answers=(answer,))
    judged = tuple(j for j in judged if j.finding.code == ANSWER.code)  # not the revision's
    assert [(j.finding.code, j.open) for j in judged] == [("share-against-counts", True)]
    assert stale == ()
    (made,) = (checks.answer_for(j.finding, "misprint", "Still a slip") for j in judged)
    assert made.beside == ("22", "495")
    judged, _ = judge(WHOLE, PART, corrected, WRONG, answers=(answer, made))
    assert [j.answer for j in judged if j.finding.code == ANSWER.code] == [made]


def test_stands_lets_the_figure_back() -> None:
    judged, _ = judge(WHOLE, PART, WRONG, answers=(replace(ANSWER, verdict="stands"),))
    assert [(j.open, j.doubts) for j in judged] == [(False, False)]


def test_another_wrong_figure_is_not_answered_and_the_answer_is_stale() -> None:
    judged, stale = judge(WHOLE, PART, figure("cme%/lac 2021-12 = 7.1%"))
    assert [j.open for j in judged] == [True]
    assert [(f.code, f.severity) for f in stale] == [("answer-stale", "error")]
    assert "7.0%" in stale[0].message


def test_a_figure_corrected_later_needs_no_answer_and_makes_none_stale() -> None:
    judged, stale = judge(WHOLE, PART, WRONG, RIGHT)
    assert judged == ()
    assert stale == ()


def test_a_source_mended_in_place_makes_its_answer_stale() -> None:
    _, stale = judge(WHOLE, PART, figure("cme%/lac 2021-12 = 2.4%"))
    assert [f.code for f in stale] == ["answer-stale"]


def test_no_answer_is_stale_where_its_publication_is_not_held() -> None:
    named = replace(ANSWER, published=date(2022, 9, 16))
    _, stale = judge(WHOLE, PART, figure("cme%/lac 2021-12 = 2.5%"), answers=(named,))
    assert stale == ()
    _, stale = judge(WHOLE, PART)
    assert stale == ()


def test_an_answer_about_a_statement_is_stale_once_the_statement_is_mended() -> None:
    answer = Answer("target-not-in-force", ("90.0%",), "misprint", "", published=PUBLISHED["1"])
    for value, stale_codes in (("90.0%", []), ("60.0%", ["answer-stale"])):
        target = stated("printed_target", "share", "2021", value)
        held = replace(record([WHOLE]), statements=(target,))
        judged, stale = checks.judge(checks.run(held), (answer,), held)
        assert [f.code for f in stale] == stale_codes
        assert all(j.answer == answer for j in judged)
    assert checks.judge((), (answer,), record([WHOLE]))[1] == ()


def test_without_a_record_no_answer_is_stale() -> None:
    assert checks.judge((), (ANSWER,)) == ((), ())


def test_the_newest_answer_counts() -> None:
    newer = replace(ANSWER, verdict="stands", reason="Looked into")
    judged, _ = judge(WHOLE, PART, WRONG, answers=(ANSWER, newer))
    assert [j.answer for j in judged] == [newer]


def test_an_answer_made_for_a_finding_speaks_of_it_and_of_no_other() -> None:
    others = [figure("days/lac 2021-09 = 122.3 days (only 2 LAC in calc)"), WHOLE, PART, WRONG]
    held = record(others)
    findings = checks.run(held)
    unreadable = Finding("unreadable", "warning", "Row 4, 'x9': cannot be read", ("line 9",))
    for finding in (*findings, unreadable):
        answer = checks.answer_for(finding, "unexplained", "Asked")
        judged, stale = checks.judge((*findings, unreadable), (answer,), held)
        assert [j.finding for j in judged if j.answer] == [finding]
        assert stale == ()


def test_an_answer_to_a_statement_goes_stale_with_its_own_publication_alone() -> None:
    """Only what that publication states can show that its mistake is gone."""
    answer = Answer("claim-differs", ("560",), "misprint", "A slip.", published=PUBLISHED["2"])
    held = record([figure("cme/all 2021-12 = 495")])
    here = stated("sentence", "cme", "2021-12", "495")
    for statements, gone in (
        ([here], 0),
        ([replace(here, published=PUBLISHED["2"])], 1),
        ([replace(here, published=PUBLISHED["2"], kind="yearly_row")], 0),
    ):
        stating = replace(held, statements=tuple(statements))
        _, stale = checks.judge(checks.run(stating), (answer,), stating)
        assert len(stale) == gone


def test_an_answer_to_a_cell_that_was_not_read_speaks_of_that_cell() -> None:
    finding = Finding("cell-unreadable", "warning", "Row 4, '61O%': cannot be read", ("line 9",))
    for text, answered in (("61O%", True), ("58%", False)):
        answer = Answer("cell-unreadable", (text,), "misprint", "A slip.")
        judged, _ = checks.judge((finding,), (answer,))
        assert [bool(j.answer) for j in judged] == [answered]
