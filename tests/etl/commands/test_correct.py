"""etl correct: what it refuses, what it asks, what it says of its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from etl.council_store import open_store
from etl.store import Store
from tests.etl.made_up import figure, release

Command = Callable[..., tuple[int, str, str]]
ROW = "children_missing_education"
MARCH, MAY, JULY = "2022-03-18", "2022-05-20", "2022-07-15"


@pytest.fixture
def held(database_url: str) -> Store:
    """July 2021: 521 in March, 530 in July, 77 of them with a plan since March."""
    opened = open_store(database_url, seed=False)
    for value, cohort, day in (("521", "all", MARCH), ("77", "ehcp", MARCH), ("530", "all", JULY)):
        made = figure(value, published=date.fromisoformat(day), cohort=cohort)
        opened.publish([release(made)], "test")
    return opened


@pytest.mark.parametrize(
    ("what", "row", "value", "day", "code", "says"),
    [
        ("the same figure", ROW, "530", JULY, 1, "530 is published already; nothing would change"),
        ("however it is typed", ROW, "530.0", JULY, 1, "530 is published already"),
        ("on a later day", ROW, "530", "2022-09-16", 1, "530 is published already"),
        ("what was shown on that day", ROW, "521", MAY, 1, "521 is published already"),
        (
            "before anything was published",
            ROW,
            "500",
            "2022-03-17",
            1,
            "first published on 18 March 2022; a correction as of 2022-03-17 would change nothing",
        ),
        (
            "a newer one stands",
            ROW,
            "512",
            MAY,
            0,
            "512: published again since 20 May 2022. This changes only what is shown as reported "
            "from 20 May 2022 until 15 July 2022; what is shown now stays as it is.",
        ),
        ("on the day of the first of two", ROW, "512", MARCH, 0, "changes only what is shown"),
        ("the newest itself", ROW, "535", JULY, 0, "1 revised"),
        ("far from what was published", ROW, "800", JULY, 1, "That is 270 apart"),
        ("far, on a later day", ROW, "800", "2022-09-16", 1, "That is 270 apart"),
        ("a decimal point put right", ROW, "53", JULY, 1, "part-above-whole"),
        ("two digits put right", ROW, "503", JULY, 0, "1 revised"),
        ("below its part", ROW, "76", JULY, 1, "warning: part-above-whole"),
        (
            "a part above the whole of its day",
            f"{ROW}/ehcp",
            "531",
            JULY,
            1,
            "error: part-above-whole",
        ),
        ("back to what was corrected away", ROW, "521", "2022-09-16", 0, "1 revised"),
    ],
)
def test_a_correction(
    held: Store, command: Command, what: str, row: str, value: str, day: str, code: int, says: str
) -> None:
    releases = len(held.releases())
    done, out, said = command(
        "correct", row, "Jul-21", value, "--reason", "a slip", "--published", day
    )
    assert (done, says in out + said) == (code, True), (what, out, said)
    assert len(held.releases()) == releases + (code == 0)


def test_what_is_accepted_once_is_not_asked_again(held: Store, command: Command) -> None:
    act = ("correct", ROW, "Jul-21", "800", "--reason", "a new register", "--published", JULY)
    assert command(*act, "--accept-warnings", "checked")[0] == 0
    code, out, _ = command("check")
    assert (code, "contradicted" in out, "270" in out) == (0, False, False)


def test_a_correction_undone_is_told_with_its_day(held: Store, command: Command) -> None:
    command("correct", ROW, "Jul-21", "541", "--reason", "a slip", "--published", JULY)
    code, out, _ = command(
        "correct", ROW, "Jul-21", "530", "--reason", "no slip", "--published", "2022-09-16"
    )
    assert code == 1
    assert (
        "printed 530, but that was corrected from 530 to 541 by the council's officers on "
        "15 July 2022." in out
    )


def test_a_draft_whose_meeting_moves_before_the_figure_is_refused(
    held: Store, command: Command
) -> None:
    act = ("correct", ROW, "Jul-21", "512", "--reason", "a slip", "--draft")
    assert command(*act, "--published", JULY)[0] == 0
    assert command("explain", ROW, "why", "--draft", "1", "--published", "2022-03-17")[0] == 0
    code, out, said = command("publish", "1")
    assert (code, "1 error" in said) == (1, True)
    assert "changes nothing, as nothing was published by 17 March 2022 to correct" in out
