"""The walls of the house: which room may lean on which."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted([*(ROOT / "etl").rglob("*.py"), *(ROOT / "dashboard").rglob("*.py")])


def imported(file: Path) -> set[str]:
    """The modules that a file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def leans_on(file: Path, *packages: str) -> set[str]:
    return {
        name
        for name in imported(file)
        if any(name == package or name.startswith(f"{package}.") for package in packages)
    }


def room(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("file", FILES, ids=room)
def test_rooms_lean_only_on_rooms_below_them(file: Path) -> None:
    where = room(file)
    if where.startswith("etl/"):
        assert not leans_on(file, "dashboard", "dash", "plotly", "flask")
    if where == "etl/model.py":
        assert not leans_on(file, "etl")
    if where.startswith("etl/readers/"):
        ours = leans_on(file, "etl")
        assert all(name.startswith(("etl.model", "etl.readers")) for name in ours - {"etl"}), ours
    if not where.startswith("etl/store/"):
        assert not leans_on(file, "sqlalchemy", "sqlite3", "psycopg")
    if where.startswith(("dashboard/views/", "dashboard/words", "etl/analysis")):
        assert not leans_on(file, "dash", "plotly", "dash_bootstrap_components", "flask")
    if where.startswith("dashboard/charts"):
        assert not leans_on(file, "dash", "flask")


@pytest.mark.parametrize("file", FILES, ids=room)
def test_no_callback_hangs_on_a_global_app(file: Path) -> None:
    """Dash's global @callback is consumed by the first app made in the process."""
    assert "dash.callback" not in imported(file)


@pytest.mark.parametrize("file", FILES, ids=room)
def test_there_is_one_clock(file: Path) -> None:
    """The day is the council's (`set_time.today`): at half past midnight in June the server's
    own is still yesterday."""
    asked = {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    clocks = {"date.today", "datetime.today", "datetime.now", "datetime.utcnow"}
    assert not asked & clocks or room(file) in ("etl/set_time.py", "etl/store/engine.py")


def test_there_are_files_to_look_at() -> None:
    assert len(FILES) > 10


def test_the_server_starts_without_what_only_an_upload_needs() -> None:
    """Readers, recognition, checks and claims take longer to import than the first page to make."""
    said = subprocess.run(
        [sys.executable, "-c", "import sys, dashboard.web.app; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    late = ("etl.readers", "etl.recognise", "etl.checks", "etl.claims", "pandas", "resvg_py")
    assert "dashboard.officer" in said
    assert [name for name in said if name.startswith(late)] == []


def test_the_scripts_of_a_public_page_stay_small() -> None:
    """Issue "One drawing, one web layer": under 250 lines for page.js and reading.js together."""
    scripts = [ROOT / "dashboard/web/assets" / name for name in ("page.js", "reading.js")]
    assert sum(len(file.read_text(encoding="utf-8").splitlines()) for file in scripts) < 250
