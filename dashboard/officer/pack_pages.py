"""The report pack: choose the meeting, see it as it will look, take single files or all."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, send_file, url_for

from dashboard.officer import page
from dashboard.officer.packing import ZIP, Packs
from dashboard.views.overview import meetings
from etl.model import UserError
from etl.store.store import Store

LATEST = "latest"
_SAYS = {
    "report.docx": "The section for the Word report: words, charts, Appendix 1, findings",
    "appendix-1.xlsx": "Appendix 1 as a workbook, with the tidy figures, notes and sources",
    "briefing.html": "The briefing as one file, for sending to members",
    "captions.csv": "Title, text alternative and source line of each picture",
}
_TYPES = {".png": "image/png", ".html": "text/html; charset=utf-8"}


def add_routes(blueprint: Blueprint, store: Store) -> None:
    """`/officer/packs`, a meeting's pack, and its files."""
    packs = Packs(store)

    def wanted(text: str) -> date | None:
        known = {choice.value for choice in meetings(store.record())}
        if text == LATEST:
            return None
        if text not in known or not text:
            abort(404)
        return date.fromisoformat(text)

    @blueprint.get("/packs")
    def packs_page() -> Any:
        offered = [(c.value or LATEST, c.label) for c in meetings(store.record())]
        chosen = request.args.get("meeting", "")
        if chosen in dict(offered):
            return redirect(url_for("officer.pack", meeting=chosen))
        return page.render("packs", title="Report pack", offered=offered)

    @blueprint.get("/packs/<meeting>")
    def pack(meeting: str) -> Any:
        when = wanted(meeting)
        state = packs.state(when)
        files = packs.files(when) if state.stage == "ready" else ()
        try:
            from dashboard.reports.report import build  # not at start: all views come along

            report = build(store.record(when))
        except UserError as error:
            return page.problem("There is nothing to report", str(error), 404)
        return page.render(
            "pack",
            title=_title(when),
            nav="officer.packs_page",
            meeting=meeting,
            state=state,
            report=report,
            documents=[(f.name, _SAYS.get(f.name, "")) for f in files if f.suffix != ".png"],
            pictures=_pictures(files),
        )

    @blueprint.get("/packs/<meeting>/pages")
    def pack_preview(meeting: str) -> Any:
        record = store.record(wanted(meeting))
        try:
            from dashboard.reports import outline, pictures  # not at start, as above
            from dashboard.reports.report import build

            report = build(record)
        except UserError as error:
            return page.problem("There is nothing to report", str(error), 404)
        addresses = {p.stem: f"/api/picture.svg?{pictures.query(p.view)}" for p in report.pictures}
        blocks = outline.parts(report, addresses)["report"]
        return page.render(
            "pack_preview",
            title="The Word report",
            back=_title(record.as_at),
            nav="officer.packs_page",
            meeting=meeting,
            blocks=[(type(block).__name__, block) for block in blocks],
            addresses=addresses,
        )

    @blueprint.post("/packs/<meeting>/make")
    def make_pack(meeting: str) -> Any:
        packs.begin(wanted(meeting))
        return redirect(url_for("officer.pack", meeting=meeting), code=303)

    @blueprint.get("/packs/<meeting>/<name>")
    def pack_file(meeting: str, name: str) -> Any:
        when = wanted(meeting)
        if packs.state(when).stage != "ready":
            abort(404)
        folder = packs.folder(when)
        held = {f.name: f for f in (*packs.files(when), folder / ZIP)}
        file = held.get(name)
        if file is None or not file.is_file():
            abort(404)
        return _sent(file, meeting, shown="show" in request.args)


def _title(when: date | None) -> str:
    return f"Report pack: {page.day(when) if when else 'everything held'}"


def _sent(file: Path, meeting: str, *, shown: bool) -> Response:
    inside = shown and file.suffix in _TYPES
    name = f"send-report-pack-{meeting}.zip" if file.name == ZIP else file.name
    response = send_file(
        file,
        mimetype=_TYPES[file.suffix] if inside else None,
        as_attachment=not inside,
        download_name=name,
        max_age=0,
    )
    if file.suffix == ".html":  # our own page, but never with this site's rights
        response.headers["Content-Security-Policy"] = (
            "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        )
    return response


def _pictures(files: tuple[Path, ...]) -> list[tuple[str, str, str]]:
    """Each picture with its title and text alternative, as the captions have them."""
    captions = next((f for f in files if f.name == "captions.csv"), None)
    said: dict[str, dict[str, str]] = {}
    if captions is not None:
        with captions.open(encoding="utf-8-sig", newline="") as text:
            for row in csv.DictReader(text):
                said[row.get("file", "")] = row
    found = []
    for file in files:
        if file.suffix == ".png":
            row = said.get(file.name, {})
            found.append((file.name, row.get("title", file.stem), row.get("alt", "")))
    return found
