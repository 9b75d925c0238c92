"""Files as they came in: downloaded by their SHA-256, held and purged by a publisher with a
reason."""

from __future__ import annotations

import re
from functools import partial
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, abort, redirect, request, url_for

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
            "file",
            400 if errors else 200,
            title=f"File: {file.name}",
            nav="officer.releases",
            file=file,
            releases=used,
            errors=errors or {},
            given=request.form,
            holds=store.files.holds(file.sha256),
            erasing=store.files.erasing(),
        )

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
        left = ""

        def act(officer: str, reason: str) -> None:
            nonlocal left
            left = store.files.purge(sha256, officer, reason)

        refused = carried_out(act, partial(shown, found))
        if refused is not None:
            return refused
        if left:
            page.say(
                f"The file's content is purged, but {left}: it stays on the disk until that "
                "ends. Finish the purge then."
            )
        else:
            page.say("The file's content is gone. Its SHA-256 and this act stay in the history.")
        return redirect(url_for("officer.file", sha256=sha256), code=303)

    @blueprint.post("/files/<sha256>/hold")
    @session.needs("publisher")
    def hold(sha256: str) -> Any:
        found = kept(sha256)
        act = partial(store.files.hold, sha256)
        refused = carried_out(act, partial(shown, found), "hold_reason")
        if refused is not None:
            return refused
        page.say("A hold is on the file: it is not purged until the hold is lifted.")
        return redirect(url_for("officer.file", sha256=sha256), code=303)

    @blueprint.post("/files/<sha256>/holds/<int:number>/lift")
    @session.needs("publisher")
    def lift_hold(sha256: str, number: int) -> Any:
        found = kept(sha256)
        if number not in [one.id for one in store.files.holds(sha256)]:
            abort(404)
        act = partial(store.files.lift_hold, number)
        refused = carried_out(act, partial(shown, found), f"lift_reason_{number}")
        if refused is not None:
            return refused
        page.say(f"Hold {number} is lifted.")
        return redirect(url_for("officer.file", sha256=sha256), code=303)
