"""python -m dashboard [--port 8050] [--host 127.0.0.1] [--workers N]: serves the site."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
from collections.abc import Sequence
from typing import Any

from etl import council_option, logs
from etl.model import UserError


def run(arguments: Sequence[str]) -> int:
    """Serves until it is stopped. `arguments` begin with the command's name."""
    given = _parser().parse_args(list(arguments[1:]))
    logs.configure(logging.INFO)
    try:
        server = _app()
    except UserError as error:
        print(error.in_full, file=sys.stderr)
        return error.exit_code
    print(f"Serving on http://{given.host}:{given.port} (Ctrl+C stops it)", flush=True)
    serve(given, server)
    return 0


def serve(given: argparse.Namespace, server: Any) -> None:
    """Serves a WSGI application at `host` and `port` with `workers`, until it is stopped."""
    if sys.platform == "win32":  # gunicorn needs a Unix
        from dashboard.web import buffered

        buffered.serve(server, host=given.host, port=given.port, threads=16)
    else:
        _gunicorn(given, server)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dashboard",
        description="Serves the site.",
        epilog="Commands beside it: export, add-officer, backup, restore.",
    )
    parser.add_argument("--port", type=int, default=8050)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--workers", type=int, default=min(os.cpu_count() or 1, 4))
    return council_option.add(parser)


def _app() -> Any:
    """The site's WSGI application over the store that SEND_DATABASE_URL names.

    Made once, before any worker: they share its memory, and none shares a connection.
    """
    # What is made at the start stays: to look for what of it could go only costs time, and
    # frozen it is shared with the workers.
    gc.disable()
    try:
        from dashboard.web.app import create_app
        from etl import temporary
        from etl.council_store import open_store

        temporary.clear()
        store = open_store()
        server = create_app(store)
        store.engine.dispose()
    finally:
        gc.freeze()
        gc.enable()
    return server


def _gunicorn(given: argparse.Namespace, server: Any) -> None:
    from gunicorn.app.base import BaseApplication

    from dashboard.web.worker import OneLog, WaitressWorker

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            settings: dict[str, Any] = {
                "bind": f"{given.host}:{given.port}",
                "workers": given.workers,
                "worker_class": WaitressWorker,
                "logger_class": OneLog,
                "threads": 8,
                "timeout": 120,
                "loglevel": "warning",
                "control_socket_disable": True,
            }
            for name, value in settings.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            return server

    Server().run()
