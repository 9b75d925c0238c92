"""The figures as a workbook, within bounds: a stranger may ask for it as often as they like."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import partial

from etl import licences, tidy
from etl.analysis.corrected import flag
from etl.model import Observation
from etl.record import Record

# Every figure of every authority that DfE's zip brings is some 11,000 without breakdowns. A
# workbook of so many takes 5 s and 120 MB, of all breakdowns more than a minute and 1 GB.
MOST = 15_000  # figures
_AT_ONCE = threading.BoundedSemaphore(2)  # in one process, of its 8 threads


class TooMany(ValueError):
    """More figures than one workbook holds; the message says how many."""


class Busy(Exception):
    """As many workbooks as may be are being made just now."""


def content(figures: Iterable[Observation], record: Record) -> bytes:
    """The tidy table with notes as a workbook's bytes. Raises TooMany, Busy."""
    from etl import appendix_workbook, workbook  # not needed to begin to serve

    held = tuple(figures)
    if len(held) > MOST:
        raise TooMany(
            f"These are {len(held):,} figures; one workbook is made of at most {MOST:,}. Choose "
            "fewer by measure, authority, from or to"
        )
    if not _AT_ONCE.acquire(blocking=False):
        raise Busy
    try:
        book = workbook.new()
        appendix_workbook.add_tidy(book, held, partial(flag, record))
        lines = [(column.name, column.description) for column in tidy.COLUMNS]
        lines += [("licence", licences.sentence(record.registry.council))]
        workbook.prose(book, "Notes", lines)
        return workbook.content(book)
    finally:
        _AT_ONCE.release()
