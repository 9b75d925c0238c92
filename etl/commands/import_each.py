"""python -m etl import --each: years of files, each at its own date and in its own transaction."""

from __future__ import annotations

import hashlib
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from etl import pipeline
from etl.commands import actor, importing
from etl.commands.summaries import counts
from etl.incoming import Incoming, read
from etl.model import NoTable, Refused, UserError
from etl.pipeline import Prepared
from etl.readers import excerpt
from etl.store import Outdated, Store

_ENDINGS = {".txt", ".md", ".pdf", ".docx", ".xlsx", ".xlsm", ".csv", ".tsv", ".zip"}


@dataclass(frozen=True)
class Outcome:
    """What became of one file: the day it was published, and a line that says how it ended."""

    file: Path
    ended: Literal["published", "nothing new", "no table", "refused"]
    said: str
    published: date | None = None


def run(given: Namespace, store: Store) -> int:
    """Import each file by itself, the oldest first, and report once. Exit 1 if one was refused.

    A file that is refused or cannot be read stands in nobody's way. What an earlier run
    published is nothing new, so that a run which was cut off goes on where it was.
    """
    if given.published or given.visible_from:
        raise UserError("--each takes each file's own date, and shows it at once: give no other")
    importing.accepted_reason(given)
    files = list(dict.fromkeys(one for path in given.files for one in within(path)))
    if not files:
        raise UserError(f"{given.files[0]}: no file of a form that is read here")
    outcomes: list[Outcome] = []
    try:
        dated = [*_dated(files, given, store, outcomes)]
        for _, file, incoming in sorted(dated, key=lambda one: one[:2]):
            outcomes.append(_published(file, incoming, given, store))
    except KeyboardInterrupt:
        print("\n".join(report(outcomes)))
        print("Stopped. What is published stays; the same command goes on", file=sys.stderr)
        return 130
    except UserError:  # the database, not a file: nothing after it would end otherwise
        print("\n".join(report(outcomes)))
        raise
    print("\n".join(report(outcomes)))
    if given.dry_run:
        print("Dry run: nothing is stored")
    return int(any(one.ended == "refused" for one in outcomes))


def within(path: Path) -> Iterator[Path]:
    """The files to read under a path: itself, or all in a folder and its folders; the folder of
    a pack's excerpt is one."""
    if not path.is_dir() or (path / excerpt.NAME).exists():
        yield path
        return
    for one in sorted(path.iterdir()):
        if one.name.startswith((".", "~$")):
            continue
        if one.is_dir() or one.suffix.lower() in _ENDINGS:
            yield from within(one)


def report(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A line a file, the oldest first, and the count of each end."""
    for one in sorted(outcomes, key=lambda o: (o.published or date.min, str(o.file))):
        day = f"{one.published}" if one.published else "no date   "
        said = one.said.removeprefix(f"{one.file.name}: ")
        yield f"{day}  {one.ended:<11}  {one.file}: {said}"
    ends = [one.ended for one in outcomes]
    yield (
        f"{len(ends)} files: {ends.count('published')} published, "
        f"{ends.count('nothing new')} with nothing new, {ends.count('no table')} without a table, "
        f"{ends.count('refused')} refused"
    )


def _dated(
    files: Sequence[Path], given: Namespace, store: Store, outcomes: list[Outcome]
) -> Iterator[tuple[date, Path, Incoming]]:
    """Each file that can be read, with its day; the others' outcomes are noted."""
    for file in importing.with_progress(files):
        try:
            incoming = read(file, store.registry, breakdowns=given.breakdowns)
        except UserError as error:
            none = isinstance(error, NoTable)
            outcomes.append(Outcome(file, "no table" if none else "refused", _line(error)))
            continue
        days = [one.published for one in incoming.observations]
        day = min(days, default=incoming.source.published)
        if day is None:
            outcomes.append(Outcome(file, "refused", "it does not say when it was published"))
        else:
            held = b"" if incoming.content is not None else None  # years of packs are large
            yield day, file, replace(incoming, content=held)


def _published(file: Path, incoming: Incoming, given: Namespace, store: Store) -> Outcome:
    whole = _with_content(file, incoming)
    if whole is None:
        return Outcome(file, "refused", "it has changed since it was read; run the import again")
    return importing.compared([whole], store, lambda prepared: _end(file, prepared, given, store))


def _end(file: Path, prepared: Prepared, given: Namespace, store: Store) -> Outcome:
    """Publish one file, or say how that would end."""
    day = min(one.release.published for one in prepared.publications)
    reason, brings = importing.accepted_reason(given), counts(prepared)
    try:
        if given.dry_run:
            pipeline.check_publishable(prepared, accept_reason=reason)
            return Outcome(file, "published" if prepared.to_store else "nothing new", brings, day)
        result = pipeline.publish(store, prepared, actor(), accept_reason=reason)
    except Outdated:
        raise
    except Refused as refused:
        return Outcome(file, "refused", _why(prepared, refused), day)
    if not result.numbers:
        return Outcome(file, "nothing new", brings, day)
    numbers = ", ".join(map(str, result.numbers))
    return Outcome(file, "published", f"release {numbers}: {brings}", day)


def _with_content(file: Path, incoming: Incoming) -> Incoming | None:
    """A file with its bytes, which are not held while others are read and published; None where
    it has changed since it was read."""
    if incoming.content is None:
        return incoming
    content = file.read_bytes() if file.is_file() else b""
    same = hashlib.sha256(content).hexdigest() == incoming.source.sha256
    return replace(incoming, content=content) if same else None


def _why(prepared: Prepared, refused: Refused) -> str:
    """Why a file is refused: its errors, or its warnings, by code."""
    open_ = prepared.errors or prepared.warnings
    codes = dict.fromkeys(judged.finding.code for judged in open_)
    named = f" ({', '.join(codes)})" if codes else ""
    return f"{_line(refused)}{named}"


def _line(error: UserError) -> str:
    return str(error).splitlines()[0]
