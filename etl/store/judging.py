"""Findings with their answers, worked out when first asked for: checks are not free."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import overload

from etl.model import Answer, Finding
from etl.record import Judged, Record


def judged(
    record: Record, findings: Sequence[Finding], answers: Sequence[Answer]
) -> tuple[Judged, ...]:
    """What the checks find in `record` and what its documents brought, with the answers.

    Answers that no longer match anything are findings themselves.
    """
    from etl import checks

    held, stale = checks.judge((*findings, *checks.run(record)), answers, record)
    return (*held, *(Judged(finding) for finding in stale))


class Judging(Sequence[Judged]):
    """A record's judged findings; reads like a tuple, computed once."""

    def __init__(self, findings: Sequence[Finding], answers: Sequence[Answer]) -> None:
        self.findings = findings
        self.answers = answers
        self._record: Record | None = None
        self._lock = threading.Lock()
        self._judged: tuple[Judged, ...] | None = None

    def of(self, record: Record) -> None:
        """Name the record that the checks are to look at."""
        self._record = record

    def _all(self) -> tuple[Judged, ...]:
        with self._lock:
            if self._judged is None:
                assert self._record is not None, "a record's findings without the record"
                self._judged = judged(self._record, self.findings, self.answers)
            return self._judged

    @overload
    def __getitem__(self, index: int) -> Judged: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Judged]: ...
    def __getitem__(self, index: int | slice) -> Judged | Sequence[Judged]:
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Judged]:
        return iter(self._all())
