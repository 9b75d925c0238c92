"""Numbers that people see count up by one, whatever has happened to the database meanwhile."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl.council_store import open_store
from etl.record import Explanation
from etl.store import Outdated, Store
from tests.etl.made_up import figure, release

WORD = Explanation("children_missing_education", "all", None, date(2022, 3, 18), "Why")


def after_a_crash(store: Store) -> None:
    """PostgreSQL writes 32 numbers of a sequence ahead, which a crash loses (SEQ_LOG_VALS)."""
    if store.engine.dialect.name != "postgresql":
        return
    with store.engine.begin() as connection:
        for table, column in (("releases", "number"), ("drafts", "id"), ("declarations", "id")):
            connection.exec_driver_sql(
                f"SELECT nextval(pg_get_serial_sequence('{table}', '{column}')) "
                "FROM generate_series(1, 32)"
            )


def published(store: Store, value: str) -> int:
    (number,) = store.publish([release(figure(value), declarations=(WORD,))], "kim")
    return number


def drafted(store: Store) -> int:
    return store.drafts.create("kim", "May", {}, "v").id


def test_numbers_follow_each_other(any_store: Store) -> None:
    numbers = []
    for value in ("1", "2", "3"):
        numbers.append((published(any_store, value), drafted(any_store)))
        after_a_crash(any_store)
    assert numbers == [(1, 1), (2, 2), (3, 3)]
    assert [word.id for word in any_store.words()] == [3, 2, 1]


def test_a_publication_that_failed_takes_no_number(any_store: Store) -> None:
    assert published(any_store, "1") == 1
    with pytest.raises(Outdated):
        any_store.publish([release(figure("2"))], "kim", based_on="another")
    with pytest.raises(Exception, match=r"UNIQUE|unique"):
        any_store.publish([release(figure("3"), figure("3"))], "kim")
    assert published(any_store, "4") == 2


def test_numbers_go_on_in_a_store_made_before(any_store: Store, database_url: str) -> None:
    """There the sequence gave them."""
    with any_store.engine.begin() as connection:
        for value in ("a", "b"):
            connection.exec_driver_sql(
                "INSERT INTO releases (published, title, kind, actor, recorded_at) "
                f"VALUES ('2022-03-18', '{value}', 'pack', 'kim', 'then')"
            )
    assert published(open_store(database_url, seed=False), "1") == 3


def test_after_a_restore_no_number_is_used_twice(any_store: Store, tmp_path: Path) -> None:
    """The history of what was lost may name releases that are there no more."""
    published(any_store, "1")
    any_store.backup(tmp_path / "copy.db")
    published(any_store, "2")
    any_store.restore(tmp_path / "copy.db", "cli:root")
    named = {act.release for act in any_store.history.all() if act.release}
    number = published(any_store, "3")
    assert number not in named
    assert [r.number for r in any_store.releases()] == [1, number]
