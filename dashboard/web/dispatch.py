"""Some addresses are answered by an application of their own, made when first asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

Application = Callable[..., Iterable[bytes]]


class Dispatch:
    """A WSGI application: `others`, and at and below each prefix of `makers` what it makes.

    A prefix is a path like "/explore". What it makes is imported then, so that a site answers
    its readers before it has all that officers and explorers need. What is to be done for every
    request (its id, the proxy's headers) wraps this, and so lies around all of them.
    """

    def __init__(self, others: Application, makers: Mapping[str, Callable[[], Application]]):
        self._others = others
        self._makers = makers
        self._made: dict[str, Application] = {}
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        for prefix in self._makers:
            if path == prefix or path.startswith(f"{prefix}/"):
                return self._application(prefix)(environ, start_response)
        return self._others(environ, start_response)

    def _application(self, prefix: str) -> Application:
        made = self._made.get(prefix)
        if made is None:
            with self._lock:
                made = self._made.get(prefix)
                if made is None:
                    made = self._made[prefix] = self._makers[prefix]()
        return made
