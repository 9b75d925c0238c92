"""What an import brings, in the lines that commands print."""

from __future__ import annotations

from collections.abc import Iterator

from etl import claims
from etl.claims.columns import differences
from etl.commands import finding_lines
from etl.pipeline import Prepared, Publication

# Series named one by one where many are no longer printed; Appendix 1 has 30.
_NAMED = 40


def summary(prepared: Prepared) -> Iterator[str]:
    """What an import brings: figures by kind, then each finding with its places."""
    for publication in prepared.publications:
        yield from _publication(publication)
    yield f"Figures: {counts(prepared)}"
    yield from _claims(prepared)
    for judged in prepared.judged:
        yield from finding_lines(judged)


def counts(prepared: Prepared) -> str:
    """How many figures an import brings, by kind."""
    compared = [p.comparison for p in prepared.publications]
    return (
        f"{sum(len(c.new) for c in compared)} new, "
        f"{sum(len(c.revised) for c in compared)} revised, "
        f"{sum(len(c.unchanged) + len(c.held) for c in compared)} unchanged, "
        f"{prepared.unread} refused"
    )


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
