"""Report -> its parts in reading order: Word lays them out, and so does the page shown before.

Widths are in millimetres of A4 with even margins, and letters in points.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from dashboard import words
from dashboard.reports.report import AppendixTable, Report

PAGE, MARGIN, PICTURE = (210.0, 297.0), 20.0, 160.0
# A column a month, each wide enough for "263.3 days": more stand in a table of their own.
MONTHS_A_TABLE = 13
_SERIAL, _LABEL, _FINDING, _ANSWER = 13.0, 62.0, 90.0, 80.0
_ACROSS = PAGE[1] - 2 * MARGIN


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (the section's own) or 2."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """Words; `strong` stands out."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Bullet:
    """A point of a list, with its lead in bold."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Figure:
    """A picture by its file's stem, with its alternative text and the caption below it."""

    stem: str
    alt: str
    caption: str


@dataclass(frozen=True)
class Table:
    """A table whose header row repeats; `heads` is the column whose cells name their rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    points: float
    summary: str
    heads: int
    title: str = ""


@dataclass(frozen=True)
class Landscape:
    """From here to the part's end the page lies on its side."""


Block = Heading | Paragraph | Bullet | Figure | Table | Landscape


def _opening(report: Report) -> Iterator[Block]:
    yield Paragraph(report.headline, strong=True)
    for text in filter(None, (report.summary, report.past, *report.notes)):
        yield Paragraph(text)


def _changes(report: Report) -> Iterator[Block]:
    for bullet in report.bullets:
        yield Bullet(bullet.text, f"{bullet.lead}: ")
    if report.left_out:
        yield Paragraph("Left out of the summary and these points, because they do not add up:")
        for text in report.left_out:
            yield Bullet(text)


def _charts(report: Report, drawn: Container[str]) -> Iterator[Block]:
    shown = [planned for planned in report.pictures if planned.stem in drawn]
    for number, planned in enumerate(shown, start=1):
        chart = planned.view.chart
        caption = f"Figure {number}. {chart.title}. {chart.source}"
        yield Figure(planned.stem, chart.alt, caption)


def _findings(report: Report) -> Iterator[Block]:
    if not report.findings:
        yield Paragraph("Nothing in these figures was found not to add up.")
        return
    # In a table: these are figures as misprinted, not what the report itself claims.
    rows = tuple((found.message, found.verdict or "Not answered yet") for found in report.findings)
    summary = "What was found not to add up, and the answer to it"
    yield Table(("What was found", "Answer"), rows, (_FINDING, _ANSWER), 9, summary, 0)


def _sources(report: Report) -> Iterator[Block]:
    for source in report.sources:
        yield Bullet(", ".join(filter(None, source)))
    for text in filter(None, (report.licence, report.alternative_formats)):
        yield Paragraph(text)


def _columns(months: int) -> Iterator[range]:
    """Columns of each table: as even as can be, none wider than a page can hold."""
    tables = -(-months // MONTHS_A_TABLE)
    start = 0
    for at in range(tables):
        end = start + (months - start) // (tables - at)
        yield range(start, end)
        start = end


def appendix(table: AppendixTable) -> Iterator[Block]:
    """Appendix 1, in as many tables as its months need."""
    groups = list(_columns(len(table.columns) - 2))
    for at, months in enumerate(groups, start=1):
        chosen = [0, 1, *(month + 2 for month in months)]
        columns = tuple(table.columns[column] for column in chosen)
        each = (_ACROSS - _SERIAL - _LABEL) / max(len(months), 7)
        title = ""
        if len(groups) > 1:
            title = f"{columns[2]} to {columns[-1]} (table {at} of {len(groups)})"
        yield Table(
            columns,
            tuple(tuple(row[column] for column in chosen) for row in table.rows),
            (_SERIAL, _LABEL, *[each] * len(months)),
            8,
            "Figures of Appendix 1 held: a row a measure, a column a month",
            1,
            title,
        )


def texts(report: Report) -> dict[str, str]:
    """What a template may name inside a sentence, by name."""
    return {
        "title": report.title,
        "date": words.day(report.day),
        "headline": report.headline,
        "summary": report.summary,
        "licence": report.licence,
    }


def parts(report: Report, drawn: Container[str]) -> dict[str, tuple[Block, ...]]:
    """The report's parts in reading order, by the names that a template may give.

    `report` is all of it, with its headings; the others have none. `drawn` are the stems of
    the pictures there are.
    """
    each: dict[str, tuple[str, Iterator[Block]]] = {
        "opening": ("", _opening(report)),
        "changes": ("What has changed", _changes(report)),
        "charts": ("Charts", _charts(report, drawn)),
        "findings": ("What does not add up", _findings(report)),
        "sources": ("Sources", _sources(report)),
        "appendix": ("Appendix 1", appendix(report.appendix)),
    }
    made: dict[str, tuple[Block, ...]] = {}
    whole: list[Block] = [Heading(report.title, 1)]
    for name, (heading, part) in each.items():
        blocks = tuple(part)
        turned: list[Block] = [Landscape()] if name == "appendix" else []
        made[name] = (*turned, *blocks)
        if blocks:
            whole += [*turned, *([Heading(heading)] if heading else []), *blocks]
    return made | {"report": tuple(whole)}
