"""Every figure of a row as text with where it stands, and what later publications revised."""

from __future__ import annotations

from itertools import pairwise

from dashboard import words
from dashboard.views import flags
from dashboard.views.measure_types import FigureTable
from dashboard.views.readings import text
from dashboard.views.rows import row_url
from dashboard.views.types import RevisionRow
from etl.analysis.book import Book, Value
from etl.analysis.corrected import history, put_right, revised
from etl.model import Observation

SPANS = {
    "month": "By month",
    "quarter": "By quarter",
    "calendar_year_to_date": "Added up from January",
    "financial_year_to_date": "Added up from April",
    "calendar_year": "By calendar year",
    "academic_year": "By school year",
    "term": "By term",
}
_COLUMNS = ("Period", "Figure", "Cases", "Published", "Where it stands", "Note")


def _note(book: Book, value: Value) -> str:
    """Flag, revision and what the cell printed besides, for one figure."""
    shown = value.point.shown
    notes = []
    notes += [f"Flagged: {flag.text}" for flag in flags.of_value(book, value)]
    if revised(book.record, value.point):
        notes.append("Revised")
    elif any(put_right(book.record, version) for version in value.point.history):
        notes.append("Corrected")
    others = [
        v for v in value.point.standing if v.revises != shown.revises and v.value != shown.value
    ]
    if others and shown.table != "dfe" and others[0].value is not None:
        unit = book.measure(shown.measure).unit
        notes.append(f"{words.figure(others[0].value, unit)} in another table")
    if value.few:
        notes.append("Few cases")
    if shown.reading.note:
        notes.append(f"printed with {shown.reading.note}")
    return "; ".join(notes)


def tables(book: Book, measure: str, cohort: str) -> tuple[FigureTable, ...]:
    """One table a span, the newest span's last figure last."""
    declared = book.measure(measure)
    found = []
    for span in book.spans(measure, cohort):
        rows = [
            (
                words.period(value.period),
                text(value, declared),
                "" if value.cases is None else words.count(value.cases),
                words.day(value.point.shown.published),
                f"{value.point.shown.source}: {value.point.shown.locator}",
                _note(book, value),
            )
            for value in book.line(measure, cohort, span)
        ]
        numbers = sum(v.value is not None for v in book.line(measure, cohort, span))
        found.append(FigureTable(SPANS[span], _COLUMNS, rows, numbers))
    return tuple(found)


def _said(book: Book, figure: Observation) -> str:
    if figure.value is None:
        return words.STATUSES[figure.status]
    return words.figure(figure.value, book.measure(figure.measure).unit)


def revisions(book: Book, measure: str = "", cohort: str = "") -> tuple[RevisionRow, ...]:
    """Figures of the council that a later publication revised; of one row, or of all.

    What was wrong and has been put right is none: it is not told again.
    """
    found = []
    for key, series in book.record.series.items():
        if key.authority != book.own or (measure and key[1:3] != (measure, cohort)):
            continue
        if key.measure not in book.registry.measures:
            continue
        for point in series.points:
            for then, now in pairwise(history(book.record, point)):
                if (then.value, then.status) == (now.value, now.status):
                    continue
                found.append(
                    RevisionRow(
                        book.cohort(key.measure, key.cohort).title,
                        words.period(point.period),
                        _said(book, then),
                        f"{then.source}, {words.day(then.published)}",
                        _said(book, now),
                        f"{now.source}, {words.day(now.published)}",
                        row_url(book, key.measure, key.cohort),
                    )
                )
    return tuple(found)
