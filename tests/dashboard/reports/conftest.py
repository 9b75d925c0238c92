"""The report of March 2022, from the real record, with small pictures in place of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from dashboard.reports import png
from dashboard.reports.report import Report, build
from etl.record import Record
from etl.store import Store
from tests.dashboard.reports.dot import DOT

MARCH = date(2022, 3, 18)


@pytest.fixture(scope="module")
def record(real_store: Store) -> Record:
    return real_store.record(MARCH)


@pytest.fixture(scope="module")
def report(record: Record) -> Report:
    return build(record)


@pytest.fixture(scope="module")
def drawn(report: Report, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A small picture in place of each of the report's."""
    folder = tmp_path_factory.mktemp("drawn")
    files = {planned.stem: folder / f"{planned.stem}.png" for planned in report.pictures}
    for file in files.values():
        Image.new("RGB", (63, 42), "white").save(file)
    return files


@pytest.fixture
def dots(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dot in place of every PNG, where a test asks for the rest of the pack."""
    monkeypatch.setattr(png, "render", lambda svg, scale: DOT)
