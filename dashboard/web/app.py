"""The application: one Flask server over one store; nothing is global."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date

from flask import Flask, request
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from dashboard import explore, officer
from dashboard.officer import session
from dashboard.web import api, errors, headers, pages, request_id, shell, site_address
from dashboard.web.limits import UPLOAD, WRITE, largest_body
from etl import set_time
from etl.store.engine import wait_at_most
from etl.store.store import Store

_YEAR = 365 * 24 * 3600  # seconds
_COMPRESSED = (
    "text/html",
    "text/css",
    "text/plain",
    "text/csv",
    "text/javascript",
    "application/javascript",
    "application/json",
    "image/svg+xml",
)


def create_app(store: Store, *, today: Callable[[], date] | None = None) -> Flask:
    """The whole site over `store`. Two can live in one process.

    `today` decides whether a series has stopped; tests set it. Raises UserError where
    SEND_SITE_URL is no address.
    """
    site = shell.Site(store, site_address.site_url(), today)
    wait_at_most(store.engine, WRITE)
    server = Flask(__name__, static_folder=None)
    server.secret_key = session.secret_key(store)
    _common(server, site.address)
    shell.install(server, site)
    errors.install(server, site)
    officer.install(server, store)
    api.install(server, store, site.address, today)
    pages.install(server, site)
    explore.install(server, store, today or set_time.today)
    proxy = bool(os.environ.get("SEND_BEHIND_PROXY"))
    if proxy:
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    server.wsgi_app = request_id.install(server.wsgi_app, behind_proxy=proxy)  # type: ignore[method-assign]
    return server


def _common(server: Flask, address: str) -> None:
    """What every answer owes: host, limits, compression, headers."""
    server.config.update(
        SEND_FILE_MAX_AGE_DEFAULT=_YEAR,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        COMPRESS_MIMETYPES=list(_COMPRESSED),
        MAX_CONTENT_LENGTH=UPLOAD,
    )
    site_address.install(server, address)

    @server.before_request
    def limit() -> None:
        """Holds each request to the size of its path, before anything reads its body."""
        most = server.config["MAX_CONTENT_LENGTH"]
        request.max_content_length = min(most, largest_body(request.path))

    Compress(server)
    headers.install(server)
