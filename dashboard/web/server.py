"""A Flask server as each part of the site has one: host, limits, compression, headers, errors."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, request
from flask_compress import Compress

from dashboard.web import errors, headers, shell, site_address
from dashboard.web.limits import UPLOAD, largest_body
from dashboard.web.shell import Site

HERE = Path(__file__).resolve().parent
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


def create(site: Site, name: str = "dashboard.web") -> Flask:
    """A server without addresses yet, with the templates of this room; `name` stands in the log."""
    server = Flask(name, root_path=str(HERE), static_folder=None)
    server.config.update(
        SEND_FILE_MAX_AGE_DEFAULT=_YEAR,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        COMPRESS_MIMETYPES=list(_COMPRESSED),
        MAX_CONTENT_LENGTH=UPLOAD,
    )
    site_address.install(server, site.address)

    @server.before_request
    def limit() -> None:
        """Holds each request to the size of its path, before anything reads its body."""
        most = server.config["MAX_CONTENT_LENGTH"]
        request.max_content_length = min(most, largest_body(request.path))

    Compress(server)
    headers.install(server)
    shell.install(server, site)
    errors.install(server, site)
    return server
