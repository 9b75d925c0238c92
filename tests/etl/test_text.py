"""The ground floor: signs and numbers as papers print them."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import periods
from etl.model import Unit
from etl.text import numbers, signs, units


@pytest.mark.parametrize("dash", "-‐‑‒–—―−\u00ad")
def test_every_dash_is_a_hyphen(dash: str) -> None:
    assert signs.hyphens(f"Jul{dash}20") == "Jul-20"
    assert periods.parse(f"Jul{dash}20") == periods.month(2020, 7)


@pytest.mark.parametrize("unseen", ["\u200b", "\u200e", "\u200f", "\u2060", "\ufeff", "\u00ad"])
def test_what_nobody_sees_is_gone(unseen: str) -> None:
    assert signs.cleaned(f" 5{unseen}21\u00a0 pupils\n") == "521 pupils"


@given(st.text())
def test_signs_keep_the_length_and_cleaning_twice_changes_nothing(text: str) -> None:
    assert len(signs.straight(signs.hyphens(text))) == len(text)
    assert signs.cleaned(signs.cleaned(text)) == signs.cleaned(text)
    assert signs.squash(signs.squash(text)) == signs.squash(text)


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        ("53.25", 1, "53.3"),
        ("53.35", 1, "53.4"),  # as a float 53.35 lies below itself: round() gives 53.4 or 53.3
        ("2.5", 0, "3"),
        ("3.5", 0, "4"),
        ("-0.5", 0, "-1"),
        ("-0.4", 0, "0"),
        ("41", 1, "41.0"),
    ],
)
def test_half_is_rounded_up(value: str, decimals: int, rounded: str) -> None:
    assert str(numbers.rounded(Decimal(value), decimals)) == rounded


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 4))
def test_rounding_moves_a_value_by_half_a_place_at_most(value: Decimal, decimals: int) -> None:
    rounded = numbers.rounded(value, decimals)
    assert abs(rounded - value) <= numbers.half_place(rounded)


@pytest.mark.parametrize(
    ("printed", "half"), [("41.5", "0.05"), ("41", "0.5"), ("41.50", "0.005"), ("4E+1", "0.5")]
)
def test_half_a_place_is_of_the_last_digit_printed(printed: str, half: str) -> None:
    assert numbers.half_place(Decimal(printed)) == Decimal(half)


@pytest.mark.parametrize(
    ("unit", "behind"),
    [("percent", "%"), ("days", " days"), ("weeks", " weeks"), ("count", ""), (None, "")],
)
def test_a_unit_stands_behind_its_number(unit: str | None, behind: str) -> None:
    assert units.suffix(unit) == behind


def test_every_unit_of_the_model_can_be_printed() -> None:
    assert all(isinstance(units.suffix(unit), str) for unit in get_args(Unit))
