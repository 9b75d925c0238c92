"""The README's "Add a control", done in a copy: a field, a row, and all else goes through them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from etl.store import Store

ROOT = Path(__file__).resolve().parents[3]

FIELD = '    hide: str = ""\n'
ROW = """    Control(
        "points",
        "Points",
        "radio",
        lambda selection: [
            {"value": OPEN, "label": "shown"}, {"value": "none", "label": "left out"}
        ],
        lambda selection: selection.state.points or OPEN,
        lambda selection, value: _changed(selection, points=value),
        lambda selection, figure: [
            trace.update(mode="lines") for trace in figure["data"] if selection.state.points
        ],
    ),
"""
THROUGH_IT = """
import json, sys
from etl.council_store import open_store
from dashboard.explore.callbacks import navigate, show
from dashboard.web.app import create_app

store = open_store(sys.argv[1], seed=False)
client = create_app(store).test_client()
shown = navigate(store, None, "?measure=ehc_plan_days", {})["values"]
search = navigate(
    store, None, "?measure=ehc_plan_days", {**shown, "points": "none"}
)["search"]
view = show(store, None, search)
hrefs = [link.href for link in view["links"]]
print(json.dumps({
    "shown": shown["points"],
    "search": search,
    "modes": [trace["mode"] for trace in view["figure"]["data"]],
    "refused": show(store, None, "?points=blue")["problem"],
    "status": {name: client.get(f"/explore/?points={name}").status_code
               for name in ("none", "blue", "open", "")},
    "links": {href: client.get(href).status_code for href in hrefs},
    "layout": "points-field" in client.get("/explore/_dash-layout").text,
}))
"""


@pytest.mark.slow
def test_a_field_and_a_row_add_a_control(real_store: Store, tmp_path: Path) -> None:
    real_store.backup(tmp_path / "send.db")
    shutil.copytree(ROOT / "dashboard", tmp_path / "dashboard")
    for room in ("etl", "data"):
        (tmp_path / room).symlink_to(ROOT / room)
    for name, before, added in (
        ("state.py", FIELD, '    points: str = ""\n'),
        ("controls.py", "CONTROLS = (\n", ROW),
    ):
        file = tmp_path / "dashboard/explore" / name
        text = file.read_text(encoding="utf-8")
        assert text.count(before) == 1, name
        file.write_text(text.replace(before, before + added), encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-c", THROUGH_IT, f"sqlite:///{tmp_path / 'send.db'}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["shown"] == "open"
    assert told["search"] == "?measure=ehc_plan_days&points=none"
    assert set(told["modes"]) == {"lines"}
    assert told["refused"].startswith("points: there is no 'blue' here; there is none")
    assert told["status"] == {"none": 200, "blue": 400, "open": 400, "": 400}
    assert told["layout"]
    assert [href for href in told["links"] if "points" in href] == [
        "/explore/?measure=ehc_plan_days&points=none"
    ]
    assert set(told["links"].values()) == {200}
