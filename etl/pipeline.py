"""From files to a release: read, recognise, check, compare, publish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from etl import checks, set_time
from etl.checks import meetings, on_publishing
from etl.compare import Comparison, compare, not_held
from etl.incoming import Incoming, read, releases_of
from etl.model import Answer, Finding, Observation, Refused, Source, Target, UserError
from etl.publication import Declaration, NewRelease
from etl.record import Judged, Record, assemble, claims, numbered
from etl.store.store import Store


@dataclass(frozen=True)
class Publication:
    """What one file says as published on one date, and how that stands to what is held."""

    release: NewRelease
    comparison: Comparison
    source: Source


@dataclass(frozen=True)
class Prepared:
    """Files compared with the store, before anything changes.

    `judged` is what was found in the files and what the checks would newly find once
    they were published, each with its answer if it has one. `before` and `after` are the
    record without and with them (scheduled releases included). `declared` is whether words
    beside figures would come with them.
    """

    publications: tuple[Publication, ...]
    judged: tuple[Judged, ...]
    before: Record
    after: Record
    unread: int = 0
    declared: bool = False

    @property
    def to_store(self) -> bool:
        """Whether publishing would add anything."""
        return any(publication.comparison.to_store for publication in self.publications)

    @property
    def errors(self) -> tuple[Judged, ...]:
        """What no acceptance can pass."""
        return tuple(j for j in self.judged if j.open and j.finding.severity == "error")

    @property
    def warnings(self) -> tuple[Judged, ...]:
        """What is published only with a reason."""
        return tuple(j for j in self.judged if j.open and j.finding.severity == "warning")

    @property
    def withdrawn(self) -> tuple[int, ...]:
        """Withdrawn releases that say just what one of the publications says."""
        numbers = (p.comparison.withdrawn for p in self.publications if p.comparison.to_store)
        return tuple(number for number in numbers if number is not None)


@dataclass(frozen=True)
class Result:
    """What was published: the numbers of the new releases, none where nothing was new."""

    prepared: Prepared
    numbers: tuple[int, ...] = ()
    answers: tuple[Answer, ...] = ()


# --- check, compare -----------------------------------------------------------------


def prepare(paths: Iterable[Path], store: Store, published: date | None = None) -> Prepared:
    """Files read and compared with what is held; nothing changes. Errors as `read`."""
    return prepare_all([read(path, store.registry, published) for path in paths], store)


def prepare_all(
    incoming: Sequence[Incoming],
    store: Store,
    declarations: Sequence[Declaration] = (),
    meeting: date | None = None,
) -> Prepared:
    """Files already read, in their order, compared with what is held.

    `declarations` would be published with them, as of the day of `meeting`.
    """
    before = store.record(scheduled=True)
    held = [*numbered(before.series), *_beneath(before, incoming)]
    newest = max((0, *(number for number, _ in held)))
    withdrawn = store.withdrawn_figures()
    publications = []
    compared = []
    for one in incoming:
        for release in releases_of(one):
            found = compare(release.observations, release.published, held, withdrawn)
            compared.append((release.observations, found))
            if found.to_store:
                newest += 1
                held += [(newest, observation) for observation in found.stored]
            publications.append(Publication(_counted(release, found), found, one.source))
    findings = [finding for one in incoming for finding in one.findings]
    findings += _never_held(incoming, [figure for _, figure in held])
    days = [p.release.published for p in publications if p.comparison.to_store]
    days += [meeting] if meeting and declarations else []
    dated = meetings.doubtful(days, set_time.today())
    after = _declared(before, declarations)
    if any(publication.comparison.to_store for publication in publications):
        observations, series = assemble(held)
        said = (s for p in publications if p.comparison.to_store for s in p.release.statements)
        after = replace(
            after,
            observations=observations,
            series=series,
            statements=claims([*((0, s) for s in before.statements), *((1, s) for s in said)]),
            judged=(),
        )
    return Prepared(
        tuple(publications),
        on_publishing.judged(before, after, (*findings, *dated), compared),
        before,
        after,
        sum(_unread(finding) for finding in findings),
        bool(declarations),
    )


def _beneath(record: Record, incoming: Iterable[Incoming]) -> Iterator[tuple[int, Observation]]:
    """The national figures of those areas in DfE's files that the record leaves out."""
    if record.beneath is None:
        return
    asked = {o.series for one in incoming for o in one.observations if o.table == "dfe"}
    for key in sorted(asked):
        if key not in record.series:
            yield from record.beneath.versions(key)


def _never_held(incoming: Iterable[Incoming], held: Iterable[Observation]) -> Iterator[Finding]:
    """What is to be said of columns that a DfE release does not have, where none ever had them.

    A column that came or went with a year is no news; one that is misspelt never gives a figure.
    """
    lacks = [lack for one in incoming for lack in one.lacks]
    known = {figure.measure for figure in held if figure.table == "dfe"} if lacks else set()
    yield from dict.fromkeys(finding for measure, finding in lacks if measure not in known)


