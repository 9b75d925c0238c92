"""DfE's real release of 2025, read and recognised in full: python -m tests.bench dfe

Without the file (../shared/benchmarks) it says so.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

RELEASE = (
    Path(__file__).resolve().parents[3]
    / "shared/benchmarks/education-health-and-care-plans_2025.zip"
)
# Seconds and megabytes at most, imports included; without and with the breakdowns.
BOUNDS = {False: (1.5, 400.0), True: (12.0, 400.0)}
AREAS = 153 + 9 + 1


def main() -> int:
    """Print seconds, memory and figures; 1 where out of bounds."""
    if not RELEASE.exists():
        print(f"not measured: {RELEASE.name} is not at hand")
        return 0
    return max(measure(breakdowns) for breakdowns in BOUNDS)


def measure(breakdowns: bool) -> int:
    begun = time.perf_counter()
    from etl import readers, recognise, registry

    document = readers.read(RELEASE, breakdowns=breakdowns)
    found = recognise.recognise(document, registry.load()).observations
    seconds = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    areas = {o.authority for o in found if o.period.start.year == 2024}
    print(f"{len(found):,} figures of {len(areas)} areas in 2024: {seconds:.2f} s, {memory:.0f} MB")
    bound, most = BOUNDS[breakdowns]
    return 0 if seconds < bound and memory < most and len(areas) == AREAS else 1


if __name__ == "__main__":
    sys.exit(main())
