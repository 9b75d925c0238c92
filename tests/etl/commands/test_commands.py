"""The commands: what they print, how they end, and that no error is a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from etl import tidy
from etl.council_store import open_store
from etl.store import engine
from tests.etl.made_up import MARCH, figure, release
from tests.folders import PACKS

ROOT = Path(__file__).resolve().parents[3]
PACK = PACKS / "2022-03-18"
THIRD = ROOT / "tests" / "packs" / "third" / "pack.txt"
RELEASE = ROOT / "tests" / "dfe" / "education-health-and-care-plans_2025.zip"
Command = Callable[..., tuple[int, str, str]]


def figures_line(out: str) -> str:
    return next(line for line in out.splitlines() if line.startswith("Figures: "))


# --- import -------------------------------------------------------------------------


def test_import_publishes_and_the_second_time_finds_nothing_new(command: Command) -> None:
    code, out, err = command("import", PACK)
    assert (code, err) == (0, "")
    assert figures_line(out) == "Figures: 345 new, 0 revised, 0 unchanged, 0 refused"
    assert "[answered: misprint]" in out
    assert out.endswith("Published as release 1\n")
    _, before, _ = command("export", "--all")
    code, out, err = command("import", PACK)
    assert (code, err) == (0, "")
    assert figures_line(out) == "Figures: 0 new, 0 revised, 345 unchanged, 0 refused"
    assert "Nothing new" in out
    assert command("export", "--all")[1] == before
    assert command("releases")[1].count("\n") == 1


def test_a_dry_run_stores_nothing(command: Command) -> None:
    code, out, _ = command("import", PACK, "--dry-run")
    assert (code, "345 new" in out, "Dry run: nothing is stored" in out) == (0, True, True)
    assert command("releases")[1] == ""


def test_warnings_want_a_reason(command: Command) -> None:
    command("import", PACK)
    given = ("import", THIRD, "--published", "2022-05-20")
    for more in ([], ["--dry-run"], ["--accept-warnings", " "]):
        code, out, err = command(*given, *more)
        assert code == 1
        assert "nothing is stored" in err
    assert command("releases")[1].count("\n") == 1
    code, out, _ = command(*given, "--dry-run", "--accept-warnings", "asked the team")
    assert code == 0
    assert command("releases")[1].count("\n") == 1
    code, out, _ = command(*given, "--accept-warnings", "asked the team")
    assert code == 0
    assert figures_line(out) == "Figures: 21 new, 4 revised, 20 unchanged, 0 refused"
    assert "208.4 days 29.8 weeks -> 209.0 days 29.9 weeks (line 13, row 3, Jan 22)" in out
    assert "warning: unusual: " in out
    assert "  at pack.txt: line 7, row 4a, Mar 22\n" in out


def test_the_claims_are_counted(command: Command) -> None:
    assert command("import", PACK)[0] == 0
    code, out, _ = command("import", PACKS / "2021-09-17", "--dry-run")
    assert code == 0
    line = (  # four of them are held against figures of DfE, which are not in this store
        "Claims in words, summaries and yearly rows: 24 supported, 2 differ (7 figures), "
        "14 cannot be checked"
    )
    assert line in out
    code, out, _ = command("import", THIRD, "--published", "2022-05-20", "--dry-run")
    assert "Claims" not in out


def test_several_files_are_one_transaction(command: Command, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear committee\n")
    code, _, err = command("import", PACK, tmp_path / "letter.txt")
    assert (code, "letter.txt" in err) == (3, True)
    assert command("releases")[1] == ""
    code, out, _ = command("import", PACK, PACKS / "2021-09-17")
    assert code == 0
    assert "Published as release 1, 2" in out


BAD = {
    "empty.txt": (b"", 2),
    "blank.txt": (b" \n\n", 2),
    "binary.txt": (bytes(range(256)) * 40, 2),
    "letter.txt": (b"Dear committee,\nplease find no table here.\n" * 30, 3),
    "pack.pdf": (b"%PDF-1.4 cut off", 2),
    "book.xlsx": (b"PK\x03\x04 cut off", 2),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_in_a_line_or_two(command: Command, tmp_path: Path, name: str) -> None:
    content, expected = BAD[name]
    (tmp_path / name).write_bytes(content)
    code, out, err = command("import", tmp_path / name)
    assert (code, out) == (expected, "")
    assert name in err
    assert 1 <= err.count("\n") <= 2
    assert command("releases")[1] == ""


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no /dev/zero on this system")
def test_a_device_that_never_ends_is_not_read(command: Command) -> None:
    code, out, err = command("import", "/dev/zero")
    assert (code, out) == (2, "")
    assert err == "zero: a device or a pipe, not a file; save it as a file first\n"


def test_a_file_that_is_not_there(command: Command, tmp_path: Path) -> None:
    code, _, err = command("import", tmp_path / "none.txt")
    assert (code, "none.txt" in err) == (2, True)


def test_no_date_found_or_given(command: Command) -> None:
    code, _, err = command("import", THIRD)
    assert (code, "--published DATE" in err) == (2, True)


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["import"],
        ["import", "a.txt", "--published", "17 September"],
        ["export", "--format", "xml"],
        ["withdraw", "1"],
        ["withdraw", "first", "--reason", "why"],
        ["publish"],
    ],
)
def test_wrong_usage(command: Command, wrong: list[str]) -> None:
    code, out, err = command(*wrong)
    assert (code, out) == (2, "")
    assert err.startswith("usage: python -m etl")


def test_breakdowns_are_stored_where_they_are_asked_for(command: Command, tmp_path: Path) -> None:
    """And come back from the export as they were; the pages' record holds them, too."""
    file = tmp_path / "timeliness_20_week.csv"
    with zipfile.ZipFile(RELEASE) as archive:
        lines = archive.read("data/timeliness_20_week.csv").decode("utf-8-sig").splitlines(True)
    area = [line for line in lines if ",Norfolk," in line or "E92000001,England,,," in line]
    file.write_text(lines[0] + "".join(area), "utf-8")
    assert figures_line(command("import", file)[1]).startswith("Figures: 120 new,")
    code, out, err = command("import", file, "--breakdowns")
    assert (code, err) == (0, "")
    assert figures_line(out).endswith(" new, 0 revised, 120 unchanged, 0 refused")
    exported = command("export", "--all")[1]
    rows = list(csv.DictReader(io.StringIO(exported)))
    # By hand, from the file: Norfolk's boys of 2024.
    want = [line.split(",") for line in area if line.startswith("2024") and ",Sex,Male," in line]
    (boys,) = [fields for fields in want if "Norfolk" in fields]
    names = lines[0].strip().split(",")
    found = {
        r["measure"]: r
        for r in rows
        if r["cohort"] == "sex_male"
        and r["authority"] == "E10000020"
        and r["period_end"] == "2024-12-31"
    }
    for measure, column in (
        ("ehc_plans_issued", "plans_issued_den"),
        ("ehc_plans_on_time_share_including_exceptions", "pc_plans_issued_within_20_weeks"),
    ):
        assert found[measure]["raw"] == boys[names.index(column)]
        assert found[measure]["locator"] == (
            f"timeliness_20_week.csv, Norfolk, 2024, sex_male, {column}"
        )
    assert len(rows) == 10 * len(area)
    again = tmp_path / "again.csv"
    again.write_text(exported, "utf-8")
    assert figures_line(command("import", again)[1]) == (
        f"Figures: 0 new, 0 revised, {len(rows)} unchanged, 0 refused"
    )


