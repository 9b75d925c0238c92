"""The number of cases that a cell names, against its own past and against what it averages."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from etl.checks.book import Book
from etl.checks.unusual import strays, usual_range
from etl.checks.wording import month, printed, slack, subject
from etl.model import Finding
from etl.text.numbers import rounded


def share_not_possible(book: Book) -> Iterator[Finding]:
    """A share that no whole number of the cases named in its own cell gives: 73.3% of 5."""
    for line in book.lines.values():
        if line.measure.nature != "share" or line.measure.unit != "percent":
            continue
        for share in line.figures:
            cases, value = share.reading.sample_size, share.value
            if not cases or value is None or not 0 <= value <= 100:
                continue
            rounding = slack(share, line.measure.decimals)
            if share_possible(value, rounding, cases):
                continue
            below, above = (_share(value, cases, way) for way in (ROUND_FLOOR, ROUND_CEILING))
            yield book.finding(
                "share-not-possible",
                f"{subject(book, share)}: printed {printed(share)} of {cases} cases, but whole "
                f"cases cannot give that: nearest are {below}% and {above}%. The share or the "
                f"number of cases is wrong.",
                [share],
            )


def share_possible(share: Decimal, rounding: Decimal, cases: int) -> bool:
    """Whether a whole number of `cases` is `share` per cent of them, give or take `rounding`."""
    low = ((share - rounding) * cases / 100).to_integral_value(ROUND_CEILING)
    return low <= (share + rounding) * cases / 100


def _share(share: Decimal, cases: int, way: str) -> Decimal:
    whole = (share * cases / 100).to_integral_value(way)
    return rounded(whole * 100 / cases, 1)


def size_far_from_past(book: Book) -> Iterator[Finding]:
    """A number of cases far from what the row's other cells name: 26 or 2,650 after 265."""
    for line in book.lines.values():
        if line.key.span != "month":
            continue
        for figures in line.tables.values():
            sized = [f for f in figures if f.reading.sample_size is not None]
            sizes = [float(f.reading.sample_size or 0) for f in sized]
            for stray in strays(sized, sizes, "count"):
                figure = sized[stray.position]
                low, high, _ = usual_range(sizes, stray)
                yield book.finding(
                    "cases-unusual",
                    f"{subject(book, figure)}: {printed(figure)} is printed for "
                    f"{figure.reading.sample_size} cases, where the {len(stray.past)} nearest "
                    f"figures rested on {low:.0f} to {high:.0f}. A digit too many or too few is "
                    f"likely; if not, say what happened in {month(figure)}.",
                    [figure],
                )
