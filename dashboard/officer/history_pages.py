"""The history as a page and as CSV. Nobody can edit it: the store only adds to it."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from flask import Blueprint, Response, request

from dashboard import restored_words
from dashboard.officer import page
from etl import tidy
from etl.store.history import Act
from etl.store.store import Store

PAGE = 100
COLUMNS = ("number", "at", "who", "what", "release", "sha256", "reason", "detail")


def told(act: Act) -> str:
    """What else belongs to an act, in words."""
    detail = act.detail or {}
    if act.what == "restore":
        return "; ".join(line.strip() for line in restored_words.lines(detail))
    parts = []
    for name, value in detail.items():
        if name == "declarations":
            kinds = [d.get("kind", "") for d in value]
            counted = (f"{kinds.count(k)} {k}{'s' if kinds.count(k) > 1 else ''}"
                       for k in dict.fromkeys(kinds))  # fmt: skip
            parts.append("with " + ", ".join(counted))
        elif name == "visible_from":
            parts.append(f"shows from {page.local(str(value))}")
        elif name == "title":
            parts.append(str(value))
        else:
            parts.append(f"{name} {value}")
    return "; ".join(parts)


def as_csv(acts: tuple[Act, ...]) -> str:
    """The whole history, oldest first; nothing in it is run by a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for act in reversed(acts):
        detail = json.dumps(act.detail, ensure_ascii=False) if act.detail else ""
        row = (act.id, act.at, act.who, act.what, act.release or "", act.sha256, act.reason, detail)
        writer.writerow([tidy.neutral(str(value)) for value in row])
    return out.getvalue()


def add_routes(blueprint: Blueprint, store: Store) -> None:
    """`/officer/history` and `/officer/history.csv`."""

    @blueprint.get("/history")
    def history() -> Any:
        acts = store.history.all()
        text = request.args.get("page", "1")
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
        pages = max((len(acts) + PAGE - 1) // PAGE, 1)
        number = min(max(number, 1), pages)
        return page.render(
            "history",
            title="History",
            rows=[(a, told(a)) for a in acts[(number - 1) * PAGE :][:PAGE]],
            number=number,
            pages=pages,
        )

    @blueprint.get("/history.csv")
    def history_csv() -> Any:
        response = Response("\ufeff" + as_csv(store.history.all()), mimetype="text/csv")
        response.headers["Content-Disposition"] = 'attachment; filename="history.csv"'
        return response
