"""A publish that is killed leaves the old state or the new one, whole."""

from __future__ import annotations

import os
import signal
import sys

import pytest
from sqlalchemy import event

from etl.council_store import open_store
from etl.publication import NewRelease
from tests.etl.made_up import MARCH, MAY, figure, release

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL"),
]

OLD = release(figure("521"), content=b"the old file", name="old.txt")


def big(figures: int = 3000) -> tuple[NewRelease, NewRelease]:
    """Two releases of one import, large enough to be killed in the middle."""
    many = [figure("500", published=MARCH, authority=f"E{n:08}") for n in range(figures)]
    return (
        release(*many, content=b"x" * 100_000, name="march.txt"),
        release(figure("501", published=MAY), content=b"y", name="may.txt"),
    )


def in_child(url: str, statement: int = 0, after: float = 0.0) -> bool:
    """Publish in a child that dies at its n-th statement or after some seconds.

    Returns whether it came to its end.
    """
    child = os.fork()
    if child == 0:
        try:
            store = open_store(url, seed=False)
            left = [statement]

            def count(*_: object) -> None:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

            if statement:
                event.listen(store.engine, "after_cursor_execute", count)
                event.listen(store.engine, "commit", count)
            if after:
                signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
                signal.setitimer(signal.ITIMER_REAL, after)
            store.publish(big(), "child")
            signal.setitimer(signal.ITIMER_REAL, 0)
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0, "the child failed otherwise"
    return os.WIFEXITED(status)


def state(url: str) -> tuple[int, int, int, int]:
    """Releases, figures, files by their SHA-256 and lines of history, as another process sees."""
    store = open_store(url, seed=False)
    releases = store.releases()
    found = (
        len(releases),
        len(store.record().observations),
        sum(store.files.get(one.sha256) is not None for one in releases),
        len(store.history.all()),
    )
    store.close()
    return found


BEFORE, AFTER = (1, 1, 1, 1), (3, 3002, 3, 3)


def test_killed_at_each_statement(database_url: str) -> None:
    store = open_store(database_url, seed=False)
    store.publish([OLD], "test")
    store.close()
    for statement in range(1, 60):
        finished = in_child(database_url, statement=statement)
        assert state(database_url) == (AFTER if finished else BEFORE), f"statement {statement}"
        if finished:
            break
    assert finished
    assert statement > 10  # it was killed often enough to mean something


def test_killed_after_some_time(database_url: str) -> None:
    store = open_store(database_url, seed=False)
    store.publish([OLD], "test")
    store.close()
    taken = 0.2
    for part in range(1, 13):
        finished = in_child(database_url, after=taken * part / 8)
        held = state(database_url)
        assert held in (BEFORE, AFTER)
        assert held == AFTER or not finished
        if held == AFTER:
            break
