"""Rows and columns that say themselves why they hold no actual figures: a note, no warning."""

from __future__ import annotations

import pytest

from etl.recognise import doubts

CME = "Number of children out of education - EHCP"


@pytest.mark.parametrize(
    ("label", "code"),
    [
        (f"{CME} - East of England average", "comparator-left-out"),
        (f"{CME} (national average)", "comparator-left-out"),
        ("Target for reviews", "not-actual"),
        (f"Target - {CME}", "not-actual"),
        (f"{CME} (planned)", "not-actual"),
        (f"{CME} - target", "not-actual"),
        (f"{CME} (last year)", "not-actual"),
        (f"{CME}: variance", "not-actual"),
        # a new name of a row may hold any of these words
        ("Number of EHC plans issued", "row-unknown"),
        ("Plans for pupils out of school", "row-unknown"),
        ("Average time compared with statutory timescales", "row-unknown"),
        ("Number of targets met by pupils", "row-unknown"),
        ("Children expected at a school", "row-unknown"),
        ("Percentage - EHCP in cohort of everybody", "row-unknown"),
        ("", "row-unknown"),
    ],
)
def test_a_row(label: str, code: str) -> None:
    told = doubts.row_unknown("line 3", label)
    assert (told.code, told.severity) == (code, "warning" if code == "row-unknown" else "note")
    assert label in told.message
    assert told.places == ("line 3",)


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Same month last year", "not-actual"),
        ("East region", "comparator-left-out"),
        ("YTD", "not-actual"),
        ("Annual target", "not-actual"),
        ("Change since January", "not-actual"),
        ("National average", "comparator-left-out"),
        ("Mar-2", "month-unknown"),
        ("Marhc 22", "month-unknown"),
        ("Actual Marhc 22", "month-unknown"),
        ("Number", "month-unknown"),
        ("", "month-unknown"),
    ],
)
def test_a_column(heading: str, code: str) -> None:
    told = doubts.month_unknown("line 2", heading)
    assert (told.code, told.severity) == (code, "warning" if code == "month-unknown" else "note")
    assert told.places == ("line 2",)
