"""What must not be lost without a word: rows cut, cells in doubt, printings that differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from etl.model import Table
from tests.etl.recognise.test_grids import CME, HEAD, cme, codes, figures, read, table

REVIEWS = "Average time taken to produce (final EHC plans and) EHC plan reviews compared with "
LAC = f"{REVIEWS}statutory timescales. For LAC pupils only"


def doubted(found: Table, row: int) -> Table:
    """The table with every figure of one row in doubt, as a reader gives it."""
    rows = list(found.rows)
    rows[row] = (*rows[row][:2], *(replace(cell, problem="in doubt") for cell in rows[row][2:]))
    return replace(found, rows=tuple(rows))


@pytest.mark.parametrize("cell", ["12 13", "263.3 days 9 9", "£4"])
def test_an_unknown_row_none_of_whose_cells_can_be_read_is_named(cell: str) -> None:
    found = read(table(HEAD, ["1a", CME, "1", "2", "3"], ["6", "Appeals", cell, cell, cell]))
    assert (figures(found), codes(found)) == (cme("1", "2", "3"), ["row-unknown"])
    assert "Appeals" in found.findings[0].message


def test_an_unknown_row_whose_cells_are_in_doubt_is_named() -> None:
    rows = table(HEAD, ["1a", CME, "1", "2", "3"], ["1d", CME[:20], "4", "5", "6"])
    assert codes(read(doubted(rows, 2))) == ["row-unknown"]


def test_a_row_of_words_alone_is_no_row_of_figures() -> None:
    found = read(table(HEAD, ["", "", "Number", "Number", "-"], ["1a", CME, "1", "2", "3"]))
    assert (figures(found), codes(found)) == (cme("1", "2", "3"), [])


def test_a_table_that_goes_on_with_a_cut_label_only_is_named() -> None:
    cut = ["5b", 'Number of "LGO Outcome" Upheld complaints about EHC', "4", "5", "6"]
    found = read(table(HEAD, ["1a", CME, "1", "2", "3"]), table(cut, number=2))
    assert (figures(found), codes(found)) == (cme("1", "2", "3"), ["row-unknown"])
    assert "5b Number of" in found.findings[0].message


def test_another_subjects_table_behind_is_not() -> None:
    other = table(["1a", "Roads mended", "4", "5", "6"], ["", "Schools", "1", "2", "3"], number=2)
    assert codes(read(table(HEAD, ["1a", CME, "1", "2", "3"]), other)) == []


@pytest.mark.parametrize(
    ("one", "two", "raw"),
    [
        ("54% in time (248 LAC in calc)", "54% in time (284 LAC in calc)", None),
        ("(12/08/2020 - 54% in time)", "(12/09/2020 - 54% in time)", None),
        ("54% in time", "54% in time (248 LAC in calc)", "54% in time (248 LAC in calc)"),
        ("54% in time (248 LAC in calc)", "54%", "54% in time (248 LAC in calc)"),
        ("NA (No LAC in calc)", "NA (Only 2 LAC in calc)", None),
    ],
)
def test_two_printings_of_a_figure_must_not_say_different_things(
    one: str, two: str, raw: str | None
) -> None:
    first = table(["Serial", "Measure Description", "Jul-20", "Aug-20"], ["4a", LAC, "1%", one])
    head = ["Serial", "Measure Description", "Aug-20", "Sept-20"]
    found = read(first, table(head, ["4a", LAC, two, "3%"], number=2))
    august = [o.reading.raw for o in found.observations if o.period.end.month == 8]
    assert len(found.observations) == 2 + len(august)
    if raw is None:
        assert (august, codes(found)) == ([], ["figure-twice"])
    else:
        assert (august, codes(found)) == ([raw], [])
