"""What stands behind a number for its unit."""

from __future__ import annotations

_SUFFIXES = {"percent": "%", "days": " days", "weeks": " weeks"}


def suffix(unit: str | None) -> str:
    """What is printed behind a value of a unit: "%" or " days"; nothing behind a count, a rate
    or an amount, whose heading says it."""
    return _SUFFIXES.get(unit or "", "")
