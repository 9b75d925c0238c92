"""Officers' passwords: the rules, and argon2id hashes."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 200

# argon2-cffi's defaults are RFC 9106's low-memory profile (64 MiB, 3 passes).
_HASHER = PasswordHasher()

_COMMON = ("password", "passwort", "qwertyuiop", "123456789", "abcdefgh", "letmein", "welcome")


def faults(name: str, password: str) -> tuple[str, ...]:
    """What is wrong with a new password, in plain sentences; empty when it will do.

    Length counts, not character classes (National Cyber Security Centre, password
    guidance): at least 12 characters, few of them repeats, and not a name or a common word.
    """
    found = []
    plain = password.casefold()
    if len(password) < SHORTEST:
        found.append(f"It needs at least {SHORTEST} characters; three random words do well.")
    if len(password) > LONGEST:
        found.append(f"It may have at most {LONGEST} characters.")
    if len(password) >= SHORTEST and len(set(plain)) < 6:
        found.append("It repeats too few different characters.")
    if name and name.casefold() in plain:
        found.append("It must not hold your name.")
    # A common word is no fault in a long password, only as most of a short one.
    if any(word in plain and len(plain.replace(word, "")) < 8 for word in _COMMON):
        found.append("It is too close to a password that many people use.")
    return tuple(found)


def _composed(password: str) -> str:
    """One spelling of accented letters, whichever keyboard typed them."""
    return unicodedata.normalize("NFKC", password)


def hashed(password: str) -> str:
    """The argon2id hash to keep."""
    return _HASHER.hash(_composed(password))


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash to check against for a name that is no account, so that both take as long."""
    return hashed("no account has this password")


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password fits the hash; None takes as long and never fits."""
    try:
        fits = _HASHER.verify(password_hash or _nobody(), _composed(password[:LONGEST]))
    except (VerificationError, InvalidHashError):
        return False
    return fits and password_hash is not None
