"""Passwords: what is refused and why, and that only the right one fits."""

from __future__ import annotations

import pytest

from dashboard.officer import passwords


@pytest.mark.parametrize(
    ("name", "password", "fault"),
    [
        ("anna", "short", "at least 12 characters"),
        ("anna", "aaaaaaaaaaaaaa", "too few different"),
        ("anna", "ANNA likes walking far", "hold your name"),
        ("anna", "Password1234", "many people use"),
        ("anna", "q" * 3 + "x" * 300, "at most 200"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(name: str, password: str, fault: str) -> None:
    assert any(fault in found for found in passwords.faults(name, password))


@pytest.mark.parametrize(
    "password", ["otter saddle moonlight", "tr0ub4dor&3xyz", "ключ от лодки 7"]
)
def test_a_long_password_of_any_kind_will_do(password: str) -> None:
    assert passwords.faults("anna", password) == ()


def test_only_the_password_itself_fits_its_hash() -> None:
    kept = passwords.hashed("otter saddle moonlight")
    assert "otter" not in kept
    assert passwords.matches(kept, "otter saddle moonlight")
    assert not passwords.matches(kept, "otter saddle moonligh")
    assert not passwords.matches(kept, "")


def test_an_accent_typed_in_two_ways_is_one_password() -> None:
    assert passwords.matches(passwords.hashed("caf\u00e9 au lait 1789"), "cafe\u0301 au lait 1789")


def test_nobody_has_a_password() -> None:
    assert not passwords.matches(None, "no account has this password")
    assert not passwords.matches("not a hash", "anything at all")
