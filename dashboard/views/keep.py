"""What was worked out of a record is kept while the record is in use."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from etl.record import Record

View = TypeVar("View")


class Kept:
    """Answers by record (its identity; the entry holds it, so that an id is not taken over)."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._held: OrderedDict[Hashable, tuple[Record, Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, record: Record, choices: Hashable, make: Callable[[], View]) -> View:
        """The answer for these choices, made at most once (twice where two ask at one moment)."""
        key = (id(record), choices)
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                found: View = self._held[key][1]
                return found
        made = make()
        with self._lock:
            self._held[key] = (record, made)
            while len(self._held) > self._size:
                self._held.popitem(last=False)
        return made
