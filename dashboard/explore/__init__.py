"""Explore: the Dash app at /explore/, for those who want more than a document shows.

Where to look, for a reader who knows Dash:

- `app.py` makes the `Dash` object and the Flask server that it stands on
- `layout.py` is `app.layout`; `controls.py` lists its controls, a row each
- `selecting.py` holds an address against the controls, and draws what they say
- `callbacks.py` has the three callbacks
- `figures.py` turns a view into a Plotly figure
- `state.py` reads and writes the address, which is the app's whole state

The figures and the words are those of the documents: `dashboard.views` makes both.

dash and plotly are imported when /explore/ is first asked for, never when the site starts.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Flask

if TYPE_CHECKING:
    from etl.store.store import Store

PREFIX = "/explore/"


def install(server: Flask, store: Store, today: Callable[[], date | None]) -> None:
    """Answers all below /explore/ by the Dash app; to be called before `server` is wrapped.

    What is to be done for every request (its id, the proxy's headers) wraps `server.wsgi_app`
    after this, and so lies around both apps. `today` decides whether a series has stopped.
    """
    server.wsgi_app = Dispatch(server.wsgi_app, store, today)  # type: ignore[method-assign]


class Dispatch:
    """A WSGI application: `others`, and below /explore/ the Dash app, made when first asked."""

    def __init__(
        self,
        others: Callable[..., Iterable[bytes]],
        store: Store,
        today: Callable[[], date | None],
    ) -> None:
        self._others = others
        self._store, self._today = store, today
        self._explore: Flask | None = None
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith(PREFIX) or path == PREFIX.rstrip("/"):
            return self._made()(environ, start_response)
        return self._others(environ, start_response)

    def _made(self) -> Flask:
        with self._lock:
            if self._explore is None:
                from dashboard.explore.app import create  # dash and plotly: a second to import

                self._explore = create(self._store, self._today)
            return self._explore
