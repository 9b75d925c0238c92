"""What a publication brings, before it is stored: its figures, claims, findings and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from etl.model import Answer, Event, Finding, Observation, Statement, Target
from etl.record import Explanation

Declaration = Target | Event | Answer | Explanation
"""Words beside figures."""


@dataclass(frozen=True)
class NewRelease:
    """What one release is to hold.

    `content` is the file it came from, kept byte for byte (None: no file is kept);
    `seed` names the folder or file under data/ it was loaded from, else empty;
    `counts` go into the history (new, revised, unchanged).
    """

    published: date
    title: str
    kind: str
    observations: tuple[Observation, ...]
    statements: tuple[Statement, ...] = ()
    findings: tuple[Finding, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    name: str = ""
    sha256: str = ""
    content: bytes | None = None
    seed: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
