"""What one version reads, finds, checks and shows. Run in that version's folder by `python -m
tests.oracle`; it keeps to names that d41778e has, too, and writes one JSON file.

A file is read as it stands, held against an empty store, and nothing is stored. Claims and pages
are of a store that is filled from that version's own `data/`.
"""

from __future__ import annotations

import html
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

# A date for files that do not state one, so that they can be read; and the day of the survey.
PUBLISHED, TODAY = date(2022, 5, 20), date(2026, 11, 26)
MEETINGS = ("", "2022-03-18", "2021-09-17")
# Elements that end a line of a page.
_BREAKS = re.compile(
    r"</?(?:p|h[1-6]|li|ul|ol|tr|t[dh]|table|section|div|dt|dd|dl|nav|summary|details|"
    r"figcaption|figure|br|aside|header|footer|main|text|option)\b[^>]*>"
)
_HIDDEN = re.compile(r"<(script|style|head)\b.*?</\1>", re.DOTALL)
# A page's own address, which d41778e took from the request, and versions of its parts.
_RESTLESS = re.compile(r"http://localhost|\?v=\w+|[0-9a-f]{16,}")


def row(observation: Any) -> str:
    """A figure in a line: which, what, and how the file has it."""
    from etl import tidy

    said = tidy.row(observation)
    which = "/".join(said[n] for n in ("authority", "measure", "cohort", "span", "period_end"))
    what = " ".join(said[n] for n in ("value", "unit", "status", "sample_size", "note") if said[n])
    return f"{which} {said['table']} {said['published']}: {what} [{said['raw']}]"


def finding(judged: Any) -> str:
    """A finding in a line."""
    found = getattr(judged, "finding", judged)
    answered = getattr(judged, "answer", None)
    said = f" (answered {answered.verdict})" if answered else ""
    return f"{found.severity} {found.code}{said}: {found.message}"


def imported(path: Path, store: Any) -> dict[str, list[str]]:
    """What importing a file would bring into an empty store, or why it is refused."""
    from etl import pipeline
    from etl.model import UserError

    try:
        try:
            prepared = pipeline.prepare([path], store)
        except UserError as error:
            if "--published" not in str(error):
                raise
            prepared = pipeline.prepare([path], store, PUBLISHED)
    except UserError as error:
        said = str(error).replace(str(path), path.name)
        return {"refused": [f"{error.exit_code}: {said}"], "figures": [], "findings": []}
    except Exception as error:  # a version that breaks on a file is a difference, too
        return {"refused": [f"broken: {type(error).__name__}"], "figures": [], "findings": []}
    figures = [row(o) for p in prepared.publications for o in p.release.observations]
    return {
        "refused": [],
        "figures": sorted(figures),
        "findings": sorted(map(finding, prepared.judged)),
    }


def claimed(path: Path, store: Any) -> list[str]:
    """The verdicts on a text's claims."""
    from etl import claims, readers
    from etl.model import UserError

    try:
        statements = claims.find(readers.read(path), store.registry)
        held = claims.hold_against(statements, store.record())
    except UserError as error:
        return [f"refused: {error}"]
    except Exception as error:
        return [f"broken: {type(error).__name__}"]
    return [f"{s.place}: {s.raw} {s.measure}/{s.cohort}: {s.verdict}" for s in held]


def lines_of(page: str) -> list[str]:
    """The words of a page, a line a part."""
    text = _HIDDEN.sub("", page)
    text = html.unescape(re.sub(r"<[^>]+>", "", _BREAKS.sub("\n", text)))
    found = (" ".join(_RESTLESS.sub("", line).split()) for line in text.split("\n"))
    return [line for line in found if line]


def pages(store: Any) -> Iterator[tuple[str, list[str]]]:
    """The public pages as at each meeting."""
    from dashboard.web.app import create_app

    client = create_app(store, today=lambda: TODAY).test_client()
    paths = ["/", "/quality", "/about"]
    for measure in store.registry.measures.values():
        paths += (f"/measure/{measure.id}?cohort={cohort}" for cohort in measure.cohorts)
    for meeting in MEETINGS:
        asked = f"as_at={meeting}" if meeting else ""
        for path in paths:
            address = f"{path}{'&' if '?' in path else '?'}{asked}"
            yield address, lines_of(client.get(address).get_data(as_text=True))


def survey(files: list[Path], texts: list[Path]) -> dict[str, Any]:
    """Everything, by kind."""
    from etl.council_store import open_store

    with tempfile.TemporaryDirectory() as folder:
        empty = open_store(f"sqlite:///{folder}/empty.db", seed=False)
        filled = open_store(f"sqlite:///{folder}/filled.db", seed=True)
        spent = {}
        begun = time.monotonic()
        found: dict[str, Any] = {"files": {str(f): imported(f, empty) for f in files}}
        spent["files"], begun = time.monotonic() - begun, time.monotonic()
        found["claims"] = {str(f): claimed(f, filled) for f in texts}
        spent["claims"], begun = time.monotonic() - begun, time.monotonic()
        found["pages"] = dict(pages(filled))
        spent["pages"] = time.monotonic() - begun
        found["store"] = {
            "figures": sorted(row(o) for o in filled.record().observations if o.table != "dfe"),
            "findings": sorted(map(finding, filled.record().judged)),
        }
        found["spent"] = spent
    return found


if __name__ == "__main__":
    os.environ.pop("SEND_DATABASE_URL", None)
    asked = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    said = survey([Path(f) for f in asked["files"]], [Path(f) for f in asked["texts"]])
    Path(sys.argv[2]).write_text(json.dumps(said), encoding="utf-8")
