"""Report -> one HTML file that opens without a server, for sending to members."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard.reports import outline
from dashboard.reports.outline import Table
from dashboard.reports.report import Report
from etl import atomic_write

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
)


def page(report: Report, drawings: Mapping[str, str]) -> str:
    """The whole briefing as HTML; `drawings` are the pictures there are as SVG, by their stem."""
    pictures = {stem: b64encode(svg.encode()).decode("ascii") for stem, svg in drawings.items()}
    appendix = [part for part in outline.appendix(report.appendix) if isinstance(part, Table)]
    template = _TEMPLATES.get_template("briefing.html.jinja")
    return template.render(report=report, pictures=pictures, appendix=appendix)


def write(report: Report, drawings: Mapping[str, str], path: Path) -> None:
    """Writes the briefing into `path`."""
    atomic_write.write(path, page(report, drawings).encode())
