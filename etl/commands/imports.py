"""python -m etl import: read files, say what they bring, publish them."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path

from etl import claims, pipeline, set_time
from etl.claims.columns import differences
from etl.commands import actor, finding_lines
from etl.incoming import Incoming, read
from etl.model import Refused
from etl.pipeline import Prepared, Publication
from etl.store import Outdated, Store, open_store

# How often to compare anew when others keep publishing meanwhile.
_ATTEMPTS = 5
# Series named one by one where many are no longer printed; Appendix 1 has 30.
_NAMED = 40


def run(given: Namespace) -> int:
    """Read, compare, report, publish. Exit 0 published or nothing new, 1 refused."""
    store = open_store()
    if given.draft is not None:
        from etl.commands import officers

        return officers.attach(store, given)
    when = set_time.of_text(given.visible_from)
    incoming = list(_read(given, store))
    for attempt in range(_ATTEMPTS):
        prepared = pipeline.prepare_all(incoming, store)
        try:
            return _publish(given, store, prepared, when)
        except Outdated:
            if attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


def _read(given: Namespace, store: Store) -> Iterator[Incoming]:
    files: Iterable[Path] = given.files
    if len(given.files) > 1 and sys.stderr.isatty():
        from tqdm import tqdm

        files = tqdm(files, desc="Reading", unit="file", leave=False)
    for file in files:
        yield read(file, store.registry, given.published, breakdowns=given.breakdowns)


def _publish(given: Namespace, store: Store, prepared: Prepared, when: str) -> int:
    reason = given.accept_warnings or ""
    if given.accept_warnings is not None and not reason.strip():
        raise Refused("--accept-warnings needs a reason; nothing is stored")
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


def summary(prepared: Prepared) -> Iterator[str]:
    """What an import brings: figures by kind, then each finding with its places."""
    for publication in prepared.publications:
        yield from _publication(publication)
    counts = [p.comparison for p in prepared.publications]
    yield (
        f"Figures: {sum(len(c.new) for c in counts)} new, "
        f"{sum(len(c.revised) for c in counts)} revised, "
        f"{sum(len(c.unchanged) + len(c.held) for c in counts)} unchanged, "
        f"{prepared.unread} refused"
    )
    yield from _claims(prepared)
    for judged in prepared.judged:
        yield from finding_lines(judged)


def _claims(prepared: Prepared) -> Iterator[str]:
    """One line on what the files state in words, summaries and yearly rows; none without."""
    stated = [s for p in prepared.publications for s in p.release.statements]
    if not stated:
        return
    judged = list(claims.hold_against(stated, prepared.after))
    verdicts = [statement.verdict for statement in judged]
    figures, causes = verdicts.count("differs"), len(differences(judged))
    differ = f"{causes} differ ({figures} figures)" if figures > causes else f"{causes} differ"
    yield (
        f"Claims in words, summaries and yearly rows: {verdicts.count('supported')} supported, "
        f"{differ}, {verdicts.count('unchecked')} cannot be checked"
    )


def _publication(publication: Publication) -> Iterator[str]:
    release, found = publication.release, publication.comparison
    yield (
        f"{publication.source.name}, published {release.published}: "
        f"{len(found.new)} new, {len(found.revised)} revised, "
        f"{len(found.unchanged) + len(found.held)} unchanged"
    )
    for old, new in found.revised:
        yield (
            f"  revised: {new.measure} ({new.cohort}), {new.period.span} to {new.period.end}: "
            f"{old.reading.raw} -> {new.reading.raw} ({new.locator})"
        )
    if found.gone:
        names = sorted({f"{gone.measure} ({gone.cohort})" for gone in found.gone})
        if len(names) > _NAMED:  # a release with its breakdowns, then one without
            names = [*names[:_NAMED], f"and {len(names) - _NAMED:,} more series"]
        listed = ", ".join(names)
        yield f"  no longer printed, kept as published before: {len(found.gone)} ({listed})"
