"""python -m dashboard backup FILE, restore FILE [--yes]: the whole store in one file, and back."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from dashboard import restored_words
from etl import council_option
from etl.commands import actor
from etl.commands.outputs import refuse_taken
from etl.council_store import open_store
from etl.model import UserError
from etl.store import Store
from etl.store.opening import database_files


def _parser(name: str) -> ArgumentParser:
    says = {
        "backup": "Writes everything the store holds to one file; safe while it runs.",
        "restore": "Makes the store hold what a backup holds, once it is checked.",
    }[name]
    command = ArgumentParser(prog=f"python -m dashboard {name}", description=says)
    command.add_argument("file", type=Path, metavar="FILE")
    if name == "restore":
        command.add_argument("--yes", action="store_true", help="do not ask")
    else:
        command.add_argument(
            "--force", "--overwrite", action="store_true", help="replace a file of that name"
        )
    return council_option.add(command)


def run(arguments: Sequence[str]) -> int:
    """`arguments` begin with the command's name. 0 done, 1 not agreed to, 2 not possible."""
    name = arguments[0]
    given = _parser(name).parse_args(list(arguments[1:]))
    try:
        store = open_store(seed=False)
        return (
            _restore(store, given.file, given.yes)
            if name == "restore"
            else _backup(store, given.file, given.force)
        )
    except UserError as error:
        print(error.in_full, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or given.file}: {error.strerror or error}", file=sys.stderr)
    return 2


def _backup(store: Store, file: Path, force: bool) -> int:
    refuse_taken(file, replace=force)
    if store.read_only():
        print("Not noted in the history: the database is read-only", file=sys.stderr)
    else:  # noted first, so that the copy says of itself when it was made
        store.history.add(actor(), "backup", reason=f"to {file.name}")
    store.backup(file, replace=force)
    print(f"Written: {file} ({file.stat().st_size:,} bytes)")
    return 0


def _restore(store: Store, file: Path, agreed: bool) -> int:
    if not file.is_file():
        print(f"{file}: there is no such file", file=sys.stderr)
        return 2
    if any(file.resolve() == own.resolve() for own in database_files()):
        print(f"{file}: is the database itself; nothing was changed", file=sys.stderr)
        return 2
    if not agreed:
        print(f"This replaces everything the store holds with what {file.name} holds.")
        print("\n".join(restored_words.lines(store.compare_backup(file).detail)))
        print(restored_words.SESSIONS)
        if not sys.stdin.isatty() or input("Go on? Type yes: ").strip().lower() != "yes":
            print("Nothing was changed; --yes goes on without asking", file=sys.stderr)
            return 1
    loss = store.restore(file, actor())
    print(f"Restored from {file.name}: {len(store.releases())} releases")
    print("\n".join(restored_words.lines(loss.detail)))
    print(restored_words.SESSIONS)
    if os.environ.get("SEND_SECRET_KEY"):
        print("SEND_SECRET_KEY signs the sessions: it is the same as before")
    return 0
