"""What slows guessing at passwords, without letting a stranger lock an officer out.

Failures are counted for each pair of account and network address, and for each account
over all addresses. The first wait grows steeply; the second stays at a few seconds, so a
stranger who fails on purpose from many addresses costs the officer seconds, not the day.
A browser that this officer has signed in from before (a signed cookie) is counted on
its own, so strangers' failures do not touch it at all.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

FREE = 4  # failures that cost nothing: anyone mistypes
LONGEST = 900.0  # seconds, for one address on one account
LONGEST_FOR_ACCOUNT = 5.0  # seconds, for one account over all addresses
FREE_FOR_ACCOUNT = 30
FORGET = 24 * 3600.0  # seconds after which a failure no longer counts
KEPT = 20_000  # counters held at most; the oldest go first


def wait_after(failures: int) -> float:
    """Seconds to wait after so many failures from one address: 1, 2, 4 ... 900."""
    return 0.0 if failures <= FREE else min(2.0 ** (failures - FREE - 1), LONGEST)


class Waiting:
    """Counters of failed sign-ins, in this process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failed: OrderedDict[tuple[str, str], tuple[int, float]] = OrderedDict()

    def _count(self, key: tuple[str, str]) -> tuple[int, float]:
        count, last = self._failed.get(key, (0, 0.0))
        return (0, 0.0) if count and self._clock() - last > FORGET else (count, last)

    def seconds(self, name: str, address: str, *, known_browser: bool = False) -> float:
        """How long this sign-in has still to wait; 0 when it may be tried now.

        `address` is the network address, or a known browser's own mark.
        """
        with self._lock:
            count, last = self._count((name, address))
            left = last + wait_after(count) - self._clock()
            if not known_browser:
                everywhere, newest = self._count((name, ""))
                if everywhere > FREE_FOR_ACCOUNT:
                    left = max(left, newest + LONGEST_FOR_ACCOUNT - self._clock())
            return max(left, 0.0)

    def failed(self, name: str, address: str) -> None:
        """A sign-in failed."""
        with self._lock:
            for key in ((name, address), (name, "")):
                self._failed[key] = (self._count(key)[0] + 1, self._clock())
                self._failed.move_to_end(key)
            while len(self._failed) > KEPT:
                self._failed.popitem(last=False)

    def worked(self, name: str, address: str) -> None:
        """A sign-in worked: this address starts afresh; the account's count stays."""
        with self._lock:
            self._failed.pop((name, address), None)
