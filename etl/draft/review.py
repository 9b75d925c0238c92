"""A draft compared with what is published: what it would change, what is wrong, what follows."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from etl import aliases
from etl.draft import contents as drafted
from etl.draft import entry
from etl.draft.contents import Contents, fingerprint
from etl.model import Answer, UserError
from etl.record import Judged
from etl.store.drafts import StoredDraft
from etl.store.store import Store

if TYPE_CHECKING:
    from etl.incoming import Incoming
    from etl.pipeline import Prepared

_KEPT = 24


@dataclass(frozen=True)
class Review:
    """A draft as compared with the store in one state.

    `troubles` are files that could not be read, by their SHA-256, with the reason; such a
    draft cannot be published. `answers` are the officer's own, to findings that are there.
    """

    draft: StoredDraft
    contents: Contents
    prepared: Prepared
    troubles: dict[str, str]
    answers: tuple[Answer, ...]
    meeting: date | None

    @property
    def version(self) -> str:
        """The state of the store that was compared with."""
        return self.prepared.before.version

    @property
    def left(self) -> tuple[Judged, ...]:
        """Warnings that nobody has answered yet."""
        given = self.contents.answers
        return tuple(j for j in self.prepared.warnings if fingerprint(j.finding) not in given)

    @property
    def publishable(self) -> bool:
        """Whether a publisher may go ahead (warnings may still want a reason)."""
        something = self.prepared.to_store or bool(self.contents.declarations)
        dated = self.prepared.to_store or self.meeting is not None
        return (
            something
            and dated
            and not (self.troubles or self.prepared.errors or self.prepared.withdrawn)
        )


class Reviews:
    """Reviews of a store's drafts, kept while neither the draft nor the store changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[int, int, str, int], Review] = OrderedDict()
        self.read = entry.Read(store.registry, self._content)

    def _content(self, sha256: str) -> bytes | None:
        kept = self._store.files.get(sha256)
        return kept.content if kept else None

    def of(self, draft: StoredDraft) -> Review:
        """The draft as it stands now against what is published now, scheduled releases included."""
        # A purge changes no version, but it is an act: what was purged is not shown from memory.
        acted = self._store.history.last()
        key = (draft.id, draft.revision, self._store.version(), acted)
        with self._lock:
            found = self._kept.get(key)
        if found is None:
            found = self.compared(draft)
            with self._lock:
                self._kept[key] = found
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return found

    def compared(self, draft: StoredDraft) -> Review:
        """The same, made anew; the draft need not be kept yet."""
        from etl import checks, pipeline

        contents = drafted.of(draft)
        coming: list[Incoming] = []
        troubles: dict[str, str] = {}
        for file in draft.files:
            if file.sha256 in contents.left_out:
                continue
            try:
                coming.append(self.read(file.name, file.sha256, contents.meeting))
            except UserError as error:
                troubles[file.sha256] = str(error)
        dates = [one.source.published for one in coming if one.source.published]
        meeting = contents.meeting or max(dates, default=None)
        if meeting is not None:
            coming += entry.typed(contents, self._store.registry, meeting)
        prepared = pipeline.prepare_all(coming, self._store, contents.declarations, meeting)
        found = (judged.finding for judged in prepared.judged)
        contents = drafted.answered(contents, found, aliases.of(self._store.registry))
        given = contents.answers
        answers = tuple(
            checks.answer_for(judged.finding, answer.verdict, answer.reason)
            for judged in prepared.warnings
            if (answer := given.get(fingerprint(judged.finding))) and answer.reason.strip()
        )
        return Review(draft, contents, prepared, troubles, answers, meeting)
