"""python -m tests.stores.make: a store as commit d41778e makes it, and what it reads in it.

Checks the commit out beside, runs `acts.py` in it, and writes `d41778e.*` into this folder. The
interpreter is the one that runs this: it needs the libraries of that commit's lock file.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

COMMIT = "d41778e"
HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def main() -> int:
    """Make the files anew; 0 where that worked."""
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder) / "then"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--detach", str(checkout), COMMIT], check=True)
        try:
            subprocess.run(
                [sys.executable, str(HERE / "acts.py"), str(HERE), COMMIT],
                cwd=checkout,
                env={**os.environ, "PYTHONPATH": str(checkout), "TZ": "UTC"},
                check=True,
            )
        finally:
            subprocess.run([*git, "remove", "--force", str(checkout)], check=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
