"""Several officers at once, several workers on one database: nobody overwrites anybody."""

from __future__ import annotations

import pytest

from dashboard.officer.grid_pages import merged
from dashboard.web.app import create_app
from etl.council_store import open_store
from etl.draft.contents import of
from etl.store import Store
from tests.dashboard.officer.signed_in import Officer, add

CELL = "c:children_missing_education/all@2022-01"
OTHER = "c:children_missing_education/ehcp@2022-01"


@pytest.fixture
def seeded_store(any_seeded_store: Store) -> Store:
    """Two officers meet on either database."""
    return any_seeded_store


@pytest.fixture
def two(seeded_store: Store) -> tuple[Officer, Officer]:
    add(seeded_store, "anna")
    add(seeded_store, "ben")
    server = create_app(seeded_store)
    return Officer(seeded_store, "anna", server), Officer(seeded_store, "ben", server)


def begin(officer: Officer, meeting: str = "2022-05-20") -> str:
    return officer.open("/officer/drafts/new").send("new", meeting=meeting).at


@pytest.mark.parametrize(
    ("held", "opened", "sent", "found", "clashes"),
    [
        ({}, {}, {"a": "1"}, {"a": "1"}, {}),
        ({"b": "2"}, {}, {"a": "1", "b": ""}, {"a": "1", "b": "2"}, {}),
        ({"a": "5"}, {"a": "1"}, {"a": "1"}, {"a": "5"}, {}),
        ({"a": "5"}, {"a": "1"}, {"a": "2"}, {"a": "2"}, {"a": "5"}),
        ({"a": "2"}, {"a": "1"}, {"a": "2"}, {"a": "2"}, {}),
        ({"a": "1"}, {"a": "1"}, {"a": ""}, {}, {}),
        ({}, {"a": "1"}, {"a": "2"}, {"a": "2"}, {"a": ""}),
    ],
)
def test_cells_of_two_officers_are_merged(
    held: dict[str, str],
    opened: dict[str, str],
    sent: dict[str, str],
    found: dict[str, str],
    clashes: dict[str, str],
) -> None:
    assert merged(held, opened, sent) == (found, clashes)


def test_two_in_one_grid_keep_each_others_cells(
    seeded_store: Store, two: tuple[Officer, Officer]
) -> None:
    anna, ben = two
    where = begin(anna)
    number = int(where.rpartition("/")[2])
    anna.open(f"{where}/grid")
    ben.open(f"{where}/grid")
    anna.send("/grid", **{CELL: "487"})
    ben.send("/grid", **{OTHER: "61"})
    typed = dict(of(seeded_store.drafts.get(number)).typed)
    assert sorted(typed.values()) == ["487", "61"]
    ben.open(f"{where}/grid")
    anna.send("/grid", **{CELL: "488"})
    ben.send("/grid", **{CELL: "489"})
    assert ben.status == 409
    assert "you typed 489; the draft now holds 488" in ben.words
    assert 'value="489"' in ben.page  # what ben typed is not lost
    ben.send("/grid")
    assert ben.status == 200
    assert "489" in of(seeded_store.drafts.get(number)).typed.values()


def test_a_form_opened_before_another_saved_says_so_and_keeps_what_was_typed(
    two: tuple[Officer, Officer],
) -> None:
    anna, ben = two
    where = begin(anna)
    ben.open(f"{where}/add/event")
    anna.open(f"{where}/grid").send("/grid", **{CELL: "487"})
    event = {"title": "New register", "start": "2021-12-01", "text": "It began", "source": "x"}
    ben.send("/add/event", **event)
    assert ben.status == 409
    assert "Nothing of yours is lost" in ben.words
    assert 'value="New register"' in ben.page
    ben.send("/add/event")
    assert "Event, public: 1 December 2021, New register" in ben.words
    assert "1 figure typed in the grid" in ben.words


def test_publishing_on_top_of_another_release_shows_the_difference_and_asks_again(
    seeded_store: Store, two: tuple[Officer, Officer]
) -> None:
    anna, ben = two
    first, second = begin(anna), begin(ben, "2022-07-15")
    anna.open(f"{first}/grid").send("/grid", **{CELL: "487"})
    ben.open(f"{second}/grid").send("/grid", **{CELL: "490"})
    ben.open(second)
    assert "1 new, 0 revised" in ben.words
    anna.open(first).publish(first, accept="checked")
    assert anna.at == "/officer/releases"
    held = len(seeded_store.releases())
    ben.publish(second, accept="checked")
    assert ben.status == 409
    assert "Something was published since you looked" in ben.words
    assert "anna, publish" in ben.words
    assert "Jan 2022 nothing, now 487" in ben.words
    assert "0 new, 1 revised" in ben.words
    assert len(seeded_store.releases()) == held
    ben.publish(second, accept="checked")
    assert ben.at == "/officer/releases"
    assert len(seeded_store.releases()) == held + 1


def test_sending_publish_twice_publishes_once(
    seeded_store: Store, two: tuple[Officer, Officer]
) -> None:
    anna, _ = two
    where = begin(anna)
    anna.open(f"{where}/grid").send("/grid", **{CELL: "487"})
    page = anna.open(where).page
    anna.publish(where, accept="checked")
    held = len(seeded_store.releases())
    anna.page, anna.at = page, where
    anna.publish(where, accept="checked")
    assert len(seeded_store.releases()) == held
    assert "This draft is published" in anna.words


def test_drafts_survive_a_restart_and_a_publish_shows_in_every_worker(
    seeded_store: Store, database_url: str
) -> None:
    add(seeded_store, "anna")
    anna = Officer(seeded_store, "anna")
    where = begin(anna)
    anna.open(f"{where}/grid").send("/grid", **{CELL: "487"})
    other = open_store(database_url, seed=False)
    worker = create_app(other).test_client()
    address = "/api/observations.csv?measure=children_missing_education&all=1"
    before = worker.get(address).get_data(as_text=True)
    overview = worker.get("/").get_data(as_text=True)
    again = Officer(other, "anna")
    assert "1 figure typed in the grid" in again.open(where).words
    anna.open(where).publish(where, accept="checked")
    after = worker.get(address).get_data(as_text=True)
    assert ",487," not in before
    assert ",487," in after
    assert worker.get("/").get_data(as_text=True) != overview
    other.close()
