"""The review of a draft, the answers to what it warns of, and its publication."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast, get_args

from flask import Blueprint, Response, redirect, request, url_for

from dashboard.officer import confirming, page, review_view, saving, session, typed
from etl.draft import naming, releasing
from etl.draft.contents import Given, Verdict, fingerprint
from etl.draft.review import Review, Reviews
from etl.model import Refused, UserError
from etl.store import Outdated
from etl.store.drafts import DraftChanged
from etl.store.history import PUBLIC
from etl.store.store import Store


def review_page(
    store: Store,
    review: Review,
    *,
    errors: dict[str, str] | None = None,
    changed: tuple[review_view.FigureRow, ...] | None = None,
    acts: tuple[Any, ...] = (),
    status: int = 0,
) -> Response:
    """The page of an open draft."""
    return page.render(
        "draft",
        status or (400 if errors else 200),
        title=f"Draft {review.draft.id}: {review.draft.title}",
        nav="officer.home",
        errors=errors or {},
        draft=review.draft,
        review=review,
        contents=review.contents,
        view=review_view.view(review),
        looked_at=review_view.packed(review),
        name=naming.name,
        target=naming.target,
        registry=store.registry,
        opens=confirming.agenda_day(review.meeting),
        changed=changed,
        acts=acts,
        act=max((a.id for a in store.history.all()), default=0),
        given=request.form or request.args,
    )


def _answers(review: Review, errors: dict[str, str]) -> dict[str, Given]:
    """The answers in the form, to findings that are there; those of others are kept."""
    found = dict(review.contents.answers)
    for judged in review.prepared.warnings:
        name = fingerprint(judged.finding)
        verdict = request.form.get(f"verdict-{name}")
        if verdict is None:
            continue
        reason = typed.line(request.form, f"reason-{name}", errors)
        if verdict in get_args(Verdict):
            found[name] = Given(cast(Verdict, verdict), reason)
        else:
            found.pop(name, None)
    return found


def _reasonless(review: Review, answers: dict[str, Given]) -> dict[str, str]:
    return {
        f"reason-{name}": "Give the reason of this answer"
        for judged in review.prepared.warnings
        if (name := fingerprint(judged.finding)) in answers and not answers[name].reason
    }


def add_routes(blueprint: Blueprint, store: Store, reviews: Reviews) -> None:
    """`/officer/drafts/N/answers` and `.../publish`."""

    def answered(number: int) -> tuple[Review, Response | None]:
        """The draft with the form's answers saved in it, or the page that says why not."""
        draft = saving.open_draft(store, number)
        review = reviews.of(draft)
        wrong: dict[str, str] = {}
        answers = _answers(review, wrong)
        if wrong:
            return review, review_page(store, review, errors=wrong)
        wrong = _reasonless(review, answers)
        try:
            if answers != dict(review.contents.answers):
                held = replace(review.contents, answers=answers)
                review = reviews.of(saving.save(store, draft, held))
            elif saving.revision() != draft.revision:
                raise DraftChanged(saving.TAKEN)
        except DraftChanged as error:
            errors = {"content": str(error)}
            return review, review_page(store, review, errors=errors, status=409)
        return review, review_page(store, review, errors=wrong) if wrong else None

    @blueprint.post("/drafts/<int:number>/answers")
    @session.needs("editor")
    def answer(number: int) -> Any:
        _, refused = answered(number)
        if refused is not None:
            return refused
        page.say("Answers saved.")
        typed_time: dict[str, Any] = {
            name: text for name in ("when", "day", "time") if (text := request.form.get(name))
        }
        return redirect(url_for("officer.draft", number=number, **typed_time), code=303)

    @blueprint.post("/drafts/<int:number>/publish")
    @session.needs("publisher")
    def publish(number: int) -> Any:
        if saving.open_draft(store, number).state != "open":
            return redirect(url_for("officer.draft", number=number), code=303)
        review, refused = answered(number)
        if refused is not None:
            return refused
        if request.form.get("version") != review.version:
            return outdated(review)
        errors: dict[str, str] = {}
        reason = typed.line(request.form, "accept", errors)
        if review.left and not reason:
            errors["accept"] = (
                "Answer each warning, or give one reason to publish in spite of those left"
            )
        try:
            when = confirming.visible_from(request.form, review.meeting)
        except UserError as error:
            errors["day"] = str(error)
        if errors or request.form.get("change"):
            return review_page(store, review, errors=errors)
        if review.publishable and request.form.get("confirmed") != confirming.token(review, when):
            return confirming.ask(review, when, request.form, reason)
        officer = session.officer()
        assert officer is not None, "the guard lets only officers in"

        try:
            result = releasing.publish(store, review, officer.name, reason, when)
        except Outdated:
            return outdated(reviews.of(saving.open_draft(store, number)))
        except DraftChanged:
            errors = {"content": saving.TAKEN}
            return review_page(store, reviews.of(saving.open_draft(store, number)), errors=errors)
        except Refused as error:
            return review_page(store, review, errors={"content": str(error)})
        if not result.numbers:
            errors = {"content": "Nothing new: every figure is held as published on its date"}
            return review_page(store, review, errors=errors)
        numbers = " and ".join(map(str, result.numbers))
        shows = confirming.in_words(when) if when else "now"
        page.say(f"Published as release {numbers}. It shows {shows} on the public pages.")
        return redirect(url_for("officer.releases"), code=303)

    def outdated(review: Review) -> Response:
        """Somebody published meanwhile: what that changes here, and the question again."""
        last = request.form.get("act", "")
        seen = int(last) if last.isascii() and last.isdigit() else 0
        acts = tuple(a for a in store.history.all() if a.id > seen and a.what in PUBLIC)
        changed = review_view.differences(review, request.form.get("looked_at", ""))
        errors = {
            "changed": "Something was published since you looked at this draft. Nothing of "
            "yours was published: look at what is different, then publish again"
        }
        return review_page(store, review, errors=errors, changed=changed, acts=acts, status=409)
