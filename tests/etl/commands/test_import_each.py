"""`python -m etl import --each`: years of files, each by itself, oldest first."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl.commands import import_each, main
from etl.council_store import open_store
from etl.store import StoreError
from tests.folders import PACKS

EARLY = "Date of meeting: 17 September 2021\n\nSerial\tMeasure Description\tJun-21\tJul-21\n"
LATE = "Date of meeting: 18 March 2022\n\nSerial\tMeasure Description\tJul-21\tNov-21\n"
ROW = "1a\tNumber of children out of education - ALL CME\t{}\t{}\n"
Run = Callable[..., tuple[int, list[str], str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The later pack first by name, a folder in the folder, and files that are none of ours."""
    files = {
        "a_late.txt": LATE + ROW.format(391, 512),
        "old/z_early.txt": EARLY + ROW.format(410, 387),
        "old/minutes.txt": "The committee met.\n",
        "undated.txt": LATE.partition("\n\n")[2] + ROW.format(1, 2),
        "twice.csv": "measure,value\n",
        ".hidden.txt": "nothing",
        "~$open.docx": "nothing",
        "logo.png": "nothing",
    }
    for name, text in files.items():
        file = tmp_path / "history" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "history"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("SEND_DATABASE_URL", f"sqlite:///{tmp_path / 'send.db'}")
    monkeypatch.setenv("SEND_SEED", "0")

    def command(*arguments: object) -> tuple[int, list[str], str]:
        code = main(["import", *map(str, arguments), "--each"])
        told = capsys.readouterr()
        return code, told.out.splitlines(), told.err

    return command


def test_the_oldest_comes_first_and_what_is_refused_stands_in_nobodys_way(
    run: Run, folder: Path
) -> None:
    code, said, _ = run(folder)
    assert code == 1, "a file was refused"
    assert said[-1] == ("5 files: 2 published, 0 with nothing new, 2 without a table, 1 refused")
    store = open_store()
    assert [str(r.published) for r in store.releases()] == ["2021-09-17", "2022-03-18"]
    early, late = (line for line in said if "published" in line and "release" in line)
    assert "z_early.txt: release 1: 2 new, 0 revised, 0 unchanged" in early
    assert "a_late.txt: release 2: 1 new, 1 revised, 0 unchanged" in late
    (undated,) = (line for line in said if "undated.txt" in line)
    assert "does not say" in undated


def test_a_second_run_goes_on_where_the_first_was_cut_off(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = import_each._published

    def cut_off(file: Path, *more: object) -> import_each.Outcome:
        if file.name == "a_late.txt":
            raise KeyboardInterrupt
        return published(file, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(import_each, "_published", cut_off)
    code, said, told = run(folder)
    assert (code, "What is published stays" in told) == (130, True)
    assert "1 published" in said[-1]
    monkeypatch.setattr(import_each, "_published", published)
    _, said, _ = run(folder)
    assert said[-1].startswith("5 files: 1 published, 1 with nothing new")


def test_the_folder_of_an_excerpt_is_one_file(run: Run, tmp_path: Path) -> None:
    shutil.copytree(PACKS, tmp_path / "packs")
    code, said, _ = run(tmp_path / "packs")
    assert code == 0, said
    assert said[-1].startswith("2 files: 2 published")


def test_a_dry_run_stores_nothing(run: Run, folder: Path) -> None:
    _, said, _ = run(folder, "--dry-run")
    assert said[-1] == "Dry run: nothing is stored"
    assert open_store().releases() == ()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--published", "2022-03-18"], "--each takes each file's own date"),
        (["--accept-warnings", " "], "--accept-warnings needs a reason"),
    ],
)
def test_what_does_not_go_with_it_is_refused(
    run: Run, folder: Path, more: list[str], told: str
) -> None:
    code, _, said = run(folder, *more)
    assert code in (1, 2)
    assert told in said
    assert open_store().releases() == ()


def test_an_empty_folder_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, _, said = run(tmp_path / "empty")
    assert (code, "no file of a form that is read here" in said) == (2, True)


def test_what_is_kept_is_the_file_byte_for_byte(run: Run, folder: Path) -> None:
    run(folder)
    store = open_store()
    found = [store.files.get(file.sha256) for file in store.files.all()]
    kept = {file.name: file.content for file in found if file}
    assert kept["a_late.txt"] == (folder / "a_late.txt").read_bytes()
    assert set(kept) == {"a_late.txt", "z_early.txt"}


def test_a_file_that_changes_meanwhile_is_refused_and_the_others_are_not(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = import_each._published

    def changing(file: Path, *more: Any) -> import_each.Outcome:
        if file.name == "z_early.txt":
            file.write_text("Something else\n", encoding="utf-8")
        return published(file, *more)

    monkeypatch.setattr(import_each, "_published", changing)
    _, said, _ = run(folder)
    (line,) = (line for line in said if "z_early.txt" in line)
    assert "refused" in line
    assert "has changed since it was read" in line
    assert [str(r.published) for r in open_store().releases()] == ["2022-03-18"]


def test_an_error_of_the_database_ends_the_run_and_tells_what_stands(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = import_each._published

    def failing(file: Path, *more: Any) -> import_each.Outcome:
        if file.name == "a_late.txt":
            raise StoreError("The database does not answer")
        return published(file, *more)

    monkeypatch.setattr(import_each, "_published", failing)
    code, said, told = run(folder)
    assert (code, "The database does not answer" in told) == (2, True)
    assert said[-1].startswith("4 files: 1 published")
