"""The database is away: every page says so with 503, and none where it was looked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.web.app import create_app
from etl.council_store import open_store
from etl.store import Store, engine
from tests.dashboard.officer.signed_in import Officer, add
from tests.dashboard.officer.test_nobody_in import routes
from tests.etl.made_up import figure, release

PUBLIC = (
    "/",
    "/quality",
    "/about",
    "/measure/ehc_plan_days",
    "/api/observations.csv",
    "/api/observations.json",
    "/api/schema.json",
    "/health",
    "/officer",
)
# What would tell where the database is: an address, a path, a driver, its own words.
TELLS = re.compile(
    r"postgres|psycopg|sqlite|send_test|127\.0\.0\.1|:5432|/tmp/|\.db|no such table|Traceback|"
    r"search_path|\[SQL|sqlalche",
    re.IGNORECASE,
)


def moved(store: Store, tmp_path: Path) -> None:
    (tmp_path / "test.db").rename(tmp_path / "away.db")


def emptied(store: Store, tmp_path: Path) -> None:
    (tmp_path / "test.db").rename(tmp_path / "away.db")
    (tmp_path / "test.db").touch()


def damaged(store: Store, tmp_path: Path) -> None:
    (tmp_path / "test.db").rename(tmp_path / "away.db")
    (tmp_path / "test.db").write_bytes(b"Dear committee, " * 1000)


def without_tables(store: Store, _: Path) -> None:
    """Dropped by another program, or restored half."""
    with store.engine.begin() as connection:
        for table in ("state", "accounts"):
            connection.exec_driver_sql(f"DROP TABLE {table}")


def unreachable(store: Store, _: Path) -> None:
    """Nobody listens at the server's address any more, and old connections are cut off."""
    with store.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    store.engine.dispose()
    away = engine.connect(engine.address("postgresql://send_test:secret@127.0.0.1:1/send"))
    store.engine.pool = away.pool


@pytest.fixture
def opened(database_url: str) -> Iterator[Store]:
    store = open_store(database_url, seed=False)
    store.publish([release(figure("521"))], "test")
    add(store, "anna")
    yield store
    store.close()


@pytest.mark.parametrize("how", [moved, emptied, damaged, without_tables, unreachable])
def test_every_page_says_so_and_none_says_where(
    opened: Store, database_url: str, tmp_path: Path, how: Callable[[Store, Path], None]
) -> None:
    server = create_app(opened)
    anna = Officer(opened, "anna", server)
    sqlite = database_url.startswith("sqlite")
    if how in ((unreachable,) if sqlite else (moved, emptied, damaged)):
        pytest.skip("another database")
    strangers = create_app(opened).test_client()  # its officers' pages are still to be made
    opened.close()
    how(opened, tmp_path)

    def check(client: Any, method: str, path: str) -> None:
        answer = client.open(path, method=method)
        body = answer.get_data(as_text=True)
        assert answer.status_code == 503, (method, path, body[:300])
        told = TELLS.search(body.replace("send-performance", ""))
        assert told is None, (method, path, told and body[max(told.start() - 80, 0) :][:200])
        assert TELLS.search(str(answer.headers)) is None

    for path in PUBLIC:
        check(strangers, "GET", path)
    for method, path, _ in routes(opened):
        check(strangers, method, path)
        check(anna.client, method, path)


def test_what_it_says_helps(opened: Store, tmp_path: Path) -> None:
    if opened.engine.dialect.name != "sqlite":
        pytest.skip("a file")
    server = create_app(opened)
    anna = Officer(opened, "anna", server)
    moved(opened, tmp_path)
    assert anna.open("/officer/").status == 503
    assert "The database does not answer. Nothing is lost. Try again in a minute" in anna.words
    (tmp_path / "away.db").rename(tmp_path / "test.db")
    assert anna.open("/officer/").status == 200
    assert "anna" in anna.page
