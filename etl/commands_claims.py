"""python -m etl check-report FILE: the claims of a report, each held against the record."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from etl import readers
from etl.claims import report
from etl.model import NoTable
from etl.store import open_store
from etl.store.store import Store


def run(given: Namespace) -> int:
    """The command: exit 0 where nothing differs, 1 where some do, 2 and 3 as for an import."""
    return checked(given.file, open_store())


def checked(path: Path, store: Store) -> int:
    """Prints each claim of the report at `path` with its verdict; 1 where one differs, else 0.

    Raises UserError for a file that cannot be opened or holds no text (2), and for one that
    was read to the end and states no figure of a known measure (3).
    """
    document = readers.read(path)
    made = report.claimed(document, store.record())
    if not made:
        raise NoTable(f"{path.name}: read to the end; it states no figure of a known measure")
    for line in report.lines(made, store.registry):
        print(line)
    return 1 if any(one.statement.verdict == "differs" for one in made) else 0
