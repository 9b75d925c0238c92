"""A 400-page PDF pack with the appendix on 3 of its pages: python -m tests.bench pdf

Bounds: ten times as fast as pdfplumber's `extract_tables` over all pages in the same run,
no fewer cells right, under 300 MB (a process of its own, imports and recognition included).
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.etl.readers.drawing import PACK, Drawing, rows

PAGES = 400
TIMES, MEGABYTES = 10.0, 300.0
SENTENCE = (
    "the committee received a report on services for adults and children in the county and "
    "noted that work goes on with partners to improve outcomes for families in 2021 at a cost of"
)


def pack(file: Path) -> Path:
    """Prose, every tenth page with a ruled table of money, every thirtieth with months."""
    chance = random.Random(3)
    words = SENTENCE.split()
    drawing = Drawing(file)
    drawing.front()
    parts = iter(((0, 9), (9, 15), (15, 99)))
    for page in range(2, PAGES + 1):
        if page in (240, 241, 242):
            begin, end = next(parts)
            drawing.table(rows()[begin:end])
        elif page % 30 == 0:
            body = [
                [f"Service {n}", *(str(chance.randrange(900)) for _ in "abc")] for n in range(20)
            ]
            drawing.table(
                [["Budget", "Apr-21", "May-21", "Jun-21"], *body], widths=[150, 70, 70, 70]
            )
        elif page % 10 == 0:
            body = [[f"Line {n}", *(str(chance.randrange(900)) for _ in "abcd")] for n in range(20)]
            drawing.table([["Service", "2019", "2020", "2021", "Change"], *body])
        else:
            lines = [" ".join(chance.choices(words, k=14)) for _ in range(45)]
            drawing.prose([f"{page}.1 {lines[0]}", *lines[1:]])
    return drawing.done()


def ours(file: Path) -> dict[str, float]:
    """Seconds and megabytes of a reading, in this process; figures right and wrong."""
    import resource
    from dataclasses import replace

    from etl import readers, recognise, registry
    from etl.readers import pdf

    assert pdf  # loaded by now, as pdfplumber is in the other reading
    known = registry.load()

    def figures(path: Path) -> dict[tuple[str, str, object], object]:
        found = recognise.recognise(readers.read(path), known).observations
        return {(o.measure, o.cohort, o.period.end): replace(o.reading, raw="") for o in found}

    begun = time.perf_counter()
    read = figures(file)
    seconds = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    printed = figures(PACK / "appendix_1.txt")
    right = sum(read.get(key) == reading for key, reading in printed.items())
    wrong = sum(printed.get(key) != reading for key, reading in read.items())
    return {"seconds": seconds, "megabytes": memory, "right": right, "wrong": wrong}


def theirs(file: Path) -> dict[str, float]:
    """`extract_tables` over all pages, its cells through the same recognition."""
    from dataclasses import replace

    import pdfplumber

    from etl import recognise, registry
    from etl.model import Cell, Document, Place, Source, Table
    from etl.readers import read

    begun = time.perf_counter()
    tables = []
    with pdfplumber.open(file) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            for table in page.extract_tables():
                cells = tuple(
                    tuple(Cell(" ".join((text or "").split())) for text in row) for row in table
                )
                tables.append(Table(cells, place=Place(page=number)))
            page.close()
    seconds = time.perf_counter() - begun
    known = registry.load()
    found = recognise.recognise(Document(Source("pack", "", "pdf"), tuple(tables)), known)
    printed = {
        (o.measure, o.cohort, o.period.end): replace(o.reading, raw="")
        for o in recognise.recognise(read(PACK / "appendix_1.txt"), known).observations
    }
    right = sum(
        printed.get((o.measure, o.cohort, o.period.end)) == replace(o.reading, raw="")
        for o in found.observations
    )
    return {"seconds": seconds, "right": right}


def apart(which: str, file: Path) -> dict[str, float]:
    """One of the two in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_pdf", which, str(file)],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> int:
    """Print both readings; 1 where ours is out of its bounds."""
    with tempfile.TemporaryDirectory() as folder:
        file = pack(Path(folder) / "pack.pdf")
        mine, plain = apart("ours", file), apart("theirs", file)
    times = plain["seconds"] / mine["seconds"]
    print(
        f"{PAGES} pages: {mine['seconds']:.2f} s, {mine['megabytes']:.0f} MB, "
        f"{mine['right']:.0f} figures right, {mine['wrong']:.0f} wrong; pdfplumber alone "
        f"{plain['seconds']:.1f} s, {plain['right']:.0f} right: {times:.1f} times as fast"
    )
    within = times >= TIMES and mine["megabytes"] < MEGABYTES and not mine["wrong"]
    return 0 if within and mine["right"] >= plain["right"] else 1


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps({"ours": ours, "theirs": theirs}[sys.argv[1]](Path(sys.argv[2]))))
        sys.exit(0)
    sys.exit(main())
