"""Marks behind figures: read where a note below explains them, refused where none does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from etl import incoming
from etl.model import Registry
from tests.etl.recognise.whole_files import Block, sheet, strokes, tabs

CME = "Number of children out of education - ALL CME"
LAC = "Number of children out of education - LAC"


@pytest.mark.parametrize("form", [tabs, strokes, sheet], ids=lambda form: form.__name__)
@pytest.mark.parametrize(
    ("cell", "note", "value"),
    [
        ("470*", "* provisional", "470"),
        ("470 (1)", "(1) includes 14 children from Suffolk", "470"),
        ("470\u00b2", "\u00b2 Includes home educated children", "470"),
        ("470 [note 2]", "Note 2: includes home educated children", "470"),
        ("470 [note 2]", "[note 2] includes home educated children", "470"),
        ("470 \u2020", "\u2020 Provisional", "470"),
        # no note, another mark's note, or one that says that it is no such figure
        ("470*", "The figures were agreed", ""),
        ("470\u00b2", "\u00b3 Includes home educated children", ""),
        ("470 (1)", "(2) includes 14 children from Suffolk", ""),
        ("470*", "* target", ""),
        ("470*", "* is a forecast", ""),
        ("470*", "* suppressed", ""),
        ("470 (12)", "(12) includes 14 children from Suffolk", ""),
    ],
)
def test_a_marked_figure(
    cell: str,
    note: str,
    value: str,
    form: Callable[[Path, list[Block]], Path],
    declared: Registry,
    tmp_path: Path,
) -> None:
    rows = [
        ["Serial", "Measure Description", "Feb-22", "Mar-22"],
        ["1a", CME, cell, "455"],
        ["1d", LAC, "12", "13"],
    ]
    found = incoming.read(form(tmp_path / "f", [rows, "", note]), declared, date(2022, 5, 20))
    values = {str(one.value) for one in found.observations}
    assert values == {"455", "12", "13"} | ({value} if value else set())
    told = [(one.code, one.severity) for one in found.findings]
    assert told == [("footnote", "note") if value else ("cell-unreadable", "warning")]


def test_a_mark_with_two_notes_is_refused(declared: Registry, tmp_path: Path) -> None:
    rows = [["Serial", "Measure Description", "Feb-22", "Mar-22"], ["1a", CME, "470*", "455"]]
    blocks: list[Block] = [rows, "", "* provisional", "", "* includes Suffolk's children"]
    found = incoming.read(tabs(tmp_path / "f", blocks), declared, date(2022, 5, 20))
    assert [str(one.value) for one in found.observations] == ["455"]
