"""`python -m dashboard export`: plain words for what is wrong, and nothing half made."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.exports import command, pictures
from etl.store import Store


@pytest.fixture
def out(real_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(command, "open_store", lambda: real_store)
    return tmp_path / "pack"


def no_browser(*_: object, **__: object) -> None:
    raise pictures.NoBrowser


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--as-at", "2022-02-30"], "'2022-02-30' is not a date such as 2022-03-18"),
        (["--as-at", "18/03/2022"], "is not a date such as 2022-03-18"),
        (["--as-at", "2019-01-01"], "No figures are held by 1 January 2019"),
        (["--measure", "nope"], "There is no measure nope"),
        (["--template", "nowhere.docx"], "nowhere.docx: No such file"),
        (["--size", "huge"], "invalid choice: 'huge'"),
    ],
)  # fmt: skip
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
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
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

    monkeypatch.setattr(pictures, "draw", stopped)
    assert command.run(["export", "--out", str(out)]) == 130
    assert "Stopped" in capsys.readouterr().err


def test_without_a_browser_the_rest_is_made(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pictures, "draw", no_browser)
    assert command.run(["export", "--out", str(out), "--as-at", "2022-03-18"]) == 1
    assert "Install one" in capsys.readouterr().err
    assert sorted(file.name for file in out.iterdir()) == [
        "appendix-1.xlsx", "briefing.html", "captions.csv", "report.docx",
    ]  # fmt: skip
