"""The site over everything under data/, as a test client and as a server for a browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from etl.store import Store


@pytest.fixture(scope="session")
def site_app(real_store: Store) -> Any:
    """The app over everything under data/; only read."""
    from dashboard.web.app import create_app

    return create_app(real_store, today=lambda: date(2026, 11, 22))


@pytest.fixture
def client(site_app: Any) -> Any:
    return site_app.test_client()


@pytest.fixture(scope="session")
def site_url(site_app: Any) -> Iterator[str]:
    """The address of the site on a port of its own."""
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", 0, site_app, threaded=True)
    running = threading.Thread(target=server.serve_forever, daemon=True)
    running.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    running.join()
