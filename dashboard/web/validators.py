"""Validators: a page that has not changed is answered 304 before it is made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

from flask import Response, request

from dashboard.web.shell import Site

_CODE = Path(__file__).resolve().parents[2]
_KINDS = {".py", ".html", ".css", ".js", ".svg", ".yaml", ".gz"}


@lru_cache(maxsize=1)
def code_version() -> str:
    """A digest of all that pages are made by: our code, templates, assets, declarations, and
    the national tables.

    By content, so that every worker on every machine names the same version alike.
    """
    digest = hashlib.sha256()
    for room in ("dashboard", "etl", "data"):
        for file in sorted((_CODE / room).rglob("*")):
            if file.suffix in _KINDS and file.is_file():
                digest.update(file.relative_to(_CODE).as_posix().encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def etag(site: Site) -> str:
    """What this request's page depends on, as an entity tag: the record as readers see it (not
    what waits for its time), the council's day, the address asked for, the site's address, and
    the code. Neither who asks nor how wide their screen is: a page is the same for all.

    Raises UserError where the database does not answer.
    """
    parts = (*site.public_state(), site.day().isoformat(), site.address, code_version())
    asked = (request.path.encode(), request.query_string)
    return hashlib.sha256(b"\0".join((*(part.encode() for part in parts), *asked))).hexdigest()[:32]


def validated(site: Site, view: Callable[..., Any]) -> Callable[..., Any]:
    """A view function whose answer, where it is a page, carries a validator.

    Weak, for the same page compressed is another row of bytes.
    """

    @wraps(view)
    def answer(**names: Any) -> Any:
        tag = etag(site)
        if request.if_none_match.contains_weak(tag):
            response = Response(status=304)
        else:
            response = view(**names)
        if response.status_code in (200, 304):
            response.set_etag(tag, weak=True)
            # Ask again, and be told "unchanged".
            response.headers["Cache-Control"] = "no-cache"
        return response

    return answer
