"""The real appendix with its years on a row of their own, over several pages."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib import colors

from etl import readers, recognise, registry
from etl.model import Observation
from tests.etl.readers.drawing import PACK, Drawing, rows

ROWS = rows()
REGISTRY = registry.load()
YEARS = ["Serial", "Measure Description", "2020", "", "", "2021", *[""] * 8, "2022"]
NAMES = ["", "", *(printed.replace("-", " ").split()[0] for printed in ROWS[0][2:])]
OVER = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
OVER += [("SPAN", (2, 0), (4, 0)), ("SPAN", (5, 0), (13, 0))]


def figures(path: Path) -> dict[tuple[object, ...], Observation]:
    found = recognise.recognise(readers.read(path), REGISTRY)
    return {(o.measure, o.cohort, o.period.end): o for o in found.observations}


def test_a_heading_of_years_and_months_repeated_on_each_page(tmp_path: Path) -> None:
    drawing = Drawing(tmp_path / "pack.pdf")
    drawing.front()
    for first, last in ((1, 9), (9, 15), (15, 99)):
        drawing.table([YEARS, NAMES, *ROWS[first:last]], style=OVER)
    got, wanted = figures(drawing.done()), figures(PACK / "appendix_1.txt")
    assert got.keys() == wanted.keys()
    for key, one in got.items():
        assert (one.value, one.status) == (wanted[key].value, wanted[key].status), key
