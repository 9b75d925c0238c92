"""python -m etl import: read files, say what they bring, publish them."""

from __future__ import annotations

from argparse import Namespace

from etl import pipeline, set_time
from etl.commands import actor, importing, officers
from etl.commands.summaries import summary
from etl.council_store import open_store
from etl.incoming import read
from etl.model import Refused
from etl.pipeline import Prepared
from etl.store import Outdated, Store


def run(given: Namespace) -> int:
    """Read, compare, report, publish. Exit 0 published or nothing new, 1 refused."""
    store = open_store()
    if given.draft is not None:
        return officers.attach(store, given)
    if given.each:
        from etl.commands import import_each

        return import_each.run(given, store)
    when = set_time.of_text(given.visible_from)
    incoming = [
        read(file, store.registry, given.published, breakdowns=given.breakdowns)
        for file in importing.with_progress(given.files)
    ]
    return importing.compared(
        incoming, store, lambda prepared: _publish(given, store, prepared, when)
    )


def _publish(given: Namespace, store: Store, prepared: Prepared, when: str) -> int:
    reason = importing.accepted_reason(given)
    if given.dry_run:
        try:
            pipeline.check_publishable(prepared, accept_reason=reason)
        except Refused as refused:
            print("\n".join(summary(prepared)))
            raise refused
        print("\n".join([*summary(prepared), "Dry run: nothing is stored"]))
        return 0
    try:
        result = pipeline.publish(store, prepared, actor(), accept_reason=reason, visible_from=when)
    except Outdated:
        raise
    except Refused:
        print("\n".join(summary(prepared)))
        raise
    lines = list(summary(prepared))
    if result.numbers:
        shows = f", to show from {set_time.in_words(when)}" if when else ""
        lines.append(f"Published as release {', '.join(map(str, result.numbers))}{shows}")
    elif not any(p.comparison.held for p in prepared.publications):
        lines.append("Nothing new: the file holds no figure")
    else:
        lines.append("Nothing new: every figure is already held as published on its date")
    print("\n".join(lines))
    return 0
