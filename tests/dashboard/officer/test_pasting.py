"""A pasted column lands in the right rows, or nowhere."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.officer import pasting
from dashboard.officer.grid import published
from etl import appendix
from etl.draft.contents import cell_key
from etl.model import Registry, UserError
from etl.store import Store

FEB, MARCH = date(2022, 2, 28), date(2022, 3, 31)


def spread(declared: Registry, text: str, *months: date) -> dict[str, str]:
    return dict(pasting.spread(text, declared, months or (FEB, MARCH)).cells)


def test_a_whole_column_goes_down_the_rows(declared: Registry) -> None:
    rows = appendix.rows(declared)
    text = "\r\n".join(str(n) if n != 3 else "" for n in range(len(rows))) + "\r\n"
    found = spread(declared, text)
    assert found["school_population/all@2022-02"] == "0"
    assert len(found) == len(rows) - 1  # the empty cell is left as it is


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1a\tChildren missing education\t512", {"children_missing_education/all@2022-02": "512"}),
        (
            "1a Children missing education\t512\t-\n",
            {
                "children_missing_education/all@2022-02": "512",
                "children_missing_education/all@2022-03": "-",
            },
        ),
        (
            "Reviews completed in time\t62% in time",
            {"ehc_review_on_time/all@2022-02": "62% in time"},
        ),
        # a serial alone, where it is one row's
        (
            "1a\t512\n3\t208.4 days\n\n4\tnil",
            {
                "children_missing_education/all@2022-02": "512",
                "ehc_plan_days/all@2022-02": "208.4 days",
                "ehc_review_on_time/all@2022-02": "nil",
            },
        ),
        (
            "3\t208\n1d.\t#REF!",
            {"ehc_plan_days/all@2022-02": "208", "children_missing_education/lac@2022-02": "#REF!"},
        ),
        # two rows 2a, told by their units
        (
            "2a\t25.6 days\n2a\t22",
            {
                "alternative_provision_days/all@2022-02": "25.6 days",
                "alternative_provision_pupils/all@2022-02": "22",
            },
        ),
        # a cell of two lines, as a spreadsheet copies it
        (
            '3\t"208.4 days\n29.8 weeks"\n4\t61%',
            {
                "ehc_plan_days/all@2022-02": "208.4 days 29.8 weeks",
                "ehc_review_on_time/all@2022-02": "61%",
            },
        ),
        # the months above decide, in whatever order
        (
            "Serial\tMeasure Description\tMar-22\tFeb-22\n1a\tChildren missing education\t510\t500",
            {
                "children_missing_education/all@2022-03": "510",
                "children_missing_education/all@2022-02": "500",
            },
        ),
        # a month over target and actual: the actual figures alone
        (
            "\tFeb-22\t\tMar-22\t\n\tTarget\tActual\tTarget\tActual\n"
            "Children missing education\t400\t480\t400\t470",
            {
                "children_missing_education/all@2022-02": "480",
                "children_missing_education/all@2022-03": "470",
            },
        ),
        (
            "\tTarget\tActual\n\tMar-22\tMar-22\n1a\t400\t480",
            {"children_missing_education/all@2022-03": "480"},
        ),
        (
            "Measure\tMar-22 actual\tMar-22 forecast\n1a\t480\t400",
            {"children_missing_education/all@2022-03": "480"},
        ),
        # of columns of areas the council's own, however they are headed
        (
            "\t\tFeb-22\tFeb-22\n\t\tNorfolk\tEngland\n"
            "1a\tNumber of children out of education - ALL CME\t480\t999",
            {"children_missing_education/all@2022-02": "480"},
        ),
        (
            "\t\tNorfolk\tEngland\n\t\tFeb-22\tFeb-22\n"
            "1a\tNumber of children out of education - ALL CME\t480\t999",
            {"children_missing_education/all@2022-02": "480"},
        ),
        # the workbook's own rows, with its key
        (
            "Serial\tMeasure Description\tKey\tFeb-22\n"
            "3a\tAverage time\tehc_plan_days/lac\t12 days",
            {"ehc_plan_days/lac@2022-02": "12 days"},
        ),
    ],
)
def test_rows_are_told_by_their_labels(
    declared: Registry, text: str, found: dict[str, str]
) -> None:
    assert spread(declared, text) == found


def test_twins_are_told_by_their_units_in_either_order(declared: Registry) -> None:
    twins = [r for r in appendix.rows(declared) if r.serial == "2a"]
    labels = [set(declared.measures[t.ref.measure].cohorts["all"].labels) for t in twins]
    (label,) = set.intersection(*labels)  # printed for two rows in the packs
    wanted = {
        "alternative_provision_days/all@2022-02": "25.6 days",
        "alternative_provision_pupils/all@2022-02": "22",
    }
    assert spread(declared, f"2a\t{label}\t25.6 days\n2a\t{label}\t22") == wanted
    assert spread(declared, f"2a\t{label}\t22\n2a\t{label}\t25.6 days") == wanted
    with pytest.raises(UserError, match="do not say which is which"):
        spread(declared, f"2a\t{label}\t22\n2a\t{label}\t25")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Nothing was pasted"),
        ("1\n2\n3", "3 lines were pasted for"),
        ("512", "1 line was pasted for"),
        ("2a\t20", "do not say which is which"),
        ("1a\tChildren missing education\t1\n1a\tChildren missing education\t2", "1a Children"),
        ("1a\t4\x0075", "cannot be shown"),
        ("1a\t4\u200b75", "cannot be shown"),
        ("\tFeb-22\tFeb-22\n1a\t470\t471", "Several columns are headed Feb-22"),
        ("\tFeb-22\tFeb-22 (revised)\n1a\t470\t471", "Several columns are headed Feb-22"),
        ("Measure\tFeb-22\tFebruary 2022\n1a\t470\t471", "Several columns are headed Feb-22"),
        ("\tFeb-22\t\n\tNorfolk\tEngland\n1a\t470\t999", "'England' is in the way"),
        ("\tFeb-22\tEngland\n1a\t470\t999", "'England' is in the way"),
        ("\tFeb-22 Norfolk\tFeb-22 England\n1a\t470\t999", "is in the way"),
        ("\tEngland\tFeb-22\n1a\t999\t470", "headed “England”"),
        ("Measure (Suffolk)\tFeb-22\tMar-22\n1a\t470\t471", "headed “Measure .Suffolk.”"),
        ("W. Sussex C.C.\n\tFeb-22\tMar-22\n1a\t470\t471", "headed “W. Sussex C.C.”"),
        ("Royal Greenwich - SEND pack\n\tFeb-22\n1a\t470", "headed “Royal Greenwich"),
        ("1a\t512\n1a\t513", "more than once"),
        ("9z\t512", "No row is called '9z'"),
        ("\tFeb-22\tApr-22\n1a\t1\t2", "Apr-22 is not over yet"),
        ("\tFeb-22\n1a\t1\t2", "'2' stands under no month"),
        ("x\n" * 401, "More than 400 lines"),
        ("Children missing education\t1\nUnheard of\t2", "No row is called 'Unheard of'"),
        ("1a\tChildren missing education\t1\n1a\tChildren missing education\t2", "more than once"),
        ("1a\tChildren missing education\t1\t2\t3", "only 2 months follow"),
        ("Targets agreed by Cabinet\n\tFeb-22\tMar-22\n1a\t1\t2", "holds no actual figures"),
        ("Forecast\n1a\t1\t2", "holds no actual figures"),
        ("\tFeb-22\tMar-22\n\tTarget\tTarget\n1a\t1\t2", "heads no actual figures"),
        ("\tFeb-22\t\tMar-22\n\tTarget\tActual\t\n1a\t1\t2\t3", "does not say that its figures"),
        ("\tFeb-22\t\n\tIn month\tYear to date\n1a\t1\t2", "of single months"),
        ("1a\tTarget\t400", "No row is called 'Target'"),
        ("1a\tChildren missing education\tTarget\t400", "'Target' is no figure of it"),
        ("\tFeb-22\tMar-22\n1a\t480\t470\nTarget\t400\t410", "No row is called 'Target'"),
    ],
)
def test_what_could_be_another_row_is_refused_whole(
    declared: Registry, text: str, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        spread(declared, text)


def test_a_column_with_its_month_above_goes_there(declared: Registry) -> None:
    rows = appendix.rows(declared)
    text = "Mar-22\n" + "\n".join(["7"] * len(rows))
    assert set(spread(declared, text)) == {cell_key(row.ref, MARCH) for row in rows}


@pytest.mark.parametrize("end", ["", "\n", "\n\n\n"])
@pytest.mark.parametrize("filled", [1, 7, 23])
def test_blank_cells_at_the_end_of_a_column_are_cells(
    declared: Registry, filled: int, end: str
) -> None:
    rows = appendix.rows(declared)
    column = "\n".join(["Mar-22", *["7"] * filled, *[""] * (len(rows) - filled)]) + end
    assert set(spread(declared, column)) == {cell_key(row.ref, MARCH) for row in rows[:filled]}
    without_month = column.partition("\n")[2] + "\n"
    assert set(spread(declared, without_month)) == {cell_key(r.ref, FEB) for r in rows[:filled]}


def test_a_column_too_short_stays_refused(declared: Registry) -> None:
    with pytest.raises(UserError, match="7 lines were pasted for"):
        spread(declared, "7\n" * 4 + "\n" * 3)


def test_figures_that_look_like_serials_stay_figures(declared: Registry) -> None:
    """Two months of a whole column, every first figure a 3 or a 4."""
    rows = appendix.rows(declared)
    found = spread(declared, "\n".join((["3\t4", "4\t3"] * len(rows))[: len(rows)]))
    assert len(found) == 2 * len(rows)
    assert found[cell_key(rows[0].ref, FEB)] == "3"
    assert found[cell_key(rows[1].ref, FEB)] == "4"


def test_what_is_published_is_left_as_it_is_and_said(seeded_store: Store) -> None:
    record = seeded_store.record()
    text = "\tDec-21\tJan-22\tFeb-22\n1a\t495\t501\t500\n3\t183\t999\t"
    months = (date(2022, 1, 31), FEB)
    found = pasting.spread(text, seeded_store.registry, months, published(record))
    assert found.cells == {
        "children_missing_education/all@2022-01": "501",
        "children_missing_education/all@2022-02": "500",
    }
    assert found.passed == ("3 Average time to a final plan, Jan-22: 999",)
