"""Publishing a draft that was reviewed, by whichever way it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.draft.naming import name
from etl.draft.review import Review
from etl.store.store import Store

if TYPE_CHECKING:
    from etl.pipeline import Result


def publish(store: Store, review: Review, actor: str, reason: str, when: str) -> Result:
    """Publish a draft: its figures and words, with the answers given in it.

    `reason` is for the warnings left without an answer, `when` a stored time or empty for at
    once. Errors as `pipeline.publish`, and DraftChanged where the draft was saved meanwhile.
    """
    from etl import pipeline

    return pipeline.publish(
        store,
        review.prepared,
        actor,
        accept_reason=reason if review.left else "",
        note=_note(review),
        answers=review.answers,
        declarations=review.contents.declarations,
        visible_from=when,
        published=review.meeting,
        draft=(review.draft.id, review.draft.revision),
    )


def _note(review: Review) -> str:
    """What the history says of the draft: its number, and each correction with its reason."""
    registry = review.prepared.before.registry
    said = (
        f"{name(registry, c.measure, c.cohort)}, {c.month:%b %Y}, {c.was} to {c.value}: {c.reason}"
        for c in review.contents.corrections
    )
    return "; ".join((f"draft {review.draft.id}, begun by {review.draft.owner}", *said))
