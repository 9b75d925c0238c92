"""Slowing guesses: a guesser waits, an officer is never locked out for good, in any worker."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from dashboard.officer import waiting
from dashboard.officer.waiting import Waiting
from dashboard.web.app import create_app
from etl.council_store import open_store
from etl.store import Store
from tests.dashboard.officer.signed_in import PASSWORD, Officer, add

ADDRESS = "10.0.0.1"


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def slow(store: Store, clock: Clock) -> Waiting:
    return Waiting(store.sign_ins, clock)


def fail(slow: Waiting, clock: Clock, times: int, name: str = "anna", at: str = ADDRESS) -> None:
    """So many failures, each after the wait that the one before it cost."""
    for _ in range(times):
        if seconds := slow.begin(name, at):
            clock.now += seconds
            assert slow.begin(name, at) == 0


def test_mistyping_a_few_times_costs_nothing(slow: Waiting) -> None:
    assert [slow.begin("anna", ADDRESS) for _ in range(waiting.FREE + 1)] == [0] * 5


def test_the_wait_doubles_up_to_a_quarter_of_an_hour(slow: Waiting, clock: Clock) -> None:
    waits = []
    for _ in range(waiting.FREE + 14):
        if seconds := slow.begin("anna", ADDRESS):
            waits.append(seconds)
            clock.now += seconds
            assert slow.begin("anna", ADDRESS) == 0
    assert waits[:4] == [1, 2, 4, 8]
    assert waits[-1] == waiting.LONGEST


def test_one_who_waits_is_not_counted_again(slow: Waiting, clock: Clock, store: Store) -> None:
    fail(slow, clock, waiting.FREE + 1)
    held = store.sign_ins.count()
    assert [slow.begin("anna", ADDRESS) for _ in range(50)] == [1.0] * 50
    clock.now += 1
    assert slow.begin("anna", ADDRESS) == 0
    assert store.sign_ins.count() == held


@pytest.mark.slow
def test_a_stranger_cannot_lock_an_officer_out(slow: Waiting, clock: Clock) -> None:
    fail(slow, clock, 60, at="203.0.113.9")
    assert slow.begin("anna", ADDRESS) == 0  # who tries for the first time is let in at once
    for guess in range(waiting.FREE_FOR_FIRST):
        slow.begin("anna", f"203.0.113.{guess}")
    assert 0 < slow.begin("anna", "10.0.0.2") <= waiting.LONGEST_FOR_ACCOUNT
    assert slow.begin("anna", "her own browser", known_browser=True) == 0


def test_failures_on_one_account_do_not_slow_another(slow: Waiting, clock: Clock) -> None:
    fail(slow, clock, 12)
    assert slow.begin("ben", ADDRESS) == 0


def test_an_address_that_tries_many_names_waits(slow: Waiting, clock: Clock) -> None:
    """One guess a name touches no other limit; an office that mistypes is not held up."""
    tried = [slow.begin(f"name {n}", "203.0.113.9") for n in range(waiting.FREE_FOR_ADDRESS + 1)]
    assert set(tried) == {0}
    waits = []
    for n in range(10):
        waits.append(slow.begin(f"other {n}", "203.0.113.9"))
        clock.now += waits[-1]
        assert slow.begin(f"other {n}", "203.0.113.9") == 0
    assert waits[:3] == [1, 2, 4]
    assert waits[-1] == waiting.LONGEST_FOR_ADDRESS
    assert slow.begin("anna", "203.0.113.9") > 0
    assert slow.begin("anna", ADDRESS) == 0
    assert slow.begin("anna", "her own browser", known_browser=True) == 0


def test_those_who_sign_in_from_an_address_do_not_count_against_it(slow: Waiting) -> None:
    for n in range(waiting.FREE_FOR_ADDRESS * 2):
        assert slow.begin(f"officer {n}", ADDRESS) == 0
        slow.worked(f"officer {n}", ADDRESS)
    assert slow.begin("anna", ADDRESS) == 0


def test_one_network_of_the_newer_addresses_is_one_address(slow: Waiting) -> None:
    for n in range(waiting.FREE_FOR_ADDRESS + 1):
        slow.begin(f"name {n}", f"2001:db8:7:1::{n:x}")
    assert slow.begin("anna", "2001:db8:7:1:ffff::1") > 0
    assert slow.begin("anna", "2001:db8:7:2::1") == 0
    for n in range(waiting.FREE_FOR_ADDRESS + 1):
        slow.begin(f"name {n}", f"::ffff:198.51.100.{n}")
    assert slow.begin("anna", "::ffff:198.51.101.1") == 0  # addresses of their own


def test_signing_in_starts_the_address_afresh_and_a_day_forgets(
    slow: Waiting, clock: Clock
) -> None:
    fail(slow, clock, 12)
    assert slow.begin("anna", ADDRESS) > 100
    clock.now += waiting.FORGET + 1
    fail(slow, clock, waiting.FREE + 1)
    assert slow.begin("anna", ADDRESS) == 1
    clock.now += 1
    assert slow.begin("anna", ADDRESS) == 0
    slow.worked("anna", ADDRESS)
    assert [slow.begin("anna", ADDRESS) for _ in range(waiting.FREE + 1)] == [0] * 5


def test_signing_in_all_day_is_no_failure(slow: Waiting) -> None:
    for _ in range(waiting.FREE_FOR_ACCOUNT * 2):
        assert slow.begin("anna", ADDRESS) == 0
        slow.worked("anna", ADDRESS)
    assert slow.begin("anna", "10.0.0.2") == 0


def test_a_clock_set_back_keeps_nobody_out(slow: Waiting, clock: Clock) -> None:
    fail(slow, clock, 8)
    clock.now -= 30 * 24 * 3600
    assert slow.begin("anna", ADDRESS) <= waiting.LONGEST


def test_counters_do_not_grow_without_end(
    slow: Waiting, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "KEPT", 50)
    for guess in range(120):
        slow.begin(f"name {guess}" * 99, ADDRESS)
    assert store.sign_ins.count() <= 50


def test_the_counters_hold_no_name_and_no_address(slow: Waiting, store: Store) -> None:
    slow.begin("anna", ADDRESS)
    with store.engine.connect() as connection:
        held = str(connection.exec_driver_sql("SELECT * FROM sign_ins").all())
    assert "anna" not in held
    assert ADDRESS not in held


def test_many_at_one_moment_cannot_all_pass(any_store: Store, clock: Clock) -> None:
    slow = Waiting(any_store.sign_ins, clock)
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: slow.begin("anna", ADDRESS), range(24)))
    assert waits.count(0) == waiting.FREE + 1


def test_two_workers_share_the_counters(
    any_store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "time", SimpleNamespace(time=Clock()))
    add(any_store, "anna")
    other = open_store(database_url, seed=False)
    first, second = Officer(any_store), Officer(other)
    for _ in range(waiting.FREE + 1):
        assert (
            first.open("/officer/sign-in").send("sign-in", name="anna", password="x").status == 401
        )
    second.open("/officer/sign-in").send("sign-in", name="anna", password=PASSWORD)
    assert second.status == 429
    assert "Too many attempts. Try again in" in second.words
    fresh = create_app(other).test_client()
    assert fresh.get("/").status_code == 200
    other.close()
