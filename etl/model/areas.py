"""England's areas, a council among them, DfE's releases and licences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class DfeRelease:
    """A release of DfE's whose date is known: its title as the files give it.

    `id` is what it is known by for good, and the folder under data/england/dfe in which the
    tables of its totals stand (README there). `columns` are measures by the name of the column
    that holds them, where no measure declares it under `dfe`. `gathered`: put together from
    several of DfE's files, so that none is named. `transcribed`: typed by hand, so that no rank
    may rest on it.
    """

    title: str
    published: date
    id: str
    covers: str = ""
    date_note: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    gathered: bool = False
    transcribed: bool = False


@dataclass(frozen=True)
class DfeListing:
    """`releases.yaml`: DfE's releases, and under which licence their figures stand here."""

    releases: tuple[DfeRelease, ...]
    attribution: str = ""
    licence: str = ""
    licence_url: str = ""
    url: str = ""


@dataclass(frozen=True)
class NeighbourList:
    """The statistical neighbours in force from a date on, nearest first."""

    start: date
    areas: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Council:
    """Whose figures these are, whom they are compared with, and whom to ask.

    `region` and the names in `areas` come from data/england/areas.csv, `neighbours` from
    neighbours.csv beside it; what the council's file has in `areas` and `neighbours` stands
    before these. `districts` are places in its area with councils of their own. `store` is
    its database's file in the data folder, where that is not `stores/NAME.db`.
    """

    authority: str
    name: str
    short_name: str
    contact: Mapping[str, str]
    committee: str = ""
    country: str = "E92000001"
    neighbours: tuple[NeighbourList, ...] = ()
    region: str = ""
    districts: tuple[str, ...] = ()
    store: str = ""
    areas: Mapping[str, str] = field(default_factory=dict)
    licence: Mapping[str, str] = field(default_factory=dict)
    alternative_formats: str = ""
    accessibility: Accessibility = field(default_factory=lambda: Accessibility())


@dataclass(frozen=True)
class Accessibility:
    """What a council says of itself in the accessibility statement; all of it has a default.

    `scope` are the pages that it is about, `status` "fully", "partially" or "not" compliant;
    `not_accessible` is what does not meet the standard, each with its reason and alternative.
    """

    scope: str = ""
    status: Literal["fully", "partially", "not"] = "partially"
    not_accessible: tuple[str, ...] = ()
    prepared: date | None = None
    reviewed: date | None = None
    tested: date | None = None
    tested_by: str = ""


@dataclass(frozen=True)
class Licence:
    """How a publication may be used, in a few words, and where the terms stand if they do."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Area:
    """An authority, a region or the country, as data/england/areas.csv has it (README there).

    `spellings` name it by themselves, `only_with_council` only beside "Council" and the like.
    """

    code: str
    name: str
    type: Literal["country", "region", "county", "unitary", "metropolitan", "london_borough"]
    dfe_number: str = ""
    region: str = ""
    start: date | None = None
    end: date | None = None
    successors: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    only_with_council: str = ""

    @property
    def authority(self) -> bool:
        """Whether a council governs it."""
        return self.type not in ("country", "region")
