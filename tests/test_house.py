"""The walls of the house: which room may lean on which."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted([*(ROOT / "etl").rglob("*.py"), *(ROOT / "dashboard").rglob("*.py")])


@cache
def nodes_of(file: Path) -> tuple[ast.AST, ...]:
    """Every node of a file's syntax tree; walked once for all rules."""
    return tuple(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))


@cache
def imported(file: Path) -> frozenset[str]:
    """The modules that a file imports, anywhere in it."""
    names: set[str] = set()
    for node in nodes_of(file):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(names)


def leans_on(file: Path, *packages: str) -> set[str]:
    return {
        name
        for name in imported(file)
        if any(name == package or name.startswith(f"{package}.") for package in packages)
    }


def room(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


# A room (the beginning of its files' paths) and the packages that it never leans on.
WALLS = (
    ("etl/", ("dashboard", "dash", "plotly", "flask")),
    ("dashboard/views/", ("dash", "plotly", "dash_bootstrap_components", "flask")),
    ("dashboard/words", ("dash", "plotly", "dash_bootstrap_components", "flask")),
    ("etl/store/", ("etl.checks", "etl.claims", "etl.judge", "etl.seed")),
    ("etl/incoming.py", ("etl.store",)),
    ("etl/analysis", ("etl.checks", "etl.claims", "etl.store")),
    ("etl/analysis", ("dash", "plotly", "dash_bootstrap_components", "flask")),
    ("dashboard/charts", ("dash", "flask")),
)


def test_rooms_lean_only_on_rooms_below_them() -> None:
    leaning = {
        (room(file), name)
        for file in FILES
        for where, packages in WALLS
        if room(file).startswith(where)
        for name in leans_on(file, *packages)
    }
    assert leaning == set()


# Rooms that import, of all that is ours, only these: readers know nothing of measures.
FLOORS = {
    "etl/text/": ("etl.text",),
    "etl/model/": ("etl.model",),
    "etl/periods.py": ("etl.model", "etl.text"),
    "etl/readers/": ("etl.model", "etl.text", "etl.periods", "etl.dfe", "etl.readers"),
    "etl/tidy/": ("etl.model", "etl.text", "etl.periods", "etl.cells", "etl.tidy"),
}


def test_the_lower_rooms_lean_only_on_those_below_them() -> None:
    leaning = {
        (room(file), name)
        for file in FILES
        for where, below in FLOORS.items()
        if room(file).startswith(where)
        for name in leans_on(file, "etl") - {"etl"}
        if not name.startswith(below)
    }
    assert leaning == set()


def module(file: Path) -> str:
    """The name that a file of ours is imported by."""
    return room(file).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


MODULES = {module(file) for file in FILES}


def leaned_on(file: Path) -> set[str]:
    """The files of ours that a file imports, anywhere in it, by their modules' names.

    "from etl.checks import cells" leans on etl.checks.cells, "… import run" on etl.checks.
    """
    names: set[str] = set()
    for node in nodes_of(file):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                names.add(name if name in MODULES else node.module)
    return names & MODULES - {module(file)}


def test_no_imports_of_etl_go_in_a_circle() -> None:
    """Those within functions count: rooms that lean on each other are one room."""
    left = {module(file): leaned_on(file) for file in FILES if room(file).startswith("etl/")}
    while free := [name for name, leaning in left.items() if not leaning & left.keys()]:
        for name in free:
            del left[name]
    assert left == {}


def test_only_the_store_speaks_sql() -> None:
    speaking = {
        (room(file), name)
        for file in FILES
        if not room(file).startswith("etl/store/")
        for name in leans_on(file, "sqlalchemy", "sqlite3", "psycopg")
    }
    assert speaking == set()


def test_no_callback_hangs_on_a_global_app() -> None:
    """Dash's global @callback is consumed by the first app made in the process."""
    assert [room(file) for file in FILES if "dash.callback" in imported(file)] == []


def test_there_is_one_clock() -> None:
    """The day is the council's (`set_time.today`): at half past midnight in June the server's
    own is still yesterday."""
    clocks = {"date.today", "datetime.today", "datetime.now", "datetime.utcnow"}
    asking = {
        room(file)
        for file in FILES
        for node in nodes_of(file)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and f"{node.value.id}.{node.attr}" in clocks
    }
    assert asking <= {"etl/set_time.py", "etl/store/engine.py"}


# Private names of other packages that are used all the same: the file, the name, and why.
PRIVATE = {
    ("etl/workbook.py", "_style"): "openpyxl looks a set style up in a list each time: seconds",
    ("etl/workbook.py", "_initialise_columns"): "openpyxl names a table's columns only in saving",
    ("dashboard/reports/word.py", "_sectPr"): "python-docx says no other way how a section lies",
}
# Underscored, but public by their owners' documentation (SQLAlchemy, Werkzeug, Python).
DOCUMENTED = {"_mapping", "_get_current_object", "_exit"}
# What is set on others' classes all the same, and why; `g`, `session` and `request` of Flask
# are there to be set.
PATCHED = {
    "HTTPChannel.parser_class": "waitress's setting for its parser; its server takes no other",
    "HTTPChannel.task_class": "and for its task",
}
MEANT_TO_BE_SET = {"g", "session", "request"}


def own_private_names() -> set[str]:
    """Every underscored name that a file of ours defines or assigns."""
    names: set[str] = set()
    for file in FILES:
        for node in nodes_of(file):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
                names |= {node.attr} if own else set()
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
    return names


def test_no_private_name_of_another_package_is_used() -> None:
    """Dash, Flask, SQLAlchemy, pdfplumber, openpyxl change what is underscored without notice."""
    own, used = own_private_names(), set()
    for file in FILES:
        for node in nodes_of(file):
            names = [node.attr] if isinstance(node, ast.Attribute) else []
            if isinstance(node, ast.ImportFrom) and not (node.module or "").startswith(
                ("etl", "dashboard", "__future__")
            ):
                names = [alias.name for alias in node.names]
            used |= {
                (room(file), name)
                for name in names
                if name.startswith("_") and not name.endswith("__") and name not in own | DOCUMENTED
            }
    assert used == set(PRIVATE)


def test_nothing_of_another_package_is_patched() -> None:
    """No attribute of an imported module, class or object of another package is set."""
    patched: set[str] = set()
    for file in FILES:
        nodes = nodes_of(file)
        foreign = {
            (alias.asname or alias.name).split(".")[0]
            for node in nodes
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
            if not (getattr(node, "module", "") or "").startswith(("etl", "dashboard"))
        }
        patched |= {
            ast.unparse(node)
            for node in nodes
            if isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Store)
            and isinstance(node.value, ast.Name)
            and node.value.id in foreign - MEANT_TO_BE_SET
        }
    assert patched == set(PATCHED)


