"""From files to a release: read, recognise, check, compare, publish."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from etl import checks, readers, recognise
from etl.compare import Comparison, compare, repeated, same
from etl.model import (
    Answer,
    Document,
    Finding,
    NoTable,
    Observation,
    Refused,
    Registry,
    Source,
    Statement,
    UserError,
)
from etl.record import Judged, Record, assemble
from etl.store.releases import NewRelease
from etl.store.rows import Declaration
from etl.store.store import Store


@dataclass(frozen=True)
class Incoming:
    """A file as read and recognised; `content` is kept byte for byte if it is published."""

    source: Source
    observations: tuple[Observation, ...]
    statements: tuple[Statement, ...]
    findings: tuple[Finding, ...]
    content: bytes | None = None


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
    record without and with them (scheduled releases included).
    """

    publications: tuple[Publication, ...]
    judged: tuple[Judged, ...]
    before: Record
    after: Record
    unread: int = 0

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
    answers: tuple[Answer, ...] = field(default=())


# --- read, recognise ----------------------------------------------------------------


def read(path: Path, registry: Registry, published: date | None = None) -> Incoming:
    """A file's figures. Raises UserError: not readable (2), no date (2), no table (3)."""
    document = readers.read(path)
    content = path.read_bytes() if path.is_file() else None
    return recognised(document, registry, published, content)


def recognised(
    document: Document,
    registry: Registry,
    published: date | None = None,
    content: bytes | None = None,
) -> Incoming:
    """A document's figures, as published on the date given, else on the one it states."""
    source = document.source
    if published is not None:
        source = replace(source, published=published)
    found = recognise.recognise(replace(document, source=source), registry)
    if not found.tables:
        raise NoTable(f"{source.name}: read to the end; no performance table in it")
    observations, clashes = _once(found.observations)
    return Incoming(source, observations, found.statements, (*found.findings, *clashes), content)


def _once(
    observations: Sequence[Observation],
) -> tuple[tuple[Observation, ...], tuple[Finding, ...]]:
    """Each figure once; one printed twice with different values is a finding, not a figure."""
    dropped: set[Observation] = set()
    findings = []
    for group in repeated(observations):
        agree = all(same(group[0], other) for other in group[1:])
        dropped.update(group[1:] if agree else group)
        if not agree:
            printed = " and ".join(repr(one.reading.raw) for one in group)
            findings.append(
                Finding(
                    "printed-twice",
                    "warning",
                    f"{group[0].measure} ({group[0].cohort}) to {group[0].period.end} is printed "
                    f"more than once in this table, as {printed}; none of them is stored",
                    tuple(one.locator for one in group),
                )
            )
    kept = dict.fromkeys(one for one in observations if one not in dropped)
    firsts = dict.fromkeys(group[0] for group in repeated(observations) if group[0] not in dropped)
    return tuple({**kept, **firsts}), tuple(findings)


def releases_of(incoming: Incoming) -> Iterator[NewRelease]:
    """One release a publication date; the file's statements and findings go with the last."""

    def published(observation: Observation) -> date:
        return observation.published

    ordered = sorted(incoming.observations, key=published)
    dated = [(day, tuple(group)) for day, group in groupby(ordered, key=published)]
    if not dated and incoming.source.published is not None:
        dated = [(incoming.source.published, ())]
    for day, observations in dated:
        last = day == dated[-1][0]
        sources = {observation.source for observation in observations}
        yield NewRelease(
            published=day,
            title=sources.pop() if len(sources) == 1 else incoming.source.name,
            kind=_kind(observations),
            observations=observations,
            statements=incoming.statements if last else (),
            findings=incoming.findings if last else (),
            name=incoming.source.name,
            sha256=incoming.source.sha256,
            content=incoming.content,
        )


def _kind(observations: Iterable[Observation]) -> str:
    tables = {observation.table for observation in observations}
    if tables == {"dfe"}:
        return "dfe"
    return "officer" if tables <= {"officer", "stated"} else "pack"


# --- check, compare -----------------------------------------------------------------


def prepare(paths: Iterable[Path], store: Store, published: date | None = None) -> Prepared:
    """Files read and compared with what is held; nothing changes. Errors as `read`."""
    return prepare_all([read(path, store.registry, published) for path in paths], store)


