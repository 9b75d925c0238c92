"""How many cases a figure rests on, in words."""

from __future__ import annotations

from dashboard import words
from etl.analysis.book import Book, Value

# What the cases are that a figure rests on, by theme; a measure may have others.
_CASES = {"missing": "children", "alternative": "pupils", "plans": "plans", "context": "pupils"}


def cases(book: Book, value: Value) -> str:
    """How many cases a figure rests on: "22 pupils", "1,025 plans"; empty where not known."""
    if value.cases is None:
        return ""
    declared = book.measure(value.point.shown.measure)
    noun = _CASES.get(declared.theme, "cases")
    if value.point.shown.reading.sample_size is not None:
        noun = "cases"
    return words.many(value.cases, noun.removesuffix("s"), noun) if noun != "children" else (
        f"{value.cases} {'child' if value.cases == 1 else 'children'}"
    )  # fmt: skip
