"""What is kept of an answer, and for whom; what is said when the database is out of order."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.app import create_app
from etl.store import NewRelease, Store, StoreError
from tests.etl.records import figure

DAYS = "/measure/alternative_provision_days"


def test_a_page_is_made_anew_each_day(real_store: Store) -> None:
    days = [date(2022, 3, 20)]
    visitor = create_app(real_store, today=lambda: days[-1]).server.test_client()
    before = visitor.get(DAYS).get_data(as_text=True)
    days.append(date(2026, 11, 22))
    after = visitor.get(DAYS).get_data(as_text=True)
    assert "No figure since December 2021" not in before
    assert "No figure since December 2021" in after


@pytest.mark.parametrize("address", ["/", "/quality", DAYS, "/api/observations.csv", "/health"])
def test_a_database_out_of_order_is_said_plainly(
    seeded_store: Store, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    visitor = create_app(seeded_store).server.test_client()

    def locked() -> str:
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
    visitor = create_app(seeded_store).server.test_client()

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
