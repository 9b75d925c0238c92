"""The report's parts on A4 pages: nothing lost, nothing below the margin, no heading left alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.exports import outline, paper
from dashboard.exports.outline import Block, Bullet, Figure, Heading, Landscape, Paragraph, Table
from dashboard.exports.report import build
from etl.store import Store

_TEXTS = st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=250).map(
    " ".join
)


@st.composite
def reports(draw: st.DrawFn) -> tuple[Block, ...]:
    """Any order of parts, some longer than a page."""
    table = st.lists(st.tuples(_TEXTS, st.text("123", max_size=4)), min_size=1, max_size=40).map(
        lambda rows: Table(("What", "Number"), tuple(rows), (120.0, 20.0), 8, "", 0)
    )
    block = st.one_of(
        st.builds(Heading, st.text("abc", min_size=1, max_size=30)),
        st.builds(Paragraph, _TEXTS),
        st.builds(Bullet, _TEXTS, st.just("A lead: ")),
        st.builds(Figure, st.just("a"), st.just("alt"), _TEXTS),
        table,
    )
    first, second = draw(st.lists(block, max_size=8)), draw(st.lists(block, max_size=4))
    return (*first, Landscape(), *second, Paragraph("The end."))


def words(block: Block) -> list[str]:
    match block:
        case Table():
            return [word for row in block.rows for text in row for word in text.split()]
        case Bullet():
            return (block.lead + block.text).split()
        case Figure():
            return block.caption.split()
        case Heading() | Paragraph():
            return block.text.split()
    return []


@settings(max_examples=60, deadline=None)
@given(reports())
def test_pages_hold_all_of_it_in_order_and_no_more_than_fits(blocks: tuple[Block, ...]) -> None:
    pages = paper.pages(blocks)
    shown = [word for page in pages for piece in page.pieces for word in words(piece.block)]
    assert shown == [word for block in blocks for word in words(block)]
    for page in pages:
        room = paper._room(page.landscape)[1]
        overfull = sum(piece.height for piece in page.pieces) - room
        # What is higher than any page stands alone on one; white below the last may hang over.
        assert overfull <= paper._AFTER or len(page.pieces) == 1
        assert not isinstance(page.pieces[-1].block, Heading) or len(page.pieces) == 1


def test_the_march_reports_pages(real_store: Store) -> None:
    """As LibreOffice breaks report.docx: words on two pages, the charts two a page."""
    report = build(real_store.record(date(2022, 3, 18)))
    blocks = outline.blocks(report, {planned.stem for planned in report.pictures})
    pages = paper.pages(blocks)
    kinds = [[type(piece.block).__name__ for piece in page.pieces] for page in pages]
    assert kinds[0][:2] == ["Heading", "Paragraph"]
    assert kinds[2] == ["Heading", "Figure", "Figure"]
    assert all(kind.count("Figure") <= 2 for kind in kinds)
    assert [page.landscape for page in pages].index(True) == len(pages) - 2
    assert 22 <= len(pages) <= 26


@pytest.mark.parametrize(
    ("months", "tables"),
    [(1, [1]), (13, [13]), (14, [7, 7]), (30, [10, 10, 10]), (60, [12] * 5), (0, [])],
)
def test_an_appendix_is_parted_evenly(months: int, tables: list[int]) -> None:
    assert [len(part) for part in outline._parts(months)] == tables
    assert [month for part in outline._parts(months) for month in part] == list(range(months))
