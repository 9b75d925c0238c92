"""England's figures under a store: python -m tests.bench national

Processor time, since other programs may run beside it.
"""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path

TABLES, AREA = 0.5, 0.06  # seconds at most: all tables read; an area's page first computed
WORKER = 160.0  # megabytes at most: a process with all of it, before Explore is opened
AREAS = ("E09000023", "E10000016", "E12000005", "E08000025")


def main() -> int:
    """Print seconds and memory; 1 where out of bounds."""
    from dashboard.views.area import area
    from dashboard.web.app import create_app
    from etl import data_folder, national, registry
    from etl.council_store import open_store

    declared = registry.load()
    begun = time.process_time()
    national.National(data_folder.national(registry.DATA, national.FOLDER), declared)
    read = time.process_time() - begun
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'send.db'}", seed=True)
        create_app(store).test_client().get("/")
        record = store.record()
        slowest = 0.0
        for code in AREAS:
            begun = time.process_time()
            area(record, code)
            slowest = max(slowest, time.process_time() - begun)
        figures = sum(1 for _ in record.figures(None))
        store.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"tables read: {read:.2f} s")
    print(f"an area's page first computed, slowest of {len(AREAS)}: {slowest:.3f} s")
    print(f"the overview, these areas and {figures:,} figures given out: {memory:.0f} MB")
    return int(read > TABLES or slowest > AREA or memory > WORKER)


if __name__ == "__main__":
    raise SystemExit(main())
