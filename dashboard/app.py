"""The app: pages by address, Dash where a page changes in place, officers' pages beside it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from dash import Dash, Input, Output, State, dcc, html, no_update
from dash.dependencies import ClientsideFunction
from flask import Flask, request
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from dashboard import address, api, first_paint, headers, ids, officer, site
from dashboard.answers import Answers
from etl.store.store import Store

_YEAR = 365 * 24 * 3600
_INDEX = """<!DOCTYPE html>
<html lang="en-GB">
<head>
{%metas%}
<title>{%title%}</title>
{%favicon%}
{%css%}
</head>
<body>
<div id="first-paint">__FIRST_PAINT__</div>
{%app_entry%}
<footer class="dash-scripts">{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>"""


class _Site(Dash):  # type: ignore[misc]
    """Dash whose index carries the page itself, its own title and its own status."""

    store: Store

    def interpolate_index(self, **parts: Any) -> str:
        here = address.parse(request.path, request.query_string.decode("utf-8", "replace"))
        made = site.page(here, self.store, narrow=_narrow())
        parts["title"] = made.title
        drawn: str = super().interpolate_index(**parts)
        return drawn.replace("__FIRST_PAINT__", first_paint.render(made.parts))


def _narrow() -> bool:
    """Whether the reader's browser says it is on a telephone: a first guess at the width."""
    return "Mobi" in request.headers.get("User-Agent", "")


def _root(store: Store) -> Any:
    """The page that Dash draws first: that of the address which asks (its Referer)."""
    asked = request.headers.get("Referer", "")
    here = address.of_url(asked)
    made = site.page(here, store, narrow=_narrow())
    shown = asked.split("#")[0]
    return html.Div(
        [
            dcc.Location(id=ids.ADDRESS, refresh="callback-nav"),
            dcc.Store(id=ids.RENDERED, data=shown),
            dcc.Store(id=ids.TITLE, data=made.title),
            html.Div(made.parts, id=ids.PAGE),
        ]
    )


def turn(href: str, rendered: str, store: Store, *, narrow: bool = False) -> tuple[Any, Any, Any]:
    """The page for a new address: its parts, its title, its address; no change for the same."""
    wanted = href.split("#")[0]
    if wanted == rendered:
        return no_update, no_update, no_update
    made = site.page(address.of_url(wanted), store, narrow=narrow)
    return made.parts, made.title, wanted


def _callbacks(app: Dash, store: Store) -> None:
    @app.callback(
        Output(ids.PAGE, "children"),
        Output(ids.TITLE, "data"),
        Output(ids.RENDERED, "data"),
        Input(ids.ADDRESS, "href"),
        State(ids.RENDERED, "data"),
        prevent_initial_call=True,
    )
    def _turn(href: str, rendered: str) -> tuple[Any, Any, Any]:
        return turn(href or "", rendered or "", store, narrow=_narrow())

    def in_browser(name: str, output: Output, *inputs: Input | State) -> None:
        app.clientside_callback(
            ClientsideFunction("send", name), output, *inputs, prevent_initial_call=False
        )

    in_browser("title", Output(ids.TITLE, "id"), Input(ids.TITLE, "data"))
    in_browser("fit", Output(ids.GRAPH, "figure"), Input(ids.FIGURES, "data"))
    in_browser("picture", Output(ids.PICTURE_STATUS, "children"), Input(ids.PICTURE, "n_clicks"))


def _statuses(server: Flask) -> None:
    """Dash answers every address with its index: an unknown one is a real 404 all the same."""

    @server.after_request
    def mark(response: Any) -> Any:
        if request.endpoint in ("/", "/<path:path>") and response.status_code == 200:
            here = address.parse(request.path)
            known = here.page and (
                here.page != "measure" or here.measure in server.config["MEASURES"]
            )
            if not known:
                response.status_code = 404
        return response


def _secret(store: Store) -> str:
    return os.environ.get("SEND_SECRET_KEY") or store.secret()


def create_app(store: Store) -> Dash:
    """The whole site over `store`. Nothing is global: two apps can live in one process."""
    server = Flask(__name__, static_folder=None)
    server.secret_key = _secret(store)
    server.config.update(
        SEND_FILE_MAX_AGE_DEFAULT=_YEAR,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        MAX_CONTENT_LENGTH=64 * 2**20,
        MEASURES=frozenset(store.registry.measures),
    )
    if os.environ.get("SEND_BEHIND_PROXY"):
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    Compress(server)
    answers = Answers(store)
    answers.install(server)
    officer.install(server, store)
    api.install(server, store)
    app = _Site(
        __name__,
        server=server,
        title="SEND performance",
        update_title="",
        index_string=_INDEX,
        suppress_callback_exceptions=True,
        add_log_handler=False,
        enable_mcp=False,
        meta_tags=_metas(),
    )
    app.store = store
    app.layout = lambda: _root(store)
    _callbacks(app, store)
    _statuses(server)
    headers.install(server, app.csp_hashes())
    return app


def _metas() -> Sequence[dict[str, str]]:
    return ({"name": "viewport", "content": "width=device-width, initial-scale=1"},
            {"name": "color-scheme", "content": "light"})  # fmt: skip
