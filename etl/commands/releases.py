"""python -m etl releases, withdraw, republish."""

from __future__ import annotations

from argparse import Namespace

from etl.commands import actor
from etl.record import Release
from etl.store import open_store


def run(given: Namespace) -> int:
    """List every release: number, date, state, title."""
    store = open_store()
    now = store.clock()
    for release in store.releases():
        print(
            f"{release.number:>4}  {release.published}  {_state(release, now):<22}  {release.title}"
        )
    return 0


def withdraw(given: Namespace) -> int:
    """Take a release back, with who did so and why."""
    release = open_store().withdraw(given.release, actor(), given.reason)
    print(f"Release {release.number} ({release.title}, {release.published}) is withdrawn")
    return 0


def republish(given: Namespace) -> int:
    """Show a withdrawn release again."""
    release = open_store().republish(given.release, actor(), given.reason)
    print(f"Release {release.number} ({release.title}, {release.published}) is published again")
    return 0


def _state(release: Release, now: str) -> str:
    if release.withdrawn:
        return "withdrawn"
    if release.visible_from > now:
        return f"from {release.visible_from}"
    return "published"
