"""The outturn of 2021 as other converters leave it: read where nothing must be guessed."""

from __future__ import annotations

from datetime import date

import pytest

from etl import registry, tables
from etl.model import Period, Source
from etl.readers import text
from etl.recognise import Recognised
from tests.folders import PACKS

FOLDER = PACKS / "2022-03-18"
LINES = (FOLDER / "outturn.txt").read_text(encoding="utf-8").splitlines()
ROWS = [[*(part.strip() for part in line.split("\t"))] for line in LINES if "\t" in line]
WIDTH = 11


def read(lines: list[str]) -> Recognised:
    source = Source("pack.txt", "", "text", date(2022, 3, 18))
    return tables.read(text.document(list(enumerate(lines, 1)), source), registry.load())


def figures(found: Recognised) -> dict[tuple[str, Period], object]:
    return {
        (o.measure, o.period): o.reading.value for o in found.observations if o.table == "outturn"
    }


WHOLE = figures(read(LINES))


def _lost(found: Recognised) -> set[tuple[str, Period]]:
    return WHOLE.keys() - figures(found).keys()


def pieces(cell: str) -> list[str]:
    """A heading as narrow columns break it: "% On Time", "Including", "Exception"."""
    return (
        cell.replace("On Time ", "On Time\n")
        .replace(" Exc", "\nExc")
        .replace("Number Inc", "Number\nInc")
        .replace("number of days", "number of\ndays")
        .replace("to issue ", "\nto issue\n")
        .split("\n")
    )


def apart(rows: list[list[str]], *, right: bool = False) -> list[str]:
    """As `pdftotext -layout` leaves it: columns kept by spaces, headings over lines."""
    lines = []
    for row in rows:
        cells = [pieces(cell) if at else [cell] for at, cell in enumerate([*row, *[""] * 14][:14])]
        for n in range(max(map(len, cells))):
            parts = [cell[n] if n < len(cell) else "" for cell in cells]
            aligned = [p.rjust(WIDTH) if right else p.ljust(WIDTH) for p in parts[1:]]
            lines.append((parts[0].ljust(30) + "  ".join(aligned)).rstrip())
        lines.append("")
    return lines


def flowing(rows: list[list[str]]) -> list[str]:
    """As `pdftotext` leaves it: a cell a line, a blank cell nothing."""
    return [line for row in rows for cell in row if cell for line in [*pieces(cell), ""]]


def codes(found: Recognised) -> list[str]:
    return [finding.code for finding in found.findings]


def test_the_table_holds_all_its_figures() -> None:
    assert len(WHOLE) == 124


@pytest.mark.parametrize("right", [False, True])
def test_columns_kept_by_spaces_give_every_figure_and_claim(right: bool) -> None:
    found = read(["2.6 The position:", *apart(ROWS, right=right), "2.7 The next paragraph."])
    assert figures(found) == WHOLE
    assert codes(found) == []
    assert {s.kind for s in found.statements} == {"yearly_row", "printed_target"}
    assert found.observations[0].locator.startswith("line ")


def test_a_number_beside_its_neighbour_takes_both_out() -> None:
    lines = apart(ROWS)
    at = next(n for n, line in enumerate(lines) if line.startswith("May"))
    assert lines[at][43:45] == "36"
    lines[at] = lines[at][:43] + " " * 10 + "36 " + lines[at][56:]
    found = read(lines)
    assert figures(found).items() < WHOLE.items()
    lost = {(measure, period.end.month, period.span) for measure, period in _lost(found)}
    assert lost == {
        ("ehc_plans_on_time", 5, "month"),
        ("ehc_plans_on_time_share_including_exceptions", 5, "month"),
    }
    assert "'36 45.0' is not read" in found.findings[0].message


def test_a_number_between_two_columns_keeps_its_row_out() -> None:
    lines = apart(ROWS)
    at = next(n for n, line in enumerate(lines) if line.startswith("May"))
    lines[at] = lines[at][:43] + " " * 7 + "36    " + lines[at][56:]
    found = read(lines)
    assert figures(found).items() < WHOLE.items()
    assert {period.end.month for _, period in _lost(found)} == {5}
    assert codes(found) == ["row-unknown"]


def test_cells_one_after_another_are_read_where_the_numbers_agree() -> None:
    found = read(flowing(ROWS))
    assert figures(found) == WHOLE
    assert codes(found) == ["columns-lost"]  # the year's row: four numbers of twelve columns
    assert "Year 2021" in found.findings[0].message


def test_quarters_that_a_converter_prints_apart_are_not_read() -> None:
    quarters = [cell for row in ROWS[6:15] for cell in row[5:9] if cell]
    rows = [[*row[:5], *[""] * 4, *row[9:]] if 6 <= at < 15 else row for at, row in enumerate(ROWS)]
    found = read([*flowing(rows), "A note.", *quarters])
    assert figures(found).items() < WHOLE.items()
    assert {period.span for _, period in WHOLE.keys() - figures(found).keys()} == {"quarter"}
    assert any("quarters' figures" in finding.message for finding in found.findings)


@pytest.mark.parametrize("column", [1, 2, 3, 9, 10, 11])
def test_a_number_that_the_others_contradict_keeps_its_row_out(column: int) -> None:
    rows = [list(row) for row in ROWS]
    rows[6][column] = str(float(rows[6][column]) + 7)
    found = read(flowing(rows))
    assert figures(found).items() < WHOLE.items()
    assert "columns-lost" in codes(found)


@pytest.mark.parametrize("column", [2, 12, 13])
def test_a_number_lost_keeps_its_row_out(column: int) -> None:
    rows = [list(row) for row in ROWS]
    rows[7][column] = ""
    found = read(flowing(rows))
    assert figures(found).items() < WHOLE.items()
    assert "columns-lost" in codes(found)


def test_headings_in_no_known_order_give_a_finding_and_nothing_else() -> None:
    rows = [list(row) for row in ROWS]
    rows[2][3] = "% Late"
    found = read(flowing(rows))
    assert figures(found) == {}
    assert codes(found) == ["columns-lost"]


def test_a_table_that_cannot_be_made_out_is_told() -> None:
    rows = [list(row) for row in ROWS]
    rows[6][0] = ""
    found = read(apart(rows))
    assert figures(found) == {}
    assert codes(found) == ["columns-lost"]
