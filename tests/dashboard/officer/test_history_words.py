"""What belongs to an act, as the history says it."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.officer.history_pages import told
from etl.store import Store
from etl.store.history import Act
from tests.dashboard.officer.signed_in import Officer, add


def act(**detail: Any) -> Act:
    return Act(1, "2026-11-26T09:00:00Z", "anna", "publish", 7, "", "", detail)


@pytest.mark.parametrize(
    ("detail", "says"),
    [
        (
            {"title": "Figures for May", "new": 12, "revised": 1, "unchanged": 0},
            "Figures for May; figures: 12 new, 1 revised, 0 unchanged",
        ),
        (
            {"title": "Words", "declarations": [{"kind": "answer"}, {"kind": "target"}]},
            "Words; 1 warning answered; 1 target",
        ),
        (
            {
                "declarations": [
                    {"kind": "answer"},
                    {"kind": "answer"},
                    {"kind": "event"},
                    {"kind": "event"},
                ]
            },
            "2 warnings answered; 2 events",
        ),
        ({"visible_from": "2026-06-11T08:00:00Z"}, "shows from 11 June 2026, 09:00"),
        (
            {"account": "ben", "editor": True, "publisher": False},
            "account ben; may prepare figures; may not publish",
        ),
        ({"account": "ben", "disabled": True}, "account ben; may no longer sign in"),
        ({"account": "ben", "password_hash": "changed"}, "account ben; has a new password"),
        (
            {"word": 3, "kind": "event", "text": "New register: it began"},
            "event 3; New register: it began",
        ),
        ({"hold": 2}, "hold 2"),
        ({}, ""),
    ],
)
def test_an_act_is_told_in_words(detail: dict[str, Any], says: str) -> None:
    assert told(act(**detail)) == says


def test_the_history_and_an_empty_draft_are_plain_english(seeded_store: Store) -> None:
    add(seeded_store, "anna")
    anna = Officer(seeded_store, "anna")
    anna.open("/officer/history")
    for wrong in ("True", "False", "None", "with 1"):
        assert wrong not in anna.words
    anna.open("/officer/drafts/new").send("new")
    assert "No meeting is chosen yet." in anna.words
    anna.open("/officer/upload").send("upload", {"photo.jpg": b"\xff\xd8\xff\xe0 JFIF"})
    assert "photo.jpg: is a JPEG picture: no figures are read from pictures" in anna.words
    assert "whatever its name says" not in anna.words
    anna.send("upload", {"pack.pdf": b"\xff\xd8\xff\xe0 JFIF"})
    assert "pack.pdf: is a JPEG picture, whatever its name says" in anna.words