# --- export -------------------------------------------------------------------------


def rows(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out)))


def test_export_gives_one_row_a_series_and_period_or_every_version(command: Command) -> None:
    command("import", PACKS / "2021-09-17", PACK)
    _, shown, _ = command("export")
    _, every, _ = command("export", "--all")
    assert shown.splitlines()[0] == ",".join(tidy.NAMES)
    assert len(rows(every)) == 123 + 221 + 124
    periods = [(*list(r.values())[:6],) for r in rows(shown)]
    assert len(periods) == len(set(periods))
    assert {tuple(r.values()) for r in rows(shown)} < {tuple(r.values()) for r in rows(every)}
    _, then, _ = command("export", "--as-at", "2021-12-31", "--all")
    assert {row["published"] for row in rows(then)} == {"2021-09-17"}
    assert len(rows(then)) == 123
    assert rows(command("export", "--as-at", "2021-09-16")[1]) == []


def test_json_has_the_same_rows_with_numbers_as_numbers(command: Command) -> None:
    command("import", PACK)
    table = rows(command("export", "--all")[1])
    found = json.loads(command("export", "--all", "--format", "json")[1])
    assert len(found) == len(table)
    for row, typed in zip(table, found, strict=True):
        assert list(typed) == list(tidy.NAMES)
        assert typed["value"] == (float(row["value"]) if row["value"] else None)
        assert typed["sample_size"] == (int(row["sample_size"]) if row["sample_size"] else None)
        assert typed["raw"] == row["raw"]