def test_no_line_of_a_template_is_longer_than_120() -> None:
    templates = sorted((ROOT / "dashboard").rglob("*.html"))
    assert len(templates) > 10
    assert [
        f"{room(file)}:{number}"
        for file in templates
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if len(line) > 120
    ] == []


def test_the_formatter_is_not_fought() -> None:
    """At most a few tables keep a shape of their own."""
    kept = [room(file) for file in FILES if "# fmt: " in file.read_text("utf-8")]
    assert len(kept) < 20


def test_there_are_files_to_look_at() -> None:
    assert len(FILES) > 10


def test_the_server_starts_without_what_its_first_page_does_not_need() -> None:
    """Readers, checks, officers' pages and Explore take longer to import than a page to make."""
    said = subprocess.run(
        [sys.executable, "-c", "import sys, dashboard.web.app; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    late = ("etl.readers", "etl.recognise", "etl.checks", "etl.claims", "etl.draft", "pandas")
    late += ("dash.", "dashboard.officer", "dashboard.explore", "argon2", "wtforms", "resvg_py")
    assert "dashboard.web.app" in said
    assert [name for name in said if name.startswith(late)] == []


def test_the_scripts_of_a_public_page_stay_small() -> None:
    """Issue "One drawing, one web layer": under 250 lines for page.js and reading.js together."""
    scripts = [ROOT / "dashboard/web/assets" / name for name in ("page.js", "reading.js")]
    assert sum(len(file.read_text(encoding="utf-8").splitlines()) for file in scripts) < 250
