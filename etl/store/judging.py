"""Findings with their answers, worked out when first asked for: checks are not free."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import overload

from etl.model import Answer, Finding
from etl.record import Judged, Record


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
                record = self._record
                assert record is not None, "a record's findings without the record"
                assert record.judge is not None, "a store's record has a judge"
                self._judged = record.judge.judged(record, self.findings, self.answers)
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
