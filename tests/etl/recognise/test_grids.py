"""Tables of cells: what is read, what is refused, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from etl import registry
from etl.model import Cell, Document, Place, Source, Table
from etl.recognise import Recognised, recognise

CME = "Number of children out of education - ALL CME"
CME_EHCP = "Number of children out of education - EHCP"
AP = (
    "Average time in days for arranging alternative education provision for children who have "
    "been out of education - Specific CME categories"
)
HEAD = ["Serial", "Measure Description", "Jul-20", "Sept-21", "Dec 21"]


def table(*rows: list[str], number: int = 1) -> Table:
    cells = tuple(
        tuple(
            Cell(text, Place(page=1, table=number, row=r, column=c))
            for c, text in enumerate(row, 1)
        )
        for r, row in enumerate(rows, 1)
    )
    return Table(cells, "", Place(page=1, table=number))


def read(*tables: Table, form: str = "pdf") -> Recognised:
    source = Source("pack.pdf", "0", form, date(2022, 3, 18), "A pack")  # type: ignore[arg-type]
    return recognise(Document(source, tables), registry.load())


def figures(found: Recognised) -> dict[tuple[str, str, str], str]:
    return {
        (o.measure, o.cohort, o.period.end.isoformat()): o.reading.raw for o in found.observations
    }


def codes(found: Recognised) -> list[str]:
    return [finding.code for finding in found.findings]


def cme(*values: str) -> dict[tuple[str, str, str], str]:
    ends = ("2020-07-31", "2021-09-30", "2021-12-31")
    return {
        ("children_missing_education", "all", end): value
        for end, value in zip(ends, values, strict=True)
        if value
    }


def test_a_row_is_read_under_its_months_with_a_place_a_person_can_follow() -> None:
    found = read(table(HEAD, ["1a", CME, "521", "577", "495"]))
    assert figures(found) == cme("521", "577", "495")
    assert [o.locator for o in found.observations][1] == (
        "page 1, table 1, row 2, column 4 (1a, Sept-21)"
    )
    assert (found.tables, codes(found)) == (1, [])


@pytest.mark.parametrize(
    "label",
    [
        CME.upper(),
        CME.replace(" ", "\N{NO-BREAK SPACE}"),
        "Number of children out\nof education – ALL CME*",
        "Number of chil dren out of edu- cation - ALL CME.",
    ],
)
def test_labels_are_told_through_case_spaces_dashes_and_breaks(label: str) -> None:
    assert figures(read(table(HEAD, ["1a", label, "1", "2", "3"]))) == cme("1", "2", "3")


def test_serial_and_label_in_one_cell_and_a_table_without_serials() -> None:
    one_cell = read(table(HEAD[1:], [f"1a {CME}", "1", "2", "3"]))
    none = read(table(HEAD[1:], [CME, "1", "2", "3"]))
    assert figures(one_cell) == figures(none) == cme("1", "2", "3")


def test_titles_above_and_notes_below_are_passed_over() -> None:
    found = read(
        table(
            ["Appendix 1", "", "", "", ""],
            HEAD,
            ["", "Children missing education", "", "", ""],
            ["1a", CME, "1", "2", "3"],
            ["* Note: CME is defined below", "", "", "", ""],
        )
    )
    assert figures(found) == cme("1", "2", "3")
    assert codes(found) == []


def test_a_heading_that_is_no_month_refuses_its_column_only() -> None:
    head = [*HEAD[:3], "Setp-21", HEAD[4]]
    found = read(table(head, ["1a", CME, "1", "2", "3"], ["1b", CME_EHCP, "4", "5", "6"]))
    assert figures(found).keys() == {
        (measure, cohort, end)
        for measure, cohort in [("children_missing_education", c) for c in ("all", "ehcp")]
        for end in ("2020-07-31", "2021-12-31")
    }
    assert codes(found) == ["month-unknown"]
    assert "column 4: 'Setp-21'" in found.findings[0].message


def test_a_mistyped_first_month_is_a_finding_too() -> None:
    head = [*HEAD[:2], "Jly-20", *HEAD[3:]]
    found = read(table(head, ["1a", CME, "1", "2", "3"]))
    assert figures(found) == cme("", "2", "3")
    assert codes(found) == ["month-unknown"]


def test_a_column_of_words_needs_no_month() -> None:
    found = read(table([*HEAD, "Comment"], ["1a", CME, "1", "2", "3", "Rising since May"]))
    assert figures(found) == cme("1", "2", "3")
    assert codes(found) == []


def test_a_month_named_twice_is_an_error_and_neither_column_is_read() -> None:
    found = read(table([*HEAD[:4], "Sept-21"], ["1a", CME, "1", "2", "3"]))
    assert figures(found) == cme("1", "", "")
    assert [(f.code, f.severity) for f in found.findings] == [("month-twice", "error")] * 2


@pytest.mark.parametrize("row", [["1a", CME, "1", "2"], ["1a", CME, "1", "2", "3", "4"]])
def test_a_row_of_other_length_gives_nothing(row: list[str]) -> None:
    found = read(table(HEAD, row, ["1b", CME_EHCP, "4", "5", "6"]))
    assert ("children_missing_education", "all", "2020-07-31") not in figures(found)
    assert len(figures(found)) == 3
    assert codes(found) == ["row-width"]
    assert "page 1, table 1, row 2" in found.findings[0].message


def test_a_doubled_empty_cell_does_not_move_the_figure_behind_it() -> None:
    found = read(table([*HEAD, "Jan 22"], ["1a", CME, "1", "", "", "3", ""]))
    assert figures(found) == {}
    assert codes(found) == ["row-width"]


def test_a_row_that_no_measure_has_is_named_and_the_rest_read() -> None:
    found = read(
        table(HEAD, ["6", "Appeals to the tribunal", "7", "8", "9"], ["1a", CME, "1", "2", "3"])
    )
    assert figures(found) == cme("1", "2", "3")
    assert codes(found) == ["row-unknown"]
    assert "'Appeals to the tribunal'" in found.findings[0].message


def test_a_serial_of_another_row_refuses_the_row() -> None:
    found = read(table(HEAD, ["1b", CME, "1", "2", "3"]))
    assert figures(found) == {}
    assert codes(found) == ["serial-contradicts"]


def test_a_new_serial_of_a_known_label_is_no_contradiction() -> None:
    assert figures(read(table(HEAD, ["7c", CME, "1", "2", "3"]))) == cme("1", "2", "3")


def test_an_unreadable_cell_is_named_and_the_others_stored() -> None:
    found = read(table(HEAD, ["1a", CME, "1", "12?", "3"]))
    assert figures(found) == cme("1", "", "3")
    assert codes(found) == ["cell-unreadable"]
    assert "'12?'" in found.findings[0].message


def test_what_a_reader_could_not_give_for_certain_is_no_figure() -> None:
    whole = table(HEAD, ["1a", CME, "1", "2", "3"])
    bad = replace(whole.rows[1][3], problem="the formula has no saved value")
    found = read(replace(whole, rows=(whole.rows[0], (*whole.rows[1][:3], bad, whole.rows[1][4]))))
    assert figures(found) == cme("1", "", "3")
    assert "no saved value" in found.findings[0].message


# --- one label, two rows -------------------------------------------------------------

PAIR = ("alternative_provision_pupils", "alternative_provision_days")


@pytest.mark.parametrize("turned", [False, True])
def test_two_rows_of_one_label_are_told_apart_by_units_not_by_order(turned: bool) -> None:
    rows = [["2a", AP, "41.0", "147", "22"], ["2a", AP, "37.1 days", "16.5", "25.6 days"]]
    found = figures(read(table(HEAD, *(reversed(rows) if turned else rows))))
    assert [found[PAIR[0], "all", end] for end in ("2020-07-31", "2021-12-31")] == ["41.0", "22"]
    assert [found[PAIR[1], "all", end] for end in ("2020-07-31", "2021-09-30")] == [
        "37.1 days",
        "16.5",
    ]


def test_no_unit_anywhere_is_a_finding_and_nothing_is_stored() -> None:
    found = read(table(HEAD, ["2a", AP, "41", "147", "22"], ["2a", AP, "37", "16", "25"]))
    assert figures(found) == {}
    assert codes(found) == ["row-ambiguous", "row-ambiguous"]


def test_a_lone_row_without_units_is_a_finding() -> None:
    assert codes(read(table(HEAD, ["2a", AP, "41", "147", "22"]))) == ["row-ambiguous"]


def test_both_rows_in_days_are_a_finding() -> None:
    days = [["2a", AP, "41 days", "147", "22"], ["2a", AP, "37 days", "16", "25"]]
    found = read(table(HEAD, *days))
    assert figures(found) == {}
    assert codes(found) == ["row-twice"]


def test_two_rows_of_dashes_are_nothing_to_tell() -> None:
    found = read(table(HEAD, ["2a", AP, "-", "-", "-"], ["2a", AP, "-", "", "-"]))
    assert (figures(found), codes(found)) == ({}, [])


@pytest.mark.parametrize(
    ("second", "severity"),
    [
        (["1", "2", "4"], "error"),  # a month with two values in one table
        (["1", "-", "nil"], "error"),
        (["1", "2", ""], "warning"),  # the months that both print agree
        (["-", "", "-"], "warning"),
    ],
)
def test_a_row_printed_twice_with_other_figures_gives_nothing(
    second: list[str], severity: str
) -> None:
    found = read(table(HEAD, ["1a", CME, "1", "2", "3"], ["1a", CME, *second]))
    assert figures(found) == {}
    assert [(f.code, f.severity) for f in found.findings] == [("row-twice", severity)]


def test_a_row_printed_twice_alike_is_one_row() -> None:
    row = ["1a", CME, "1", "2", "3"]
    found = read(table(HEAD, row, row))
    assert figures(found) == cme("1", "2", "3")
    assert codes(found) == []


def test_two_tables_of_the_same_months_that_differ_may_be_an_older_copy() -> None:
    """Which one holds can be known: a reason is enough, and neither is read."""
    one, two = (table(HEAD, ["1a", CME, "1", "2", n], number=at) for at, n in ((1, "3"), (2, "4")))
    found = read(one, two)
    assert figures(found) == {}
    assert [(f.code, f.severity) for f in found.findings] == [("row-twice", "warning")]


# --- pages ---------------------------------------------------------------------------


def test_a_table_goes_on_over_pages_with_its_heading_repeated_or_lost() -> None:
    first = table(HEAD, ["1a", CME, "1", "2", "3"])
    repeated = table(HEAD, ["1b", CME_EHCP, "4", "5", "6"], number=2)
    lost = table(["1b", CME_EHCP, "4", "5", "6"], number=2)
    assert figures(read(first, repeated)) == figures(read(first, lost))
    assert len(figures(read(first, lost))) == 6
    assert codes(read(first, lost)) == []


def test_a_continuation_of_other_width_is_a_finding() -> None:
    first = table(HEAD, ["1a", CME, "1", "2", "3"])
    found = read(first, table(["1b", CME_EHCP, "4", "5"], number=2))
    assert figures(found) == cme("1", "2", "3")
    assert codes(found) == ["header-lost"]


def test_rows_that_were_read_already_are_no_continuation() -> None:
    first = table(HEAD, ["1a", CME, "1", "2", "3"])
    found = read(first, table(["1a", CME, "7", "8", "9"], number=2))
    assert figures(found) == cme("1", "2", "3")
    assert codes(found) == ["header-lost"]


def test_no_row_goes_on_under_the_heading_of_another_subject() -> None:
    first = table(HEAD, ["1a", CME, "1", "2", "3"])
    budget = table(["", "Budget", "Apr-20", "Apr-21", "Apr-22"], ["", "Care", "7", "8", "9"])
    found = read(first, budget, table(["1b", CME_EHCP, "4", "5", "6"], number=3))
    assert figures(found) == cme("1", "2", "3")
    assert codes(found) == ["header-lost"]


def test_known_rows_without_any_heading_are_a_finding() -> None:
    found = read(table(["1a", CME, "1", "2", "3"]))
    assert (figures(found), codes(found), found.tables) == ({}, ["header-lost"], 1)


def test_a_row_cut_by_a_page_end_is_put_together() -> None:
    label = "Average time taken to produce final EHC plans (and EHC plan reviews)"
    upper = ["3", label, "263.3 days", "205.7", "183 days"]
    lower = ["", "compared with statutory timescales", "37.6 weeks", "days 29.4 weeks", ""]
    found = read(table(HEAD, upper), table(HEAD, lower, number=2))
    lost = read(table(HEAD, upper), table(lower, number=2))
    raws = ["263.3 days 37.6 weeks", "205.7 days 29.4 weeks", "183 days"]
    for one in (found, lost, read(table(HEAD, upper, lower))):
        assert [o.reading.raw for o in one.observations] == raws
        assert codes(one) == []


def test_tables_of_other_subjects_say_nothing() -> None:
    budget = table(["Budget", "Jul-20", "Sept-21"], ["Adult care", "1", "2"])
    listed = table(["Date", "Report"], ["1a", CME], number=2)
    assert read(budget, listed) == Recognised()


def test_hidden_tables_are_not_read() -> None:
    old = replace(table(HEAD, ["1a", CME, "7", "8", "9"]), hidden=True)
    assert read(old) == Recognised()
    assert figures(read(old, table(HEAD, ["1a", CME, "1", "2", "3"]))) == cme("1", "2", "3")


def test_a_table_printed_again_unchanged_is_one_table() -> None:
    whole = table(HEAD, ["1a", CME, "1", "2", "3"])
    found = read(whole, replace(whole, place=Place(page=9)))
    assert figures(found) == cme("1", "2", "3")
    assert len(found.observations) == 3
    assert codes(found) == []


def test_two_tables_that_disagree_on_a_month_give_neither_figure() -> None:
    one = table(HEAD, ["1a", CME, "1", "2", "3"])
    two = table([*HEAD[:2], "Dec 21", "Jan 22"], ["1a", CME, "4", "5"], number=2)
    found = read(one, two)
    assert ("children_missing_education", "all", "2021-12-31") not in figures(found)
    assert codes(found) == ["figure-twice"]


def test_a_workbook_s_short_rows_keep_their_columns() -> None:
    found = read(table([*HEAD, ""], ["1a", CME, "1", "2"]), form="excel")
    assert figures(found) == cme("1", "2", "")


def test_a_table_that_is_only_the_lower_half_of_a_row_leaves_nothing_behind() -> None:
    label = "Average time taken to produce final EHC plans (and EHC plan reviews)"
    upper = table(HEAD, ["3", label, "263.3", "205.7", "183"])
    lower = table(
        HEAD, ["", "compared with statutory timescales", "days", "days", "days"], number=2
    )
    after = table(HEAD, ["1a", CME, "1", "2", "3"], number=3)
    found = read(upper, lower, after)
    assert len(found.observations) == 6
    assert codes(found) == []