def test_an_export_is_read_back_as_it_was(command: Command, tmp_path: Path) -> None:
    command("import", PACKS / "2021-09-17", PACK)
    _, every, _ = command("export", "--all")
    (tmp_path / "all.csv").write_text(every, encoding="utf-8")
    fresh = f"sqlite:///{tmp_path / 'fresh.db'}"
    environment = {**os.environ, "SEND_DATABASE_URL": fresh}
    done = subprocess.run(
        [sys.executable, "-m", "etl", "import", str(tmp_path / "all.csv")],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert figures_line(done.stdout) == "Figures: 345 new, 0 revised, 123 unchanged, 0 refused"
    again = open_store(fresh, seed=False).record()
    assert {tuple(tidy.flagged_row(o, again.flag).values()) for o in again.observations} == {
        tuple(row.values()) for row in rows(every)
    }


def test_no_text_cell_is_a_formula(command: Command, database_url: str) -> None:
    store = open_store(database_url, seed=False)
    texts = ["=HYPERLINK(1)", "+1", "-5", "@SUM(A1)", "\tx", "'=1", "plain - text", "'quoted'"]
    odd = [figure(str(n), f"2021-{n:02}", raw=text) for n, text in enumerate(texts, start=1)]
    store.publish([release(*odd, figure("-5", "2021-09", raw="-5"))], "test")
    found = rows(command("export")[1])
    assert [row["raw"][0] for row in found][:6] == ["'"] * 6
    assert [tidy.plain(row["raw"]) for row in found] == [*texts, "-5"]
    assert found[-1]["value"] == "-5"  # a number is a number


def test_out_is_written_whole_or_not_at_all(command: Command, tmp_path: Path) -> None:
    command("import", PACK)
    assert command("export", "--out", tmp_path / "all.csv")[:2] == (0, "")
    assert (tmp_path / "all.csv").read_text(encoding="utf-8") == command("export")[1]
    code, _, err = command("export", "--out", tmp_path / "none" / "all.csv")
    assert (code, "none" in err, err.count("\n")) == (2, True, 1)


# --- check, releases, withdraw, republish --------------------------------------------


def test_check_ends_with_1_while_a_finding_is_open(command: Command, database_url: str) -> None:
    assert command("check")[0] == 0
    command("import", PACK)
    code, out, _ = command("check")
    assert code == 0, out  # what is wrong in it was answered
    store = open_store(database_url, seed=False)
    store.publish([release(figure("-521", published=MARCH))], "test")
    code, out, _ = command("check")
    assert code == 1
    assert "error: below-zero: " in out
    assert out.splitlines()[-1].endswith(" open")
    code, out, _ = command("check", "--json")
    found = json.loads(out)
    (below,) = (one for one in found if one["code"] == "below-zero")
    assert (code, below["open"], below["severity"]) == (1, True, "error")
    assert Decimal(below["figures"][0]["value"]) == -521
    assert below["places"]


def test_a_release_is_taken_back_and_published_again(command: Command, database_url: str) -> None:
    command("import", PACK)
    _, before, _ = command("export")
    code, out, _ = command("withdraw", 1, "--reason", "the wrong file")
    assert (code, "is withdrawn" in out) == (0, True)
    assert rows(command("export")[1]) == []
    assert "withdrawn" in command("releases")[1]
    code, _, err = command("import", PACK)
    assert (code, "republish 1" in err) == (1, True)
    code, out, _ = command("republish", 1, "--reason", "it was right")
    assert (code, "published again" in out) == (0, True)
    assert command("export")[1] == before
    acts = open_store(database_url, seed=False).history.all()
    assert [(a.what, a.reason) for a in acts][:2] == [
        ("republish", "it was right"),
        ("withdraw", "the wrong file"),
    ]
    assert all(act.who.startswith("cli:") for act in acts)


def test_a_release_that_is_not_there(command: Command) -> None:
    code, _, err = command("withdraw", 9, "--reason", "why")
    assert (code, "no release 9" in err) == (2, True)


# --- the database --------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    ["no address", "sqlite:////no/such/folder/send.db", "postgresql://sam:secret@127.0.0.1:1/x"],
)
@pytest.mark.parametrize("act", [["import", PACK], ["export"], ["releases"]], ids=lambda a: a[0])
def test_a_database_that_cannot_be_opened(
    command: Command, monkeypatch: pytest.MonkeyPatch, url: str, act: list[object]
) -> None:
    monkeypatch.setenv("SEND_DATABASE_URL", url)
    code, out, err = command(*act)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "secret" not in err


def test_a_locked_database(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    monkeypatch.setenv("SEND_DATABASE_URL", f"sqlite:///{tmp_path / 'locked.db'}")
    command("releases")
    with closing(sqlite3.connect(tmp_path / "locked.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        code, _, err = command("import", PACK)
        assert (code, "locked" in err, err.count("\n")) == (2, True, 1)
    assert command("import", PACK)[0] == 0


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    environment = {**os.environ, "SEND_DATABASE_URL": f"sqlite:///{tmp_path / 'x.db'}"}
    environment.pop("SEND_SEED", None)
    with subprocess.Popen(
        [sys.executable, "-m", "etl", "export", "--all"],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""


def test_every_command_is_in_the_readme_or_the_officers_guide() -> None:
    from etl.commands import parser

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    readme += (ROOT / "docs" / "officers.md").read_text(encoding="utf-8")
    (commands,) = (a for a in parser()._actions if a.dest == "command")
    assert set(commands.choices or ()) == {
        "import",
        "export",
        "check",
        "check-report",
        "init",
        "inspect",
        "national",
        "template",
        "releases",
        "withdraw",
        "republish",
        "correct",
        "state",
        "explain",
        "event",
        "target",
        "drafts",
        "draft",
        "publish",
        "discard",
        "answer",
        "words",
        "unsay",
        "say-again",
        "purge",
        "files",
        "hold",
        "lift-hold",
    }
    for name in commands.choices or ():
        assert f"etl {name}" in readme or f"`{name} " in readme, name