def prepare_all(incoming: Sequence[Incoming], store: Store) -> Prepared:
    """Files already read, in their order, compared with what is held."""
    before = store.record(scheduled=True)
    held = list(enumerate(before.observations))
    withdrawn = store.withdrawn_figures()
    publications = []
    for one in incoming:
        for release in releases_of(one):
            found = compare(release.observations, release.published, held, withdrawn)
            if found.to_store:
                held += [(len(held), observation) for observation in found.stored]
            publications.append(Publication(_counted(release, found), found, one.source))
    findings = tuple(finding for one in incoming for finding in one.findings)
    after = before
    if any(publication.comparison.to_store for publication in publications):
        observations, series = assemble(held)
        after = replace(before, observations=observations, series=series, judged=())
    return Prepared(
        tuple(publications),
        _judged(before, after, findings),
        before,
        after,
        sum(not finding.figures and finding.severity != "note" for finding in findings),
    )


def _counted(release: NewRelease, found: Comparison) -> NewRelease:
    """The release as it would be stored: without the figures held as of its date already."""
    counts = {
        "new": len(found.new),
        "revised": len(found.revised),
        "unchanged": len(found.unchanged) + len(found.held),
    }
    return replace(release, observations=found.stored, counts=counts)


def _judged(before: Record, after: Record, findings: Sequence[Finding]) -> tuple[Judged, ...]:
    """The files' findings, and what the checks find that they did not find before."""
    known = set(findings)
    fresh: tuple[Finding, ...] = ()
    if after is not before:
        known |= {judged.finding for judged in before.judged}
        fresh = tuple(finding for finding in checks.run(after) if finding not in known)
    answers = getattr(before.judged, "answers", ())
    judged, _ = checks.judge((*findings, *fresh), answers)
    return tuple(judged)


# --- publish ------------------------------------------------------------------------


def publish(
    store: Store,
    prepared: Prepared,
    actor: str,
    *,
    accept_reason: str = "",
    answers: Sequence[Answer] = (),
    declarations: Sequence[Declaration] = (),
    visible_from: str = "",
    title: str = "",
    published: date | None = None,
    draft: tuple[int, int] | None = None,
) -> Result:
    """Publish what was prepared, all or nothing.

    `answers` are given to single findings; every warning left open is answered with
    `accept_reason` as unexplained: its figures keep their flag. `declarations` (targets,
    events, explanations) come and go with the release; where there are no figures they
    make a release of their own, of the date `published`. `visible_from` is a stored time
    (`store.stamp`). Raises Refused for errors, for warnings without a reason, and where
    the figures were withdrawn; Outdated where something was published meanwhile.
    """
    if not prepared.to_store and not declarations:
        return Result(prepared)
    if prepared.withdrawn:
        raise Refused(_withdrawn_message(prepared))
    judged, _ = checks.judge(tuple(j.finding for j in prepared.errors + prepared.warnings), answers)
    left = [one.finding for one in judged if one.open]
    errors = [finding for finding in left if finding.severity == "error"]
    if errors:
        raise Refused(f"Refused: {_number(len(errors), 'error')}; nothing is stored")
    if left and not accept_reason.strip():
        raise Refused(f"Refused: {_number(len(left), 'warning')} not accepted; nothing is stored")
    given = (*answers, *(answer_to(finding, accept_reason) for finding in left))
    new = [p.release for p in prepared.publications if p.comparison.to_store]
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
        reason=accept_reason,
        visible_from=visible_from,
        draft=draft,
    )
    return Result(prepared, numbers, given)


def answer_to(finding: Finding, reason: str) -> Answer:
    """An answer that lets a release through and leaves the flag on its figures."""
    if not finding.figures:
        return Answer(finding.code, (finding.message,), "unexplained", reason)
    first = finding.figures[0]
    return Answer(
        finding.code,
        tuple(figure.reading.raw for figure in finding.figures),
        "unexplained",
        reason,
        first.measure,
        first.cohort,
        first.period.end,
        first.period.span,
    )


def import_files(
    store: Store,
    paths: Sequence[Path],
    actor: str,
    *,
    published: date | None = None,
    accept_reason: str = "",
    dry_run: bool = False,
    on_prepared: Callable[[Prepared], None] | None = None,
) -> Result:
    """The whole way of some files, in one transaction; a dry run stops before it."""
    prepared = prepare(paths, store, published)
    if on_prepared:
        on_prepared(prepared)
    if dry_run:
        return Result(prepared)
    return publish(store, prepared, actor, accept_reason=accept_reason)


def _withdrawn_message(prepared: Prepared) -> str:
    number = prepared.withdrawn[0]
    return (
        f"These figures were withdrawn with release {number}; to show them again: "
        f"python -m etl republish {number} --reason TEXT"
    )


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
