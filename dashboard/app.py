"""The app: documents by address, and Dash where a page changes in place.

Only the part of a measure's page that a choice changes is Dash's; all else is plain HTML
that is there before any script, and stays where none runs.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from dash import Dash, Input, Output, State, dcc, html
from dash.dependencies import ClientsideFunction
from dash.exceptions import DependencyException
from flask import Flask, Response, redirect, request, send_from_directory
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from dashboard import api, explore, headers, ids, officer, posted, request_id, site, site_address
from dashboard.answers import Answers
from dashboard.document import ASSETS, document
from dashboard.limits import UPLOAD, WRITE
from dashboard.officer import session
from dashboard.pages import not_found
from dashboard.pages.fits import fit, guessed
from etl import set_time
from etl.model import Council, UserError
from etl.store.engine import wait_at_most
from etl.store.store import Store

log = logging.getLogger(__name__)

# The mode bar would offer to upload the chart to a cloud; nothing here needs it.
_CONFIG = {"displayModeBar": False, "showSendToCloud": False, "locale": "en"}
# plotly.js in its basic build, where `npm install` has brought it (README); not needed.
BASIC = ASSETS.parents[1] / "node_modules/plotly.js-basic-dist-min/plotly-basic.min.js"
_YEAR = 365 * 24 * 3600


class Site(Dash):  # type: ignore[misc]
    """Dash whose index is the site's own pages, each with its own title and status."""

    pages: site.Pages

    def index(self, *_: Any, **__: Any) -> Response:
        if address := self.pages.moved(request.path, request.args):
            return redirect(address, 301)  # type: ignore[return-value]
        page, text = self.pages.document(
            request.path,
            request.args,
            site_address.asked(),
            narrow=narrow(),
            dash=lambda: self.tags,
        )
        response = Response(text, page.status, mimetype="text/html")
        # The answer depends on the record alone: ask again, and be told "unchanged".
        response.headers["Cache-Control"] = "no-cache"
        response.add_etag()
        response.make_conditional(request)
        return response

    @cached_property
    def tags(self) -> Mapping[str, str]:
        """The tags that Dash needs, the same for every page of this process."""
        # The data table is not used here: its script would be half of what Dash sends.
        scripts = re.sub(
            r'<script src="[^"]*/dash_table/[^"]*"></script>', "", self._generate_scripts_html()
        )
        base = self.config.requests_pathname_prefix
        graph = f"{base}_dash-component-suites/dash/dcc/async-graph.js"
        # The basic build is a quarter of the whole; page.js tells dcc.Graph of it.
        plotly = (
            f"/plotly-basic.js?v={BASIC.stat().st_mtime_ns}"
            if BASIC.is_file()
            else f"{base}_dash-component-suites/plotly/package_data/plotly.min.js"
        )
        first = f'<link rel="preload" as="script" id="plotly" href="{plotly}">'
        preload = f'{first}<link rel="preload" as="script" href="{graph}">'
        return {
            "config": self._generate_config_html(),
            "scripts": scripts,
            "renderer": self._generate_renderer(),
            "preload": preload,
        }


def narrow() -> bool:
    """Whether the reader's browser says it is on a telephone: a first guess at the width."""
    return "Mobi" in request.headers.get("User-Agent", "")


def _layout(pages: site.Pages) -> Any:
    """What Dash mounts in the page that asks (its Referer): the chart, and what it hears of."""
    here = request.headers.get("Referer", "")
    split = site_address.split(here)
    # What the browser would tell is said before: else the first view is asked for twice.
    where = dcc.Location(
        id=ids.ADDRESS,
        refresh=False,
        href=here,
        pathname=split.path,
        search=f"?{split.query}" if split.query else "",
        hash="",
    )
    shown = pages.island(here, guessed(narrow())).figure
    chart = dcc.Graph(
        id=ids.CHART, figure=shown or {}, config=_CONFIG, className="chart", responsive="auto"
    )
    return html.Div([where, dcc.Store(id=ids.TURNED), dcc.Store(id=ids.FIT), chart])


