"""What is kept of an answer, and for whom; what is said when the database is out of order."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.app import create_app
from etl.store import Store, StoreError

DAYS = "/measure/alternative_provision_days"


def test_a_page_is_made_anew_each_day(real_store: Store) -> None:
    days = [date(2022, 3, 20)]
    visitor = create_app(real_store, today=lambda: days[-1]).server.test_client()
    before = visitor.get(DAYS).get_data(as_text=True)
    days.append(date(2026, 11, 22))
    after = visitor.get(DAYS).get_data(as_text=True)
    assert "No figure since December 2021" not in before
    assert "No figure since December 2021" in after


def test_nobody_is_shown_the_address_that_another_asked_under(real_store: Store) -> None:
    visitor = create_app(real_store).server.test_client()
    assert "evil.example" in visitor.get("/", base_url="http://evil.example").get_data(as_text=True)
    assert "evil.example" not in visitor.get("/").get_data(as_text=True)


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
