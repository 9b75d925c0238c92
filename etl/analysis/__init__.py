"""Numbers about series: change, variation, targets, totals, rates. Pure; no words, no drawing."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

__all__ = ["rounded", "share"]


def rounded(value: Decimal, decimals: int = 0) -> Decimal:
    """`value` to `decimals` places, half away from zero: the one rounding rule everywhere.

    53.25 -> 53.3 and -0.5 -> -1; never the bankers' rule that Python's `round` follows.
    A result of zero carries no minus sign.
    """
    found = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(found) if found == 0 else found


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """`part` of `whole` in percent, to one decimal (docs/rules.md, 3.7); None of zero."""
    return rounded(part * 100 / whole, 1) if whole else None
