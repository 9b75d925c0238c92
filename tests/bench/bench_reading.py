"""Reading both packs and publishing them: under 2 s and 250 MB after imports.

Also what the store costs beside: opening it again, a record, a large import.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from etl import pipeline, readers, recognise, registry
from etl.council_store import open_store
from etl.model import Observation, Period, Reading
from etl.publication import NewRelease
from etl.store import Store
from tests import folders

ROOT = Path(__file__).resolve().parents[2]
_WHOLE = ROOT.parent / "shared" / "packs"
_TEXTS = [_WHOLE / "2021-09-17.txt", _WHOLE / "2022-03-18.txt"]
PACKS = _TEXTS if _WHOLE.is_dir() else sorted(folders.PACKS.iterdir())


def timed(says: str, act: Callable[[], object], bound: float | None = None) -> bool:
    """Print how long `act` takes in seconds; whether that is within the bound."""
    start = time.perf_counter()
    act()
    taken = time.perf_counter() - start
    print(f"{says}: {taken:.3f} s" + (f" (bound {bound} s)" if bound else ""))
    return bound is None or taken < bound


def memory() -> float:
    """The most this process has held, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform == "linux" else peak / 1024 / 1024


def publish(store: Store) -> None:
    """Both packs, in one transaction."""
    prepared = pipeline.prepare(PACKS, store)
    pipeline.publish(store, prepared, "bench", accept_reason="benchmark")


def large(figures: int = 20_000) -> NewRelease:
    """A release of the size of DfE's file: many areas, many years."""
    one = Observation(
        "E06000001",
        "ehc_plans_issued",
        "all",
        Period("calendar_year", date(2019, 1, 1), date(2019, 12, 31)),
        Reading(Decimal(100), "count", raw="100"),
        date(2024, 6, 27),
        "DfE",
        "dfe",
        "timeliness_20_week.csv, Hartlepool, 2019, plans_issued_den",
    )
    return NewRelease(
        one.published,
        "DfE",
        "dfe",
        tuple(replace(one, authority=f"E{number:08}") for number in range(figures)),
    )


def main() -> int:
    """Print each figure; 1 where one is out of its bound."""
    declared = registry.load()
    for warm in PACKS[:1]:  # imports of the reader, not the reading
        recognise.recognise(readers.read(warm), declared)
    print(f"after imports: {memory():.0f} MB")
    within = []
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        store = open_store(url, seed=False)
        within.append(timed("read and publish both packs", lambda: publish(store), 2.0))
        print(f"most memory: {memory():.0f} MB (bound 250 MB)")
        within.append(memory() < 250)
        timed("publish 20,000 figures", lambda: store.publish([large()], "bench"))
        timed("a record of them", store.record)
        timed("the same record again", store.record)
        seeded = f"sqlite:///{folder}/seeded.db"
        timed("open and seed a new store", lambda: open_store(seeded, seed=True))
        timed("open it again", lambda: open_store(seeded, seed=True))
        timed("its checks", lambda: len(open_store(seeded, seed=True).record().judged))
    return 0 if all(within) else 1


if __name__ == "__main__":
    sys.exit(main())
