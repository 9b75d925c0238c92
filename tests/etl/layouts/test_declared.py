"""A council's layout file: what is wrong in it is told with its file and line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from etl import registry
from etl.layouts import patterns
from etl.model import UserError
from tests.folders import OURS, copied

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "data"
    copied(folder, "packs")
    yield folder
    registry.load.cache_clear()


WRONG = [
    # the file, the line it names, what it says
    ("labels:\n  Plans: ehc_plans_issued\nlable: {}\n", 3, "no such key"),
    ("layouts:\n  - layout: ours\n    rows: measure\n    colums: [period]\n", 4, "no such key"),
    ("labels:\n  Plans: ehc_plans\n", 2, "no measure and cohort ehc_plans/all"),
    ("layouts:\n  - layout: ours\n    rows: month\n", 3, "'measure', 'area', 'period' or 'role'"),
    ('periods: ["{quarter} of {month}"]\n', 1, "an impossible period"),
    ('periods:\n  - "{quarter}/{split_year}"\n  - "{week}"\n', 3, "no slot {week}"),
    ("layouts:\n  - {layout: ours, rows: measure, title: '.*'}\n", 2, "matches everything"),
    ("layouts:\n  - {layout: ours, rows: measure, title: '(a+)+b'}\n", 2, "take very long"),
    ("layouts:\n  - {layout: ours, rows: measure, title: '(?=a)b'}\n", 2, "take very long"),
    ("layouts:\n  - {layout: ours, rows: measure, title: '(a'}\n", 2, "no pattern"),
    ('cells:\n  - "{value}{rating}"\n', 2, "nobody can tell where one ends"),
    ('cells: ["({previous})"]\n', 1, "needs {value}"),
    (
        "layouts:\n  - {layout: one, rows: measure, columns: [period]}\n"
        "  - {layout: two, rows: measure, columns: [period]}\n",
        3,
        "layout two claims the same tables as one",
    ),
    ("labels: [a\n", 0, "not readable as YAML"),
]


@pytest.mark.parametrize(("text", "line", "says"), WRONG)
def test_a_mistake_names_file_and_line(data: Path, text: str, line: int, says: str) -> None:
    (data / OURS / "layouts.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        registry.load(data)
    told = [part for part in str(caught.value).splitlines() if "norfolk/layouts.yaml" in part]
    assert told
    assert any(says in part for part in told), told
    assert not line or any(f"norfolk/layouts.yaml, line {line}" in part for part in told), told


def test_another_council_s_file_is_not_read(data: Path) -> None:
    other = data / "councils" / "kent" / "layouts.yaml"
    other.parent.mkdir()
    other.write_text("sections: [Kent's]\n", encoding="utf-8")
    (data / OURS / "layouts.yaml").write_text("sections: [Ours]\n", encoding="utf-8")
    assert registry.load(data).paper.sections == ("Ours",)


@pytest.mark.parametrize(
    ("form", "printed", "usual"),
    [
        ("P{quarter}-{split_year}", "P3-24/25", "Q3 24/25"),
        ("{term} {year} census", "Autumn 2024 census", "Autumn 2024"),
        ("yr {split_year}", "yr 24/25", "24/25"),
        ("M{month}.{year}", "M09.2024", "1/09/2024"),
    ],
)
def test_a_period_of_the_council_s_own_form(form: str, printed: str, usual: str) -> None:
    assert patterns.period_problem(form) == ""
    assert patterns.usual_period(form, printed) == usual