def _callbacks(app: Site) -> None:
    @app.callback(  # type: ignore[untyped-decorator]
        Output(ids.TURNED, "data"),
        Input(ids.ADDRESS, "search"),
        State(ids.ADDRESS, "pathname"),
        State(ids.FIT, "data"),
        prevent_initial_call=True,
    )
    def _turn(search: str, pathname: str, given: Any) -> Any:
        given = given if isinstance(given, dict) else {}
        fits = fit(given.get("size"), given.get("width"), narrow())
        return app.pages.turned(pathname, search or "", fits)

    # Not by Dash's components: the browser reads a view's markup many times as fast.
    app.clientside_callback(
        ClientsideFunction("send", "turn"), Output(ids.TURNED, "id"), Input(ids.TURNED, "data")
    )


def _assets(server: Flask) -> None:
    @server.get("/assets/<path:name>")
    def assets(name: str) -> Any:
        kept = _YEAR if request.args.get("v") else 0
        return send_from_directory(ASSETS, name, max_age=kept)

    @server.get("/plotly-basic.js")
    def plotly_basic() -> Any:
        return send_from_directory(BASIC.parent, BASIC.name, max_age=_YEAR)

    @server.get("/favicon.ico")
    def favicon() -> Any:
        return send_from_directory(ASSETS, "icon.svg")


def create_app(store: Store, *, today: Callable[[], date] | None = None) -> Site:
    """The whole site over `store`. Nothing is global: two apps can live in one process.

    `today` decides whether a series has stopped; tests set it. Raises UserError where
    SEND_SITE_URL is no address.
    """
    address = site_address.site_url()
    wait_at_most(store.engine, WRITE)
    server = Flask(__name__, static_folder=None)
    server.secret_key = session.secret_key(store)
    server.config.update(
        SEND_FILE_MAX_AGE_DEFAULT=_YEAR,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_MIMETYPES=[
            "text/html",
            "text/css",
            "text/plain",
            "text/csv",
            "text/javascript",
            "application/javascript",
            "application/json",
            "image/svg+xml",
        ],
        MAX_CONTENT_LENGTH=UPLOAD,
    )
    explore.install(server, store, today or set_time.today)
    proxy = bool(os.environ.get("SEND_BEHIND_PROXY"))
    if proxy:
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    server.wsgi_app = request_id.install(server.wsgi_app, behind_proxy=proxy)  # type: ignore[method-assign]
    site_address.install(server, address)
    posted.limit(server)
    # Kept after it is compressed: what is asked often is compressed once.
    Answers(store, today or set_time.today).install(server)
    posted.install(server)
    Compress(server)
    officer.install(server, store)
    api.install(server, store, address)
    _say_when_out_of_order(server, store.registry.council)
    _assets(server)
    app = Site(
        __name__,
        server=server,
        title="SEND performance",
        update_title="",
        include_assets_files=False,
        assets_folder=str(ASSETS.parent / "no-assets-of-dash"),
        suppress_callback_exceptions=True,
        add_log_handler=False,
        enable_mcp=False,
    )
    app.pages = site.Pages(store, today, address)
    app.layout = lambda: _layout(app.pages)
    _callbacks(app)
    _open_to_readers(server)
    # A path that no component has: Dash would answer 500, with a traceback in the log.
    server.register_error_handler(DependencyException, lambda _: ("", 404))
    with server.app_context():
        # Dash hands out only the scripts that it has named: each worker names them at once.
        assert app.tags
    headers.install(server, app.csp_hashes())
    return app


def _say_when_out_of_order(server: Flask, council: Council) -> None:
    """Where the database does not answer, that is said plainly: to a reader as to a program."""

    @server.errorhandler(UserError)
    def out_of_order(error: UserError) -> Response:
        log.error("%s: %s", request.path, error.in_full)
        page = not_found.out_of_order(site_address.own_path(request.path))
        if request.path.startswith(("/api/", "/_dash", "/health")):
            return Response(f"{page.title}\n", page.status, mimetype="text/plain")
        return Response(document(page, council, (), {}), page.status)


def _open_to_readers(server: Flask) -> None:
    """Dash's own posts only read what is public: readers need no cookie and no token."""
    guard = server.extensions.get("csrf")
    if guard is None:
        return
    for endpoint, view in server.view_functions.items():
        if "_dash-update-component" in endpoint:
            guard.exempt(view)
