"""The pictures' titles, alternative texts and sources, as a CSV beside them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from dashboard.reports.report import Planned
from etl import atomic_write

COLUMNS = ("file", "title", "alt", "source")
ALT_LENGTH = 220


def short_alt(alt: str) -> str:
    """The alternative text in at most 220 characters: whole sentences, then whole words."""
    alt = " ".join(alt.split())
    if len(alt) <= ALT_LENGTH:
        return alt
    cut = alt[:ALT_LENGTH]
    sentence = cut.rfind(". ")
    if sentence > ALT_LENGTH // 2:
        return cut[: sentence + 1]
    return cut[: ALT_LENGTH - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def write(pictures: Iterable[Planned], ending: str, path: Path) -> None:
    """Writes `path`: a row a picture, in the order of the report."""
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for planned in pictures:
        chart = planned.view.chart
        rows.writerow((f"{planned.stem}.{ending}", chart.title, short_alt(chart.alt), chart.source))
    atomic_write.write(path, text.getvalue().encode("utf-8-sig"))
