"""The history as a page and as CSV. Nobody can edit it: the store only adds to it."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from typing import Any

from flask import Blueprint, Response, request

from dashboard import restored_words, words
from dashboard.officer import page
from etl import tidy
from etl.store.history import Act
from etl.store.store import Store

PAGE = 100
COLUMNS = ("number", "at", "who", "what", "release", "sha256", "reason", "detail")


_DONE = {
    ("editor", True): "may prepare figures",
    ("editor", False): "may not prepare figures",
    ("publisher", True): "may publish",
    ("publisher", False): "may not publish",
    ("disabled", True): "may no longer sign in",
    ("disabled", False): "may sign in again",
    ("password_hash", "changed"): "has a new password",
}
_COUNTED = ("new", "revised", "unchanged")


def told(act: Act) -> str:
    """What else belongs to an act, in words."""
    detail = act.detail or {}
    if act.what == "restore":
        return "; ".join(line.strip() for line in restored_words.lines(detail))
    counts = [f"{detail[name]} {name}" for name in _COUNTED if name in detail]
    parts = []
    for name, value in detail.items():
        if name in _COUNTED:
            if name == _COUNTED[0]:
                parts.append(f"figures: {', '.join(counts)}")
        elif name == "declarations":
            kinds = Counter(
                "warning answered" if d.get("kind") == "answer" else d.get("kind", "")
                for d in value
            )
            parts += [
                words.many(count, kind, kind.replace("warning", "warnings") if " " in kind else "")
                for kind, count in kinds.items()
            ]
        elif name == "visible_from":
            parts.append(f"shows from {page.local(str(value))}")
        elif name == "along":
            parts.append(f"along with it: release {', '.join(map(str, value))}")
        elif name == "with":
            parts.append(f"along with release {value}")
        elif name in ("title", "text"):
            parts.append(str(value))
        elif name != "kind" and isinstance(value, str | int):
            parts.append(_DONE.get((name, value)) or f"{detail.get('kind', name)} {value}")
        elif name != "kind":
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
