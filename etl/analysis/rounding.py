"""One figure that one publisher prints to more or fewer decimals is one figure."""

from __future__ import annotations

import re
from decimal import Decimal

from etl.model import Observation
from etl.text.numbers import rounded

_DECIMALS = re.compile(r"[0-9][0-9,]*(?:\.([0-9]+))?")


def _decimals(figure: Observation, value: Decimal) -> int:
    """To how many decimals a figure is printed, zeros at its end included."""
    for match in _DECIMALS.finditer(figure.reading.raw):
        if Decimal(match[0].replace(",", "")) == abs(value):
            return len(match[1] or "")
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def confirms(one: Observation, other: Observation) -> bool:
    """Whether two of DfE's figures are one: that with fewer decimals the other, rounded half up.

    DfE gives a figure in one file as 47.7 and in another as 47.665: neither revises the other.
    """
    a, b = one.value, other.value
    if one.table != "dfe" or other.table != "dfe" or a is None or b is None:
        return False
    if (one.status, one.reading.unit) != (other.status, other.reading.unit):
        return False
    places = min(_decimals(one, a), _decimals(other, b))
    return rounded(a, places) == rounded(b, places)
