"""Printed numbers: how they are rounded, and how far a rounded one may be from the exact one."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def rounded(value: Decimal, decimals: int = 0) -> Decimal:
    """`value` to `decimals` places, half away from zero: the one rounding rule everywhere.

    53.25 -> 53.3 and -0.5 -> -1; never the bankers' rule that Python's `round` follows.
    A result of zero carries no minus sign.
    """
    found = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(found) if found == 0 else found


def half_place(value: Decimal) -> Decimal:
    """Half a unit of the last printed place, by which its rounding may differ: 0.05 for 41.5,
    0.5 for 41."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int), "a figure is a finite number"
    return Decimal(5).scaleb(min(0, exponent) - 1)


MAD_TO_SIGMA = Decimal("1.4826")
"""A median absolute deviation times this estimates a standard deviation, were the values
normal: 1 / the normal distribution's third quartile (Rousseeuw and Croux, 1993)."""
