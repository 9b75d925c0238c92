"""Cards: a KPI's name, and a line of figures below it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from etl import readers, registry
from etl.layouts import reading
from etl.model import Paper, PrintedLabel, Registry

CARD = "Latest: {actual} Target: {target}, Floor: {floor} Previous: {previous} ({rating})"
PLANS = "ehc_plans_on_time_share_excluding_exceptions"
TEXT = """\
Quarterly performance report

Quarter 3 2024/25

Percentage of plans issued within 20           RED
weeks, rolling 12 months

        Latest: 34%             Target: 60%, Floor: 55%          Previous: 26% (Red)

Percentage of unknown things            GREEN

        Latest:35%             Target:50% Floor: 60%         Previous: 34% (Green)
"""


@pytest.fixture
def council() -> Registry:
    held = registry.load()
    label = "Percentage of plans issued within 20 weeks, rolling 12 months"
    paper = Paper(
        labels={label: PrintedLabel(PLANS, span="rolling_12_months")},
        card=CARD,
        card_period="Quarter {quarter} {split_year}",
    )
    return replace(held, paper=paper)


def read(text: str, council: Registry, folder: Path) -> list[tuple[str, str, str, str]]:
    (folder / "report.txt").write_text(text, encoding="utf-8")
    document = readers.read(folder / "report.txt")
    return [
        (one.role, str(one.reading.value), one.period.span if one.period else "", one.reading.raw)
        for table in reading.read(reading.tables_of(document, council), council)
        for one in table.figures
    ]


def test_a_card_s_figures_have_the_roles_of_its_form(council: Registry, tmp_path: Path) -> None:
    assert read(TEXT, council, tmp_path) == [
        ("actual", "34", "rolling_12_months", "34%"),
        ("target", "60", "rolling_12_months", "60%"),
        ("floor", "55", "rolling_12_months", "55%"),
        ("previous", "26", "", "26%"),
    ]


@pytest.mark.parametrize(
    "damage",
    [
        ("Quarter 3 2024/25", "The quarter"),
        ("weeks, rolling 12 months", "weeks"),
        ("Latest: 34%", "34%"),
        ("Floor: 55%", "55%"),
    ],
)
def test_a_card_with_a_word_lost_is_not_read(
    damage: tuple[str, str], council: Registry, tmp_path: Path
) -> None:
    assert read(TEXT.replace(*damage), council, tmp_path) == []
