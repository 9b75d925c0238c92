"""Each kind of real file, damaged at random and imported: published whole, or a plain message.

Never a traceback, and never a part of a release in the store.
"""

from __future__ import annotations

import io
import random
import sqlite3
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from etl import aliases, incoming, registry
from etl import tidy as tidy_table
from etl.commands import imports, main
from etl.council_store import open_store
from etl.store import Store, releases
from etl.store import engine as database
from tests.etl.readers.drawing import PACK, Drawing, rows

pytestmark = pytest.mark.slow

REGISTRY = registry.load()
SECONDS = 5.0  # a kind of file; a slow machine then tries fewer, not longer
TRIES = 150
STORES = Path(__file__).parents[1] / "stores"
DFE = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,"
    "region_name,new_la_code,old_la_code,la_name,breakdown,plans_issued_den,"
    "pc_plans_issued_within_20_weeks\n"
    "2021,Calendar year,National,E92000001,England,,,,,,All EHC plans,62180,57.9\n"
    "2021,Calendar year,Local authority,E92000001,England,E12000006,East of England,E10000020,926,"
    "Norfolk,All EHC plans,998,53.6\n"
)


def text(folder: Path) -> Path:
    file = folder / "pack.txt"
    file.write_bytes((PACK / "appendix_1.txt").read_bytes())
    return file


def pdf(folder: Path) -> Path:
    drawing = Drawing(folder / "pack.pdf")
    drawing.front()
    drawing.table(rows()[:9])
    return drawing.done()


def word(folder: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("2.3 There were 521 children in July 2020.")
    table = document.add_table(rows=9, cols=15)
    for row, cells in zip(table.rows, rows(), strict=False):
        for cell, printed in zip(row.cells, cells, strict=True):
            cell.text = printed
    document.save(str(folder / "pack.docx"))
    return folder / "pack.docx"


def excel(folder: Path) -> Path:
    book = openpyxl.Workbook()
    for row in rows():
        book.worksheets[0].append(row)
    book.save(folder / "pack.xlsx")
    return folder / "pack.xlsx"


def wide(folder: Path) -> Path:
    file = folder / "pack.csv"
    file.write_text("\n".join(";".join(row) for row in rows()), encoding="utf-8-sig")
    return file


def tidy(folder: Path) -> Path:
    file = folder / "tidy.csv"
    lines = (STORES / "d41778e.csv").read_text("utf-8").splitlines(keepends=True)[:30]
    file.write_text("".join(line.partition(",")[2] for line in lines), "utf-8")
    return file


def dfe(folder: Path) -> Path:
    file = folder / "timeliness_20_week.csv"
    file.write_text(DFE, encoding="utf-8-sig")
    return file


def release(folder: Path) -> Path:
    file = folder / "release.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data/timeliness_20_week.csv", "\ufeff" + DFE)
        archive.writestr("data-guidance/data-guidance.txt", "Reporting year 2025")
    return file


