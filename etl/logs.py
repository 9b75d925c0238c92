"""The log, for the server and the commands alike: time, level, the request's id, who says it.

    2026-11-26T17:05:27Z ERROR [3f2a9c1b] dashboard.site: the page /quality could not be made

One line a message, whatever is in it; a traceback stands indented below. What a form, a cookie
or a query held is never handed to the log, and the database's parameters are not (engine.py).
"""

from __future__ import annotations

import logging
import sys
import time
from contextvars import ContextVar
from typing import Any

# The id of the request that is answered; "-" where none is.
request_id: ContextVar[str] = ContextVar("request_id", default="-")

# Control characters and line separators, as they are written instead: nobody adds a line.
_PLAIN = {code: repr(chr(code))[1:-1] for code in (*range(32), *range(127, 160), 0x2028, 0x2029)}
_OURS = ("etl", "dashboard")
# What says too much for a log that people read: waitress each time that a request has to wait.
_QUIETER = {"waitress.queue": logging.ERROR, "pdfminer": logging.ERROR}


class _Formatter(logging.Formatter):
    def __init__(self) -> None:
        super().__init__(
            "%(asctime)s %(levelname)s [%(request)s] %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%SZ"
        )
        self.converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        """The line, and a traceback's lines indented below it."""
        record.request = request_id.get()
        record.message = record.getMessage().translate(_PLAIN)
        record.asctime = self.formatTime(record, self.datefmt)
        lines = [self.formatMessage(record)]
        if record.exc_info:
            lines += (f"  {line}" for line in self.formatException(record.exc_info).splitlines())
        return "\n".join(lines)


class _Stderr(logging.StreamHandler[Any]):
    """Writes to what standard error is at that moment."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)
        self.setFormatter(_Formatter())

    @property
    def stream(self) -> Any:
        return sys.stderr

    @stream.setter
    def stream(self, _: Any) -> None:
        raise AttributeError("it is always standard error")


def configure(level: int = logging.WARNING) -> None:
    """Sets the log up, once a process: ours from `level`, other people's from WARNING."""
    root = logging.getLogger()
    if not any(isinstance(handler, _Stderr) for handler in root.handlers):
        root.addHandler(_Stderr())
    for name in _OURS:
        logging.getLogger(name).setLevel(level)
    for name, least in _QUIETER.items():
        logging.getLogger(name).setLevel(least)
