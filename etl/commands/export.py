"""python -m etl export: the tidy table as CSV or JSON."""

from __future__ import annotations

import sys
from argparse import Namespace
from functools import partial

from etl import atomic_write, tidy
from etl.analysis.corrected import flag
from etl.commands.outputs import refuse_taken
from etl.council_store import open_store


def run(given: Namespace) -> int:
    """Write the figures to the file asked for, complete or not at all, or to standard output."""
    if given.out is not None:
        refuse_taken(given.out, replace=given.force)
    record = open_store().record(given.as_at)
    areas = None if given.all_areas else ()
    figures = record.figures(areas, versions=given.all)
    render = tidy.as_json if given.format == "json" else tidy.as_csv
    written = render(figures, partial(flag, record))
    if given.out is None:
        sys.stdout.write(written)
        sys.stdout.flush()
    else:
        atomic_write.write(given.out, written.encode(), replace=given.force)
    return 0
