"""The application: one WSGI application over one store; nothing is global."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from dashboard.web import api, pages, request_id, server, site_address
from dashboard.web.dispatch import Dispatch
from dashboard.web.limits import WRITE
from dashboard.web.shell import Site
from etl import set_time
from etl.store.engine import wait_at_most
from etl.store.store import Store


def create_app(store: Store, *, today: Callable[[], date] | None = None) -> Flask:
    """The whole site over `store`. Two can live in one process.

    `today` decides whether a series has stopped; tests set it. Raises UserError where
    SEND_SITE_URL is no address.
    """
    site = Site(store, site_address.site_url(), today)
    wait_at_most(store.engine, WRITE)
    public = server.create(site)
    api.install(public, store, site.address, today)
    pages.install(public, site)

    def explore() -> Any:
        from dashboard.explore import app  # dash and plotly: a second to import

        return app.create(store, today or set_time.today)

    def officers() -> Any:
        from dashboard import officer  # forms, drafts, passwords

        return officer.create(site)

    application: Any = Dispatch(public.wsgi_app, {"/explore": explore, "/officer": officers})
    proxy = bool(os.environ.get("SEND_BEHIND_PROXY"))
    if proxy:
        application = ProxyFix(application, x_for=1, x_proto=1, x_host=1)
    public.wsgi_app = request_id.install(application, behind_proxy=proxy)  # type: ignore[method-assign]
    return public
