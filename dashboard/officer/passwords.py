"""Officers' passwords: the rules, and argon2id hashes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 200

# argon2-cffi's defaults are RFC 9106's low-memory profile (64 MiB, 3 passes).
_HASHER = PasswordHasher()

# zxcvbn's own measure of "safely unguessable": at least a hundred million guesses.
_GUESSES = 10**8
_LOOKED_AT = 72  # characters; zxcvbn's time grows with the square of the length


def faults(name: str, password: str) -> tuple[str, ...]:
    """What is wrong with a new password, in plain sentences; empty when it will do.

    Length counts, not character classes, and no password that many people use (National
    Cyber Security Centre, password guidance): zxcvbn knows 30,000 of these, names, words,
    dates, rows of keys and repeats, with the usual digits and signs in them.
    """
    wrong = []
    if len(password) < SHORTEST:
        wrong.append(f"It needs at least {SHORTEST} characters; three random words do well.")
    if len(password) > LONGEST:
        wrong.append(f"It may have at most {LONGEST} characters.")
    if name and name.casefold() in password.casefold():
        wrong.append("It must not hold your name.")
    if len(password) >= SHORTEST and (reason := _guessed(name, password)):
        wrong.append(reason)
    return tuple(wrong)


def _guessed(name: str, password: str) -> str:
    """Why a password is too easily guessed; "" where it is not."""
    from zxcvbn import zxcvbn  # its lists take a tenth of a second to load

    own = [
        *(part for word in name.split() for part in (word, re.sub(r"\W", "", word))),
        re.sub(r"\W", "", name),
    ]
    told = zxcvbn(password[:_LOOKED_AT], user_inputs=own)
    if told["guesses"] >= _GUESSES:
        return ""
    return f"It is too easy to guess. {told['feedback']['warning']}".strip()


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