def damaged(content: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, a piece cut out, moved, repeated, or the end cut off."""
    found = bytearray(content)
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(found) or 1)
        end = min(len(found), at + chance.choice((1, 8, 60, 400)))
        match chance.randrange(6):
            case 0:
                found[at:end] = chance.randbytes(end - at)
            case 1:
                del found[at:end]
            case 2:
                found[at:at] = found[at:end] * chance.choice((1, 2, 50))
            case 3:
                del found[at:]
            case 4:
                found[at:end] = chance.choice((b"\0", b"9", b"<", b"\xff", b",", b"\n", b"-")) * 8
            case _:
                odd = ("\u202e", "٣", "²", "𝟙", "1e999", "&#0;", "nan", "-0", "\r", '"')
                found[at:at] = chance.choice(odd).encode()
    return bytes(found)


def damaged_within(content: bytes, chance: random.Random) -> bytes:
    """One entry of a zip damaged, the zip around it whole."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name in parts if parts[name]])
    parts[name] = damaged(parts[name], chance)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, part in parts.items():
            archive.writestr(entry, part)
    return buffer.getvalue()


KINDS: tuple[Callable[[Path], Path], ...] = (text, pdf, word, excel, wide, tidy, dfe, release)
DAY = date(2022, 3, 18)


class Import:
    """`python -m etl import` of one file into a store that is the same before every try."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.start, self.database = folder / "start.db", folder / "fuzz.db"
        self.opened: list[Store] = []
        patch.setenv("SEND_DATABASE_URL", f"sqlite:///{self.database}")
        patch.setenv("SEND_SEED", "0")
        patch.setattr(imports, "open_store", self._open)

    def _open(self) -> Store:
        self.opened.append(open_store())
        return self.opened[-1]

    def __call__(self, file: Path, *options: str) -> int:
        """The command's exit code; its store is closed, as the end of a process would."""
        try:
            return main(["import", str(file), "--published", DAY.isoformat(), *options])
        finally:
            while self.opened:
                self.opened.pop().close()

    def keep(self) -> None:
        """What is stored now is what every try begins with."""
        self._copy(self.database, self.start)

    def again(self) -> None:
        for name in ("", "-wal", "-shm"):
            Path(f"{self.database}{name}").unlink(missing_ok=True)
        self._copy(self.start, self.database)

    @staticmethod
    def _copy(source: Path, to: Path) -> None:
        with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(to)) as other:
            one.backup(other)

    def held(self) -> list[str]:
        """All that the store holds, as text."""
        with closing(sqlite3.connect(self.database)) as connection:
            return list(connection.iterdump())

    def figures(self) -> dict[int, set[tuple[str, ...]]]:
        """The figures of every release, as rows of the tidy table."""
        store = open_store(f"sqlite:///{self.database}", seed=False)
        found: dict[int, set[tuple[str, ...]]] = {r.number: set() for r in store.releases()}
        with database.reading(store.engine) as connection:
            for number, figure in releases.figures(connection, aliases.of(registry.load())):
                found[number].add(tuple(tidy_table.row(figure).values()))
        store.close()
        return found


def expected(file: Path, options: tuple[str, ...]) -> set[tuple[str, ...]]:
    """The figures that a file brings, read once more."""
    found = incoming.read(file, REGISTRY, DAY, breakdowns="--breakdowns" in options)
    return {tuple(tidy_table.row(figure).values()) for figure in found.observations}


OPTIONS = ((), ("--accept-warnings", "damaged on purpose"), ("--breakdowns",), ("--dry-run",))


@pytest.mark.parametrize("make", KINDS, ids=[make.__name__ for make in KINDS])
def test_whatever_the_damage_a_release_is_stored_whole_or_not_at_all(
    make: Callable[[Path], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file, run = make(tmp_path), Import(tmp_path, monkeypatch)
    content = file.read_bytes()
    assert run(file, "--accept-warnings", "made up") == 0
    run.keep()
    before, first = run.held(), run.figures()
    assert any(first.values())
    ways = (damaged, damaged_within) if zipfile.is_zipfile(file) else (damaged,)
    until = time.monotonic() + SECONDS
    for seed in range(TRIES):
        chance = random.Random(seed)
        file.write_bytes(chance.choice(ways)(content, chance))
        options = chance.choice(OPTIONS)
        run.again()
        capsys.readouterr()
        code = run(file, *options)
        said = capsys.readouterr()
        if code or "--dry-run" in options:
            assert code in (0, 1, 2, 3), seed
            assert run.held() == before, f"seed {seed}: exit {code}, and something was stored"
        else:
            new = {n: rows for n, rows in run.figures().items() if n not in first}
            stored = set[tuple[str, ...]]().union(*new.values())
            wanted = expected(file, options)
            held = {tuple(row) for rows in first.values() for row in rows}
            assert stored <= wanted, f"seed {seed}: figures that the file does not hold"
            assert len(new) <= 1 or make is tidy, seed
            left = {row[:5] + row[11:12] for row in wanted - stored}
            assert left <= {row[:5] + row[11:12] for row in held | stored}, f"seed {seed}: lost"
        if code == 2 or code == 3:
            assert file.name in said.err, f"seed {seed}: {said.err!r} does not name the file"
            assert said.err.strip().count("\n") < 2, f"seed {seed}: {said.err!r}"
        if time.monotonic() > until:
            break
