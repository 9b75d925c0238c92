"""What slows guessing at passwords, without letting a stranger lock an officer out.

Failures are counted for each pair of account and network address, for each account over all
addresses, and for each address over all names. The first wait grows steeply; the second stays
at a few seconds, so a stranger who fails on purpose from many addresses costs the officer
seconds, not the day; the third leaves room for a whole office behind one address.
An address that has not failed yet is not held up by the others' failures until they come
from very many; else a stranger who tries all the time would take every turn. A browser that
this officer has signed in from before (a signed cookie) is counted on its own, so strangers'
failures do not touch it at all. The counters are the store's: every worker knows them.
"""

from __future__ import annotations

import hashlib
import ipaddress
import time
from collections.abc import Callable, Mapping

from etl.store.sign_ins import Counted, SignIns

FREE = 4  # failures that cost nothing: anyone mistypes
LONGEST = 900.0  # seconds, for one address on one account
LONGEST_FOR_ACCOUNT = 5.0  # seconds, for one account over all addresses
FREE_FOR_ACCOUNT = 30
FREE_FOR_FIRST = 300  # the same, for an address that has not failed yet
FREE_FOR_ADDRESS = 50  # failures over all names that cost an address nothing
LONGEST_FOR_ADDRESS = 60.0  # seconds, for one address over all names
FORGET = 24 * 3600.0  # seconds after which a failure no longer counts
KEPT = 20_000  # counters held at most; the oldest go first


def wait_after(failures: int) -> float:
    """Seconds to wait after so many failures from one address: 1, 2, 4 ... 900."""
    return 0.0 if failures <= FREE else min(2.0 ** (failures - FREE - 1), LONGEST)


class Waiting:
    """What a sign-in has to wait, by the counters of the store. `clock`: seconds since 1970."""

    def __init__(self, held: SignIns, clock: Callable[[], float] | None = None) -> None:
        self._held = held
        self._clock = clock or (lambda: time.time())

    def begin(self, name: str, address: str, *, known_browser: bool = False) -> float:
        """How long this sign-in has still to wait; 0 when it may be tried now.

        One that may be tried counts as failed until `worked` says otherwise. `address` is the
        network address, or a known browser's own mark.
        """
        now = self._clock()
        own, everywhere = _key(name, _network(address)), _key(name)
        names = _key("every name from", _network(address))
        keys = (own, everywhere) if known_browser else (own, everywhere, names)

        def wait(counts: Mapping[str, Counted]) -> float:
            failures, last = counts.get(own, (0, 0.0))
            left = last + wait_after(failures) - now
            if not known_browser:
                free = FREE_FOR_ACCOUNT if failures else FREE_FOR_FIRST
                failures, last = counts.get(everywhere, (0, 0.0))
                if failures > free:
                    left = max(left, last + LONGEST_FOR_ACCOUNT - now)
                failures, last = counts.get(names, (0, 0.0))
                if failures > FREE_FOR_ADDRESS:
                    grown = wait_after(failures - FREE_FOR_ADDRESS + FREE)
                    left = max(left, last + min(grown, LONGEST_FOR_ADDRESS) - now)
            # A clock that was set back keeps nobody out for longer than was meant.
            return min(max(left, 0.0), LONGEST)

        return self._held.begin(keys, now, wait, forget=FORGET, kept=KEPT)

    def worked(self, name: str, address: str) -> None:
        """The sign-in worked: this address starts afresh with the account; other counts stay."""
        names = _key("every name from", _network(address))
        self._held.worked(_key(name, _network(address)), (_key(name), names))


def _network(address: str) -> str:
    """The address, of IPv6 its network: a single subscriber has 2**64 of those (RFC 6177)."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:  # a known browser's mark
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return address
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))


def _key(*parts: str) -> str:
    """No names or addresses are kept, and none is too long: a digest."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
