"""The two real packs: every mistake found by hand is found by the checks, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from etl import checks
from etl.council_store import open_store
from etl.model import Finding
from etl.record import Record
from tests.etl.checks.made_up import REGISTRY

MISTAKES = Path(__file__).with_name("real_mistakes.md")


@cache
def mistakes() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """(code, where, cells as printed) of each row of the tables."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in MISTAKES.read_text().splitlines()
        if line.startswith("|") and not line.startswith(("| code", "|---"))
    ]
    return tuple(
        (code, where, tuple(filter(None, printed.split("; ")))) for code, where, printed, _ in rows
    )


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """What a fresh store holds: both packs and DfE's figures."""
    folder = tmp_path_factory.mktemp("checks")
    return open_store(f"sqlite:///{folder / 'real.db'}", seed=True).record()


def where(finding: Finding) -> str:
    first = finding.figures[0]
    return f"{first.measure}/{first.cohort} {first.period.span} {first.period.end}"


def found(findings: Iterable[Finding]) -> list[tuple[str, str, tuple[str, ...]]]:
    return sorted(
        (finding.code, where(finding), tuple(figure.reading.raw for figure in finding.figures))
        for finding in findings
        if finding.figures
    )


def test_exactly_the_mistakes_found_by_hand(real: Record) -> None:
    findings = [f for f in checks.run(real) if f.code != "claim-differs"]
    by_hand = [row for row in mistakes() if "/" in row[1]]
    assert found(findings) == sorted(by_hand)


def test_and_those_that_are_about_no_single_figure(real: Record) -> None:
    findings = [j.finding for j in real.judged if not j.finding.figures]
    findings = [finding for finding in findings if finding.code != "claim-differs"]
    by_hand = [row for row in mistakes() if "/" not in row[1]]
    assert sorted(f.code for f in findings) == sorted(code for code, *_ in by_hand)
    said = {finding.code: finding.message for finding in findings}
    for code, _, printed in by_hand:
        assert all(text in said[code] for text in printed), code
    assert "headed March 2020" in said["summary-label"]
    assert "March 2021" in said["summary-label"]


def test_at_most_one_warning_in_ten_is_a_false_alarm(real: Record) -> None:
    true = {code for code, *_ in mistakes()}
    warnings = [f for f in checks.run(real) if f.severity == "warning"]
    assert warnings
    assert sum(f.code not in true for f in warnings) <= len(warnings) / 10


def test_a_mistake_printed_in_both_packs_is_one_finding_with_both_places(real: Record) -> None:
    decimals = [f for f in checks.run(real) if f.code == "count-with-decimals"]
    assert len(decimals) == 1
    assert decimals[0].figures[0].published == date(2022, 3, 18)
    assert ["17 September 2021" in place for place in decimals[0].places] == [False, True]


def test_the_sentence_says_what_is_wrong_and_what_would_be_right(real: Record) -> None:
    share = next(f for f in checks.run(real) if f.code == "share-against-counts")
    assert share.message == (
        "Share who are looked after (row 1e), December 2021: printed 7.0%, but 12 of 495 is 2.4%. "
        "7.0% would need about 35."
    )
    assert [place.split(": ", 1)[1] for place in share.places] == [
        "line 473, row 1e, Dec 21",
        "line 472, row 1d, Dec 21",
        "line 469, row 1a, Dec 21",
    ]


def test_the_seeded_answers_leave_nothing_open(real: Record) -> None:
    judged, stale = checks.judge(checks.run(real), REGISTRY.answers, real)
    assert [j.finding.message for j in judged if j.open] == []
    assert stale == ()
    assert {j.finding.code for j in judged if j.answer} == {
        code for code, *_ in mistakes() if checks.CODES[code].severity == "warning"
    }


@pytest.mark.parametrize("day", [date(2021, 9, 17), date(2022, 3, 18), date(2020, 1, 1)])
def test_no_answer_is_stale_where_the_record_ends_before_it(real: Record, day: date) -> None:
    from tests.etl.checks.made_up import record

    then = record([figure for figure in real.observations if figure.published <= day])
    then = replace(
        then, statements=tuple(s for s in real.statements if s.published and s.published <= day)
    )
    judged, stale = checks.judge(checks.run(then), REGISTRY.answers, then)
    assert stale == ()
    assert [j.finding.message for j in judged if j.open] == []
