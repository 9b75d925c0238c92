"""The tidy table's one description, and all that goes by it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import tidy
from etl.model import Observation, Period, Reading, UserError
from etl.store import schema
from tests.etl.series import observations

NORFOLK = "E10000020"


def figure(value: str | None, raw: str = "", **other: object) -> Observation:
    number = None if value is None else Decimal(value)
    status = "reported" if value is not None else "not_applicable"
    reading = Reading(number, "percent", status, other.get("size"), "", raw)  # type: ignore[arg-type]
    return Observation(
        NORFOLK,
        "ehc_review_on_time",
        str(other.get("cohort", "all")),
        Period("month", date(2021, 7, 1), date(2021, 7, 31)),
        reading,
        date(2021, 9, 17),
        "A pack",
        "appendix_1",
        "line 3",
    )


@settings(max_examples=60, deadline=None)
@given(observations())
def test_a_row_is_read_as_the_figure_that_wrote_it(one: Observation) -> None:
    assert tidy.parse(tidy.row(one)) == one
    assert tidy.build(**tidy.row(one)) == one


@settings(max_examples=15, deadline=None)
@given(st.lists(observations(), max_size=8))
def test_a_file_is_read_as_the_figures_that_wrote_it(
    tmp_path_factory: pytest.TempPathFactory, figures: list[Observation]
) -> None:
    file = tmp_path_factory.mktemp("tidy") / "a.csv"
    file.write_text(tidy.as_csv(figures, lambda _: None), encoding="utf-8", newline="")
    assert tidy.read_csv(file) == figures


WRONG = [
    # column, what stands there, what is said
    ("authority", "Norfolk", "authority 'Norfolk' is not like E92000001"),
    ("authority", "", "authority is missing"),
    ("measure", "", "measure is missing"),
    ("span", "week", "span 'week' is none of month, quarter"),
    ("period_start", "1/7/2021", "period_start '1/7/2021' is not like 2021-07-31"),
    ("period_start", "20210701", "period_start '20210701' is not like 2021-07-31"),
    ("period_end", "2021-07-30", "2021-07-01 to 2021-07-30 is not a month period"),
    ("value", "53%", "value '53%' is not a number"),
    ("value", "1e3", "value '1e3' is not a number"),
    ("value", "9" * 40, "is not a number"),
    ("value", "-1", "-1 is below 0"),
    ("value", "", "no value does not go with the status reported"),
    ("unit", "", "unit is missing"),
    ("unit", "percentage", "unit 'percentage' is none of count, percent"),
    ("status", "nil", "53.1 does not go with the status nil"),
    ("sample_size", "1.5", "'1.5' is not a whole number"),
    ("sample_size", "٣", "'٣' is not a whole number"),
    ("published", "soon", "published 'soon' is not like 2021-07-31"),
    ("table", "Table 1", "table 'Table 1' is not like appendix_1"),
]


@pytest.mark.parametrize(("column", "text", "said"), WRONG)
def test_what_a_column_cannot_hold_is_said(column: str, text: str, said: str) -> None:
    with pytest.raises(tidy.RowError) as error:
        tidy.parse({**tidy.row(figure("53.1")), column: text})
    assert said in str(error.value)
    assert len(error.value.problems) == 1


def test_all_that_is_wrong_with_a_row_is_said_at_once() -> None:
    row = {**tidy.row(figure("53.1")), "span": "week", "value": "many", "table": "Table 1"}
    with pytest.raises(tidy.RowError) as error:
        tidy.parse(row)
    assert [problem.column for problem in error.value.problems] == ["span", "value", "table"]


def test_all_rows_of_a_file_that_are_wrong_are_said_at_once(tmp_path: Path) -> None:
    lines = tidy.as_csv([figure("1"), figure("2"), figure("3")], lambda _: None).splitlines()
    lines[1] = lines[1].replace("percent", "per cent")
    lines[3] = lines[3].replace("2021-07-31", "2021-07-30").replace("2021-09-17", "then")
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(UserError) as error:
        tidy.read_csv(tmp_path / "a.csv", "benchmarks/a.csv")
    assert str(error.value).splitlines() == [
        "benchmarks/a.csv, line 2: unit 'per cent' is none of "
        "count, percent, days, weeks, rate_per_100, rate_per_1000, rate_per_10000, "
        "rate_per_100000, pounds",
        "benchmarks/a.csv, line 4: published 'then' is not like 2021-07-31; "
        "2021-07-01 to 2021-07-30 is not a month period",
    ]


def test_a_file_that_is_wrong_throughout_names_25_rows_and_counts_the_rest(
    tmp_path: Path,
) -> None:
    text = tidy.as_csv([figure("1")] * 1000, lambda _: None).replace(NORFOLK, "Norfolk")
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as error:
        tidy.read_csv(tmp_path / "a.csv")
    said = str(error.value).splitlines()
    assert (len(said), said[-1]) == (26, "and 975 more rows")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"measure,value\na,1\n", "its first line does not name authority, cohort, span"),
        (b"", "its first line does not name authority, measure"),
        ("authority,measure,é\n".encode("utf-16"), "cannot be read as CSV in UTF-8"),
    ],
)
def test_a_file_that_is_no_tidy_table_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(UserError, match=said):
        tidy.read_csv(tmp_path / "a.csv")


def test_every_form_has_the_columns_of_the_one_description() -> None:
    one = figure("53.1")
    header = next(csv.reader(io.StringIO(tidy.as_csv([one], lambda _: None))))
    fields = tidy.resource("a title", "a.csv", [])["schema"]["fields"]
    (typed,) = json.loads(tidy.as_json([one], lambda _: None))
    assert tuple(tidy.flagged_row(one, lambda _: None)) == tidy.NAMES
    assert tuple(header) == tuple(typed) == tuple(f["name"] for f in fields) == tidy.NAMES
    assert tuple(tidy.row(one)) == tuple(column.name for column in tidy.FIELDS)
    stored = [c.name for c in schema.observations.c if c.name not in ("id", "release")]
    assert stored == [column.name for column in tidy.FIELDS]
    frame = tidy.frame([one])
    assert [name for name in frame.columns if name != "value_exact"] == list(tidy.NAMES)


# --- the frame ------------------------------------------------------------------------


def test_a_frame_has_dates_floats_exact_texts_and_categories() -> None:
    frame = tidy.frame([figure("53.1", "53.10%", size=255), figure(None, "NA")], lambda _: "open")
    kinds = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert {kinds[name][:10] for name in ("period_start", "period_end", "published")} == {
        "datetime64"
    }
    assert (kinds["value"], kinds["value_exact"], kinds["sample_size"]) == (
        "float64",
        "str",
        "Int64",
    )
    codes = ("authority", "measure", "cohort", "span", "unit", "status", "table", "flag")
    assert {kinds[name] for name in codes} == {"category"}
    assert {kinds[name] for name in ("note", "source", "locator", "raw")} == {"str"}
    assert frame.period_end.iloc[0] == pd.Timestamp(2021, 7, 31)
    assert frame.value.tolist()[0] == 53.1
    assert frame.value.isna().tolist() == [False, True]
    assert frame.value_exact.tolist() == ["53.1", ""]
    assert frame.raw.tolist() == ["53.10%", "NA"]  # never taken for a missing value
    assert frame.sample_size.tolist()[0] == 255
    assert frame.sample_size.isna().tolist() == [False, True]
    assert frame.flag.tolist() == ["open", "open"]


def test_a_frame_of_nothing_has_the_same_columns_and_types() -> None:
    empty, full = tidy.frame([]), tidy.frame([figure("53.1")])
    assert empty.columns.tolist() == full.columns.tolist()
    assert len(empty) == 0
    assert str(empty.dtypes["value"]) == "float64"
    assert str(empty.dtypes["period_end"])[:10] == "datetime64"


@settings(max_examples=30, deadline=None)
@given(st.lists(observations(), min_size=1, max_size=8))
def test_exact_values_stay_exact_in_a_frame(figures: list[Observation]) -> None:
    exact = [Decimal(text) if text else None for text in tidy.frame(figures).value_exact]
    assert exact == [one.value for one in figures]


def test_figures_without_a_flag_are_kept_where_groupby_is_told_so() -> None:
    """pandas leaves empty keys out unless it is told not to."""
    flags = iter(["open", None, None])
    frame = tidy.frame([figure("1"), figure("2"), figure("3")], lambda _: next(flags))  # type: ignore[arg-type,return-value]
    assert frame.groupby("flag", observed=True).size().tolist() == [1]
    assert frame.groupby("flag", observed=True, dropna=False).size().tolist() == [1, 2]


def test_sums_of_exact_values_are_exact_where_those_of_floats_are_not() -> None:
    frame = tidy.frame([figure("0.1")] * 3)
    assert frame.value.sum() != 0.3
    assert sum(map(Decimal, frame.value_exact)) == Decimal("0.3")


def test_a_frame_pivots_as_the_readme_shows() -> None:
    figures = [figure("53"), figure("50", cohort="lac")]
    table = tidy.frame(figures).pivot_table("value", "period_end", "cohort", observed=True)
    assert table.loc["2021-07-31"].to_dict() == {"all": 53.0, "lac": 50.0}
