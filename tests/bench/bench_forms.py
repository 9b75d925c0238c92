"""Workbooks and CSV files, from the file to what would be published: under 1 s each.

The officer's workbook with eight years of figures, the appendix as a workbook, the tidy
table, and a sheet with a million empty rows (no bound is set for it; it must not fill the
memory). Imports are done before the clock starts.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl

from etl import appendix, periods, readers, recognise, registry, template, tidy, workbook
from etl.appendix_workbook import add_appendix, add_tidy
from etl.model import Observation, Reading
from etl.personal import refuse
from etl.record import Record, assemble

REGISTRY = registry.load()
BOUND = 1.0  # seconds
MEMORY = 300  # MB


def held() -> Record:
    """Eight years of every row of Appendix 1."""
    figures = [
        Observation(
            REGISTRY.council.authority,
            *row.ref,
            appendix.period(row, end),
            Reading(Decimal(number % 90), row.unit, raw=str(number % 90)),
            date(2022, 3, 18),
            "made up",
            "appendix_1",
            "here",
        )
        for row in appendix.rows(REGISTRY)
        for number in range(96)
        for end in [periods.month(2014 + number // 12, number % 12 + 1)[1]]
    ]
    ordered, series = assemble((1, one) for one in figures)
    return Record(REGISTRY, series, ordered)


def read(path: Path) -> int:
    document = readers.read(path)
    refuse(document)
    return len(recognise.recognise(document, REGISTRY).observations)


def timed(says: str, act: Callable[[], object], bound: float | None = BOUND) -> bool:
    """Print how long `act` takes; whether that is within the bound."""
    start = time.perf_counter()
    given = act()
    taken = time.perf_counter() - start
    figures = f", {given:,} figures" if isinstance(given, int) else ""
    print(f"{says}: {taken:.3f} s{figures}" + (f" (bound {bound} s)" if bound else ""))
    return bound is None or taken < bound


def million(path: Path) -> Path:
    """A workbook with a million empty rows below its table."""
    book = openpyxl.Workbook()
    book.active.append(["Serial", "Measure Description", "Jul-20", "Aug-20"])
    book.active.append(["1a", "Number of children out of education - ALL CME", 521, 522])
    book.save(path)
    rows = b"".join(b'<row r="%d"/>' % row for row in range(3, 1_000_003))
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            if name.endswith("sheet1.xml"):
                data = data.replace(b"</sheetData>", rows + b"</sheetData>")
            new.writestr(name, data)
    return path


def main() -> int:
    record = held()
    kept = True
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        template.write(record, there / "warm.xlsx", today=date(2022, 6, 1))
        read(there / "warm.xlsx")
        write = lambda: template.write(record, there / "t.xlsx", today=date(2022, 6, 1))  # noqa: E731
        timed("the officer's workbook written", write, None)
        kept &= timed("the officer's workbook read", lambda: read(there / "t.xlsx"))
        book = workbook.new()
        add_appendix(book, appendix.grid(record))
        workbook.save(book, there / "a.xlsx")
        kept &= timed("Appendix 1 as a workbook", lambda: read(there / "a.xlsx"))
        flat = workbook.new()
        add_tidy(flat, record.observations, record.flag)
        workbook.save(flat, there / "d.xlsx")
        kept &= timed("the tidy table as a workbook", lambda: read(there / "d.xlsx"))
        (there / "d.csv").write_text(tidy.as_csv(record.observations, record.flag))
        kept &= timed("the tidy table as CSV", lambda: read(there / "d.csv"))
        empty = million(there / "m.xlsx")
        timed("a million empty rows", lambda: read(empty), None)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory: {memory:.0f} MB at most (bound {MEMORY} MB)")
    return 0 if kept and memory < MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
