"""The gunicorn worker: gunicorn starts, watches and stops it, waitress serves in it.

gunicorn's own threaded worker gives a thread to whoever has sent a byte, so that some who never
finish their request hold all of them; the same for readers who do not take their answer.
"""

from __future__ import annotations

import os
import threading
import time
from typing import Any

from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

from dashboard.web import buffered


class WaitressWorker(Worker):  # type: ignore[misc]
    """One process of the server; its threads are those of gunicorn's setting."""

    def run(self) -> None:
        """Serves until gunicorn ends it; called once, in the worker's own process."""
        threading.Thread(target=self._tell_gunicorn, daemon=True).start()
        sockets = [listener.sock for listener in self.sockets]
        buffered.serve(self.wsgi, sockets=sockets, threads=self.cfg.threads)

    def handle_exit(self, sig: int, frame: Any) -> None:
        """Told to end: waitress lets its threads finish what they answer, for some seconds."""
        self.alive = False
        raise SystemExit(0)

    def _tell_gunicorn(self) -> None:
        """That it lives, each second; it ends with gunicorn, should that be killed."""
        while self.alive:
            self.notify()
            if os.getppid() != self.ppid:
                os._exit(0)
            time.sleep(1)


class OneLog(Logger):  # type: ignore[misc]
    """gunicorn's log goes where all goes (etl/logs.py)."""

    def setup(self, cfg: Any) -> None:
        """As gunicorn has it, without a handler of its own."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True
