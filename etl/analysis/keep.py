"""What was worked out of a record is kept while the record is in use."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from etl.record import Record

View = TypeVar("View")

# Records that answers are kept for: one for each meeting that readers look at just now.
RECORDS = 6


class Kept:
    """The last `size` answers of each of the last few records, by the record's identity.

    An entry holds its record, so that its id is not taken over meanwhile.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._held: OrderedDict[int, tuple[Record, OrderedDict[Hashable, Any]]] = OrderedDict()
        self._lock = Lock()

    def get(self, record: Record, choices: Hashable, make: Callable[[], View]) -> View:
        """The answer for these choices, made at most once (twice where two ask at one moment)."""
        with self._lock:
            _, answers = self._held.get(id(record), (None, None))
            if answers is not None and choices in answers:
                self._held.move_to_end(id(record))
                answers.move_to_end(choices)
                found: View = answers[choices]
                return found
        made = make()
        with self._lock:
            _, answers = self._held.setdefault(id(record), (record, OrderedDict()))
            self._held.move_to_end(id(record))
            answers[choices] = made
            while len(answers) > self._size:
                answers.popitem(last=False)
            while len(self._held) > RECORDS:
                self._held.popitem(last=False)
        return made
