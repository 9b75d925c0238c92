"""The report pack on the officer page: made in the background, taken singly or as a zip."""

from __future__ import annotations

import io
import re
import time
import zipfile
from html import unescape
from pathlib import Path

import pytest

from dashboard.officer import packing
from dashboard.reports import png
from etl.store import Store
from tests.dashboard.officer.signed_in import Officer, add
from tests.dashboard.reports.dot import DOT

PACK = "/officer/packs/2022-03-18"


@pytest.fixture
def anna(seeded_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Officer:
    # Pictures are the reports' own affair: here a dot in place of each.
    monkeypatch.setattr(png, "render", lambda svg, scale: DOT)
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


def test_all_of_it_is_made_and_taken(anna: Officer) -> None:
    made(anna)
    names = {"report.docx", "appendix-1.xlsx", "briefing.html", "captions.csv"}
    for name in names:
        answer = anna.client.get(f"{PACK}/{name}")
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
    whole = anna.client.get(f"{PACK}/report-pack.zip")
    with zipfile.ZipFile(io.BytesIO(whole.data)) as archive:
        pictures = {name for name in archive.namelist() if name.endswith(".png")}
        assert set(archive.namelist()) == names | pictures
    assert len(pictures) > 30
    first = sorted(pictures)[0]
    assert f'src="{PACK}/{first}?show=1"' in anna.page
    assert anna.client.get(f"{PACK}/{first}").data == DOT
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


def test_what_fails_is_named(
    seeded_store: Store, anna: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(svg: str, scale: float) -> bytes:
        if "looked-after children were missing education" in svg:
            raise png.RenderError("the drawing has no size")
        return DOT

    monkeypatch.setattr(png, "render", fails)
    made(anna)
    lost = "2022-03-18_1d_children-missing-education-lac.png"
    assert f"Not drawn: {lost}: the drawing has no size" in anna.words
    assert "Take all of it as a zip" in anna.words
    assert anna.client.get(f"{PACK}/{lost}").status_code == 404


def test_the_word_report_is_seen_before_it_is_made(anna: Officer) -> None:
    """From the same outline as Word, with the pictures as the site gives them."""
    anna.open(f"{PACK}/pages")
    assert "Figure 1. 495 children were missing education" in anna.words
    assert "What does not add up" in anna.words
    headings = re.findall(r"<h([1-6])[^>]*>([^<]+)<", anna.page)
    assert headings[:3] == [
        ("1", "The Word report"),
        ("2", "Norfolk SEND performance, 18 March 2022"),
        ("3", "What has changed"),
    ]
    assert headings[-1] == ("3", "Appendix 1")
    addresses = re.findall(r'<img src="([^"]+)" alt="[^"]', anna.page)
    assert len(addresses) > 30
    picture = anna.client.get(unescape(addresses[0]))
    assert (picture.status_code, picture.mimetype) == (200, "image/svg+xml")
    assert picture.get_data(as_text=True).count("495 children were missing education") == 1
    assert 'style="' not in anna.page  # the site's policy refuses it
    assert anna.client.get("/officer/packs/2022-03-19/pages").status_code == 404
