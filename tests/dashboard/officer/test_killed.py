"""The server is killed at many moments of a publish: the old state or the new one, whole."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest
from sqlalchemy import event

from etl.council_store import open_store
from etl.store import Store
from tests.dashboard.officer.signed_in import Officer, add

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL"),
]

CELLS = {
    "c:children_missing_education/all@2022-01": "487",
    "c:children_missing_education/ehcp@2022-01": "61",
    "c:ehc_plan_days/all@2022-02": "201.5 days",
}


def state(url: str, number: int) -> tuple[int, int, str, int]:
    """Releases, figures, the draft's state and acts of publishing, as another process sees."""
    store = open_store(url, seed=False)
    found = (
        len(store.releases()),
        len(store.record().observations),
        store.drafts.get(number).state,
        sum(act.what == "publish" for act in store.history.all()),
    )
    store.close()
    return found


def killed_at(url: str, where: str, statement: int) -> bool:
    """Publish through the pages in a child that dies at its n-th statement after the click.

    Returns whether the answer was sent.
    """
    child = os.fork()
    if child == 0:
        try:
            store = open_store(url, seed=False)
            anna = Officer(store, "anna")
            anna.open(where)
            left = [statement]

            def count(*_: object) -> None:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

            for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
                event.listen(store.engine, moment, count)
            anna.publish(where, accept="checked")
            os._exit(0 if anna.at == "/officer/releases" else 2)
        finally:
            os._exit(3)
    _, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0, os.WEXITSTATUS(status)
    return os.WIFEXITED(status)


def test_killed_at_many_moments(seeded_store: Store, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'send.db'}"
    add(seeded_store, "anna")
    anna = Officer(seeded_store, "anna")
    where = anna.open("/officer/drafts/new").send("new", meeting="2022-05-20").at
    anna.open(f"{where}/grid").send("/grid", **CELLS)
    number = int(where.rpartition("/")[2])
    seeded_store.engine.dispose()
    old = state(url, number)
    new = (old[0] + 1, old[1] + 3, "published", old[3] + 1)
    assert old[2] == "open"
    seen = []
    for statement in range(1, 200, 3):
        whole = killed_at(url, where, statement)
        seen.append(state(url, number))
        assert seen[-1] in (old, new), statement
        if whole:
            break
        if seen[-1] == new:
            break
    assert seen[-1] == new
    assert len(seen) > 10  # it did die at many moments before
