"""The real appendix without any ruled line: columns told by where the words stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl import readers, recognise, registry
from etl.recognise import Recognised
from tests.etl.readers.drawing import PACK, Drawing, rows

ROWS = rows()
REGISTRY = registry.load()


def read(path: Path) -> Recognised:
    return recognise.recognise(readers.read(path), REGISTRY)


def figures(found: Recognised) -> dict[tuple[object, ...], tuple[object, ...]]:
    return {
        (o.measure, o.cohort, o.period.end): (o.value, o.status, o.reading.sample_size)
        for o in found.observations
    }


def printed(months: int) -> dict[tuple[object, ...], tuple[object, ...]]:
    whole = figures(read(PACK / "appendix_1.txt"))
    ends = sorted({end for _, _, end in whole}, key=str)[:months]
    return {key: said for key, said in whole.items() if key[2] in ends}


@pytest.mark.parametrize("months", [4, 7, 13])
def test_long_cells_beside_each_other_stay_in_their_columns(tmp_path: Path, months: int) -> None:
    drawing = Drawing(tmp_path / "pack.pdf")
    drawing.front()
    drawing.table([row[: 2 + months] for row in ROWS], style=(), size=(1191, 842))
    found = read(drawing.done())
    assert figures(found) == printed(months)
    assert found.findings == ()


def test_months_that_narrow_columns_break_over_lines(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "pack.pdf")
    drawing.front()
    drawing.table([ROWS[0], *ROWS[7:14]], style=(), widths=[26, 180, *[28] * 13])
    found = read(drawing.done())
    wanted = {
        key: said
        for key, said in printed(13).items()
        if "children_missing" in str(key[0]) or key[:2] == ("alternative_provision_pupils", "all")
    }
    assert {k: v for k, v in figures(found).items() if k in wanted} == wanted
    assert figures(found).items() <= printed(13).items()


def test_a_row_that_a_page_end_cuts_under_a_repeated_heading(tmp_path: Path) -> None:
    cut = next(n for n, row in enumerate(ROWS) if row[0] == "2a")
    label, rest = ROWS[cut][1].split(" have been ")
    drawing = Drawing(tmp_path / "pack.pdf")
    drawing.front()
    above = [*ROWS[:cut], [ROWS[cut][0], label, *ROWS[cut][2:]]]
    drawing.table(above, style=(), size=(1191, 842))
    below = [["", f"have been {rest}", *[""] * 13], *ROWS[cut + 1 :]]
    drawing.table([ROWS[0], *below], style=(), size=(1191, 842))
    found = read(drawing.done())
    assert figures(found) == printed(13)
    assert found.findings == ()


def test_a_table_no_figure_of_which_can_be_placed_is_said(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "pack.pdf")
    drawing.front()
    words = [" ".join(row[1:2]) for row in ROWS[1:]]
    numbers = [" ".join(row[2:]) for row in ROWS[1:]]
    drawing.prose(["Jul-20", "Nov-20", *words])
    drawing.prose(numbers)
    found = read(drawing.done())
    assert found.observations == ()
    assert [finding.code for finding in found.findings] == ["rows-unplaced"]
    assert found.findings[0].message.startswith("page ")