def _declared(record: Record, declarations: Sequence[Declaration]) -> Record:
    """The record with the targets among the declarations; one replaces another of its id."""
    new = {one.id: one for one in declarations if isinstance(one, Target)}
    if not new:
        return record
    kept = tuple(target for target in record.targets if target.id not in new)
    return replace(record, targets=(*kept, *new.values()), judged=())


def _unread(finding: Finding) -> bool:
    """Whether a file's finding says that something was not read."""
    asked = finding.severity == "warning" and finding.code in checks.CODES  # read all the same
    return not finding.figures and finding.severity != "note" and not asked


def _counted(release: NewRelease, found: Comparison) -> NewRelease:
    """The release as it would be stored: without the figures held as of its date already."""
    return replace(release, observations=found.stored, counts=found.counts)


# --- publish ------------------------------------------------------------------------


def publish(
    store: Store,
    prepared: Prepared,
    actor: str,
    *,
    accept_reason: str = "",
    note: str = "",
    answers: Sequence[Answer] = (),
    declarations: Sequence[Declaration] = (),
    visible_from: str = "",
    title: str = "",
    published: date | None = None,
    draft: tuple[int, int] | None = None,
) -> Result:
    """Publish what was prepared, all or nothing.

    `answers` are given to single findings; every warning left open is answered with
    `accept_reason` as unexplained: its figures keep their flag. `note` goes into the history
    beside it (the reasons of corrections). `declarations` (targets,
    events, explanations) come and go with the release; where there are no figures they
    make a release of their own, of the date `published`. `visible_from` is a stored time
    (`store.stamp`). Raises Refused for errors, for warnings without a reason, and where
    the figures were withdrawn; Outdated where something was published meanwhile.
    """
    left = check_publishable(prepared, accept_reason=accept_reason, answers=answers)
    if not prepared.to_store and not declarations:
        return Result(prepared)
    known = set(prepared.before.answers)
    used = dict.fromkeys(j.answer for j in prepared.judged if j.answer and j.answer not in known)
    given = (
        *used,
        *answers,
        *(checks.answer_for(finding, "unexplained", accept_reason) for finding in left),
    )
    new = _stored_once(prepared)
    if title:
        new = [replace(release, title=title) for release in new]
    if declarations and not new:
        if published is None:
            raise UserError("No date of publication is given")
        new = [NewRelease(published, title or "Words beside figures", "officer", ())]
    new[-1] = replace(new[-1], declarations=(*given, *declarations))
    numbers = store.publish(
        new,
        actor,
        based_on=prepared.before.version,
        reason="; ".join(text for text in (accept_reason, note) if text),
        visible_from=visible_from,
        draft=draft,
    )
    return Result(prepared, numbers, given)


def _stored_once(prepared: Prepared) -> list[NewRelease]:
    """The releases that bring anything, without the claims and findings that are held already:
    a file that is read again because of one figure says all the rest a second time."""
    known = {judged.finding for judged in prepared.before.judged}
    held = list(prepared.before.statements)
    new = []
    for release in (p.release for p in prepared.publications if p.comparison.to_store):
        said = not_held(release.statements, held)
        found = tuple(finding for finding in release.findings if finding not in known)
        new.append(replace(release, statements=said, findings=found))
        known.update(found)
        held += said
    return new


def check_publishable(
    prepared: Prepared, *, accept_reason: str = "", answers: Sequence[Answer] = ()
) -> tuple[Finding, ...]:
    """The warnings that `accept_reason` would answer; raises Refused as `publish` does."""
    if prepared.withdrawn:
        raise Refused(_withdrawn_message(prepared))
    judged, _ = checks.judge(tuple(j.finding for j in prepared.errors + prepared.warnings), answers)
    left = tuple(one.finding for one in judged if one.open)
    errors = [finding for finding in left if finding.severity == "error"]
    if errors:
        raise Refused(f"Refused: {_number(len(errors), 'error')}; nothing is stored")
    held = any(publication.comparison.held for publication in prepared.publications)
    if not prepared.to_store and held and not prepared.declared:
        return ()  # the same publication again: whatever it warns of, nothing changes
    if left and not accept_reason.strip():
        raise Refused(
            f"Refused: {_number(len(left), 'warning')} not accepted; nothing is stored. "
            'To publish all the same: --accept-warnings "REASON"'
        )
    return left


def _withdrawn_message(prepared: Prepared) -> str:
    number = prepared.withdrawn[0]
    return (
        f"These figures were withdrawn with release {number}; to show them again: "
        f"python -m etl republish {number} --reason TEXT"
    )


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
