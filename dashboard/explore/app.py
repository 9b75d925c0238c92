"""The Dash app of Explore and the Flask server of its own that it stands on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from dash import Dash, no_update, set_props
from dash.exceptions import DependencyException
from flask import Flask, Response, abort, redirect, render_template, request
from flask_compress import Compress
from jinja2 import ChoiceLoader, FileSystemLoader
from werkzeug.exceptions import HTTPException

from dashboard.explore import PREFIX, callbacks
from dashboard.explore.layout import layout
from dashboard.explore.selecting import select
from dashboard.explore.state import parse
from dashboard.web import headers, shell, site_address
from dashboard.web.address import BadChoice
from dashboard.web.limits import SMALL
from dashboard.web.shell import Site
from etl.model import UserError
from etl.store.store import Store

log = logging.getLogger(__name__)
HERE = Path(__file__).resolve().parent
# What Dash itself answers below its prefix; all else is nobody's address.
_DASH = ("_dash-", "assets/")


def create(store: Store, today: Callable[[], date | None]) -> Flask:
    """The Flask server with the Dash app at /explore/. Nothing is global or kept of a reader.

    It is a server of its own, because it is made when first asked for: Flask takes no route
    after its first request, and the documents need none of Dash's.
    """
    server = Flask("dashboard.explore", static_folder=None)
    server.config.update(
        MAX_CONTENT_LENGTH=SMALL,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
    )
    site = Site(store, site_address.site_url())
    site_address.install(server, site.address)
    Compress(server)
    app = Dash(
        "dashboard.explore",
        server=server,
        url_base_pathname=PREFIX,
        assets_folder=str(HERE / "assets"),
        title=f"Explore - {site.name}",
        update_title="",
        index_string=_index(server, site),
        add_log_handler=False,
        enable_mcp=False,
        on_error=_failed,
    )
    app.layout = layout
    callbacks.register(app, store, today)
    _answer_plainly(server)
    _refuse_bad_choices(server, store, today)
    with server.test_request_context(PREFIX):
        # Dash hands out only the scripts that an index has named: each worker names them first.
        app.index()
    headers.install(server, app.csp_hashes())
    return server


def _index(server: Flask, site: Site) -> str:
    """The page around the app, from the templates that every public page has."""
    shell.install(server, site)
    server.jinja_loader = ChoiceLoader(
        [FileSystemLoader(HERE / "templates"), FileSystemLoader(HERE.parent / "web" / "templates")]
    )
    with server.test_request_context(PREFIX):
        return render_template(
            "explore.html",
            title="Explore",
            description="Every measure with its charts and figures, to choose from and zoom into.",
            nav=PREFIX,
            keep=lambda url: url,
        )


def _failed(error: Exception) -> Any:
    """A callback that failed says so to its reader, without a traceback."""
    log.error("a callback of Explore failed", exc_info=error)
    said = "Something went wrong in this software, not in the figures."
    if isinstance(error, UserError):  # the database's
        said = "The figures cannot be reached. Try again in a minute."
    set_props(
        "problem", {"children": f"This view cannot be shown just now. {said}", "hidden": False}
    )
    return no_update


def _answer_plainly(server: Flask) -> None:
    """Real 404s below the prefix, where Dash would answer 200; refusals in a line."""

    @server.before_request
    def known_path() -> Any:
        path = request.path
        if path == PREFIX.rstrip("/"):
            query = request.query_string.decode("ascii", "replace")
            return redirect(f"{PREFIX}{'?' if query else ''}{query}", 308)
        below = path.removeprefix(PREFIX)
        if below and not below.startswith(_DASH):
            abort(404)
        return None

    @server.errorhandler(DependencyException)
    def no_such_script(_: DependencyException) -> Response:
        # Dash's own text would name every script there is.
        return Response("Not Found\n", 404, mimetype="text/plain")

    @server.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        return Response(f"{error.name}\n", error.code or 500, mimetype="text/plain")

    @server.errorhandler(Exception)
    def no_callback(error: Exception) -> Response:
        # What a callback raises is said by `_failed`: this is a request that is none of them.
        log.warning("%s: %r", request.path, error)
        return Response("Not a request of this page\n", 400, mimetype="text/plain")


def _refuse_bad_choices(server: Flask, store: Store, today: Callable[[], date | None]) -> None:
    """An address that means nothing has the status 400; its page, the app, says why."""

    @server.after_request
    def status(response: Response) -> Response:
        if request.path == PREFIX and response.status_code == 200:
            try:
                select(store, parse(request.query_string.decode("utf-8", "replace")), today())
            except BadChoice:
                response.status_code = 400
            except UserError:  # the database's, said by `_failed`
                pass
        return response
