"""Publishing asked once more: what, for whom and when, in words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date

from flask import Response

from dashboard import words
from dashboard.officer import page
from etl import periods, set_time
from etl.draft import naming
from etl.draft.review import Review
from etl.model import Observation, Refused, UserError

_LISTED = 10  # revised figures that are named one by one


def agenda_day(meeting: date | None) -> date | None:
    """The day on which the agenda of a meeting to come opens, if a release can wait for it."""
    if meeting is None or meeting <= set_time.today():
        return None
    opens = set_time.agenda_opens(meeting)
    try:
        set_time.visible_from(opens.isoformat())
    except UserError:  # it has passed, or lies too far ahead
        return None
    return opens


def visible_from(form: Mapping[str, str], meeting: date | None) -> str:
    """When a draft is to show, as a stored time; empty for at once.

    A day or time that was typed is meant, whichever choice is marked. Raises Refused for what
    is no time to come.
    """
    chosen, day, time = (form.get(name, "").strip() for name in ("when", "day", "time"))
    if day or time or chosen == "later":
        return set_time.visible_from(day, time)
    if chosen == "agenda":
        opens = agenda_day(meeting)
        if opens is None:
            raise Refused("The agenda has opened meanwhile: choose a time, or at once")
        return set_time.visible_from(opens.isoformat())
    if chosen not in ("", "now"):
        raise Refused("Choose when it shows")
    return ""


def token(review: Review, when: str) -> str:
    """What a confirmation is for: this content, against this state of the store, at this time."""
    asked = f"{review.draft.id}|{review.draft.revision}|{review.version}|{when}"
    return hashlib.sha256(asked.encode()).hexdigest()[:24]


def in_words(when: str) -> str:
    """A stored time as the button and the question name it: from 12 May 2022, 09:00."""
    return f"from {page.local(when)}" if when else "at once"


def _span(figures: list[Observation]) -> str:
    newest = max(figures, key=lambda figure: figure.period.end).period
    oldest = min(figures, key=lambda figure: figure.period.end).period
    if newest.end == oldest.end:
        return words.month(newest.end)
    return words.months(oldest.end, newest.end)


def _what(review: Review, reason: str) -> Iterator[str]:
    registry = review.prepared.before.registry
    compared = [p.comparison for p in review.prepared.publications]
    new = [figure for c in compared for figure in c.new]
    revised = [pair for c in compared for pair in c.revised]
    if new:
        yield f"{words.many(len(new), 'new figure')}, for {_span(new)}"
    for old, figure in revised[:_LISTED]:
        yield (
            f"Revised: {naming.name(registry, figure.measure, figure.cohort)}, "
            f"{periods.label(figure.period)}: {naming.shown(old)} → "
            f"{naming.shown(figure)}"
        )
    if len(revised) > _LISTED:
        yield f"and {words.many(len(revised) - _LISTED, 'more revised figure')}"
    if not (new or revised) and review.prepared.to_store:
        yield "Figures held before, given again with the same values"
    for said in review.contents.declarations:
        yield f"{type(said).__name__}: {naming.said(registry, said)}"
    if review.prepared.unread:
        yield f"Left out, not readable: {words.many(review.prepared.unread, 'place')}"
    if review.left:
        yield (
            f"{words.many(len(review.left), 'warning')} not answered: figures in doubt show "
            f"with a flag. Your reason: {reason}"
        )


def ask(review: Review, when: str, form: Mapping[str, str], reason: str) -> Response:
    """The page that asks; its button publishes, its other button leads back to the draft."""
    ahead = review.meeting is not None and review.meeting > set_time.today() and not when
    return page.render(
        "confirm",
        title=f"Publish draft {review.draft.id}?",
        nav="officer.home",
        draft=review.draft,
        review=review,
        what=tuple(_what(review, reason)),
        when=when,
        in_words=in_words(when),
        ahead=ahead,
        opens=agenda_day(review.meeting),
        token=token(review, when),
        given=form,
    )
