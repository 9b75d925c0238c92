"""The report pack on the officer page: made in the background, taken singly or as a zip."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from dashboard.exports import pictures
from dashboard.officer import packing
from etl.store import Store
from tests.dashboard.officer.signed_in import Officer, add

PACK = "/officer/packs/2022-03-18"


@pytest.fixture
def anna(seeded_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Officer:
    def none(*_: object, **__: object) -> None:
        raise pictures.NoBrowser

    # Pictures are the exports' own affair; without a browser all the rest must be there.
    monkeypatch.setattr(pictures, "draw", none)
    monkeypatch.setattr(packing.tempfile, "gettempdir", lambda: str(tmp_path))
    add(seeded_store, "anna")
    return Officer(seeded_store, "anna")


def made(anna: Officer) -> Officer:
    anna.open(PACK).send("/make")
    for _ in range(600):
        if 'http-equiv="refresh"' not in anna.page:
            break
        time.sleep(0.1)
        anna.open(PACK)
    return anna


def test_the_pack_of_a_meeting_is_seen_before_it_is_made(anna: Officer) -> None:
    anna.open("/officer/packs")
    assert "18 March 2022" in anna.words
    anna.open(PACK)
    assert "Nothing of this pack is made yet" in anna.words
    assert "2022-03-18_1a_children-missing-education.png" in anna.words
    assert "Dec 21" in anna.words or "Dec-21" in anna.words
    assert anna.client.get(f"{PACK}/report.docx").status_code == 404


def test_without_a_browser_all_the_rest_is_made_and_taken(anna: Officer) -> None:
    made(anna)
    assert "no chromium, Chrome or Edge was found" in anna.words
    names = {"report.docx", "appendix-1.xlsx", "briefing.html", "captions.csv"}
    for name in names:
        answer = anna.client.get(f"{PACK}/{name}")
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
    whole = anna.client.get(f"{PACK}/report-pack.zip")
    with zipfile.ZipFile(io.BytesIO(whole.data)) as archive:
        assert set(archive.namelist()) == names
    shown = anna.client.get(f"{PACK}/briefing.html?show=1")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert anna.client.get(f"{PACK}/state.json").status_code == 404
    assert anna.client.get(f"{PACK}/..%2f..%2fetc%2fpasswd").status_code == 404
    assert anna.client.get("/officer/packs/2022-03-19").status_code == 404


def test_a_pack_is_made_anew_when_something_is_published(
    seeded_store: Store, anna: Officer
) -> None:
    made(anna)
    assert "Take all of it as a zip" in anna.words
    seeded_store.withdraw(seeded_store.releases()[0].number, "test", "a slip")
    assert "Nothing of this pack is made yet" in anna.open(PACK).words


def test_the_word_reports_pages_are_seen(anna: Officer) -> None:
    anna.open(f"{PACK}/pages")
    assert "The pictures are not made yet" in anna.words
    assert anna.page.count('class="sheet') > 20
    assert "Figure 1. 495 children were missing education" in anna.words
    made(anna)
    anna.open(f"{PACK}/pages")  # no browser, so no picture: their places stay
    assert "Page 1 of" in anna.words
    assert 'style="' not in anna.page  # the site's policy refuses it
    assert anna.client.get("/officer/packs/2022-03-19/pages").status_code == 404
