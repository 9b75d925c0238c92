"""Before a release is taken back: what disappears, what shows instead, what rests on it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl import withdrawal
from etl.store import Outdated, Store, StoreError
from tests.etl.made_up import MARCH, MAY, SEPTEMBER, figure, release

Command = Callable[..., tuple[int, str, str]]
TYPED = "officers' correction (row 1a, Jul-21)"


def correction(value: str, when: str = "2021-07", published: object = SEPTEMBER) -> object:
    """An officer's correction of one figure."""
    return figure(value, when, published=published, table="officer", locator=TYPED)


def publish(store: Store, *figures: object) -> int:
    (number,) = store.publish([release(*figures)], "anna")  # type: ignore[arg-type]
    return number


def values(store: Store) -> list[str]:
    return sorted(str(one.value) for one in store.record().shown())


# What is published, in order; which is taken back; what disappears and what shows instead; the
# releases that rest on it with how many figures of theirs do, and how many others they hold.
CASES = {
    "alone": ([[figure("521")]], 1, {"521": None}, []),
    "an earlier one shows again": (
        [[figure("521")], [figure("500", published=MARCH)]],
        2,
        {"500": "521"},
        [],
    ),
    "a later one is shown anyway": (
        [[figure("521")], [figure("500", published=MARCH)]],
        1,
        {},
        [],
    ),
    "a reprint changes nothing": (
        [[figure("521")], [figure("521", published=MARCH)]],
        2,
        {},
        [],
    ),
    "its correction": ([[figure("521")], [correction("512")]], 1, {}, [(2, 1, 0)]),
    "corrected twice": (
        [[figure("521")], [correction("512")], [correction("513")]],
        1,
        {},
        [(2, 1, 0), (3, 1, 0)],
    ),
    "the first of two corrections": (
        [[figure("521")], [correction("512")], [correction("513")]],
        2,
        {},
        [(3, 1, 0)],
    ),
    "a correction takes nothing with it": (
        [[figure("521")], [correction("512")]],
        2,
        {"512": "521"},
        [],
    ),
    "a correction that holds more": (
        [[figure("521")], [correction("512"), figure("9", "2022-01")]],
        1,
        {},
        [(2, 1, 1)],
    ),
    "corrections of what goes along": (
        [
            [figure("521")],
            [correction("512"), figure("9", "2022-01")],
            [correction("8", "2022-01")],
        ],
        1,
        {},
        [(2, 1, 1), (3, 1, 0)],
    ),
    "a later report rests on nothing": (
        [[figure("521")], [figure("500", published=MARCH)], [correction("501", published=MAY)]],
        1,
        {},
        [],
    ),
    "the publication read again": (
        [[figure("521")], [figure("512")]],
        1,
        {},
        [(2, 1, 0)],
    ),
    "another month's correction": (
        [[figure("521")], [figure("7", "2021-08")], [correction("8", "2021-08")]],
        1,
        {"521": None},
        [],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_taking_back_would_do(store: Store, case: str) -> None:
    published, taken, changes, rests = CASES[case]
    for figures in published:
        publish(store, *figures)
    before = values(store), store.history.all()
    found = withdrawal.of(store, taken)
    assert (values(store), store.history.all()) == before
    assert {
        str(one.figure.value): None if one.instead is None else str(one.instead.value)
        for one in found.alone
    } == changes
    assert [(c.release.number, len(c.figures), c.others) for c in found.corrections] == rests
    # It comes as was said, alone and with all that rests on it.
    shown = set(values(store))
    store.withdraw(taken, "anna", "why")
    gone = {old for old, new in changes.items() if new is None}
    assert shown - set(values(store)) >= gone - set(changes.values())
    store.republish(taken, "anna", "why")
    store.withdraw(taken, "anna", "why", along=[number for number, *_ in rests])
    left = {r.number for r in store.releases() if not r.withdrawn}
    assert left == set(range(1, len(published) + 1)) - {taken, *(number for number, *_ in rests)}
    after = len(values(store))
    assert after == len(before[0]) - sum(c.instead is None for c in found.with_corrections)


@pytest.mark.parametrize("number", [9, 1])
def test_a_release_that_cannot_be_taken_back(store: Store, number: int) -> None:
    publish(store, figure("521"))
    store.withdraw(1, "anna", "why")
    with pytest.raises(StoreError, match=r"no release 9|already withdrawn"):
        withdrawal.of(store, number)


def test_all_go_or_none(any_store: Store) -> None:
    publish(any_store, figure("521"))
    publish(any_store, correction("512"))
    any_store.withdraw(2, "anna", "first")
    held = any_store.history.all()
    with pytest.raises(StoreError, match="already withdrawn"):
        any_store.withdraw(1, "anna", "why", along=[2])
    assert [r.withdrawn for r in any_store.releases()] == [False, True]
    assert any_store.history.all() == held


def test_what_was_published_since_is_looked_at_first(any_store: Store) -> None:
    publish(any_store, figure("521"))
    seen = withdrawal.of(any_store, 1).version
    publish(any_store, correction("512"))
    with pytest.raises(Outdated):
        any_store.withdraw(1, "anna", "why", based_on=seen)
    assert not any(r.withdrawn for r in any_store.releases())


def test_what_went_along_comes_back_with_it(any_store: Store) -> None:
    publish(any_store, figure("521"))
    publish(any_store, correction("512"))
    publish(any_store, correction("513"))
    any_store.withdraw(1, "anna", "wrong file", along=[2, 3])
    assert values(any_store) == []
    assert any_store.taken_back_with(1) == ((2, 3), 0)
    assert any_store.taken_back_with(2) == ((), 1)
    any_store.republish(3, "kim", "by itself")  # then it is no longer part of that
    any_store.withdraw(3, "kim", "again")
    assert any_store.taken_back_with(1) == ((2,), 0)
    any_store.republish(1, "anna", "right after all", along=(2,))
    assert [r.withdrawn for r in any_store.releases()] == [False, False, True]
    assert any_store.taken_back_with(1) == ((), 0)
    acts = [(a.what, a.release, dict(a.detail or {})) for a in any_store.history.all()][:2]
    assert acts == [("republish", 2, {"with": 1}), ("republish", 1, {"along": [2]})]


# --- the command --------------------------------------------------------------------


@pytest.fixture
def corrected(any_store: Store) -> Store:
    publish(any_store, figure("521"))
    publish(any_store, correction("512"))
    return any_store


def test_the_command_asks_where_corrections_rest_on_it(corrected: Store, command: Command) -> None:
    code, out, err = command("withdraw", 1, "--reason", "wrong file")
    assert (code, "Release 2 (" in out, "corrects 1 figure of it" in out) == (1, True, True)
    assert "--with-corrections or --without-corrections" in err
    assert values(corrected) == ["512"]
    code, out, _ = command("withdraw", 1, "--reason", "x", "--dry-run")
    assert (code, "Dry run: nothing was changed" in out, values(corrected)) == (0, True, ["512"])
    both = ("--with-corrections", "--without-corrections")
    assert command("withdraw", 1, "--reason", "x", *both)[0] == 2


@pytest.mark.parametrize(
    ("flag", "left", "says"),
    [
        ("--with-corrections", [], "is withdrawn with it"),
        ("--without-corrections", ["512"], "which corrects it, stays"),
    ],
)
def test_the_command_does_as_it_is_told(
    corrected: Store, command: Command, flag: str, left: list[str], says: str
) -> None:
    code, out, _ = command("withdraw", 1, "--reason", "wrong file", flag)
    assert (code, says in out, values(corrected)) == (0, True, left)
    code, out, _ = command("republish", 1, "--reason", "right")
    assert (code, values(corrected)) == (0, ["512"])
    assert ("taken back with it, is published again, too" in out) == (not left)


def test_the_command_says_what_stays_hidden(corrected: Store, command: Command) -> None:
    command("withdraw", 1, "--reason", "wrong file", "--with-corrections")
    _, out, _ = command("republish", 2, "--reason", "only this")
    assert "Release 1 (" in out
    assert "whose figures it corrects, stays hidden" in out
    command("withdraw", 2, "--reason", "again")
    command("republish", 1, "--reason", "right")
    command("withdraw", 1, "--reason", "wrong file")
    assert [r.withdrawn for r in corrected.releases()] == [True, True]


def test_alone_leaves_the_correction_hidden(corrected: Store, command: Command) -> None:
    command("withdraw", 1, "--reason", "wrong file", "--with-corrections")
    code, out, _ = command("republish", 1, "--reason", "right", "--alone")
    assert (code, "stays hidden: python -m etl republish 2 --reason TEXT" in out) == (0, True)
    assert values(corrected) == ["521"]


# --- the list of releases -----------------------------------------------------------


def test_the_list_says_when_who_and_what(any_store: Store, command: Command) -> None:
    any_store.publish([release(figure("521"), counts={"new": 1, "revised": 0})], "anna")
    any_store.publish([release(figure("5", "2021-08"), figure("6", "2021-09"))], "seed")
    first, second = any_store.published()
    assert (first.actor, first.changes, second.actor) == ("anna", "1 new", "seed")
    assert second.changes == "2 figures"  # never counted: not "0 new, 0 revised, 0 unchanged"
    lines = command("releases")[1].splitlines()
    assert len(lines) == 2
    assert "anna" in lines[0]
    assert first.recorded_at in lines[0]
    assert "(2 figures)" in lines[1]


def test_a_seeded_release_says_what_it_brought(real_store: Store) -> None:
    for one in real_store.published():
        assert sum(one.counts.values()) == one.figures > 0, one.release.title
