"""How many cases a figure rests on, in words."""

from __future__ import annotations

from dashboard import words
from etl.analysis.book import Book, Value


def cases(book: Book, value: Value) -> str:
    """How many cases a figure rests on: "22 pupils", "1,025 plans"; empty where not known."""
    if value.cases is None:
        return ""
    if value.point.shown.reading.sample_size is not None:
        return words.counted(value.cases, "cases")
    return words.counted(value.cases, book.measure(value.point.shown.measure).cases)
