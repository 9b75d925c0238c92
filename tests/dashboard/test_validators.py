"""What a page depends on, and so its validator; what is said when the database is out of order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dashboard.web.app import create_app
from etl.council_store import open_store
from etl.publication import NewRelease
from etl.store import Store, StoreError
from tests.etl.records import figure

DAYS = "/measure/alternative_provision_days"


def _tag(visitor: Any, address: str, **asked: Any) -> str:
    answer = visitor.get(address, **asked)
    assert answer.status_code == 200
    return str(answer.headers["ETag"])


def _status(visitor: Any, address: str, tag: str, **asked: Any) -> int:
    headers = {"If-None-Match": tag, **asked.pop("headers", {})}
    return int(visitor.get(address, headers=headers, **asked).status_code)


@pytest.mark.parametrize("address", ["/", "/quality", "/about", DAYS, f"{DAYS}?part=view"])
def test_an_unchanged_page_is_not_made_again(
    seeded_store: Store, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    visitor = create_app(seeded_store).test_client()
    tag = _tag(visitor, address)
    monkeypatch.setattr(seeded_store, "record", lambda *_: 1 / 0)
    assert _status(visitor, address, tag) == 304
    assert _status(visitor, address, 'W/"another"') == 500


def test_each_worker_names_a_page_alike(seeded_store: Store) -> None:
    other = open_store(seeded_store.engine.url.render_as_string(hide_password=False), seed=False)
    one, two = create_app(seeded_store).test_client(), create_app(other).test_client()
    for address in ("/", DAYS):
        tag = _tag(one, address)
        assert _status(two, address, tag) == 304
    _publish(other, "299")
    for visitor in (one, two):
        assert _status(visitor, "/", tag) == 200
    assert _tag(one, DAYS) == _tag(two, DAYS) != tag
    other.close()


def test_a_page_is_the_same_for_each_host_screen_and_encoding(client: Any) -> None:
    tag = _tag(client, DAYS)
    for asked in (
        {"base_url": "http://other.example"},
        {"base_url": "https://localhost"},
        {"headers": {"User-Agent": "Mobi"}},
        {"headers": {"Accept-Encoding": "br"}},
        {"headers": {"Accept-Encoding": "gzip"}},
        {"headers": {"Cookie": "send_officer=x"}},
    ):
        assert _tag(client, DAYS, **asked) == tag
        assert _status(client, DAYS, tag, **asked) == 304
        assert client.get(DAYS, **asked).headers["Vary"] == "Accept-Encoding"


def test_where_the_sites_address_is_printed_it_counts(
    real_store: Store, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEND_SITE_URL", "https://send.example.gov.uk")
    named = create_app(real_store, today=lambda: date(2026, 11, 22)).test_client()
    assert _tag(named, DAYS) != _tag(client, DAYS)


def test_other_choices_are_another_page(client: Any) -> None:
    addresses = [
        DAYS,
        f"{DAYS}?as_at=2021-09-17",
        f"{DAYS}?view=trend",
        f"{DAYS}?view=trend&part=view",
        "/",
        "/?as_at=2021-09-17",
    ]
    assert len({_tag(client, address) for address in addresses}) == len(addresses)


def test_at_midnight_a_page_is_another(real_store: Store) -> None:
    """Because it says which series have stopped."""
    days = [date(2022, 3, 20)]
    visitor = create_app(real_store, today=lambda: days[-1]).test_client()
    before, tag = visitor.get(DAYS).get_data(as_text=True), _tag(visitor, DAYS)
    assert _status(visitor, DAYS, tag) == 304
    days.append(date(2026, 11, 22))
    assert _status(visitor, DAYS, tag) == 200
    after = visitor.get(DAYS).get_data(as_text=True)
    assert "No figure since December 2021" not in before
    assert "No figure since December 2021" in after


def test_no_validator_tells_that_something_waits(seeded_store: Store) -> None:
    now = ["2036-11-26T10:00:00Z"]
    seeded_store.clock = lambda: now[0]
    visitor = create_app(seeded_store, today=lambda: date(2036, 11, 26)).test_client()
    tag = _tag(visitor, "/")
    _publish(seeded_store, "299", "2036-11-26T12:00:00Z")
    assert _tag(visitor, "/") == tag
    now[0] = "2036-11-26T12:00:00Z"
    assert _tag(visitor, "/") != tag


def _publish(store: Store, value: str, when: str = "") -> None:
    new = figure("ehc_plan_days", "2026-10", value, table="officer")
    release = NewRelease(date(2026, 11, 26), f"of {value}", "import", (new,))
    store.publish([release], "anna", visible_from=when)


def test_an_error_has_no_validator(client: Any) -> None:
    for address in ("/nothing", "/?as_at=x"):
        assert "ETag" not in client.get(address).headers


@pytest.mark.parametrize("address", ["/", "/quality", DAYS, "/api/observations.csv", "/health"])
def test_a_database_out_of_order_is_said_plainly(
    seeded_store: Store, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    visitor = create_app(seeded_store).test_client()

    def locked(*_: object) -> str:
        raise StoreError("The database /srv/send.db is locked by another program")

    monkeypatch.setattr(seeded_store, "version", locked)
    answer = visitor.get(address)
    said = answer.get_data(as_text=True)
    assert answer.status_code == 503
    assert "The figures cannot be reached just now" in said
    assert "/srv/send.db" not in said
    assert "Content-Security-Policy" in answer.headers


def test_health_tells_of_nothing_that_waits(seeded_store: Store) -> None:
    """Its counter moves when a release shows, not when it is put in to show later."""
    now = ["2036-11-26T10:00:00Z"]
    seeded_store.clock = lambda: now[0]
    visitor = create_app(seeded_store).test_client()

    def told() -> tuple[str, str]:
        page = visitor.get("/api/observations.csv")
        return visitor.get("/health").get_data(as_text=True), page.headers["Last-Modified"]

    def put_in(value: str, when: str = "") -> int:
        kept = figure("ehc_plan_days", "2026-10", value, table="officer")
        new = NewRelease(date(2026, 11, 26), f"of {value}", "import", (kept,))
        return seeded_store.publish([new], "anna", visible_from=when)[0]

    first = told()
    waits = put_in("1", "2036-11-26T12:00:00Z")
    gone = put_in("2", "2036-11-26T12:30:00Z")
    assert told() == first
    seeded_store.withdraw(gone, "anna", "a slip")
    assert told() == first
    now[0] = "2036-11-26T12:00:00Z"
    second = told()
    assert second != first
    now[0] = "2036-11-26T13:00:00Z"
    assert told() == second
    seeded_store.withdraw(waits, "anna", "a slip")
    assert told()[0] != second[0]
