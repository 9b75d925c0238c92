"""Each view's scene is the one that was looked at: a table in `golden/`."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.store import Store
from tests.dashboard.charts.golden import AS_AT, FOLDER, SCENES, drawn, table


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_is_the_one_that_was_looked_at(real_store: Store, name: str) -> None:
    expected = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    assert table(drawn(real_store.record(AS_AT), name)) == expected


def test_every_table_is_of_a_scene() -> None:
    assert {file.stem for file in Path(FOLDER).glob("*.md")} == set(SCENES)
