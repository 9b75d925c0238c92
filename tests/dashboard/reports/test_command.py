"""`python -m dashboard export`: plain words for what is wrong, and nothing half made."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest

from dashboard.reports import briefing, command, pictures, png
from etl.store import Store

# A pack of one row has all that a whole one has: pictures, Word, workbook, captions, briefing.
ONE_ROW = ["--as-at", "2022-03-18", "--measure", "children_missing_education"]


@pytest.fixture
def out(real_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(command, "open_store", lambda: real_store)
    return tmp_path / "pack"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--as-at", "2022-02-30"], "'2022-02-30' is not a date such as 2022-03-18"),
        (["--as-at", "18/03/2022"], "is not a date such as 2022-03-18"),
        (["--as-at", "2019-01-01"], "No figures are held by 1 January 2019"),
        (["--measure", "nope"], "There is no measure nope"),
        (["--template", "nowhere.docx"], "nowhere.docx: there is no such file"),
        (["--size", "huge"], "invalid choice: 'huge'"),
    ],
)
def test_wrong_usage_is_said_in_a_line_and_makes_nothing(
    out: Path, given: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = command.run(["export", "--out", str(out), *given])
    except SystemExit as left:
        code = int(str(left.code))
    assert code == 2
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told
    assert not out.exists()


def test_a_place_that_cannot_be_written_is_named(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out.write_text("a file")
    assert command.run(["export", "--out", str(out)]) == 2
    assert str(out) in capsys.readouterr().err
    assert out.read_text() == "a file"


def test_a_measure_with_nothing_to_draw_is_said(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    measure = "ehc_plans_over_52_weeks_share_including_exceptions"
    given = ["export", "--out", str(out), "--as-at", "2021-09-17", "--measure", measure]
    assert command.run(given) == 0
    assert f"{measure}: no picture" in capsys.readouterr().err


def test_stopped_by_the_keyboard_it_says_so(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(png, "render", stopped)
    assert command.run(["export", "--out", str(out)]) == 130
    assert "Stopped" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (png.RenderError("the drawing has no size"), "the drawing has no size"),
        (AssertionError("months are dates"), "months are dates"),
        (ZeroDivisionError(), "ZeroDivisionError"),
    ],
)
def test_a_picture_that_fails_is_named_and_the_rest_is_made(
    out: Path,
    dots: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    said: str,
) -> None:
    """Also where the fault is our own; what an earlier pack had of it does not stay."""
    rendered = pictures.rendered

    def fails(svg: str, size: str) -> bytes:
        if "395 pupils" in svg or ">60 children with an EHC plan" in svg:
            raise error
        return rendered(svg, size)

    given = ["export", "--out", str(out), *ONE_ROW]
    assert command.run(given) == 0
    stem = "2022-03-18_1b_children-missing-education-ehcp"
    bad = {f"{stem}.png", f"{stem}_year-on-year.png"}  # both say so
    before = {file.name for file in out.iterdir()}
    assert bad < before
    capsys.readouterr()
    monkeypatch.setattr(pictures, "rendered", fails)
    assert command.run([*given, "--force"]) == 1
    told = capsys.readouterr().err
    assert all(f"{name}: not drawn: {said}\n" in told for name in bad)
    assert before - {file.name for file in out.iterdir()} == bad
    captions = (out / "captions.csv").read_text("utf-8-sig")
    assert not any(name in captions for name in bad)


def test_no_other_program_is_asked_for(
    out: Path, dots: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.run(["export", "--out", str(out), *ONE_ROW]) == 0
    with pytest.raises(SystemExit):
        command.run(["export", "--help"])
    told = "".join(capsys.readouterr())
    assert "Written to" in told
    assert {file.suffix for file in out.iterdir()} == {".png", ".csv", ".docx", ".xlsx", ".html"}
    assert not re.search("brows|chrom|edge", told, re.IGNORECASE)


def test_a_template_that_breaks_is_said_and_the_rest_is_made(
    out: Path, dots: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    template = tmp_path / "council.docx"
    own = docx.Document()
    own.add_paragraph("Our figures")
    own.add_paragraph("{{sumary}}")
    own.save(str(template))
    given = ["export", "--out", str(out), *ONE_ROW, "--template", str(template)]
    assert command.run(given) == 1
    told = capsys.readouterr().err
    assert f"{template}: the built-in template is used" in told
    assert "paragraph 2 ('{{sumary}}')" in told
    assert (out / "report.docx").exists()


@pytest.mark.parametrize("name", ["report.docx", "captions.csv", "2022-03-18_{}.png"])
def test_files_that_are_there_already_stay_until_told(
    out: Path, dots: None, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """The section that an officer has worked on in Word is not made anew over it."""
    given = ["export", "--out", str(out), *ONE_ROW]
    mine, other = out / name.format("1a_children-missing-education"), out / "notes.txt"
    out.mkdir()
    for file in (mine, other):
        file.write_text("my work")
    assert command.run(given) == 2
    told = capsys.readouterr().err
    assert f"{mine.name} is there already; --force replaces it" in told
    assert sorted(f.name for f in out.iterdir()) == sorted([mine.name, other.name])
    assert command.run([*given, "--force"]) == 0
    assert mine.read_bytes() != b"my work"
    assert other.read_text() == "my work"
    assert command.run(given) == 2
    assert "and " in capsys.readouterr().err.partition(" more are there already")[0]


@pytest.mark.slow
def test_a_pack_that_is_stopped_leaves_the_one_before(
    out: Path, dots: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = ["export", "--out", str(out), *ONE_ROW]
    assert command.run(given) == 0
    before = {file.name: file.read_bytes() for file in out.iterdir()}

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(briefing, "write", stopped)
    assert command.run([*given, "--force"]) == 130
    assert {file.name: file.read_bytes() for file in out.iterdir()} == before
