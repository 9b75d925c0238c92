"""Files that came in, from the command line: listed, held, purged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from etl.council_store import open_store
from etl.store import engine, erasing

Command = Callable[..., tuple[int, str, str]]

CONTENT = b"names of children"
SHA = hashlib.sha256(CONTENT).hexdigest()


def test_a_file_is_listed_held_and_purged(command: Command, database_url: str) -> None:
    open_store(database_url, seed=False).files.keep("names.csv", CONTENT)
    code, out, _ = command("files")
    assert (code, out.split()[0], out.split()[-1]) == (0, SHA, "names.csv")
    code, out, _ = command("hold", SHA, "--reason", "information request 12")
    assert (code, "Hold 1 is on" in out) == (0, True)
    assert "1 on hold" in command("files")[1]
    code, _, err = command("purge", SHA, "--reason", "names")
    assert (code, "A hold is on this file" in err, "information request 12" in err) == (
        2,
        True,
        True,
    )
    command("hold", SHA, "--reason", "ombudsman")
    code, _, err = command("lift-hold", SHA, "--reason", "answered")
    assert (code, "--hold N" in err, err.count("ombudsman")) == (2, True, 1)
    code, out, _ = command("lift-hold", SHA, "--hold", 2, "--reason", "closed")
    assert (code, "Hold 2 is lifted; 1 more on this file" in out) == (0, True)
    assert command("lift-hold", SHA, "--reason", "answered")[0] == 0
    code, _, err = command("lift-hold", SHA, "--reason", "answered")
    assert (code, "There is no hold on" in err) == (2, True)
    code, out, _ = command("purge", SHA, "--reason", "names")
    assert (code, "is gone" in out, "Backups made before hold it still" in out) == (0, True, True)
    assert ("PostgreSQL's own log" in out) == database_url.startswith("postgresql")
    assert "purged" in command("files")[1]


@pytest.mark.parametrize("act", ["purge", "hold", "lift-hold"])
def test_a_file_that_never_came_in(command: Command, act: str) -> None:
    code, _, err = command(act, "0" * 64, "--reason", "why")
    assert (code, err.startswith(("No file", "There is no hold"))) == (2, True)
    assert command(act, "0" * 64)[0] == 2


def test_a_purge_that_somebody_still_reads_ends_with_1(
    command: Command, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "SECONDS", 0.2)
    store = open_store(database_url, seed=False)
    store.files.keep("names.csv", CONTENT)
    with engine.reading(store.engine) as reader:
        reader.exec_driver_sql("SELECT count(*) FROM releases")
        code, out, _ = command("purge", SHA, "--reason", "names")
        assert (code, "stays on the disk until that ends" in out) == (1, True)
    monkeypatch.setattr(erasing, "SECONDS", 30)
    store.close()
