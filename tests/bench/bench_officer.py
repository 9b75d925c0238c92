"""The officers' bounds: upload to review, publish to visible, 20 officers beside 200 readers.

A server of its own on a store of its own; about 30 seconds. Ends 1 where a bound is broken.
"""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from dashboard.officer import passwords
from etl import template
from etl.council_store import open_store
from etl.draft.contents import of
from etl.store import Store
from tests.bench.visitor import Visitor
from tests.dashboard.officer.signed_in import PASSWORD, Forms

UPLOAD, PUBLISH, READERS_P95 = 2.0, 1.0, 0.2
OFFICERS, READERS, SECONDS, TRAINING = 20, 200, 15.0, 5.0
# A reader looks at what came for a few seconds before asking for more.
THINKS = (1.5, 4.5)
PATHS = (
    "/",
    "/quality",
    "/about",
    "/measure/children_missing_education",
    "/measure/ehc_plan_days",
    "/api/observations.csv?measure=children_missing_education",
    "/measure/complaints_local",
)


def workbook(store: Store, folder: Path) -> bytes:
    """The workbook given out, with a month filled in."""
    import openpyxl

    file = folder / "month.xlsx"
    file.write_bytes(template.workbook(store.record()))
    book = openpyxl.load_workbook(file)
    sheet = book["Appendix 1"]
    header = [str(cell.value) for cell in sheet[1]]
    column = next(at for at, text in enumerate(header, 1) if text.startswith("Feb-22"))
    for row in range(2, sheet.max_row + 1):
        before = sheet.cell(row, column - 1).value or sheet.cell(row, column - 2).value
        if before not in (None, "", "-"):
            sheet.cell(row, column).value = before
    book.save(file)
    return file.read_bytes()


def once(port: int, content: bytes) -> tuple[float, float]:
    """Seconds from upload to the finished review, and from publishing to visible."""
    anna = Visitor(port)
    anna.sign_in("officer0")
    anna.ask("GET", "/officer/upload")
    status, uploading = anna.upload("month.xlsx", content, meeting="2022-05-20")
    assert status == 200, anna.page[:3000]
    assert " new, " in anna.page
    where = anna.at
    reader = Visitor(port)
    begun = time.perf_counter()
    anna.send("/answers", to=f"{where}/publish", accept="a benchmark")
    status, _ = anna.send("/publish")
    assert anna.at == "/officer/releases", anna.page[-4000:]
    while True:
        reader._connection.request(
            "GET", "/api/observations.csv?measure=children_missing_education"
        )
        text = reader._connection.getresponse().read().decode()
        if "2022-02-28" in text:
            return uploading, time.perf_counter() - begun
        assert time.perf_counter() - begun < 10, "what was published never showed"


def typing(
    port: int, name: str, stop: float, errors: list[str], typed: dict[str, set[str]]
) -> None:
    try:
        anna = Visitor(port)
        anna.sign_in(name)
        anna.ask("GET", "/officer/drafts/new")
        anna.send("new", meeting="2022-07-15", title=name)
        where = anna.at
        anna.ask("GET", f"{where}/grid")
        cells = [n for f in Forms(anna.page).forms for n in f["fields"] if n.startswith("c:")]
        count = 0
        while time.perf_counter() < stop:
            time.sleep(random.uniform(1.0, 3.0))
            cell, value = cells[count % len(cells)], str(100 + count)
            status, _ = anna.send("/grid", **{cell: value})
            if status != 200:
                errors.append(f"{name}: {status}")
                return
            typed.setdefault(name, set()).add(f"{cell.removeprefix('c:')}={value}")
            count += 1
    except Exception as error:
        errors.append(f"{name}: {type(error).__name__}: {error}")


def reading(port: int, begun: float, stop: float, errors: list[str], took: list[float]) -> None:
    try:
        reader = Visitor(port)
        time.sleep(random.uniform(0, THINKS[1]))
        while time.perf_counter() < stop:
            path = random.choice(PATHS)
            asked = time.perf_counter()
            status, seconds = reader.ask("GET", path)
            if status != 200:
                errors.append(f"{path}: {status}")
            if asked > begun:
                took.append(seconds)
            time.sleep(random.uniform(*THINKS))
    except Exception as error:
        errors.append(f"reader: {type(error).__name__}: {error}")


def together(port: int, store: Store) -> tuple[list[str], list[float], int]:
    errors: list[str] = []
    took: list[float] = []
    typed: dict[str, set[str]] = {}
    begun = time.perf_counter() + TRAINING
    stop = begun + SECONDS
    crowd = [
        threading.Thread(target=typing, args=(port, f"officer{n}", stop, errors, typed))
        for n in range(OFFICERS)
    ]
    crowd += [
        threading.Thread(target=reading, args=(port, begun, stop, errors, took))
        for _ in range(READERS)
    ]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    lost = 0
    held = {draft.title: of(draft).typed for draft in store.drafts.all()}
    for name, cells in typed.items():
        lost += sum(
            f"{k}={v}" not in {f"{a}={b}" for a, b in held[name].items()}
            for k, _, v in (cell.partition("=") for cell in cells)
        )
    if len(typed) < OFFICERS:
        errors.append(f"only {len(typed)} officers could type")
    return errors, took, lost


def main() -> int:
    """Run it all; 1 where a bound is broken."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/send.db"
        store = open_store(url)
        held = passwords.hashed(PASSWORD)
        for n in range(OFFICERS):
            store.accounts.add(f"officer{n}", held, editor=True, publisher=True, actor="bench")
        content = workbook(store, Path(folder))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "dashboard", "--port", str(port)]
        log = (Path(folder) / "log").open("w")
        server = subprocess.Popen(
            command, env={**os.environ, "SEND_DATABASE_URL": url}, stdout=log, stderr=log
        )
        try:
            for _ in range(200):
                try:
                    Visitor(port).ask("GET", "/health")
                    break
                except OSError:
                    time.sleep(0.2)
            uploading, showing = once(port, content)
            errors, took, lost = together(port, store)
        finally:
            server.terminate()
            server.wait(10)
            store.close()
    took.sort()
    p95 = took[int(len(took) * 0.95)] if took else 99.0
    print(f"upload of a month's workbook to the finished review: {uploading:.2f} s (bound 2)")
    print(f"publish to visible: {showing:.2f} s (bound 1)")
    print(
        f"{OFFICERS} officers typing, {READERS} readers, {SECONDS:.0f} s: {len(took)} requests of "
        f"readers, median {took[len(took) // 2] * 1000 if took else 0:.0f} ms, p95 "
        f"{p95 * 1000:.0f} ms (bound 200), {len(errors)} errors, {lost} cells lost"
    )
    for error in errors[:5]:
        print(" ", error)
    good = uploading < UPLOAD and showing < PUBLISH and p95 < READERS_P95
    return 0 if good and not errors and not lost else 1


if __name__ == "__main__":
    sys.exit(main())
