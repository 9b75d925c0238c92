"""Another council takes the project on with files under data/ alone."""

from __future__ import annotations

import ast
import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from dashboard.reports.report import build
from dashboard.views.measure import measure
from dashboard.web.app import create_app
from etl import pipeline, registry, tidy
from etl.council_store import open_store
from etl.store import Store
from tests.folders import OURS, another, copied

ROOT = Path(__file__).resolve().parents[1]
NEIGHBOURS = ["E06000052", "E10000008", "E10000019", "E10000020", "E10000027"]

# How its papers print the two rows.
PRINTED = """\
children_missing_education:
  cohorts:
    all: {serial: 1a, labels: [Number of children out of education - ALL CME]}
ehc_review_on_time:
  cohorts:
    all: {serial: "4", labels: [Annual reviews completed in time]}
"""
PACK = """\
Serial\tMeasure Description\tDec 25\tJan 26\tFeb 26
1a\tNumber of children out of education - ALL CME\t295\t280\t270
4\tAnnual reviews completed in time\t61.5% in time\t63% in time\t64.2% in time
"""


@pytest.fixture(scope="module")
def suffolk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of Suffolk's, for reading only: none of Norfolk's meetings, targets or packs."""
    tmp_path = tmp_path_factory.mktemp("suffolk")
    data = tmp_path / "data"
    copied(data, "packs")
    file = data / OURS / "council.yaml"
    council = yaml.safe_load(file.read_text(encoding="utf-8"))
    council |= {"authority": "E10000029", "name": "Suffolk County Council", "short_name": "Suffolk"}
    council["contact"] = {"name": "Suffolk County Council"}
    council["neighbours"] = [
        {"start": date(2021, 4, 1), "source": "Statistical neighbours", "areas": NEIGHBOURS}
    ]
    own = another(data, "suffolk", council)
    (own / "printed.yaml").write_text(PRINTED, encoding="utf-8")
    store = open_store(f"sqlite:///{tmp_path / 'send.db'}", data=data, seed=True)
    (tmp_path / "pack.txt").write_text(PACK, encoding="utf-8")
    prepared = pipeline.prepare([tmp_path / "pack.txt"], store, date(2026, 3, 20))
    pipeline.publish(store, prepared, "test", accept_reason="a test")
    yield store
    store.close()
    registry.load.cache_clear()


def test_its_figures_are_its_own(suffolk: Store) -> None:
    written = csv.DictReader(io.StringIO(tidy.as_csv(suffolk.record().shown(), lambda _: None)))
    assert [
        (row["authority"], row["period_end"], row["value"])
        for row in written
        if row["measure"] == "children_missing_education"
    ] == [
        ("E10000029", "2025-12-31", "295"),
        ("E10000029", "2026-01-31", "280"),
        ("E10000029", "2026-02-28", "270"),
    ]


@pytest.mark.parametrize(
    "address", ["/", "/measure/children_missing_education", "/quality", "/about"]
)
def test_no_page_speaks_of_another(suffolk: Store, address: str) -> None:
    page = create_app(suffolk).test_client().get(address).get_data(as_text=True)
    assert "Suffolk" in page
    assert "Norfolk" not in page


def test_its_20_week_page_holds_it_against_its_neighbours(suffolk: Store) -> None:
    """DfE, 2024, including exceptions: 99, 55.7, 33.5, 25.4 (Suffolk), 7.4, 3.2."""
    page = measure(
        suffolk.record(),
        "ehc_plans_on_time_share_including_exceptions",
        view="neighbours",
        year=2024,
    )
    assert page is not None
    assert page.chart is not None
    assert page.chart.title.startswith(
        "Suffolk was third lowest of 6 in 2024 with 25.4%; its neighbours lie between 3.2% (Devon) "
    )
    assert page.chart.targets == ()


def test_its_report_is_its_own(suffolk: Store) -> None:
    report = build(suffolk.record())
    assert {row[0]: row[-1] for row in report.appendix.rows}["1a"] == "270"
    assert any(
        planned.stem.endswith("1a_children-missing-education") for planned in report.pictures
    )


# Places in our own council's area; NCC is how its papers call it.
OUR_PLACES = ("Breckland", "Broadland", "King's Lynn", "Great Yarmouth", "Norwich", "NCC")


def test_no_council_stands_in_the_code_or_in_shared_layouts() -> None:
    """Nor in a measure's definition: names, short names, codes; in data/england/areas alone."""
    areas = [area for area in registry.areas() if area.authority]
    names = {area.name.partition(",")[0] for area in areas if not area.only_with_council}
    assert len(names) > 140
    either = "|".join(map(re.escape, sorted({*names, *OUR_PLACES})))
    wanted = re.compile(rf"\b(?:{either})\b|\bE(?:06|08|09|10)\d{{6}}\b")
    rooms = ("etl", "dashboard", "data/england/layouts", "data/england/measures")
    files = [
        file
        for room in rooms
        for file in sorted((ROOT / room).rglob("*"))
        if file.suffix in (".py", ".html", ".css", ".js", ".yaml")
    ]
    assert len(files) > 300
    found = [
        f"{file.relative_to(ROOT)}: {line.strip()}"
        for file in files
        for line in without_words(file)
        if wanted.search(line)
    ]
    assert found == []


def without_words(file: Path) -> list[str]:
    """A file's lines without comments and docstrings, which may give an example."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        tree = ast.parse(text)
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and (
                ast.get_docstring(node, clean=False) is not None
            ):
                node.body = node.body[1:] or [ast.Pass()]
        text = ast.unparse(tree)
    return [line.partition("#")[0] for line in text.splitlines()]
