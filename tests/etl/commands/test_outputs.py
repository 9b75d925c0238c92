"""No command writes over a file unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.__main__ import main as dashboard
from etl.council_store import open_store
from tests.etl.made_up import figure, release

Command = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize("given", [["template"], ["export"], ["export", "--format", "json"]])
@pytest.mark.parametrize("flag", ["--force", "--overwrite"])
def test_out_is_not_written_over(
    command: Command, tmp_path: Path, given: list[str], flag: str
) -> None:
    out = tmp_path / "next.xlsx"
    out.write_text("a month of work")
    code, _, err = command(*given, "--out", out)
    assert (code, "next.xlsx: is there already; --force replaces it\n" in err) == (2, True)
    assert out.read_text() == "a month of work"
    assert command(*given, "--out", out, flag)[0] == 0
    assert out.read_bytes() != b"a month of work"


@pytest.mark.parametrize("given", [["template", "--out"], ["export", "--out"], ["backup"]])
@pytest.mark.parametrize("ending", ["", "-wal"])
def test_the_database_itself_is_never_written_over(
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    given: list[str],
    ending: str,
) -> None:
    monkeypatch.setenv("SEND_DATABASE_URL", f"sqlite:///{tmp_path / 'send.db'}")
    open_store(seed=False).publish([release(figure("521"))], "test")
    out = str(tmp_path / f"send.db{ending}")
    if given == ["backup"]:
        assert dashboard(["backup", out, "--force"]) == 2
        err = capsys.readouterr().err
    else:
        code, _, err = command(*given, out, "--force")
        assert code == 2
    assert "is the database itself" in err
    assert len(open_store(seed=False).releases()) == 1
