"""python -m etl releases, withdraw, republish."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator

from etl import withdrawal
from etl.commands import actor
from etl.council_store import open_store
from etl.model import Refused
from etl.record import Release
from etl.store import Store
from etl.withdrawal import Withdrawal

_ROWS = 30  # Appendix 1 has as many


def run(given: Namespace) -> int:
    """List every release: number, date, state, when and by whom, title, what it changed."""
    store = open_store()
    now = store.clock()
    for one in store.published():
        release = one.release
        print(
            f"{release.number:>4}  {release.published}  {_state(release, now):<22}  "
            f"{one.recorded_at}  {one.actor:<12}  {release.title}  ({one.changes})"
        )
    return 0


def withdraw(given: Namespace) -> int:
    """Take a release back, with who did so and why, once it is said what rests on it."""
    store = open_store()
    found = withdrawal.of(store, given.release)
    if given.dry_run:
        print("\n".join([*_lines(found, store), "Dry run: nothing was changed"]))
        return 0
    along = _along(given, found, store)
    done = store.withdraw(given.release, actor(), given.reason, along=along, based_on=found.version)
    print(f"{_named(done)} is withdrawn")
    changes = found.with_corrections if along else found.alone
    print(withdrawal.summary(changes, done=True))
    for one in found.corrections:
        state = "is withdrawn with it" if along else "stays"
        print(f"{_named(one.release)}, which corrects it, {state}")
    return 0


def republish(given: Namespace) -> int:
    """Show a withdrawn release again, with what was taken back along with it."""
    store = open_store()
    along, of = store.taken_back_with(given.release)
    done = store.republish(given.release, actor(), given.reason, along=() if given.alone else along)
    print(f"{_named(done)} is published again")
    named = {release.number: release for release in store.releases()}
    for number in along:
        state = f"stays hidden: python -m etl republish {number} --reason TEXT"
        if not given.alone:
            state = "is published again, too"
        print(f"{_named(named[number])}, taken back with it, {state}")
    if of:
        print(f"{_named(named[of])}, whose figures it corrects, stays hidden")
    return 0


def _along(given: Namespace, found: Withdrawal, store: Store) -> tuple[int, ...]:
    """The numbers of the corrections that go with it, as was said or is asked."""
    numbers = tuple(one.release.number for one in found.corrections)
    if not numbers or given.without_corrections:
        return ()
    if given.with_corrections:
        return numbers
    print("\n".join(_lines(found, store)))
    answer = ""
    if sys.stdin.isatty():
        asked = "Take the corrections back, too? Type yes or no; anything else stops: "
        answer = input(asked).strip().lower()
    if answer not in ("yes", "no"):
        raise Refused(
            "Corrections rest on this release; nothing was changed. Say --with-corrections or "
            "--without-corrections"
        )
    return numbers if answer == "yes" else ()


def _lines(found: Withdrawal, store: Store) -> Iterator[str]:
    """What would disappear, and what rests on the release."""
    yield f"Taking back {_named(found.release)}: {withdrawal.summary(found.alone)}"
    lines = list(withdrawal.rows(found.alone, store.registry))
    yield from (f"  {line}" for line in lines[:_ROWS])
    if len(lines) > _ROWS:
        yield f"  and {len(lines) - _ROWS} more rows"
    yield from (withdrawal.correction(one) for one in found.corrections)
    if found.corrections:
        yield f"With the corrections: {withdrawal.summary(found.with_corrections)}"
    for word in found.words:
        yield f"The {word.kind} {word.id} would stand beside no figure: {word.text}"
    if found.drafts:
        yield f"Open drafts that correct a figure of it: {', '.join(map(str, found.drafts))}"


def _named(release: Release) -> str:
    return f"Release {release.number} ({release.title}, {release.published})"


def _state(release: Release, now: str) -> str:
    if release.withdrawn:
        return "withdrawn"
    if release.visible_from > now:
        return f"from {release.visible_from}"
    return "published"
