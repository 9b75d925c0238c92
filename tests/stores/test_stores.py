"""Stores of earlier versions, opened by this one: nothing in them changes.

`d41778e.*` are such a store as SQL, and what that version itself read in it (see `make.py`).
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from etl import aliases, registry, tidy
from etl.council_store import open_store
from etl.model import COUNCIL, EDITORS, TABLES
from etl.store import Store
from tests.folders import copied
from tests.stores.acts import OFFICER, PASSWORD, flags
from tests.stores.load import HERE, expected, load

THEN = "d41778e"
ROOT = HERE.parents[1]
# The day of the acts, in the middle of the store's own times.
NOW = "2026-11-26T12:00:00Z"

# What this version says otherwise of the figures, and why: the review that asked for it.
FLAGS_GONE: dict[str, str] = {}
FLAGS_NEW: dict[str, str] = {
    "targets: officer-stretch-300-2022: target-not-held, open": "officers 3: the row holds none",
}


@pytest.fixture(scope="module")
def then() -> dict[str, Any]:
    return expected(THEN)


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """The data folder of today, for a test to have by itself."""
    folder = tmp_path / "data"
    copied(folder)
    yield folder
    registry.load.cache_clear()


@pytest.fixture
def opened(database_url: str, data: Path) -> Callable[..., Store]:
    """Open the earlier store by today's code; again, as the next command would."""
    load(THEN, database_url)

    def again(*, seed: bool = False) -> Store:
        registry.load.cache_clear()
        store = open_store(database_url, data=data, seed=seed)
        store.clock = lambda: NOW
        return store

    return again


def in_json(values: Any) -> Any:
    return json.loads(json.dumps([asdict(value) for value in values], default=str))


def figures(store: Store) -> Counter[tuple[str, ...]]:
    """Each figure by the columns that the version then had, and whether it is shown."""
    header, *_ = rows()
    record = store.record(scheduled=True)
    shown = set(record.shown())
    states = [("shown" if o in shown else "held", o) for o in record.observations]
    states += [("withdrawn", o) for _, o in store.withdrawn_figures()]
    return Counter((state, *(tidy.row(o)[name] for name in header[1:])) for state, o in states)


def what(row: Sequence[str]) -> tuple[str, ...]:
    """Area, measure, cohort and period of a row of the tidy table."""
    return tuple(row[:6])


def table_of(row: Sequence[str]) -> str:
    return row[tidy.NAMES.index("table")]


def rows() -> list[list[str]]:
    with (HERE / f"{THEN}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def unchanged(store: Store, then: dict[str, Any]) -> None:
    """Figures, flags, files, history, words and drafts are those of the version then."""
    held, before = figures(store), Counter(map(tuple, rows()[1:]))
    assert before - held == Counter(), "lost, or shown otherwise"
    # DfE's figures that lie under every store by now: none beside one that was held then.
    more = list(held - before)
    assert {(state, table_of(row)) for state, *row in more} <= {("shown", "dfe"), ("held", "dfe")}
    assert {what(row) for _, *row in more}.isdisjoint(what(row) for _, *row in before)
    now = set(flags(store))
    assert set(then["flags"]) - now == set(FLAGS_GONE)
    assert now - set(then["flags"]) == set(FLAGS_NEW)
    for file in then["files"]:
        kept = store.files.get(file["sha256"])
        assert kept is not None
        content = kept.content and hashlib.sha256(kept.content).hexdigest()
        assert {**asdict(kept), "content": content} == file
    assert in_json(store.history.all()) == then["history"]
    assert in_json(store.releases()) == then["releases"]
    assert [[w.id, w.kind, w.text, w.hidden, w.release] for w in store.words()] == then["words"]
    for draft in then["drafts"]:
        assert in_json([store.drafts.get(draft["id"])]) == [draft]
    assert len(store.record(scheduled=True).statements) == then["statements"]


def test_nothing_changes_by_opening_it(opened: Callable[..., Store], then: dict[str, Any]) -> None:
    store = opened()
    unchanged(store, then)
    record = store.record(scheduled=True)
    for kind in ("targets", "events", "explanations", "answers"):
        now = in_json(getattr(record, kind))
        # In the fields that the version then had.
        assert [
            {name: new[name] for name in old} for new, old in zip(now, then[kind], strict=True)
        ] == then[kind], kind
    assert {answer.by for answer in record.answers} <= {EDITORS, COUNCIL}
    assert store.sign_ins.count() == then["sign_ins"]
    assert {a.name: a.disabled for a in store.accounts.all()} == {
        a["name"]: a["disabled"] for a in then["accounts"]
    }


def test_nothing_changes_by_what_data_holds(
    opened: Callable[..., Store], then: dict[str, Any]
) -> None:
    for _ in range(2):
        unchanged(opened(seed=True), then)


@pytest.mark.parametrize("kind", ["measure", "table", "code"])
def test_no_name_of_then_is_lost(then: dict[str, Any], kind: str) -> None:
    """A name is in use, or aliases.yaml leads from it to one that is."""
    now = registry.load()
    names = aliases.of(now)
    source = "".join(file.read_text("utf-8") for file in (ROOT / "etl").rglob("*.py"))
    known: dict[str, Callable[[str], object]] = {
        "measure": lambda name: aliases.ref_of(name, now),
        "table": lambda name: names.of("table", name) in TABLES,
        "code": lambda name: f'"{names.of("code", name)}"' in source,
    }
    assert [name for name in then[f"{kind}s"] if not known[kind](name)] == []


def test_what_waits_for_its_time_waits(opened: Callable[..., Store]) -> None:
    store = opened()
    assert "later.csv" not in {r.title for r in store.record().releases}
    store.clock = lambda: "2027-05-12T08:00:00Z"
    assert "later.csv" in {r.title for r in store.record().releases}


def test_the_officer_signs_in_and_finds_the_draft(opened: Callable[..., Store]) -> None:
    from tests.dashboard.officer.signed_in import Officer

    store = opened()
    officer = Officer(store)
    officer.open("/officer/sign-in").send("sign-in", name=OFFICER, password=PASSWORD)
    assert officer.at == "/officer/", officer.words
    (draft,) = store.drafts.all()
    officer.open(f"/officer/drafts/{draft.id}")
    for words in (
        "pupils.csv",
        "Complaints received, Mar 2022: 120 → 121",
        "A new team",
        "Agreed: 250 by the end of 2023",
        "Counted anew",
        "Schools closed early",
    ):
        assert words in " ".join(officer.page.split()), words
