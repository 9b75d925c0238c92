"""python -m etl: what officers do on their pages, by the same functions, into the same history."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from etl import set_time
from etl.commands import actor
from etl.commands.summaries import summary
from etl.council_store import open_store
from etl.draft import contents as drafted
from etl.draft import correcting, declaring, entry, naming, releasing, stating
from etl.draft.contents import Contents, Given, Verdict, fingerprint
from etl.draft.review import Review, Reviews
from etl.draft.rows import row_of
from etl.model import Refused, Registry, UserError
from etl.record import Record
from etl.store import Outdated, Store
from etl.store.drafts import StoredDraft

Make = Callable[[Mapping[str, str], Contents, Record], tuple[Contents, dict[str, str]]]

_MAKE: dict[str, Make] = {
    "correct": correcting.correction,
    "state": stating.stated,
    "explain": declaring.explanation,
    "event": declaring.event,
    "target": declaring.target,
}
# How often to compare anew when others keep publishing meanwhile.
_ATTEMPTS = 5


def act(given: Namespace) -> int:
    """correct, state, explain, event, target: published at once, or put into a draft."""
    store = open_store()
    record = store.record(scheduled=True)
    held = _open(store, given.draft) if given.draft else None
    contents = drafted.of(held) if held else Contents()
    if given.published:
        contents = replace(contents, meeting=given.published)
    made, wrong = _MAKE[given.command](_form(given, record), contents, record)
    if wrong:
        raise UserError("\n".join(dict.fromkeys(wrong.values())))
    if given.draft is not None:
        return _kept(store, held, made)
    if made.meeting is None:
        raise UserError("As published when? Give the date of the meeting: --published DATE")
    unsaved = StoredDraft(0, actor(), _title(made), drafted.packed(made), 0, "", "open", "", "")
    set_time.of_text(given.visible_from)
    review = Reviews(store).compared(unsaved)
    if not _publishable(review, given):
        print("Nothing new: every figure is already held as published on its date")
        return 0
    if given.dry_run:
        print("\n".join([*_lines(review), "Dry run: nothing is stored"]))
        return 0
    draft = store.drafts.create(actor(), _title(made), drafted.packed(made), store.version())
    try:
        return _publish(store, draft, given)
    except BaseException:
        store.drafts.close(draft.id, draft.revision, "discarded")
        raise


def attach(store: Store, given: Namespace) -> int:
    """import --draft: files into a draft, once each of them could be read."""
    if given.breakdowns or given.accept_warnings or given.visible_from or given.dry_run:
        raise UserError(
            "--draft publishes nothing: --from and --accept-warnings are said when the draft is "
            "published; --breakdowns and --dry-run are for imports without it"
        )
    held = _open(store, given.draft) if given.draft else None
    contents = drafted.of(held) if held else Contents()
    if given.published:
        contents = replace(contents, meeting=given.published)
    files = [(path.name, path.read_bytes()) for path in given.files]
    for name, content in files:
        try:
            entry.read_bytes(name, content, store.registry, contents.meeting)
        except UserError as error:
            if contents.meeting is not None or not entry.needs_date(error):
                raise
    return _kept(store, held, contents, files)


def _title(contents: Contents) -> str:
    when = f" for {contents.meeting.isoformat()}" if contents.meeting else ""
    return f"From the command line{when}"


def _kept(
    store: Store,
    held: StoredDraft | None,
    made: Contents,
    files: Sequence[tuple[str, bytes]] = (),
) -> int:
    """The contents and files put into a draft, and what it holds now."""
    packed = drafted.packed(made)
    if held is None:
        draft = store.drafts.create(actor(), _title(made), packed, store.version(), files)
    else:
        draft = store.drafts.save(held.id, held.revision, packed, attached=files)
    print("\n".join(_lines(Reviews(store).of(draft))))
    return 0


def _form(given: Namespace, record: Record) -> dict[str, str]:
    """The command's arguments as the page's form would send them."""
    form = {
        name: value.isoformat() if hasattr(value, "isoformat") else str(value or "")
        for name, value in vars(given).items()
    }
    for name in ("row", "row2"):
        if form.get(name):
            form[name] = _row(form[name], record.registry)
    if given.command == "correct":
        table = "outturn" if given.outturn else "officer"
        keys = [
            c.key
            for c in correcting.correctable(record)
            if f"{c.ref.measure}/{c.ref.cohort}" == form["row"]
            and c.table == table
            and (not given.outturn or c.span == given.outturn)
        ]
        if not keys:
            raise UserError(f"{form['row']}: nothing is published in that table to correct")
        form["row"] = keys[0]
    return form


def _row(text: str, registry: Registry) -> str:
    found = row_of(text if "/" in text else f"{text}/all", registry)
    if found is None:
        raise UserError(
            f"There is no row {text!r}. A row is named by its measure and cohort, as "
            "ehc_plan_days/lac; docs/measures.md has them all"
        )
    return "/".join(found)


# --- drafts -------------------------------------------------------------------------


def drafts(_: Namespace) -> int:
    """List the open drafts."""
    for draft in open_store().drafts.all():
        print(f"{draft.id:>4}  {draft.updated_at}  {draft.owner:<16}  {draft.title}")
    return 0


def draft(given: Namespace) -> int:
    """Show what a draft would change and what looks wrong in it."""
    store = open_store()
    print("\n".join(_lines(Reviews(store).of(_open(store, given.draft)))))
    return 0


def answer(given: Namespace) -> int:
    """Answer one warning of a draft."""
    store = open_store()
    draft = _open(store, given.draft)
    review = Reviews(store).of(draft)
    names = [fingerprint(judged.finding) for judged in review.prepared.warnings]
    if given.finding not in names:
        raise UserError(f"Draft {draft.id} has no warning {given.finding}")
    if not given.reason.strip():
        raise UserError("Give the reason of this answer")
    one = Given(cast(Verdict, given.verdict), " ".join(given.reason.split()))
    answers = {**review.contents.answers, given.finding: one}
    return _kept(store, draft, replace(review.contents, answers=answers))


def publish(given: Namespace) -> int:
    """Publish a draft: all of it or nothing."""
    store = open_store()
    return _publish(store, _open(store, given.draft), given)


def discard(given: Namespace) -> int:
    """End a draft; nothing of it is published."""
    store = open_store()
    draft = _open(store, given.draft)
    store.drafts.close(draft.id, draft.revision, "discarded")
    print(f"Draft {draft.id} is discarded")
    return 0


def _open(store: Store, number: int) -> StoredDraft:
    found = store.drafts.get(number)
    if found.state != "open":
        raise UserError(f"Draft {number} is {found.state}")
    return found


def _publish(store: Store, draft: StoredDraft, given: Namespace) -> int:
    when = set_time.of_text(given.visible_from)
    for attempt in range(_ATTEMPTS):
        review = Reviews(store).of(draft)
        if not _publishable(review, given):
            raise Refused("Nothing new: every figure is held as published on its date")
        try:
            result = releasing.publish(store, review, actor(), given.accept_warnings or "", when)
        except Outdated:
            if attempt == _ATTEMPTS - 1:
                raise
            continue
        print("\n".join(_lines(review)))
        numbers = ", ".join(map(str, result.numbers))
        print(
            f"Published as release {numbers}"
            + (f", to show from {set_time.in_words(when)}" if when else "")
        )
        return 0
    raise AssertionError("unreachable")


def _publishable(review: Review, given: Namespace) -> bool:
    """Whether there is anything new; raises Refused, with all that is wrong, where a draft
    cannot be published as asked."""
    from etl import pipeline

    if review.troubles:
        raise Refused("\n".join(review.troubles.values()))
    if not review.prepared.to_store and not review.contents.declarations:
        return False
    if review.meeting is None:
        raise Refused("As published when? Give the date of the meeting")
    try:
        pipeline.check_publishable(
            review.prepared, accept_reason=given.accept_warnings or "", answers=review.answers
        )
    except Refused:
        print("\n".join(_lines(review)))
        raise
    return True


def _lines(review: Review) -> Iterator[str]:
    """A draft in plain lines: what it changes, its words, and each warning to be answered."""
    if review.draft.id:
        yield f"Draft {review.draft.id}: {review.draft.title}"
    yield from review.troubles.values()
    yield from summary(review.prepared)
    for said in review.contents.declarations:
        what = naming.said(review.prepared.before.registry, said)
        yield f"Public word: {type(said).__name__.lower()}: {what}"
    if review.draft.id:
        for judged in review.left:
            yield (
                f"to answer: python -m etl answer {review.draft.id} "
                f"{fingerprint(judged.finding)} stands|misprint|unexplained --reason TEXT  "
                f"({judged.finding.code})"
            )
