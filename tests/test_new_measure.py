"""A measure is a file: adding one is enough for it to be read, checked, shown and exported."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dashboard.reports.report import build
from dashboard.web.app import create_app
from etl import pipeline, registry, tidy
from etl.council_store import open_store
from etl.pipeline import Prepared
from etl.store import Store
from tests.folders import copied

ROOT = Path(__file__).resolve().parents[1]

# All that a maintainer writes: one file, data/england/measures/tribunal_appeals.yaml.
MEASURE = """\
title: Appeals to the SEND tribunal
short_title: Tribunal appeals
theme: complaints
unit: count
better: none
nature: flow
counts: Appeals registered with the tribunal in the month.
why: Families appeal when they and the council do not agree on a plan.
cohorts:
  all:
    title: Appeals to the tribunal
    serial: 6a
    order: 610
    labels: ["Number of appeals to the SEND Tribunal - ALL"]
    says: appeals were registered
  lac:
    title: Appeals to the tribunal, looked-after children
    serial: 6b
    order: 611
    labels: ["Number of appeals to the SEND Tribunal - LAC"]
    says: appeals for looked-after children were registered
    part_of: {whole: [tribunal_appeals, all]}
"""

# A pack that prints it.
PACK = """\
Serial\tMeasure Description\tDec 21\tJan 22\tFeb 22
1a\tNumber of children out of education - ALL CME\t495\t480\t470
6a\tNumber of appeals to the SEND Tribunal - ALL\t12\tnil\t9
6b\tNumber of appeals to the SEND Tribunal - LAC\t2\t-\t1
"""


@pytest.fixture
def knowing(tmp_path: Path) -> Iterator[Store]:
    """An empty store that knows the new measure."""
    data = tmp_path / "data"
    copied(data, "packs")
    (data / "england" / "measures" / "tribunal_appeals.yaml").write_text(MEASURE, encoding="utf-8")
    store = open_store(f"sqlite:///{tmp_path / 'send.db'}", data=data, seed=False)
    yield store
    store.close()
    registry.load.cache_clear()


def prepared(store: Store, folder: Path, pack: str = PACK) -> Prepared:
    (folder / "pack.txt").write_text(pack, encoding="utf-8")
    return pipeline.prepare([folder / "pack.txt"], store, date(2022, 5, 20))


@pytest.fixture
def published(knowing: Store, tmp_path: Path) -> Store:
    """The store with the pack published."""
    pipeline.publish(knowing, prepared(knowing, tmp_path), "test", accept_reason="a test")
    return knowing


def test_it_is_read_and_exported(published: Store) -> None:
    written = csv.DictReader(io.StringIO(tidy.as_csv(published.record().shown(), lambda _: None)))
    found = [
        (row["cohort"], row["period_end"], row["value"], row["status"], row["raw"])
        for row in written
        if row["measure"] == "tribunal_appeals"
    ]
    assert found == [
        ("all", "2021-12-31", "12", "reported", "12"),
        ("all", "2022-01-31", "0", "nil", "nil"),
        ("all", "2022-02-28", "9", "reported", "9"),
        ("lac", "2021-12-31", "2", "reported", "2"),
        ("lac", "2022-02-28", "1", "reported", "1"),
    ]


def test_it_is_checked(knowing: Store, tmp_path: Path) -> None:
    more_than_all = PACK.replace("-\t1\n", "-\t10\n")
    found = prepared(knowing, tmp_path, more_than_all).errors
    (above,) = (j.finding for j in found if j.finding.code == "part-above-whole")
    assert above.figures[0].reading.raw == "10"


def test_it_is_shown_on_the_pages_in_the_api_and_in_the_report(published: Store) -> None:
    visitor = create_app(published).test_client()
    overview = visitor.get("/").get_data(as_text=True)
    assert "Appeals to the tribunal" in overview
    page = visitor.get("/measure/tribunal_appeals").get_data(as_text=True)
    assert "9 appeals were registered in February 2022" in page
    assert "Families appeal when they and the council do not agree on a plan." in page
    api = visitor.get("/api/observations.csv?measure=tribunal_appeals").get_data(as_text=True)
    assert len(list(csv.DictReader(io.StringIO(api)))) == 5
    report = build(published.record())
    assert any(planned.stem.endswith("6a_tribunal-appeals") for planned in report.pictures)
    assert any(row[0] == "6a" and row[-1] == "9" for row in report.appendix.rows)
