"""A heading of two lines in a PDF without ruled lines: read as two, wherever the months stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from etl import readers, recognise, registry
from etl.recognise import Recognised
from tests.etl.readers.drawing import Drawing
from tests.etl.recognise.test_roles import LABELS

REGISTRY = registry.load()
EHCP = "Number of children out of education - EHCP"
WIDTHS = [26, 200, *[60] * 6]
VALUES = [["400", "480", "401", "470", "402", "460"], ["40", "48", "41", "47", "42", "46"]]


def rows(*head: list[str], values: list[list[str]] = VALUES) -> list[list[str]]:
    body = [["1a", LABELS["CME"], *values[0]], ["1b", EHCP, *values[1]]]
    return [*(["", "Measure" if n == 0 else "", *line] for n, line in enumerate(head)), *body]


def read(folder: Path, cells: list[list[str]], style: tuple[Any, ...] = ()) -> Recognised:
    drawing = Drawing(folder / "report.pdf")
    drawing.front()
    raw = any(name == "ALIGN" for name, *_ in style)
    drawing.table(cells, style=style, widths=WIDTHS[: len(cells[0])], font=6 if raw else 8, raw=raw)
    return recognise.recognise(readers.read(drawing.done()), REGISTRY)


def actual(found: Recognised) -> dict[str, list[str]]:
    return {
        cohort: [o.reading.raw for o in found.observations if o.cohort == cohort]
        for cohort in ("all", "ehcp")
    }


def targets(found: Recognised) -> list[str]:
    return [s.raw for s in found.statements if s.kind == "printed_target"]


UNDER = (["Jan-22", "", "Feb-22", "", "Mar-22", ""], ["Target", "Actual"] * 3)
OVER = (["Target", "", "", "Actual", "", ""], ["Jan-22", "Feb-22", "Mar-22"] * 2)
ACTUAL = {"all": ["480", "470", "460"], "ehcp": ["48", "47", "46"]}
AIMS = ["400", "401", "402", "40", "41", "42"]


MERGED = tuple(("SPAN", (n, 0), (n + 1, 0)) for n in (2, 4, 6))


@pytest.mark.parametrize(
    "style",
    [(), MERGED, (*MERGED, ("ALIGN", (2, 0), (-1, -1), "CENTER"))],
    ids=["flush", "merged", "centred"],
)
def test_months_over_target_and_actual(tmp_path: Path, style: tuple[Any, ...]) -> None:
    found = read(tmp_path, rows(*UNDER), style)
    assert (actual(found), targets(found)) == (ACTUAL, AIMS)
    assert [f.code for f in found.findings] == ["not-actual"]


def test_target_and_actual_over_months(tmp_path: Path) -> None:
    values = [["400", "401", "402", "480", "470", "460"], ["40", "41", "42", "48", "47", "46"]]
    found = read(tmp_path, rows(*OVER, values=values))
    assert (actual(found), targets(found)) == (ACTUAL, AIMS)


def test_targets_alone_give_no_actual_figure(tmp_path: Path) -> None:
    head = (["Jan-22", "Feb-22", "Mar-22"], ["Target"] * 3)
    found = read(tmp_path, rows(*head, values=[["400", "401", "402"], ["40", "41", "42"]]))
    assert (actual(found), targets(found)) == ({"all": [], "ehcp": []}, AIMS)
