"""A pasted column lands in the right rows, or nowhere."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.officer import pasting
from etl import appendix
from etl.model import Registry, UserError

FEB, MARCH = date(2022, 2, 28), date(2022, 3, 31)


def spread(declared: Registry, text: str, *months: date) -> dict[str, str]:
    return dict(pasting.spread(text, declared, months or (FEB, MARCH)))


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
        ("1a Children missing education\t512\t-\n",
         {"children_missing_education/all@2022-02": "512",
          "children_missing_education/all@2022-03": "-"}),
        ("Reviews completed in time\t62% in time",
         {"ehc_review_on_time/all@2022-02": "62% in time"}),
    ],
)  # fmt: skip
def test_rows_are_told_by_their_labels(
    declared: Registry, text: str, found: dict[str, str]
) -> None:
    assert spread(declared, text) == found


def test_twins_are_told_by_their_units_in_either_order(declared: Registry) -> None:
    twins = [r for r in appendix.rows(declared) if r.serial == "2a"]
    labels = [set(declared.measures[t.ref.measure].cohorts["all"].labels) for t in twins]
    (label,) = set.intersection(*labels)  # printed for two rows in the packs
    wanted = {"alternative_provision_days/all@2022-02": "25.6 days",
              "alternative_provision_pupils/all@2022-02": "22"}  # fmt: skip
    assert spread(declared, f"2a\t{label}\t25.6 days\n2a\t{label}\t22") == wanted
    assert spread(declared, f"2a\t{label}\t22\n2a\t{label}\t25.6 days") == wanted
    with pytest.raises(UserError, match="do not say which is which"):
        spread(declared, f"2a\t{label}\t22\n2a\t{label}\t25")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Nothing was pasted"),
        ("1\n2\n3", "3 lines were pasted for"),
        ("Children missing education\t1\nUnheard of\t2", "No row is called 'Unheard of'"),
        ("1a\tChildren missing education\t1\n1a\tChildren missing education\t2", "more than once"),
        ("1a\tChildren missing education\t1\t2\t3", "only 2 months follow"),
    ],
)
def test_what_could_be_another_row_is_refused_whole(
    declared: Registry, text: str, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        spread(declared, text)
