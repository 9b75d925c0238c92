"""Report -> one HTML file that opens without a server, for sending to members."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboard.exports.report import Report
from dashboard.exports.whole import write_whole

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
)


def page(report: Report, drawn: Mapping[str, Path]) -> str:
    """The whole briefing as HTML; `drawn` are the pictures there are, by their stem."""
    pictures = {stem: b64encode(file.read_bytes()).decode("ascii") for stem, file in drawn.items()}
    return _TEMPLATES.get_template("briefing.html.jinja").render(report=report, pictures=pictures)


def write(report: Report, drawn: Mapping[str, Path], path: Path) -> None:
    """Writes the briefing into `path`."""
    write_whole(path, page(report, drawn).encode())
