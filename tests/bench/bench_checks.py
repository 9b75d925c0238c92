"""How long all checks take: `python tests/bench/bench_checks.py [AUTHORITIES]`.

Ten years of monthly figures of every measure, made up, for 150 authorities (bound: 30 s
and 1 GB, the record itself included) and for the council alone (bound: 0.2 s).
"""

from __future__ import annotations

import gc
import resource
import sys
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from etl import checks
from tests.etl.checks.made_up import REGISTRY, council, record

YEARS = 10
ALONE_SECONDS, ALL_SECONDS, ALL_MEGABYTES = 0.2, 30.0, 1000.0


def measured(authorities: int) -> tuple[float, int, int]:
    """Seconds that the checks take, figures that they looked at, findings."""
    codes = [REGISTRY.council.authority, *(f"E{n:08}" for n in range(1, authorities))]
    held = record(
        figure
        for number, code in enumerate(codes)
        for figure in council(code, Random(number), 2014, YEARS)
    )
    gc.collect()
    took = []
    for _ in range(5 if authorities == 1 else 1):  # the least of five: others use the machine too
        start = time.perf_counter()
        findings = checks.run(held)
        took.append(time.perf_counter() - start)
    return min(took), len(held.observations), len(findings)


def main() -> int:
    authorities = int(sys.argv[1]) if len(sys.argv) > 1 else 150
    checks.run(record(council(REGISTRY.council.authority, Random(1), 2014, 1)))
    alone, figures, _ = measured(1)
    print(f"council alone: {figures:,} figures, {alone:.3f} s (bound {ALONE_SECONDS} s)")
    seconds, figures, findings = measured(authorities)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{authorities} authorities: {figures:,} figures, {findings:,} findings, {seconds:.1f} s "
        f"(bound {ALL_SECONDS:.0f} s), {megabytes:.0f} MB at most (bound {ALL_MEGABYTES:.0f} MB)"
    )
    kept = alone < ALONE_SECONDS and seconds < ALL_SECONDS and megabytes < ALL_MEGABYTES
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
