"""python -m etl check-report FILE: the claims of a report, each held against the record."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from etl import claims, readers
from etl.claims import kept, report
from etl.council_store import open_store
from etl.model import NoTable, Statement
from etl.recognise import headed
from etl.store.store import Store


def run(given: Namespace) -> int:
    """The command: exit 0 where nothing differs, 1 where some do, 2 and 3 as for an import."""
    store = open_store()
    if given.yaml:
        print(kept.written(_found(given.file, store)), end="")
        return 0
    return checked(given.file, store)


def checked(path: Path, store: Store) -> int:
    """Prints each claim of the report at `path` with its verdict; 1 where one differs, else 0.

    Raises UserError for a file that cannot be opened or holds no text (2), for one that another
    council heads (1), and for one that was read to the end and states no figure of a known
    measure (3).
    """
    document = readers.read(path)
    headed.refuse(document, store.registry)
    made = report.checked(document, store.record())
    if not (made.claims or made.unread):
        raise NoTable(f"{path.name}: read to the end; it states no figure of a known measure")
    for line in report.lines(made, store.registry):
        print(line)
    return 1 if any(one.statement.verdict == "differs" for one in made.claims) else 0


def _found(path: Path, store: Store) -> tuple[Statement, ...]:
    """The claims of the prose alone: what an excerpt of the report would lack."""
    return claims.find(readers.read(path), store.registry)
