"""Report -> one HTML file that opens without a server, for sending to members."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard.exports import outline
from dashboard.exports.outline import Table
from dashboard.exports.report import Report
from etl import atomic_write

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
)


def page(report: Report, drawn: Mapping[str, Path]) -> str:
    """The whole briefing as HTML; `drawn` are the pictures there are, by their stem."""
    pictures = {stem: b64encode(file.read_bytes()).decode("ascii") for stem, file in drawn.items()}
    appendix = [part for part in outline.appendix(report.appendix) if isinstance(part, Table)]
    template = _TEMPLATES.get_template("briefing.html.jinja")
    return template.render(report=report, pictures=pictures, appendix=appendix)


def write(report: Report, drawn: Mapping[str, Path], path: Path) -> None:
    """Writes the briefing into `path`."""
    atomic_write.write(path, page(report, drawn).encode())
