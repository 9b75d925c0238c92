"""Numbers about series: change, variation, targets, totals, rates. Pure; no words, no drawing."""

from __future__ import annotations

from decimal import Decimal

from etl.text.numbers import rounded


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """`part` of `whole` in percent, to one decimal (docs/rules.md, 3.7); None of zero."""
    return rounded(part * 100 / whole, 1) if whole else None
