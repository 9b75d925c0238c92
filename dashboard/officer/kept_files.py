"""Files as they came in: downloaded by their SHA-256, purged by a publisher with a reason."""

from __future__ import annotations

import re
from functools import partial
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, abort, redirect, url_for

from dashboard.officer import page, session
from dashboard.officer.reasons import carried_out
from etl.store.files import KeptFile
from etl.store.store import Store

_SHA256 = re.compile("[0-9a-f]{64}")


def add_routes(blueprint: Blueprint, store: Store) -> None:
    """`/officer/files/SHA256` and its acts."""

    def kept(sha256: str) -> KeptFile:
        found = store.files.get(sha256) if _SHA256.fullmatch(sha256) else None
        if found is None:
            abort(404)
        return found

    def shown(file: KeptFile, errors: dict[str, str] | None = None) -> Any:
        used = [r for r in store.releases() if r.sha256 == file.sha256]
        return page.render(
            "file", 400 if errors else 200, title=f"File: {file.name}", nav="officer.releases",
            file=file, releases=used, errors=errors or {},
        )  # fmt: skip

    @blueprint.get("/files/<sha256>")
    def file(sha256: str) -> Any:
        return shown(kept(sha256))

    @blueprint.get("/files/<sha256>/download")
    def download(sha256: str) -> Any:
        found = kept(sha256)
        if found.content is None:
            abort(404)
        # Never shown by the browser: whatever it holds, it is not a page of this site.
        response = Response(found.content, mimetype="application/octet-stream")
        plain = re.sub(r"[^A-Za-z0-9._ -]", "_", found.name)
        response.headers["Content-Disposition"] = (
            f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(found.name, safe='')}"
        )
        response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response

    @blueprint.post("/files/<sha256>/purge")
    @session.needs("publisher")
    def purge(sha256: str) -> Any:
        found = kept(sha256)
        refused = carried_out(partial(store.files.purge, sha256), partial(shown, found))
        if refused is not None:
            return refused
        page.say("The file's content is gone. Its SHA-256 and this act stay in the history.")
        return redirect(url_for("officer.file", sha256=sha256), code=303)
