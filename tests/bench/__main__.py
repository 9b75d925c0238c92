"""python -m tests.bench: every benchmark here, each in a process of its own; prints figures.

A benchmark is a module `bench_*.py` that prints lines and exits 0 (within its bounds) or 1.
Name some to run only these: python -m tests.bench reading
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(names: list[str]) -> int:
    """Run the benchmarks named, or all; 1 where any is out of its bounds."""
    worst = 0
    for module in sorted(file.stem for file in HERE.glob("bench_*.py")):
        if names and module.removeprefix("bench_") not in names:
            continue
        print(f"== {module}", flush=True)
        done = subprocess.run(
            [sys.executable, "-m", f"tests.bench.{module}"], cwd=HERE.parent.parent, check=False
        )
        worst = max(worst, min(done.returncode, 1))
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
