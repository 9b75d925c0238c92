"""A mutation run: python -m tests.mutants [--count 240] [--seed 1] [--only etl/checks]

One place of the code at a time is changed (a comparison, a constant, an and to an or), and the
tests nearest to its room are run: some test must fail. What survives is listed with its line,
before and after. A development script, not CI.

The tests of a room are collected and run once, unchanged, to learn which of them call which
function. Each mutant is then tried in a fork of that process: the function gets the mutant's
code, and the tests that call it are run, the quickest first. What survives that, or
lies outside any function (module level, defaults, what only a session's fixture calls), is tried
anew in a process of its own, with PostgreSQL where SEND_TEST_POSTGRES names one.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.mutation.mutants import ROOT, Mutant, mutants

# Each room and the tests nearest to it.
NEAREST = {
    "etl/analysis": "tests/etl/test_analysis_*.py tests/etl/test_dfe_columns.py "
    "tests/dashboard/test_views_*.py",
    "etl/checks": "tests/etl/checks tests/etl/test_acts.py tests/etl/test_pipeline.py "
    "tests/etl/commands/test_correct.py tests/etl/test_analysis_corrected.py",
    "etl/store": "tests/etl/store tests/stores tests/etl/test_seed.py tests/etl/test_pipeline.py",
    "dashboard/views": "tests/dashboard/test_views_*.py tests/dashboard/test_parts.py "
    "tests/dashboard/test_sentences.py tests/dashboard/test_readings.py",
}


def tests_of(room: str) -> list[str]:
    """The test files nearest to a room."""
    files = [
        file
        for part in NEAREST[room].split()
        for path in ROOT.glob(part)
        for file in (sorted(path.rglob("test_*.py")) if path.is_dir() else [path])
    ]
    return [str(file.relative_to(ROOT)) for file in files]


def _survivors(room: str, chosen: list[Mutant]) -> list[Mutant]:
    """The room's mutants that no test kills."""
    with tempfile.TemporaryDirectory() as folder:
        asked, told = Path(folder, "asked.json"), Path(folder, "told.json")
        asked.write_text(json.dumps([list(mutant) for mutant in chosen]))
        command = [sys.executable, "-m", "tests.mutation.room", str(asked), str(told)]
        subprocess.run(
            [*command, *tests_of(room)],
            cwd=ROOT,
            check=True,
            env={**os.environ, "CI": "", "PYTHONHASHSEED": "0"},
        )
        return [Mutant(*parts) for parts in json.loads(told.read_text())]


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.mutants")
    asked.add_argument("--count", type=int, default=240)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", default="", help="a room or a file")
    given = asked.parse_args()
    every = [
        (room, mutant)
        for room in NEAREST
        for file in sorted((ROOT / room).rglob("*.py"))
        for mutant in mutants(file)
        if mutant.file.startswith(given.only)
    ]
    chosen = random.Random(given.seed).sample(every, min(given.count, len(every)))
    dead: Counter[str] = Counter()
    total = Counter(room for room, _ in chosen)
    for room in NEAREST:
        if not total[room]:
            continue
        left = _survivors(room, [mutant for its, mutant in chosen if its == room])
        for mutant in left:
            print(f"survived  {mutant}", flush=True)
        dead[room] = total[room] - len(left)
        print(f"{room}: {dead[room]} of {total[room]} killed", flush=True)
    share = 100 * dead.total() / max(len(chosen), 1)
    print(f"{dead.total()} of {len(chosen)} mutants killed ({share:.0f}%)")


if __name__ == "__main__":
    main()
