"""A write waits for another: for a page not long, and whoever waits is told so."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from etl.council_store import open_store
from etl.store import Store, StoreError, engine
from tests.etl.made_up import figure, release


@contextmanager
def held(url: str, seconds: float) -> Iterator[None]:
    """Another program writes for so long."""
    begun = threading.Event()
    other = open_store(url, seed=False)

    def write() -> None:
        with engine.writing(other.engine) as connection:
            connection.execute(text("SELECT 1"))
            begun.set()
            time.sleep(seconds)

    writer = threading.Thread(target=write)
    writer.start()
    assert begun.wait(10)
    yield
    writer.join()
    other.close()


def test_a_page_waits_no_longer_than_it_may(any_store: Store, database_url: str) -> None:
    engine.wait_at_most(any_store.engine, 0.2)
    with held(database_url, 1.0):
        begun = time.monotonic()
        with pytest.raises(StoreError, match="locked by another program"):
            any_store.publish([release(figure("521"))], "kim")
        assert 0.1 < time.monotonic() - begun < 0.9
        assert any_store.releases() == ()  # readers wait for nobody
    any_store.publish([release(figure("521"))], "kim")


def test_a_command_waits_and_says_so(
    any_store: Store,
    database_url: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine, "_MOMENT", 0.1)
    with held(database_url, 0.5), caplog.at_level(logging.WARNING):
        any_store.publish([release(figure("521"))], "kim")
    assert [r.getMessage() for r in caplog.records if r.name == "etl.store.engine"] == [
        "The database is in use by another program: waiting up to 10 seconds"
    ]
    assert len(any_store.releases()) == 1


def test_without_a_wait_nothing_is_said(
    any_store: Store, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_MOMENT", 1.5)  # a busy machine may take some of it
    any_store.publish([release(figure("521"))], "kim")
    time.sleep(1.6)
    assert [r for r in caplog.records if r.name == "etl.store.engine"] == []


def test_pages_wait_a_few_seconds(store: Store) -> None:
    from dashboard.web.app import create_app
    from dashboard.web.limits import WRITE

    create_app(store)
    assert store.engine.get_execution_options()["busy_seconds"] == WRITE < engine.BUSY_SECONDS
