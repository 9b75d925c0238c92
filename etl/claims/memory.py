"""What is remembered while a document is read from top to bottom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from etl.claims.blocks import Block
from etl.claims.dates import When
from etl.claims.meaning import Choice, Context
from etl.claims.months import index
from etl.claims.vocabulary import Vocabulary


@dataclass
class Memory:
    """The document's date and words, and what the lines read so far were about.

    `lead` is the opening line of the list being read, `topic` the last one that named a
    measure; `last` the words of the sentences before. Within a block: `subject` the series
    last spoken of, `first` the month first named for a figure, `anchor` the month that the
    last sentence was about.
    """

    vocabulary: Vocabulary
    published: date | None
    source: str
    council: str
    areas: Sequence[tuple[re.Pattern[str], str]]
    lead: Context = field(default_factory=Context)
    lead_whens: tuple[When, ...] = ()
    topic: Context = field(default_factory=Context)
    since_topic: int = 0
    last: Context = field(default_factory=Context)
    subject: Choice | None = None
    first: When | None = None
    anchor: When | None = None

    def begin(self, block: Block) -> None:
        """A new paragraph or bullet."""
        if not block.bullet:
            self.lead_whens = ()
            if not block.leads:
                self.lead = self.last = Context()
        self.anchor = self.subject = self.first = None
        self.since_topic += 1

    def pass_by(self, whens: Sequence[When], levels: Sequence[When]) -> None:
        """The months that a sentence named are behind: its figures' latest is its own."""
        named = [one for one in whens if one.role in ("", "from") and one.year]
        if named:
            latest = max(levels or named[-1:], key=lambda one: index(one.month))
            alone = len({one.month for one in named}) == 1
            self.anchor = replace(latest, start=0, end=0, sure=latest.sure and alone)
