"""Scenes as tables that a person can read, one a view: `golden/`.

`python -m tests.dashboard.charts.golden` writes them anew; look at the difference, and at
the picture, before it is committed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from dashboard.charts import scene
from dashboard.charts.scene import Scene
from dashboard.views.measure import measure
from etl.council_store import open_store
from etl.record import Record

FOLDER = Path(__file__).parent / "golden"
AS_AT = date(2026, 6, 25)
SHARE = "ehc_plans_on_time_share_including_exceptions"
# A row, a view and a size for each table.
SCENES: Mapping[str, tuple[str, str, str, str]] = {
    "trend": ("ehc_plan_days", "all", "trend", "page"),
    "trend-running-total": ("complaints_local", "all", "trend", "page"),
    "year-on-year": ("ehc_review_on_time", "all", "year-on-year", "page"),
    "cohorts": ("alternative_provision_days", "all", "cohorts", "page"),
    "rates": ("children_missing_education", "all", "rates", "narrow"),
    "added": ("complaints_local", "all", "added", "page"),
    "average": ("complaints_local", "all", "average", "page"),
    "calendar": ("complaints_local", "all", "calendar", "narrow"),
    "years": (SHARE, "all", "years", "half"),
    "years-narrow": (SHARE, "all", "years", "narrow"),
    "bases": (SHARE, "all", "bases", "page"),
    "tail": (SHARE, "all", "tail", "page"),
    "months": (SHARE, "all", "months", "page"),
    "quarters": (SHARE.replace("including", "excluding"), "all", "quarters", "page"),
    "weeks": (SHARE, "all", "weeks", "page"),
    "neighbours": (SHARE, "all", "neighbours", "page"),
}


def table(drawing: Scene) -> str:
    """A scene as a table in Markdown: what, its words, its place in whole pixels."""
    frame = drawing.frame
    head = (
        f"{drawing.id}, {drawing.width:.0f} by {drawing.height:.0f}; plot "
        f"{frame.left:.0f} to {frame.right:.0f} across, {frame.top:.0f} to {frame.bottom:.0f} down"
    )
    lines = [head, "", "| what | words | across | down |", "|---|---|---|---|"]
    lines += [f"| {' | '.join(row)} |".replace("|  |", "| |") for row in _rows(drawing)]
    return "\n".join(lines) + "\n"


def _rows(drawing: Scene) -> Iterator[tuple[str, str, str, str]]:
    for band in drawing.bands:
        box = band.box
        yield "band", band.label, _span(box.left, box.right), _span(box.top, box.bottom)
    for rule in drawing.rules:
        what = " ".join(filter(None, ("rule", rule.kind, rule.standing)))
        yield what, rule.label, _span(rule.x0, rule.x1), _span(rule.y0, rule.y1)
    for line in drawing.lines:
        what = f"line {line.role}{' provisional' if line.provisional else ''}"
        (x0, y0), (x1, y1) = line.points[0], line.points[-1]
        yield what, f"{len(line.points)} points", _span(x0, x1), _span(y0, y1)
    for bar in drawing.bars:
        what = f"bar {bar.role} {bar.state}".strip()
        words = f"{bar.facts.series}, {bar.facts.period}: {bar.facts.value}"
        across, down = (bar.box.left, bar.box.right), (bar.box.top, bar.box.bottom)
        yield what, words, _span(*across), _span(*down)
    for point in drawing.points:
        what = f"point {point.role} {point.state}".strip()
        words = f"{point.facts.series}, {point.facts.period}: {point.facts.value}"
        yield what, words, f"{point.x:.0f}", f"{point.y:.0f}"
    for text in drawing.texts:
        box = text.box
        what = f"{'bold ' if text.bold else ''}{text.kind}"
        yield what, " / ".join(text.lines), _span(box.left, box.right), _span(box.top, box.bottom)


def _span(first: float, last: float) -> str:
    one, other = f"{first:.0f}", f"{last:.0f}"
    return one if one == other else f"{one} to {other}"


def drawn(record: Record, name: str) -> Scene:
    """The scene of one of SCENES."""
    row, cohort, view, size = SCENES[name]
    page = measure(record, row, cohort, view)
    assert page is not None, f"no {row} is held"
    assert page.view == view, f"{row} has no view {view}"
    return scene(page.chart, size)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/golden.db", seed=True)
        for name in SCENES:
            text = table(drawn(store.record(AS_AT), name))
            (FOLDER / f"{name}.md").write_text(text, encoding="utf-8")
        store.close()
