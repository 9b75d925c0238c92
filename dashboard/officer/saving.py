"""Saving what a form brought into its draft, and what to say where another saved first."""

from __future__ import annotations

from typing import Any

from flask import abort, request

from etl.draft import contents as drafted
from etl.draft.contents import Contents
from etl.store import DatabaseError, StoreError
from etl.store.drafts import DraftChanged, StoredDraft
from etl.store.store import Store

TAKEN = (
    "This draft was saved from elsewhere since you opened it. Nothing of yours is lost: what you "
    "typed is below. Look at what the draft holds now, then save again to add yours to it."
)


def open_draft(store: Store, number: int) -> StoredDraft:
    """A draft that can be changed; 404 where there is none of that number."""
    try:
        return store.drafts.get(number)
    except DatabaseError:
        raise
    except StoreError:
        abort(404)


def revision() -> int:
    """The revision that the form was opened at."""
    text = request.form.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def save(store: Store, draft: StoredDraft, contents: Contents, **more: Any) -> StoredDraft:
    """Save over the revision that the form was opened at; DraftChanged where that is old."""
    if revision() != draft.revision:
        raise DraftChanged(TAKEN)
    return store.drafts.save(
        draft.id, draft.revision, drafted.packed(contents), based_on=store.version(), **more
    )
