"""The wrapped table of 2021-09-17 under what other packs and converters may do to it."""

from __future__ import annotations

import re
import textwrap

import pytest

from etl import registry, tables
from etl.model import Source
from etl.readers import text
from etl.recognise import Recognised
from tests.folders import PACKS

FOLDER = PACKS / "2021-09-17"
LINES = (FOLDER / "appendix_1.txt").read_text(encoding="utf-8").splitlines()
HEAD = "Serial Measure Description Jul-20 Nov-20 Dec-20 Jan-21 Mar-21 May-21 Jul-21"


def read(lines: list[str]) -> Recognised:
    source = Source("pack.txt", "", "text")
    return tables.read(text.document(list(enumerate(lines, 1)), source), registry.load())


def values(found: Recognised) -> set[tuple[object, ...]]:
    return {(o.measure, o.cohort, o.period, o.reading.raw) for o in found.observations}


WHOLE = values(read(LINES))


def at(beginning: str) -> int:
    return next(n for n, line in enumerate(LINES) if line.startswith(beginning))


def codes(found: Recognised) -> list[str]:
    return [finding.code for finding in found.findings]


def test_the_table_holds_all_its_figures() -> None:
    assert len(WHOLE) == 123


@pytest.mark.parametrize(
    "row",
    [
        ["1f Number of children out of education - ", "Travellers", "", "4 5 6 7 8 9 10", ""],
        ["Appeals to the tribunal 4 5 6 7 8 9 10"],
        ["- School Numbers - Academies", "4 5 6 7 8 9 10"],
        ["6 Appeals", "", "4", "5", "6", "7", "8", "9", "10"],
    ],
)
@pytest.mark.parametrize("before", ["1b ", "2a ", " 3 ", "4a "])
def test_an_unknown_row_is_named_and_moves_nothing(row: list[str], before: str) -> None:
    place = at(before)
    found = read([*LINES[:place], *row, *LINES[place:]])
    assert values(found) == WHOLE
    assert codes(found) == ["row-unknown"]
    assert row[0][:9] in found.findings[0].message


def test_an_unknown_row_at_the_end_is_named() -> None:
    found = read([*LINES, "6 Appeals to the tribunal 4 5 6 7 8 9 10", "*Note : Children"])
    assert values(found) == WHOLE
    assert codes(found) == ["row-unknown"]


def test_a_known_label_at_the_end_of_an_unknown_one_is_not_taken_for_it() -> None:
    row = ["6 Change in", "Number of children out of education - ALL ", "CME", "4 5 6 7 8 9 10"]
    found = read([*LINES[: at("1b ")], *row, *LINES[at("1b ") :]])
    assert values(found) == WHOLE
    assert codes(found) == ["row-unreadable"]


@pytest.mark.parametrize("place", [at("1e "), at("22.8"), at("plans (and EHC"), at("229.6")])
@pytest.mark.parametrize("number", [["42"], ["Page 42"], []])
def test_a_page_end_between_rows_or_within_one(place: int, number: list[str]) -> None:
    page = [*number, "\fPeople and Communities Select Committee", HEAD]
    found = read([*LINES[:place], *page, *LINES[place:]])
    assert values(found) == WHOLE
    assert codes(found) == []


def test_a_page_s_number_never_stands_in_for_a_lost_cell() -> None:
    place = at("1e ")
    lines = [*LINES[: place - 1], LINES[place - 1].removesuffix("10 ").removesuffix("10")]
    found = read([*lines, "42", f"\f{HEAD}", *LINES[place:]])
    assert values(found) < WHOLE
    assert codes(found) == ["row-unreadable"]


@pytest.mark.parametrize(
    ("printed", "instead", "left"),
    [
        ("Dec-20", "Dcc-20", 104),
        ("Dec-20", "Total", 104),
        ("Jul-20", "Jly-20", 106),
        ("Jul-21", "Jly-21", 106),
    ],
)
def test_a_heading_that_is_no_month_refuses_its_column_only(
    printed: str, instead: str, left: int
) -> None:
    found = read([LINES[0].replace(printed, instead), *LINES[1:]])
    assert values(found) < WHOLE
    assert len(values(found)) == left
    assert codes(found) == ["month-unknown"]
    assert repr(instead) in found.findings[0].message


def test_a_month_named_twice_is_an_error() -> None:
    found = read([LINES[0].replace("Dec-20", "Nov-20"), *LINES[1:]])
    assert values(found) < WHOLE
    assert [(f.code, f.severity) for f in found.findings] == [("month-twice", "error")]


def test_a_month_lost_from_the_heading_refuses_every_row() -> None:
    found = read([LINES[0].replace("Dec-20 ", ""), *LINES[1:]])
    assert values(found) == set()
    assert set(codes(found)) == {"row-unreadable"}


def test_a_lost_heading_is_a_finding() -> None:
    found = read(LINES[1:])
    assert (values(found), codes(found), found.tables) == (set(), ["header-lost"], 1)


@pytest.mark.parametrize(
    "head",
    [
        [
            " Serial Measure",
            " Description Jul-",
            " 20 Nov-20 Dec-20",
            "Jan-21 Mar-21",
            "May-21 Jul-21",
        ],
        HEAD.split(),
        ["Serial Measure Description July 2020 Nov 20 Dec '20 Jan-2021 March-21 May-21 Jul-21"],
    ],
)
def test_a_heading_is_read_on_one_line_or_many(head: list[str]) -> None:
    assert values(read([*head, *LINES[1:]])) == WHOLE


def test_a_serial_of_another_row_is_a_finding() -> None:
    found = read([line.replace("1d Number", "1b Number") for line in LINES])
    assert len(values(found)) == 119
    assert values(found) < WHOLE
    assert codes(found) == ["serial-contradicts"]


@pytest.mark.parametrize(
    "lines",
    [
        [line for line in LINES if line.strip()],
        [x for line in LINES for x in (line, "", "")],
        [f"  {line}  " for line in LINES],
        [*LINES, "", *LINES],
    ],
    ids=["no blank lines", "more blank lines", "indented", "printed twice"],
)
def test_blank_lines_and_repetition_change_nothing(lines: list[str]) -> None:
    found = read(lines)
    assert values(found) == WHOLE
    assert codes(found) == []


@pytest.mark.parametrize("width", [18, 25, 32, 40, 55, 70, 90, 120, 300])
def test_other_wraps_move_nothing_and_lose_nothing_unsaid(width: int) -> None:
    begins = [n for n, line in enumerate(LINES) if re.match(r" ?(-|\d[a-e]?) [A-Z]", line)]
    lines = [LINES[0]]
    for start, end in zip(begins, [*begins[1:], len(LINES)], strict=True):
        row = " ".join(" ".join(LINES[start:end]).split())
        lines += textwrap.wrap(row, width, break_on_hyphens=False)
    found = read(lines)
    assert values(found) <= WHOLE
    assert len(values(found)) > 100
    assert values(found) == WHOLE or found.findings


def test_the_outturn_without_its_columns_is_a_finding() -> None:
    months = [
        "January (All) 62 25 40.3 43.1 213 108 50.7 54.8 226",
        "February (All) 63 36 57.1 63.2 125",
    ]
    found = read(
        [
            "Final EHCP - 2021",
            "Number Including Exception On Time Including Exception",
            *months,
            "March (All) 88 47 53.4 57.3 213 108",
        ]
    )
    assert (found.observations, codes(found)) == ((), ["columns-lost"])
