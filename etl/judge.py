"""The checks as a record's judge. They are imported when it is first asked: they are not small."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from etl.model import Answer, Finding, Observation
from etl.record import Judge, Judged, Record


def _judged(
    record: Record, findings: Sequence[Finding], answers: Sequence[Answer]
) -> tuple[Judged, ...]:
    """What the checks find in `record` and what its documents brought, with the answers.

    Answers that no longer match anything are findings themselves.
    """
    from etl import checks

    held, stale = checks.judge((*findings, *checks.run(record)), answers, record)
    return (*held, *(Judged(finding) for finding in stale))


def _flagged(
    record: Record, changes: Sequence[tuple[Observation, Observation]]
) -> Iterable[Observation]:
    from etl.checks import earlier

    return earlier.flagged(record, changes)


CHECKS = Judge(_judged, _flagged)
