"""What every page is made of, before it becomes a document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.address import Choices
from etl.record import Record

# Where a page's island stands in its body, and in it Plotly's drawing, over the server's.
ISLAND = "<!-- the part that Dash draws -->"
SLOT = '<div class="slot"></div>'


@dataclass(frozen=True)
class Page:
    """One page: its title, its parts, and what the shell needs to know of it.

    `body` stands in <main>; `island`, where there is one, is the part of it that Dash
    takes over, written out within `body` where ISLAND stands; `scripts` says
    whether there is anything for Dash to draw. `nav` is the navigation's entry.
    """

    title: str
    body: Any
    path: str
    as_at_words: str = ""
    status: int = 200
    island: Any = None
    scripts: bool = False
    nav: str = ""
    description: str = ""


@dataclass(frozen=True)
class Asked:
    """What a page is made from: the record as at the chosen meeting, and the choices.

    `narrow` is a first guess that the reader holds a telephone.
    """

    record: Record
    choices: Choices
    path: str
    today: date | None = None
    measure: str = ""
    narrow: bool = False


@dataclass(frozen=True)
class Island:
    """A page's island: its HTML components, and its chart's figure; None where it has none."""

    parts: list[Any]
    figure: dict[str, Any] | None


Make = Callable[[Asked], Page]
