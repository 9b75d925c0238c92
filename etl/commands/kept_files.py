"""python -m etl files, purge, hold, lift-hold: the files that came in."""

from __future__ import annotations

from argparse import Namespace

from etl.commands import actor
from etl.council_store import open_store
from etl.store import StoreError

_BACKUPS = "Backups made before hold it still"
# What no statement of ours reaches.
_SERVERS_OWN = "; PostgreSQL's own log, its replicas and its backups may hold it, too"


def files(_: Namespace) -> int:
    """List the files that came in, newest first: SHA-256, size, what became of it, name."""
    for file in open_store().files.all():
        state = f"{file.holds} on hold" if file.holds else "purged" if file.purged_at else ""
        print(f"{file.sha256}  {file.kept_at}  {file.size:>11,}  {state:<9}  {file.name}")
    return 0


def purge(given: Namespace) -> int:
    """Forget a file's content; its SHA-256 and the act stay. 1 where some is on the disk still."""
    store = open_store()
    left = store.files.purge(given.sha256, actor(), given.reason)
    beyond = _SERVERS_OWN if store.on_a_server else ""
    if left:
        print(
            f"The content of {given.sha256} is purged, but {left}: it stays on the disk until "
            "that ends. Run this again then; the next command that opens the store tries it, too"
        )
        return 1
    print(
        f"The content of {given.sha256} is gone; its SHA-256 and this act stay. {_BACKUPS}{beyond}"
    )
    return 0


def hold(given: Namespace) -> int:
    """Put a hold on a file: it is not purged until the hold is lifted."""
    number = open_store().files.hold(given.sha256, actor(), given.reason)
    print(f"Hold {number} is on {given.sha256}: it is not purged until the hold is lifted")
    return 0


def lift_hold(given: Namespace) -> int:
    """Lift the hold of a file; where several stand on it, `--hold` says which."""
    store = open_store()
    standing = [one for one in store.files.holds(given.sha256) if one.stands]
    chosen = [one for one in standing if given.hold in (None, one.id)]
    if not chosen:
        which = f"hold {given.hold}" if given.hold else "hold"
        raise StoreError(f"There is no {which} on {given.sha256}")
    if len(chosen) > 1:
        named = "\n".join(f"  {one.id}  {one.placed_at[:10]}  {one.reason}" for one in chosen)
        raise StoreError(f"Several holds are on this file; choose one with --hold N:\n{named}")
    store.files.lift_hold(chosen[0].id, actor(), given.reason)
    left = len(standing) - 1
    print(f"Hold {chosen[0].id} is lifted" + (f"; {left} more on this file" if left else ""))
    return 0
