"""Slowing guesses: a guesser waits, an officer is never locked out for good."""

from __future__ import annotations

import pytest

from dashboard.officer import waiting
from dashboard.officer.waiting import Waiting


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_mistyping_a_few_times_costs_nothing(clock: Clock) -> None:
    slow = Waiting(clock)
    for _ in range(waiting.FREE):
        slow.failed("anna", "10.0.0.1")
        assert slow.seconds("anna", "10.0.0.1") == 0


def test_the_wait_doubles_up_to_a_quarter_of_an_hour(clock: Clock) -> None:
    slow = Waiting(clock)
    waits = []
    for _ in range(waiting.FREE + 14):
        slow.failed("anna", "10.0.0.1")
        waits.append(slow.seconds("anna", "10.0.0.1"))
    assert waits[waiting.FREE :][:4] == [1, 2, 4, 8]
    assert waits[-1] == waiting.LONGEST


def test_the_wait_runs_out(clock: Clock) -> None:
    slow = Waiting(clock)
    for _ in range(waiting.FREE + 3):
        slow.failed("anna", "10.0.0.1")
    clock.now += 4
    assert slow.seconds("anna", "10.0.0.1") == 0


def test_a_stranger_cannot_lock_an_officer_out(clock: Clock) -> None:
    slow = Waiting(clock)
    for guess in range(500):
        slow.failed("anna", f"203.0.113.{guess % 250}")
    assert slow.seconds("anna", "10.0.0.1") <= waiting.LONGEST_FOR_ACCOUNT
    assert slow.seconds("anna", "her own browser", known_browser=True) == 0


def test_failures_on_one_account_do_not_slow_another(clock: Clock) -> None:
    slow = Waiting(clock)
    for _ in range(100):
        slow.failed("anna", "10.0.0.1")
    assert slow.seconds("ben", "10.0.0.1") == 0


def test_signing_in_starts_the_address_afresh_and_a_day_forgets(clock: Clock) -> None:
    slow = Waiting(clock)
    for _ in range(100):
        slow.failed("anna", "10.0.0.1")
    clock.now += waiting.FORGET + 1
    slow.failed("anna", "10.0.0.1")
    assert slow.seconds("anna", "10.0.0.1") == 0
    for _ in range(10):
        slow.failed("anna", "10.0.0.1")
    slow.worked("anna", "10.0.0.1")
    assert slow.seconds("anna", "10.0.0.1") == 0


def test_counters_do_not_grow_without_end(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "KEPT", 50)
    slow = Waiting(clock)
    for guess in range(500):
        slow.failed(f"name {guess}", "10.0.0.1")
    assert len(slow._failed) <= 50
