"""The log: one line a message with its time, level and request; a traceback once, indented."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy

from etl import logs
from etl.store import Store
from etl.store.engine import DatabaseError, writing

ROOT = Path(__file__).resolve().parents[2]
LINE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (INFO|WARNING|ERROR) \[([\w.-]+)\] ([\w.]+): (.*)"
)


@pytest.fixture
def log(capsys: pytest.CaptureFixture[str]) -> Iterator[pytest.CaptureFixture[str]]:
    """What is written to standard error with the log set up as for the server."""
    root = logging.getLogger()
    before = list(root.handlers)
    logs.configure(logging.INFO)
    yield capsys
    root.handlers[:] = before
    for name in ("etl", "dashboard"):
        logging.getLogger(name).setLevel(logging.NOTSET)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("plain", "plain"),
        ("two\nlines", r"two\nlines"),
        ("\r\n2026-11-26T17:05:27Z ERROR [-] etl: forged", r"\r\n2026-11-26T17:05:27Z ERROR [-]"),
        ("\x1b[31mred\x7f\x85\u2028", r"\x1b[31mred\x7f\x85\u2028"),
        ("Ä é 漢", "Ä é 漢"),
    ],
)
def test_a_message_is_one_line(log: pytest.CaptureFixture[str], said: str, line: str) -> None:
    logging.getLogger("etl.x").error("%s", said)
    written = log.readouterr().err
    assert written.count("\n") == 1
    found = LINE.fullmatch(written.rstrip("\n"))
    assert found
    assert found[1] == "ERROR"
    assert found[3] == "etl.x"
    assert found[4].startswith(line)


def test_a_traceback_is_indented_so_that_no_line_of_it_is_a_message(
    log: pytest.CaptureFixture[str],
) -> None:
    token = logs.request_id.set("3f2a9c1b")
    try:
        raise ValueError("odd\n2026-11-26T17:05:27Z ERROR [-] etl: forged")
    except ValueError:
        logging.getLogger("dashboard.x").exception("a page could not be made")
    finally:
        logs.request_id.reset(token)
    first, *rest = log.readouterr().err.splitlines()
    assert LINE.fullmatch(first)
    assert "[3f2a9c1b]" in first
    assert rest[0] == "  Traceback (most recent call last):"
    assert all(line.startswith("  ") for line in rest)
    assert [line for line in rest if "forged" in line]


def test_ours_from_info_others_from_warning_and_each_once(log: pytest.CaptureFixture[str]) -> None:
    logs.configure(logging.INFO)
    for name in ("etl.store", "dashboard.web.app", "sqlalchemy.engine", "waitress.queue"):
        logging.getLogger(name).info("something")
        logging.getLogger(name).warning("more")
    names = [LINE.fullmatch(line)[3] for line in log.readouterr().err.splitlines()]  # type: ignore[index]
    assert names == [
        "etl.store",
        "etl.store",
        "dashboard.web.app",
        "dashboard.web.app",
        "sqlalchemy.engine",
    ]


def test_an_error_of_the_database_quotes_no_value(any_store: Store) -> None:
    statement = sqlalchemy.text("SELECT nothing FROM nothing WHERE :x = 'y'")
    with pytest.raises(DatabaseError) as raised, writing(any_store.engine) as opened:
        opened.execute(statement, {"x": "a secret"})
    assert "SELECT nothing" in str(raised.value.__cause__)
    assert "a secret" not in str(raised.value.__cause__)


def test_commands_log_in_the_same_way(tmp_path: Path) -> None:
    file = tmp_path / "x.py"
    file.write_text(
        "import logging\nfrom etl.commands import main\nmain(['releases'])\n"
        "logging.getLogger('etl.x').warning('odd')\nlogging.getLogger('etl.x').info('chatter')\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={
            "PYTHONPATH": str(ROOT),
            "SEND_SEED": "0",
            "SEND_DATABASE_URL": f"sqlite:///{tmp_path / 'x.db'}",
        },
    )
    assert LINE.fullmatch(done.stderr.strip())
