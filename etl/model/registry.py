"""Everything that is declared, together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.model.areas import Area, Council, DfeRelease, Licence
from etl.model.declared import Alias, Answer, Event, Meeting, Target
from etl.model.layouts import Layout, Paper
from etl.model.measures import DfeColumns, Measure, Theme


@dataclass(frozen=True)
class Registry:
    """Everything under `data/` that is declared rather than published.

    `licences` are those that source files state, by the publication's title. `layouts` are the
    council's own, then the shipped ones; `table_words` the vocabulary of tables, by list.
    """

    council: Council
    measures: Mapping[str, Measure]
    themes: tuple[Theme, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    targets: tuple[Target, ...] = ()
    events: tuple[Event, ...] = ()
    answers: tuple[Answer, ...] = ()
    glossary: Mapping[str, str] = field(default_factory=dict)
    licences: Mapping[str, Licence] = field(default_factory=dict)
    areas: tuple[Area, ...] = ()
    dfe_releases: tuple[DfeRelease, ...] = ()
    aliases: tuple[Alias, ...] = ()
    layouts: tuple[Layout, ...] = ()
    paper: Paper = field(default_factory=Paper)
    table_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def dfe_columns(self) -> tuple[DfeColumns, ...]:
        """The columns of DfE's files that measures declare."""
        return tuple(measure.dfe for measure in self.measures.values() if measure.dfe)
