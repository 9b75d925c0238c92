"""A mutation run: python -m tests.mutants [--count 240] [--seed 1] [--only etl/checks]

One place of the code at a time is changed (a comparison, a constant, an and to an or), and the
tests nearest to its room are run: some test must fail. What survives is listed with its line,
before and after. A development script, not CI: some five seconds a mutant and core.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
# Each room and the tests nearest to it.
NEAREST = {
    "etl/analysis": "tests/etl/test_analysis_*.py tests/dashboard/test_views_*.py",
    "etl/checks": "tests/etl/checks tests/etl/test_acts.py tests/etl/test_pipeline.py",
    "etl/store": "tests/etl/store tests/stores tests/etl/test_seed.py tests/etl/test_pipeline.py",
    "dashboard/views": "tests/dashboard/test_views_*.py tests/dashboard/test_parts.py "
    "tests/dashboard/test_sentences.py",
}
_SLOW = ("any", "correct", "anything")
_SECONDS = 240  # a mutant that takes longer than this hangs: killed
_COMPARED: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Is: "is not",
    ast.IsNot: "is",
    ast.In: "not in",
    ast.NotIn: "in",
}
_COUNTED: dict[type[ast.operator], str] = {
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "/",
    ast.Div: "*",
    ast.FloorDiv: "*",
    ast.Mod: "*",
}


class Mutant(NamedTuple):
    """A file with one expression put differently; offsets count bytes of the source."""

    file: str
    line: int
    start: int
    end: int
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.before} -> {self.after}"


def _differently(node: ast.AST) -> Iterator[str]:
    """Ways to put an expression so that it means something else."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARED:
            yield f"{ast.unparse(left)} {_COMPARED[type(op)]} {ast.unparse(right)}"
        case ast.BoolOp(op=op, values=values):
            other = " or " if isinstance(op, ast.And) else " and "
            yield other.join(f"({ast.unparse(value)})" for value in values)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _COUNTED:
            yield f"{ast.unparse(left)} {_COUNTED[type(op)]} ({ast.unparse(right)})"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield f"bool({ast.unparse(operand)})"
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield f"{ast.unparse(orelse)} if {ast.unparse(test)} else {ast.unparse(body)}"
        case ast.Constant(value=bool() as value):
            yield str(not value)
        case ast.Constant(value=int() | float() as value):
            yield str(value + 1)
        case ast.Constant(value=str() as value) if value.replace("_", "").isalpha():
            yield repr(f"{value}x")


def _untested(tree: ast.Module) -> set[ast.AST]:
    """Nodes that no run of the code evaluates for its sense: annotations, texts, decorators."""
    left_out: set[ast.AST] = set()
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.AnnAssign | ast.arg):
            parts.append(node.annotation)
        if isinstance(node, ast.FunctionDef):
            parts += [node.returns, *node.decorator_list]
        if isinstance(node, ast.Expr | ast.JoinedStr | ast.Assert | ast.Raise):
            parts.append(node)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            parts.append(node)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("cast", "Literal"):
            parts.append(node)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield | ast.Call):
            continue
        for part in parts:
            left_out |= set(ast.walk(part)) if part else set()
    return left_out


def mutants(file: Path) -> list[Mutant]:
    """Every mutant of a file."""
    source = file.read_text("utf-8")
    starts = [0]
    for line in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    tree = ast.parse(source)
    left_out = _untested(tree)
    made = []
    for node in ast.walk(tree):
        if node in left_out or not isinstance(node, ast.expr):
            continue
        for after in _differently(node):
            assert node.end_lineno is not None
            assert node.end_col_offset is not None
            start = starts[node.lineno - 1] + node.col_offset
            end = starts[node.end_lineno - 1] + node.end_col_offset
            before = source.encode()[start:end].decode()
            name = file.relative_to(ROOT).as_posix()
            made.append(Mutant(name, node.lineno, start, end, before, after))
    return made


def _tests(room: str) -> list[str]:
    """The nearest test files, those that try many made-up records last."""
    files = [
        file
        for part in NEAREST[room].split()
        for path in ROOT.glob(part)
        for file in (sorted(path.rglob("test_*.py")) if path.is_dir() else [path])
    ]
    files.sort(key=lambda file: any(word in file.stem for word in _SLOW))
    return [str(file.relative_to(ROOT)) for file in files]


def _failed(tree: Path, tests: list[str]) -> str:
    """The first test file that fails in `tree`, "" where all pass."""
    command = [sys.executable, "-m", "pytest", "-x", "-n", "0", "-q", "-p", "no:cacheprovider"]
    try:
        done = subprocess.run(
            [*command, *tests],
            cwd=tree,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "SEND_TEST_POSTGRES": "", "CI": ""},
        )
    except subprocess.TimeoutExpired:
        return "out of time"
    if not done.returncode:
        return ""
    named = re.search(r"^(?:FAILED|ERROR) (tests/[^: ]+)", done.stdout, re.MULTILINE)
    return named.group(1) if named else "not collected"


def killer(mutant: Mutant, tree: Path, tests: list[str]) -> str:
    """The test file that fails first when the tree holds the mutant, "" where it survives."""
    file = tree / mutant.file
    kept = file.read_bytes()
    file.write_bytes(kept[: mutant.start] + f"({mutant.after})".encode() + kept[mutant.end :])
    try:
        return _failed(tree, tests)
    finally:
        file.write_bytes(kept)


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.mutants")
    asked.add_argument("--count", type=int, default=240)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", default="", help="a room or a file")
    asked.add_argument("--workers", type=int, default=2)
    given = asked.parse_args()
    every = [
        (room, mutant)
        for room in NEAREST
        for file in sorted((ROOT / room).rglob("*.py"))
        for mutant in mutants(file)
        if mutant.file.startswith(given.only)
    ]
    chosen = random.Random(given.seed).sample(every, min(given.count, len(every)))
    trees: Queue[Path] = Queue()
    dead: Counter[str] = Counter()
    kills: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(given.workers):
            tree = Path(folder, f"tree-{number}", "project")
            left_out = shutil.ignore_patterns(".git", ".venv", "node_modules", "*.db*", ".*_cache")
            shutil.copytree(ROOT, tree, ignore=left_out)
            trees.put(tree)

        # A test that fails on the unchanged code would "kill" every mutant.
        for room in {room for room, _ in chosen}:
            if failing := _failed(tree, _tests(room)):
                sys.exit(f"{failing} fails before anything is changed")

        def run(one: tuple[str, Mutant]) -> tuple[str, Mutant, bool]:
            tree = trees.get()
            try:
                # What has killed most is tried first.
                tests = sorted(_tests(one[0]), key=lambda file: -kills[file])
                by = killer(one[1], tree, tests)
                kills[by] += 1
                return *one, bool(by)
            finally:
                trees.put(tree)

        with ThreadPoolExecutor(given.workers) as pool:
            for number, (room, mutant, is_dead) in enumerate(pool.map(run, chosen), 1):
                dead[room] += is_dead
                if not is_dead:
                    print(f"survived  {mutant}", flush=True)
                elif number % 20 == 0:
                    print(f"{number} of {len(chosen)}, {dead.total()} killed", flush=True)
    total = Counter(room for room, _ in chosen)
    for room, count in sorted(total.items()):
        print(f"{room}: {dead[room]} of {count} killed")
    share = 100 * dead.total() / len(chosen)
    print(f"{dead.total()} of {len(chosen)} mutants killed ({share:.0f}%)")


if __name__ == "__main__":
    main()
