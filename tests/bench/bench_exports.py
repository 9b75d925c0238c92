"""The report pack: all pictures in one batch against `fig.write_image` in a loop, and documents.

Bounds: pictures at least 6 times as fast as the loop over the same figures, in one run;
Word, workbook and briefing under 5 s beyond the pictures; under 1 GB.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import plotly.graph_objects as go

from dashboard.exports import pack, pictures
from dashboard.exports.pictures import Picture
from dashboard.exports.report import build
from dashboard.plotted import charts
from etl.store import open_store
from tests.bench.bench_reading import memory

TIMES_AS_FAST, DOCUMENTS, MEGABYTES = 6.0, 5.0, 1000.0


def main() -> int:
    """1 where a bound is missed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = open_store(f"sqlite:///{folder / 'send.db'}", seed=True)
        record = store.record(date(2022, 3, 18))
        report = build(record)
        size = charts.SIZES["half"]
        figures = {p.stem: charts.figure(p.view.chart, "half") for p in report.pictures}
        wanted = [
            Picture(folder / f"{stem}.png", figure, size.width, size.height)
            for stem, figure in figures.items()
        ]
        start = time.perf_counter()
        failures = pictures.draw(wanted)
        batch = time.perf_counter() - start
        assert not failures, failures

        drawn = {stem: folder / f"{stem}.png" for stem in figures}
        start = time.perf_counter()
        pack.write_documents(report, record, folder, drawn, report.pictures)
        documents = time.perf_counter() - start

        start = time.perf_counter()
        for stem, figure in figures.items():
            go.Figure(figure).write_image(
                folder / f"loop_{stem}.png", width=size.width, height=size.height, scale=size.scale
            )
        loop = time.perf_counter() - start

    ratio = loop / batch
    print(f"{len(wanted)} pictures in one batch: {batch:.1f} s")
    print(f"the same by write_image in a loop: {loop:.1f} s, {ratio:.1f} times (bound 6)")
    print(f"Word, workbook, captions and briefing: {documents:.2f} s (bound {DOCUMENTS:.0f} s)")
    print(f"memory: {memory():.0f} MB (bound {MEGABYTES:.0f} MB)")
    met = ratio >= TIMES_AS_FAST and documents < DOCUMENTS and memory() < MEGABYTES
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
